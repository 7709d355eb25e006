"""HTTP on a port: each connection has a thread, and a body is read as it comes, not before.

So a connection that breaks in the middle of an upload leaves what has come, as in production.
"""

import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from emulator.storage.messages import Request, Response

_SECONDS_OF_SILENCE = 60
_LOOK_FOR_THE_END_EVERY = 0.02
_DRAINED_AT_ONCE = 1 << 16

Answer = Callable[[Request], Response]


class PortTaken(Exception):
    """Somebody else listens there."""


class ConnectionEnds(Exception):
    """On purpose: nothing more is said on it."""


class Door(ThreadingMixIn, TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int, answer: Answer) -> None:
        self.answer = answer
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise PortTaken(f"port {port} is taken") from error
        self.host = f"127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        threading.Thread(
            target=self.serve_forever, args=(_LOOK_FOR_THE_END_EVERY,), name="storage", daemon=True
        ).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: Any) -> None:
        """Whoever went away in the middle is no fault of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: Door
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _SECONDS_OF_SILENCE

    def _handle(self) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal():
            self._refuse_unknown_length()
            return
        body = _Body(self.rfile.read, int(length))
        request = Request(self.command, path, query, headers, body.left, body.receive)
        try:
            response = self.server.answer(request)
        except ConnectionEnds:
            self._hang_up()
            return
        body.drain()
        if body.is_broken:
            self._hang_up()
        else:
            self._send(response)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _handle  # noqa: N815 the library's

    def log_message(self, *_: Any) -> None:
        """Names of objects are nobody's business."""

    def _send(self, response: Response) -> None:
        body = response.body
        pieces = (body,) if isinstance(body, bytes) else body
        length = len(body) if isinstance(body, bytes) else response.length
        self.send_response(response.status, _phrase(response.status))
        for name, value in {**response.headers, "Content-Length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in pieces if self.command != "HEAD" else ():
            self.wfile.write(piece)

    def _refuse_unknown_length(self) -> None:
        """Or the body would be read as the next request. Chunks, too: no client here sends any."""
        self._send(Response(HTTPStatus.LENGTH_REQUIRED))
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class _Body:
    def __init__(self, read: Callable[[int], bytes], length: int) -> None:
        self._read = read
        self.left = length
        self.is_broken = False

    def receive(self, most: int) -> bytes:
        if self.is_broken or not self.left:
            return b""
        try:
            data = self._read(min(most, self.left))
        except OSError:
            data = b""
        self.left -= len(data)
        self.is_broken = not data
        return data

    def drain(self) -> None:
        """Or the rest would be read as the next request."""
        while self.receive(_DRAINED_AT_ONCE):
            pass


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Client Closed Request"
