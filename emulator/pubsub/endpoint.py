"""One POST, over a connection that each thread keeps to each host."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection, RemoteDisconnected
from urllib.parse import SplitResult, urlsplit

_kept = threading.local()
# How a connection shows that the other side closed it while nobody used it.
_CLOSED = (RemoteDisconnected, BrokenPipeError, ConnectionResetError)


class Unanswered(Exception):
    """Nobody there, or no answer in time."""


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> int:
    """The answer's status. Raises Unanswered."""
    request = _Request(urlsplit(url), body, headers, seconds)
    try:
        return request.over_kept() or request.over(request.connection())
    except (OSError, HTTPException) as error:
        raise Unanswered(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Request:
    url: SplitResult
    body: bytes
    headers: Mapping[str, str]
    seconds: float

    def over_kept(self) -> int | None:
        kept = _connections().pop(self._host, None)
        if kept is None:
            return None
        try:
            return self.over(kept)
        except _CLOSED:
            return None

    def over(self, connection: HTTPConnection) -> int:
        try:
            status = self._answer(connection)
        except BaseException:
            connection.close()
            raise
        if connection.sock:
            _connections()[self._host] = connection
        return status

    def connection(self) -> HTTPConnection:
        kind = HTTPSConnection if self.url.scheme == "https" else HTTPConnection
        return kind(self.url.netloc)

    @property
    def _host(self) -> str:
        return f"{self.url.scheme}://{self.url.netloc}"

    def _answer(self, connection: HTTPConnection) -> int:
        connection.timeout = self.seconds
        if connection.sock:
            connection.sock.settimeout(self.seconds)
        target = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
        connection.request("POST", target, self.body, dict(self.headers))
        response = connection.getresponse()
        response.read()
        return response.status


def _connections() -> dict[str, HTTPConnection]:
    return _kept.__dict__
