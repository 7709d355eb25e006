"""A Pub/Sub of one's own: unmodified clients reach it through PUBSUB_EMULATOR_HOST."""
