"""An issuer of ID tokens on this machine, for as long as a test needs it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as elliptic
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "desk"


@cache
def key(name: str) -> Any:
    """Made once per run: an RSA key takes a while."""
    return elliptic(SECP256R1()) if name.startswith("ec") else rsa(65537, 2048)


class Issuer:
    """`published` are the ids of the keys that it shows."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims_to_be = address
        self.published = ["rsa1", "ec1"]
        self.asked = 0

    def claims(self, **others: Any) -> dict[str, Any]:
        """A good officer's; None leaves a claim out."""
        now = datetime.now(UTC)
        good = {
            "iss": self.address,
            "sub": "109",
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + timedelta(hours=1),
            "email": "Wayan@badung.example",
            "email_verified": True,
        }
        return {name: value for name, value in (good | others).items() if value is not None}

    def token(self, signed_by: str = "rsa1", **claims: Any) -> str:
        algorithm = "ES256" if signed_by.startswith("ec") else "RS256"
        return jwt.encode(
            self.claims(**claims), key(signed_by), algorithm, headers={"kid": signed_by}
        )

    def document(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.claims_to_be, "jwks_uri": f"{self.address}/keys"}
        self.asked += 1
        return {"keys": [{**_public(name), "kid": name, "use": "sig"} for name in self.published]}


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    issuer: Issuer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(issuer.document(self.path)).encode()
            self.send_response(200)
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


def _public(name: str) -> dict[str, Any]:
    algorithm = ECAlgorithm if name.startswith("ec") else RSAAlgorithm
    return algorithm.to_jwk(key(name).public_key(), as_dict=True)
