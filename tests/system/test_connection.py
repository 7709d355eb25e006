"""What time may heal is tried again; everything else is an answer at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from emulator.connection import Answer, Connection, Unreachable

BROKEN_OFF = 0


@contextmanager
def door(*statuses: int) -> Iterator[tuple[Connection, list[int]]]:
    """Answers with these, one after the other; the list holds what is left."""
    left = list(statuses)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = left.pop(0)
            if status != BROKEN_OFF:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Retry-After", "0")
                self.end_headers()
                self.wfile.write(b'{"code": "said"}')
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    yield Connection(url, connections=1, pauses=(0.0, 0.0, 0.0)), left
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("first", [503, 429, BROKEN_OFF])
def test_a_passing_trouble_is_tried_again(first: int) -> None:
    with door(first, first, 201) as (found, left):
        assert found.ask("GET", "/") == Answer(201, {"code": "said"})
        assert left == []


@pytest.mark.parametrize("status", [200, 400, 409, 422, 500, 502])
def test_everything_else_is_an_answer_at_once(status: int) -> None:
    with door(status, 200) as (found, left):
        assert found.ask("GET", "/").status == status
        assert left == [200]


def test_a_trouble_that_stays_is_the_answer() -> None:
    with door(*[503] * 4) as (found, _):
        assert found.ask("GET", "/").reason == "503 said"


def test_no_answer_at_all_says_what_to_do() -> None:
    with door(*[BROKEN_OFF] * 4) as (found, _), pytest.raises(Unreachable, match="make run"):
        found.ask("GET", "/")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"code": "wrong-status"}, "422 wrong-status"),
        ({"code": "unknown-agency", "errors": [{"field": "agency", "code": "refused"}]},
         "422 unknown-agency"),
        ({"code": "field-faults", "errors": [{"field": "body", "code": "too-short"}]},
         "422 body too-short"),
        ({}, "422 no problem+json"),
    ],
)  # fmt: skip
def test_a_reason_is_made_of_stable_codes(body: dict[str, object], reason: str) -> None:
    assert Answer(422, body).reason == reason
