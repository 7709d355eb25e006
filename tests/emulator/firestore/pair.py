"""The same call to two servers, and their answers made comparable."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty

from emulator.firestore.protocol import Timestamp, message_class
from emulator.firestore.transport import SERVICE

# Generated times are older: what is younger was set by a server.
_BEGINNING_OF_SERVER_TIMES = 1_600_000_000
_PATIENCE = 20.0


@dataclass(frozen=True)
class Answer:
    """A status by name, and messages with the times of servers left out."""

    status: str
    messages: tuple[str, ...] = ()
    details: str = field(default="", compare=False)


class Side:
    """One server."""

    def __init__(self, host: str) -> None:
        self._channel = grpc.insecure_channel(host)
        self._metadata = (("authorization", "Bearer owner"),)

    def unary(self, method: str, request: Any) -> Any:
        call = self._channel.unary_unary(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=_response(method).FromString,
        )
        return call(request, metadata=self._metadata, timeout=_PATIENCE)

    def stream(self, method: str, request: Any) -> Iterator[Any]:
        call = self._channel.unary_stream(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=_response(method).FromString,
        )
        return call(request, metadata=self._metadata, timeout=_PATIENCE)

    def close(self) -> None:
        self._channel.close()


def _response(method: str) -> Any:
    if method in {"Rollback", "DeleteDocument"}:
        return Empty
    if method in {"GetDocument", "CreateDocument", "UpdateDocument"}:
        return message_class("Document")
    return message_class(f"{method}Response")


def request(method: str, **fields: Any) -> Any:
    return message_class(f"{method}Request")(**fields)


def answer(call: Callable[..., Any], method: str, asked: Any) -> Answer:
    try:
        made = call(method, asked)
        messages = list(made) if hasattr(made, "__iter__") else [made]
    except grpc.RpcError as error:
        return Answer(error.code().name, details=error.details())
    return Answer("OK", tuple(filter(None, map(_comparable, messages))))


def _comparable(message: Any) -> str:
    copy = type(message).FromString(message.SerializeToString())
    # Google's emulator gives a missing document an update_time; its reference says none.
    for document in getattr(copy, "documents", ()):
        if not document.HasField("create_time"):
            document.ClearField("update_time")
    for status in getattr(copy, "status", ()):
        status.message = ""
    return "\n".join(sorted(_lines(copy, "")))


# A full last page may or may not be followed by an empty one; the rest is when it was answered.
_LEFT_OUT = {"skipped_results", "done", "next_page_token", "read_time", "commit_time"}


def _lines(message: Any, prefix: str) -> Iterator[str]:
    """One for each field at any depth; `str` of a message has its maps in any order."""
    for kind, value in message.ListFields():
        name = f"{prefix}{kind.name}"
        if kind.name in _LEFT_OUT and not prefix:
            continue
        if kind.message_type is None:
            yield f"{name} = {value!r}"
        elif kind.message_type.GetOptions().map_entry:
            for key in value:
                yield from _message_lines(value[key], f"{name}[{key!r}]")
        elif hasattr(value, "add"):
            for number, each in enumerate(value):
                yield from _message_lines(each, f"{name}[{number:03}]")
        else:
            yield from _message_lines(value, name)


def _message_lines(message: Any, name: str) -> Iterator[str]:
    """Also of an empty one. Of a time that a server set, only that it is there."""
    yield name
    if not isinstance(message, Timestamp) or message.seconds < _BEGINNING_OF_SERVER_TIMES:
        yield from _lines(message, f"{name}.")
