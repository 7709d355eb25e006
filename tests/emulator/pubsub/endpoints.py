"""A push endpoint that notes what it gets and answers as it was told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Endpoint:
    """`answers` are used up in turn, then `answer` holds; `open` lets requests through."""

    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    answer: int = 200
    open: threading.Event = field(default_factory=threading.Event)

    @property
    def data(self) -> list[str]:
        return [body["message"]["data"] for body in self.bodies]

    def wait(self, number: int, seconds: float = 5) -> None:
        end = time.monotonic() + seconds
        while len(self.bodies) < number and time.monotonic() < end:
            time.sleep(0.002)
        assert len(self.bodies) >= number, f"{len(self.bodies)} of {number} pushes came"


class _Server(ThreadingHTTPServer):
    # A burst of connections; those beyond the queue would be made again after a second or more.
    request_queue_size = 128
    daemon_threads = True


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    there = Endpoint()
    there.open.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            there.times.append(time.perf_counter())
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.headers.append(dict(self.headers))
            there.bodies.append(json.loads(body))
            there.open.wait(10)
            self.send_response(there.answers.pop(0) if there.answers else there.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}/push"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield there
    there.open.set()
    server.shutdown()
    server.server_close()
