"""Links to files: short-lived, made where a list is read, and checked where the file is served.

A link is `/berkas/{token}`. The token is `{code}.{id}.{leaf}.{ending}.{slot}.{mac}`: which file and
which copy of it, what it is called after the dot, the half hour since 1970 at which the link ends
(to the base of 36), and an HMAC over these. Whoever has it reads that copy, and nothing else.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.answer_links import in_base_36
from shared.domain.attachment import kept_name

PATH = "/berkas/"
# All links made within a slot are the same, so that a browser need not fetch a picture twice.
_SLOT = timedelta(minutes=30)
_SLOTS = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAC_BYTES = 16
_PARTS = 5
_LONGEST_TOKEN = 200

ENDINGS = {"application/pdf": "pdf", "video/mp4": "mp4"}
_OF_PICTURES = "webp"


@dataclass(frozen=True, slots=True)
class FileLink:
    """`leaf`: which copy, see `kept_name`. `until`: when the link ends."""

    code: str
    id: str
    leaf: str
    ending: str
    until: datetime

    @property
    def object_name(self) -> str:
        return kept_name(self.code, self.id, self.leaf)

    @property
    def is_picture(self) -> bool:
        return self.ending == _OF_PICTURES


def file_link(code: str, id_: str, leaf: str, type_: str, *, key: bytes, now: datetime) -> str:
    """Valid for half an hour to an hour."""
    slot = in_base_36((now - _EPOCH) // _SLOT + _SLOTS)
    claims = ".".join((code, id_, leaf, ENDINGS.get(type_, _OF_PICTURES), slot))
    return f"{PATH}{claims}.{_mac(key, claims)}"


def linked_file(token: str, *, keys: Iterable[bytes], now: datetime) -> FileLink | None:
    """None: not ours, or ended."""
    claims, _, mac = token.rpartition(".")
    made = (_mac(key, claims).encode() for key in keys)
    # All keys are tried: which one fits is nobody's to learn from the time it takes.
    fits = sum(hmac.compare_digest(mac.encode(), each) for each in made)
    parts = claims.split(".")
    if not fits or len(token) > _LONGEST_TOKEN or len(parts) != _PARTS:
        return None
    code, id_, leaf, ending, slot = parts
    until = _EPOCH + int(slot, 36) * _SLOT
    return FileLink(code, id_, leaf, ending, until) if now < until else None


def _mac(key: bytes, claims: str) -> str:
    mac = hmac.digest(key, f"file\0{claims}".encode(), "sha256")[:_MAC_BYTES]
    return urlsafe_b64encode(mac).decode().rstrip("=")
