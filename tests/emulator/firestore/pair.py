"""The same call to two servers, and their answers made comparable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc

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
        from google.protobuf.empty_pb2 import Empty

        return Empty
    if method in {"GetDocument", "CreateDocument", "UpdateDocument"}:
        return message_class("Document")
    return message_class(f"{method}Response")


def request(method: str, **fields: Any) -> Any:
    return message_class(f"{method}Request")(**fields)


def answer(call: Any) -> Answer:
    """Of a call that is yet to be made."""
    try:
        made = call()
        messages = list(made) if hasattr(made, "__iter__") else [made]
    except grpc.RpcError as error:
        return Answer(error.code().name, details=error.details())
    return Answer("OK", tuple(filter(None, map(_comparable, messages))))


def _comparable(message: Any) -> str:
    copy = type(message).FromString(message.SerializeToString())
    _without_times(copy)
    for name in ("skipped_results", "done"):
        if name in copy.DESCRIPTOR.fields_by_name:
            copy.ClearField(name)
    if "next_page_token" in copy.DESCRIPTOR.fields_by_name:
        copy.ClearField("next_page_token")
    for document in getattr(copy, "documents", ()):
        if not document.HasField("create_time"):
            # Google's emulator gives a missing document an update_time, its reference says none.
            document.ClearField("update_time")
    for status in getattr(copy, "status", ()):
        status.message = ""
    return _text(copy)


def _text(message: Any) -> str:
    """Maps have no order: `str` of a message follows whatever it is."""
    return "\n".join(sorted(_lines(message, "")))


def _lines(message: Any, prefix: str) -> Iterator[str]:
    for field, value in message.ListFields():
        name = f"{prefix}{field.name}"
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            for key in value:
                yield from _lines(value[key], f"{name}[{key!r}].") or [f"{name}[{key!r}]"]
                yield f"{name}[{key!r}]"
        elif field.message_type is not None and hasattr(value, "add"):
            yield f"{name}: {len(value)}"
            for number, each in enumerate(value):
                yield from _lines(each, f"{name}[{number:03}].")
        elif field.message_type is not None:
            yield name
            yield from _lines(value, f"{name}.")
        else:
            yield f"{name} = {value!r}"


def _without_times(message: Any) -> None:
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            for key in value:
                _without_times(value[key])
        elif hasattr(value, "add"):
            for each in value:
                _without_times(each)
        elif isinstance(value, Timestamp):
            if value.seconds > _BEGINNING_OF_SERVER_TIMES:
                value.CopyFrom(Timestamp())
        else:
            _without_times(value)
    for name in ("read_time", "commit_time"):
        if name in message.DESCRIPTOR.fields_by_name:
            message.ClearField(name)
