"""What only the world can show: DNS, the officers' issuer, Google's key rings and quotas."""

from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from infra.commands import preflight
from infra.readiness import outside
from infra.readiness.outside import Unseen, World
from tests.infra.readiness.cases import ISSUER, case, said

DISCOVERED = {
    "issuer": ISSUER,
    "authorization_endpoint": "https://a",
    "token_endpoint": "https://t",
    "jwks_uri": "https://j",
}
PLENTY = {"dimensionsInfos": [{"details": {"value": "1000000"}, "dimensions": {}}]}


def world(**parts: Any) -> World:
    everything: dict[str, Any] = {
        "addresses": lambda _: frozenset({"203.0.113.7"}),
        "read": lambda _: DISCOVERED,
        "read_google": lambda url: PLENTY if "quotaInfos" in url else {"versions": [{}]},
    }
    return World(**{**everything, **parts})


def unseen(_: str) -> Mapping[str, Any]:
    raise Unseen("HTTP 403")


def test_a_world_that_is_ready_is_not_spoken_of() -> None:
    """Silence is what one hopes for."""
    assert said(preflight.outside_findings(case(), world())) == ""


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"addresses": unseen}, "lapor.contoh.go.id leads nowhere"),
        ({"read": unseen}, f"{ISSUER} does not sign officers in: HTTP 403"),
        ({"read": lambda _: {}}, "no authorization_endpoint, no token_endpoint, no jwks_uri"),
        ({"read": lambda _: {**DISCOVERED, "issuer": "https://other"}}, "another issuer's name"),
        ({"read_google": unseen}, "secret receipt-keys could not be looked at (HTTP 403)"),
        ({"read_google": unseen}, "the CPU quota could not be looked at"),
        ({"read_google": lambda _: {}}, "secret oidc-client-secret has no version"),
        ({"read_google": lambda _: {}}, "0 CPUs are allowed in asia-southeast2"),
    ],
)
def test_what_the_world_lacks_or_hides_blocks(parts: dict[str, Any], words: str) -> None:
    """A check that could not be made proves nothing."""
    findings = list(preflight.outside_findings(case(), world(**parts)))

    assert words in said(findings)
    assert all(each.blocks for each in findings)


def test_the_quota_of_the_regions_own_place_counts() -> None:
    """In thousandths of a CPU, as Google counts them."""
    several = [
        {"dimensions": {"region": "us-east1"}, "details": {"value": "9000000"}},
        {"dimensions": {"region": "asia-southeast2"}, "details": {"value": "20000"}},
    ]
    google = world(read_google=lambda _: {"versions": [{}], "dimensionsInfos": several})

    assert "20 CPUs are allowed" in said(preflight.outside_findings(case(), google))


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = {"/good": (200, b'{"a": 1}'), "/list": (200, b"[]")}
        status, body = known.get(self.path, (503, b"{}"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as answering:
        Thread(target=answering.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{answering.server_port}"
        answering.shutdown()


def test_an_answer_is_read(server: str) -> None:
    """JSON, as an object."""
    assert outside.read(f"{server}/good") == {"a": 1}


@pytest.mark.parametrize(("path", "words"), [("/none", "HTTP 503"), ("/list", "no object")])
def test_a_failure_is_named_by_its_status(path: str, words: str, server: str) -> None:
    """Never by what stands in it."""
    with pytest.raises(Unseen, match=words):
        outside.read(server + path)


def test_who_does_not_answer_at_all_is_named_too() -> None:
    """No host, or nobody there."""
    with pytest.raises(Unseen, match="ConnectionError"):
        outside.read("http://127.0.0.1:1/")
    with pytest.raises(Unseen):
        outside.resolved("no-such-host.invalid")
