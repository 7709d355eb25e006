"""One call: bytes in, one method of the service, bytes out, and refusals as statuses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import grpc  # type: ignore[import-untyped]

from emulator.rpc.status import Refused

Parse = Callable[[bytes], Any]
Watch = Callable[[str, Any], None]


def _unwatched(_method: str, _request: Any) -> None:
    return


@dataclass(frozen=True, slots=True)
class Watched:
    """Both may sleep or raise Refused; `after`: what was asked is done, its answer gets lost."""

    before: Watch = _unwatched
    after: Watch = _unwatched


class Calls(grpc.GenericRpcHandler):  # type: ignore[misc]
    """`handlers` by full method name, "/service/Method"."""

    def __init__(self, handlers: Mapping[str, Any]) -> None:
        self._handlers = handlers

    def service(self, call: Any) -> Any:
        return self._handlers.get(call.method) or _unimplemented(call.method)


def unary(name: str, parse: Parse, method: Callable[[Any], Any], watched: Watched) -> Any:
    def answer(data: bytes, context: Any) -> bytes:
        try:
            request = parse(data)
            watched.before(name, request)
            response: bytes = method(request).SerializeToString()
            watched.after(name, request)
        except Refused as refused:
            _abort(context, refused)
        return response

    return grpc.unary_unary_rpc_method_handler(answer)


def answering_many(name: str, parse: Parse, method: Callable[[Any], Any], watched: Watched) -> Any:
    def answers(data: bytes, context: Any) -> Iterator[bytes]:
        try:
            request = parse(data)
            watched.before(name, request)
            for response in method(request):
                yield response.SerializeToString()
            watched.after(name, request)
        except Refused as refused:
            _abort(context, refused)

    return grpc.unary_stream_rpc_method_handler(answers)


def conversing(name: str, parse: Parse, method: Callable[..., Any], watched: Watched) -> Any:
    """`method` gets the requests as they come, and gRPC's context."""

    def answers(requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        try:
            watched.before(name, None)
            for response in method(map(parse, requests), context):
                yield response.SerializeToString()
        except Refused as refused:
            _abort(context, refused)

    return grpc.stream_stream_rpc_method_handler(answers)


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
