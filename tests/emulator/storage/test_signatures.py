"""Who may start an upload: whoever has the address that was signed for just that."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulator.storage.accounts import account
from emulator.storage.messages import Request
from emulator.storage.refusals import Refused
from emulator.storage.signatures import Signatures
from tests.emulator.storage.world import WEB, World, signer

ODD = "incoming/7K3M9QX2WDQ/jalan rusak + 100%~(1)'é.jpg"


def post(url: str, headers: dict[str, str]) -> httpx.Response:
    return WEB.post(url, headers=headers)


def test_the_signed_request_is_taken(here: World) -> None:
    """Whatever the object is called."""
    session = here.started(ODD)

    assert WEB.put(session, content=b"x").status_code == 200
    assert here.bucket.blob(ODD).download_as_bytes() == b"x"


def test_without_a_signature_nobody_comes_in(here: World) -> None:
    url, headers = here.signed()

    refused = post(url.partition("?")[0], headers)

    assert (refused.status_code, "AccessDenied" in refused.text) == (403, True)


@pytest.mark.parametrize(
    ("old", "new", "status", "code"),
    [
        ("7K3M9QX2WDQ", "8K3M9QX2WDQ", 403, "SignatureDoesNotMatch"),
        ("X-Goog-Expires=86400", "X-Goog-Expires=86401", 403, "SignatureDoesNotMatch"),
        ("X-Goog-Signature=", "X-Goog-Signature=00", 403, "SignatureDoesNotMatch"),
        ("X-Goog-Signature=", "X-Goog-Signature=zz", 403, "SignatureDoesNotMatch"),
        ("uploads%40", "others%40", 403, "SignatureDoesNotMatch"),
        ("X-Goog-Expires=86400", "X-Goog-Expires=864001", 400, "MalformedSecurityHeader"),
        ("X-Goog-Expires=86400", "X-Goog-Expires=soon", 400, "MalformedSecurityHeader"),
        ("GOOG4-RSA-SHA256", "GOOG4-HMAC-SHA256", 400, "MalformedSecurityHeader"),
        ("%2Fgoog4_request", "%2Faws4_request", 400, "MalformedSecurityHeader"),
        ("content-type%3Bhost", "host", 403, "SignatureDoesNotMatch"),
        ("host%3B", "", 400, "MalformedSecurityHeader"),
    ],
)
def test_what_was_signed_cannot_be_changed(
    here: World, old: str, new: str, status: int, code: str
) -> None:
    url, headers = here.signed()
    assert old in url

    refused = post(url.replace(old, new), headers)

    assert (refused.status_code, f"<Code>{code}</Code>" in refused.text) == (status, True)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Content-Type": "text/html"}, 403),
        ({"x-goog-content-length-range": "0,99"}, 403),
        ({"x-goog-acl": "public-read"}, 400),
    ],
)
def test_its_headers_cannot_be_changed(here: World, changed: dict[str, str], status: int) -> None:
    url, headers = here.signed()

    assert post(url, headers | changed).status_code == status


@pytest.mark.parametrize("missing", ["Content-Type", "x-goog-content-length-range"])
def test_its_headers_must_be_sent(here: World, missing: str) -> None:
    url, headers = here.signed()
    del headers[missing]

    assert post(url, headers).status_code == 400


def test_another_key_does_not_sign_for_this_account(here: World, tmp_path: Path) -> None:
    """Though it bears the same name."""
    other = account(tmp_path / "other.json", "uploads@emulator.iam.gserviceaccount.com")

    url, headers = here.signed(credentials=signer(other.key_file))

    assert post(url, headers).status_code == 403


@pytest.mark.parametrize(("after", "code"), [(0, None), (86_400, None), (86_401, "ExpiredToken")])
def test_a_signature_ends_with_its_time(here: World, after: int, code: str | None) -> None:
    """By real time, as everything that is signed."""
    url, headers = here.signed()
    parts = httpx.URL(url)
    signed_at = datetime.fromisoformat(parts.params["X-Goog-Date"])
    now = signed_at + timedelta(seconds=after)
    names = {"host": parts.netloc.decode()} | {name.lower(): v for name, v in headers.items()}
    path, _, query = parts.raw_path.decode().partition("?")
    request = Request("POST", path, query, names, 0, lambda _: b"")

    assert _refusal(here, now, request) == code


def _refusal(here: World, now: datetime, request: Any) -> str | None:
    signatures = Signatures(account(here.server.key_file, ""), lambda: now)
    try:
        signatures.check(request)
    except Refused as refused:
        return str(refused).split()[1].rstrip(":")
    return None


def test_of_several_that_make_a_key_one_is_used(tmp_path: Path) -> None:
    """Two local clouds that start at once understand each other's signatures."""
    made = [account(tmp_path / "signer.json", f"a{n}@p.iam.gserviceaccount.com") for n in (1, 2)]

    assert [each.email for each in made] == ["a1@p.iam.gserviceaccount.com"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["signer.json"]
    assert made[0].key_file.stat().st_mode & 0o077 == 0
