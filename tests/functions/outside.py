"""What functions meet outside their process: an issuer of tokens, mail, and a clock tests set."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

from emulator.aws import Aws
from emulator.issuer import BadGrant, Issuer
from emulator.serving import listen, served, url_of
from shared.domain.directory import Officer

AUDIENCE = "tanggap"
CLIENT_SECRET = "known to the tests"
# The Saturday of the example in the HTTP contract: 09:12 in Badung.
NOW = datetime.fromisoformat("2026-11-21T09:12:44+08:00").astimezone(UTC)


class Outside:
    def __init__(self, url: str) -> None:
        self.now = NOW
        self.clock_url = f"{url}/clock"
        self.issuer = Issuer(f"{url}/issuer", AUDIENCE, secret=CLIENT_SECRET)
        self.aws = Aws(lambda: self.now)
        self.aws_url = ""

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)

    def token(self, officer: Officer) -> str:
        return self.issuer.token(officer)

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/clock":
            return {"now": self.now.isoformat()}
        if path.endswith("/.well-known/openid-configuration"):
            return self.issuer.discovery()
        return self.issuer.keys()


@contextmanager
def outside_world() -> Iterator[Outside]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    world = Outside(f"http://127.0.0.1:{server.server_port}")
    server.world = world  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        door = listen(0)
        world.aws_url = url_of(door)
        with served(world.aws, door, threads=4):
            yield world
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(200, self.server.world.answer(self.path))  # type: ignore[attr-defined]

    def do_POST(self) -> None:
        """The issuer's token endpoint."""
        size = int(self.headers["Content-Length"])
        form = dict(parse_qsl(self.rfile.read(size).decode()))
        try:
            issuer: Issuer = self.server.world.issuer  # type: ignore[attr-defined]
            self._answer(200, issuer.exchanged(form, self.headers.get("Authorization", "")))
        except BadGrant:
            self._answer(400, {"error": "invalid_grant"})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests read what the functions write, and nothing else."""
