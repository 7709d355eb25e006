"""What functions meet outside their process: an issuer of tokens, mail, and a clock tests set."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from emulator.aws import Aws
from emulator.issuer import Issuer
from emulator.serving import listen, served, url_of
from shared.domain.directory import Officer

AUDIENCE = "tanggap"
# The Saturday of the example in the HTTP contract: 09:12 in Badung.
NOW = datetime.fromisoformat("2026-11-21T09:12:44+08:00").astimezone(UTC)


class Outside:
    def __init__(self, url: str) -> None:
        self.now = NOW
        self.clock_url = f"{url}/clock"
        self.issuer = Issuer(f"{url}/issuer", AUDIENCE)
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
        body = json.dumps(self.server.world.answer(self.path)).encode()  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests read what the functions write, and nothing else."""
