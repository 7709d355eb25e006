"""V4 signed URLs ("Canonical requests", "Signatures"): who may send just this request."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NoReturn
from urllib.parse import quote, unquote

from emulator.storage.accounts import Account
from emulator.storage.messages import Request
from emulator.storage.refusals import Refused, forbidden

_ALGORITHM = "GOOG4-RSA-SHA256"
_LONGEST_SECONDS = 7 * 24 * 3600
_CREDENTIAL = re.compile(
    r"(?P<email>[^/]+)/(?P<scope>(?P<day>\d{8})/[a-z0-9-]+/storage/goog4_request)"
)
_TIME = "%Y%m%dT%H%M%SZ"
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your "
    "Google secret key and signing method."
)


class Signatures:
    """`now`: real time, as in everything that is signed."""

    def __init__(
        self, account: Account, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._account = account
        self._now = now

    def check(self, request: Request) -> None:
        """Raises Refused."""
        given = request.parameters
        if "X-Goog-Signature" not in given:
            forbidden("AccessDenied", "Access denied.")
        credential = _CREDENTIAL.fullmatch(given.get("X-Goog-Credential", ""))
        if given.get("X-Goog-Algorithm") != _ALGORITHM or credential is None:
            _unreadable("X-Goog-Algorithm or X-Goog-Credential")
        if credential["email"] != self._account.email:
            forbidden("SignatureDoesNotMatch", _MISMATCH)
        self._check_time(given, credential["day"])
        _check_headers(request, given)
        lines = (_ALGORITHM, given["X-Goog-Date"], credential["scope"], _digest(request, given))
        self._check_signature("\n".join(lines), given["X-Goog-Signature"])

    def _check_time(self, given: dict[str, str], day: str) -> None:
        written, seconds = given.get("X-Goog-Date", ""), given.get("X-Goog-Expires", "")
        if not seconds.isdigit() or not 0 < int(seconds) <= _LONGEST_SECONDS:
            _unreadable("X-Goog-Expires")
        try:
            signed_at = datetime.strptime(written, _TIME).replace(tzinfo=UTC)
        except ValueError:
            _unreadable("X-Goog-Date")
        if not written.startswith(day):
            _unreadable("X-Goog-Date")
        if self._now() > signed_at + timedelta(seconds=int(seconds)):
            raise Refused(400, "expired", "ExpiredToken", "The provided token has expired.")

    def _check_signature(self, signed: str, signature: str) -> None:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 with the first upload
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415

        try:
            key = self._account.public_key
            key.verify(bytes.fromhex(signature), signed.encode(), PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            forbidden("SignatureDoesNotMatch", _MISMATCH)


def _check_headers(request: Request, given: dict[str, str]) -> None:
    """Host is signed, and every extension header that is sent; what is signed is sent."""
    signed = given.get("X-Goog-SignedHeaders", "").split(";")
    sent = {name for name in request.headers if name.startswith("x-goog-")}
    for name in ("host", *sorted(sent)):
        if name not in signed:
            _unreadable(f"Header {name} must be included in X-Goog-SignedHeaders", "headers")
    for name in signed:
        if name not in request.headers:
            _unreadable(f"Header {name} was included in signedheaders, but not in the request")


def _digest(request: Request, given: dict[str, str]) -> str:
    signed = given["X-Goog-SignedHeaders"]
    canonical = (
        request.method,
        quote(unquote(request.path), safe="/~"),
        _query(given),
        *(f"{name}:{' '.join(request.headers[name].split())}" for name in signed.split(";")),
        "",
        signed,
        request.headers.get("x-goog-content-sha256", "UNSIGNED-PAYLOAD"),
    )
    return sha256("\n".join(canonical).encode()).hexdigest()


def _query(given: dict[str, str]) -> str:
    others = {name: value for name, value in given.items() if name != "X-Goog-Signature"}
    pairs = (f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in others.items())
    return "&".join(sorted(pairs))


def _unreadable(what: str, kind: str = "header") -> NoReturn:
    raise Refused(
        400, "invalid", "MalformedSecurityHeader", f"Your request has a malformed {kind}: {what}."
    )
