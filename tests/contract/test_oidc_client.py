"""Signing in with an issuer on this machine: how it is asked, and what it may answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.adapters.oidc_client import OidcClient
from shared.usecases.ports import BadToken, IssuerAway
from shared.usecases.signing_in import Trip

BACK = "https://lapor.badung.example/desk/signin/back"
TRIP = Trip("state", "nonce", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
# RFC 7636, appendix B
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


class Issuer:
    """`answers`: what the token endpoint says next."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.ways: list[str] | None = None
        self.answer: tuple[int, bytes] = (200, b'{"id_token": "a.b.c", "token_type": "Bearer"}')
        self.asked: dict[str, str] = {}
        self.authorization = ""

    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize?prompt=login",
            "token_endpoint": f"{self.address}/token",
        }
        if self.ways:
            found["token_endpoint_auth_methods_supported"] = self.ways
        return found


@contextmanager
def _running() -> Iterator[Issuer]:
    issuer: Issuer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, json.dumps(issuer.document()).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            issuer.asked = {name: values[0] for name, values in parse_qs(body).items()}
            issuer.authorization = self.headers.get("Authorization", "")
            self._say(*issuer.answer)

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield issuer
    server.shutdown()
    server.server_close()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with _running() as issuer:
        yield issuer


def client(issuer: Issuer) -> OidcClient:
    return OidcClient(issuer.address, "tanggap", "s3:cret", BACK)


def test_the_address_asks_for_a_code_and_names_only_the_challenge(issuer: Issuer) -> None:
    """The verifier stays here; what the issuer's own address says stays in it."""
    address = client(issuer).address(TRIP)

    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked == {
        "prompt": "login",
        "response_type": "code",
        "client_id": "tanggap",
        "redirect_uri": BACK,
        "scope": "openid email",
        "state": "state",
        "nonce": "nonce",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize(
    ("ways", "in_header"),
    [(None, True), (["client_secret_basic"], True), (["client_secret_post"], False)],
)
def test_the_code_is_exchanged_with_verifier_and_secret(
    issuer: Issuer, ways: list[str] | None, *, in_header: bool
) -> None:
    """In the way that the issuer takes; the header where it does not say."""
    issuer.ways = ways

    assert client(issuer).token("the code", TRIP) == "a.b.c"
    sent = {"grant_type": "authorization_code", "code": "the code", "redirect_uri": BACK}
    assert {**sent, "code_verifier": TRIP.verifier}.items() <= issuer.asked.items()
    assert issuer.authorization.startswith("Basic ") == in_header
    assert ("client_secret" in issuer.asked) == (not in_header)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ((400, b'{"error": "invalid_grant", "error_description": "secret words"}'), BadToken),
        ((200, b'{"access_token": "x", "token_type": "Bearer"}'), BadToken),
        ((200, b'{"id_token": 7, "token_type": "Bearer"}'), BadToken),
        ((200, b"no JSON"), IssuerAway),
        ((503, b"later"), IssuerAway),
    ],
)
def test_an_answer_without_a_token_signs_nobody_in(
    issuer: Issuer, answer: tuple[int, bytes], failure: type[Exception]
) -> None:
    """And what the issuer says about it goes into no log."""
    issuer.answer = answer

    with pytest.raises(failure) as refused:
        client(issuer).token("code", TRIP)

    assert "secret words" not in str(refused.value)


def test_an_issuer_that_is_away_is_told_from_a_bad_code() -> None:
    away = OidcClient("http://127.0.0.1:1", "tanggap", "secret", BACK)

    for ask in (lambda: away.address(TRIP), lambda: away.token("code", TRIP)):
        with pytest.raises(IssuerAway):
            ask()
