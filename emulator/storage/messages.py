"""A request and its answer, whatever carries them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

from emulator.storage.refusals import invalid

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Request:
    """`path` and `query` as they were sent, percent-encoded; names of `headers` in small letters.

    `receive`: at most so many bytes of the body; empty at its end, and after a break.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    length: int
    receive: Callable[[int], bytes]

    @cached_property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @cached_property
    def steps(self) -> list[str]:
        """Of the path, decoded."""
        return [unquote(step) for step in self.path.split("/")[1:]]

    def body(self) -> bytes:
        """Raises Refused when the connection broke before its end."""
        whole = b"".join(iter(lambda: self.receive(_AT_ONCE), b""))
        return whole if len(whole) == self.length else invalid("The body ended early.")


@dataclass(frozen=True, slots=True)
class Response:
    """`length`: of a body that comes in pieces."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""
    length: int | None = None


def json_response(content: Mapping[str, Any], status: int = 200, **headers: str) -> Response:
    body = json.dumps(content, indent=2).encode()
    return Response(status, {"Content-Type": "application/json; charset=UTF-8", **headers}, body)
