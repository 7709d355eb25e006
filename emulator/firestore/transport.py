"""gRPC: bytes in, one method of the service, bytes out, and refusals as statuses."""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import grpc  # type: ignore[import-untyped]

from emulator.firestore.limits import check_request
from emulator.firestore.protocol import message_class
from emulator.firestore.status import Refused

SERVICE = "google.firestore.v1.Firestore"
_STREAMS = {"BatchGetDocuments", "RunQuery", "RunAggregationQuery"}
_METHODS = {
    "GetDocument": "get_document",
    "ListDocuments": "list_documents",
    "CreateDocument": "create_document",
    "UpdateDocument": "update_document",
    "DeleteDocument": "delete_document",
    "BatchGetDocuments": "batch_get_documents",
    "BeginTransaction": "begin_transaction",
    "Commit": "commit",
    "Rollback": "rollback",
    "BatchWrite": "batch_write",
    "RunQuery": "run_query",
    "RunAggregationQuery": "run_aggregation_query",
    "PartitionQuery": "partition_query",
    "ListCollectionIds": "list_collection_ids",
}
Before = Callable[[str, Any], None]


class Transport(grpc.GenericRpcHandler):  # type: ignore[misc]
    def __init__(self, service: Any, before: Before | None = None) -> None:
        self._handlers = {
            f"/{SERVICE}/{name}": _handler(name, getattr(service, method), before)
            for name, method in _METHODS.items()
        }

    def service(self, call: Any) -> Any:
        return self._handlers.get(call.method) or _unimplemented(call.method)


def _handler(name: str, method: Callable[[Any], Any], before: Before | None) -> Any:
    parse = message_class(f"{name}Request").FromString

    def request_of(data: bytes) -> Any:
        check_request(len(data))
        request = parse(data)
        if before:
            before(name, request)
        return request

    def unary(data: bytes, context: Any) -> bytes:
        try:
            return method(request_of(data)).SerializeToString()  # type: ignore[no-any-return]
        except Refused as refused:
            _abort(context, refused)

    def stream(data: bytes, context: Any) -> Iterator[bytes]:
        try:
            for response in method(request_of(data)):
                yield response.SerializeToString()
        except Refused as refused:
            _abort(context, refused)

    if name in _STREAMS:
        return grpc.unary_stream_rpc_method_handler(stream)
    return grpc.unary_unary_rpc_method_handler(unary)


def _abort(context: Any, refused: Refused) -> NoReturn:
    context.abort(grpc.StatusCode[refused.code], refused.message)
    raise AssertionError


def _unimplemented(method: str) -> Any:
    """Answered before anything of the request is read, whatever the kind of the call."""

    def refuse(_: Any, context: Any) -> Iterator[bytes]:
        message = f"This emulator does not implement {method.rpartition('/')[2]} ({method})."
        _abort(context, Refused("UNIMPLEMENTED", message))
        yield b""

    return grpc.stream_stream_rpc_method_handler(refuse)
