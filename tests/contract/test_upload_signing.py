"""In the cloud nobody holds a key: the function's account, its token, and IAM sign."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from infra.manifest import ROOT

EMAIL = "submit-report@tanggap-badung.iam.gserviceaccount.com"
# In a process of its own: Google's library asks only once, when it is loaded, where it is.
THREE_TIMES = """
import json
from shared.adapters import upload_signing

print(json.dumps([upload_signing.signing() for _ in range(3)]))
"""


class Metadata(BaseHTTPRequestHandler):
    """What a function finds at metadata.google.internal. `lasting`: seconds of a token."""

    lasting: int
    given = 0

    def do_GET(self) -> None:
        body = json.dumps(self._said()).encode()
        self.send_response(200)
        self.send_header("Metadata-Flavor", "Google")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _said(self) -> object:
        if "/token" not in self.path:
            return {"email": EMAIL, "scopes": [], "aliases": ["default"]}
        Metadata.given += 1
        token = f"token {Metadata.given}"
        return {"access_token": token, "expires_in": Metadata.lasting, "token_type": "Bearer"}

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def metadata() -> Iterator[str]:
    Metadata.given = 0
    server = HTTPServer(("127.0.0.1", 0), Metadata)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("lasting", "tokens"),
    [(3600, ["token 1"] * 3), (1, ["token 1", "token 2", "token 3"])],
    ids=["for an hour", "hardly at all"],
)
def test_the_functions_own_account_signs(metadata: str, lasting: int, tokens: list[str]) -> None:
    """With a token as long as it lasts, not one for each file."""
    Metadata.lasting = lasting
    cloud = {"GCE_METADATA_HOST": metadata, "GCE_METADATA_IP": metadata, "CLOUDSDK_CONFIG": "/no"}
    others = {n: v for n, v in os.environ.items() if n != "GOOGLE_APPLICATION_CREDENTIALS"}

    ran = subprocess.run(
        [sys.executable, "-c", THREE_TIMES],
        cwd=ROOT,
        env={**others, **cloud, "GOOGLE_CLOUD_PROJECT": "tanggap-badung"},
        capture_output=True,
        text=True,
        check=True,
    )

    found = json.loads(ran.stdout)
    assert [each["access_token"] for each in found] == tokens
    assert {each["service_account_email"] for each in found} == {EMAIL}
