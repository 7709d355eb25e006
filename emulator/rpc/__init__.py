"""gRPC by hand: a table of methods, bytes in and out, refusals as statuses. Needs grpcio only."""
