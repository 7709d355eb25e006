"""One POST, over a connection that each thread keeps to each host."""

import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection, RemoteDisconnected
from urllib.parse import SplitResult, urlsplit

_kept = threading.local()


class Unanswered(Exception):
    """Nobody there, or no answer in time."""


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> int:
    """The answer's status. Raises Unanswered."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connections: dict[str, HTTPConnection] = _kept.__dict__
    host = f"{parts.scheme}://{parts.netloc}"
    connection = connections.pop(host, None)
    try:
        if connection:
            try:
                return _answer(connections, host, connection, target, body, headers, seconds)
            except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                pass  # closed by the other side while nobody used it
        connection = _connection(parts)
        return _answer(connections, host, connection, target, body, headers, seconds)
    except (OSError, HTTPException) as error:
        if connection:
            connection.close()
        raise Unanswered(f"{type(error).__name__}: {error}") from error


def _connection(parts: SplitResult) -> HTTPConnection:
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.netloc)


def _answer(
    connections: dict[str, HTTPConnection],
    host: str,
    connection: HTTPConnection,
    target: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float,
) -> int:
    connection.timeout = seconds
    if connection.sock:
        connection.sock.settimeout(seconds)
    connection.request("POST", target, body, dict(headers))
    response = connection.getresponse()
    response.read()
    if response.will_close:
        connection.close()
    else:
        connections[host] = connection
    return response.status
