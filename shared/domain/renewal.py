"""A lost receipt: who reads the contact on file gets a new one, by a one-time code.

Nothing stores the code. It is made anew from a nonce where it is sent and where it is checked.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from shared.domain.codes import typed_digits
from shared.domain.commands import Renew
from shared.domain.events import Happening
from shared.domain.languages import Pair
from shared.domain.scene import Scene

SENT_PERHAPS: Pair = (
    "Bila itu kontak yang tercatat, kode sekali pakai dikirim ke sana dan berlaku 30 menit.",
    "If this is the contact on file, a one-time code goes there; it is valid for 30 minutes.",
)
VALID_FOR = timedelta(minutes=30)
# Earlier, a second message would only be somebody's nuisance.
_NEXT_AFTER = timedelta(minutes=10)
_MOST_TRIES = 5
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Renewal:
    """One at a time for each report. Without a nonce nothing was sent, and no code fits.

    `tries` counts the codes that came in, each before it is looked at. `version` is the store's.
    """

    nonce: str
    expires_at: datetime
    tries: int = 0
    version: Any = field(default=None, compare=False)


def nothing_asked(now: datetime) -> Renewal:
    return Renewal("", now)


def asked(renewal: Renewal, nonce: str, now: datetime) -> Renewal:
    """A new one; the same while the message about it can hardly have been read."""
    begun_at = renewal.expires_at - VALID_FOR
    if renewal.nonce and now < begun_at + _NEXT_AFTER:
        return renewal
    return replace(renewal, nonce=nonce, expires_at=now + VALID_FOR, tries=0)


def tried(renewal: Renewal) -> Renewal:
    return replace(renewal, tries=renewal.tries + 1)


def opens(typed: str, renewal: Renewal, *, code: str, keys: Iterable[bytes], now: datetime) -> bool:
    """Whether the code that was typed, its try counted already, is the one that was sent.

    Under any key: a rotation between sending and typing must not part them.
    """
    if not renewal.nonce or now >= renewal.expires_at or renewal.tries > _MOST_TRIES:
        return False
    digits = typed_digits(typed)
    made = (one_time_code(code, renewal.nonce, key) for key in keys)
    # All are compared: which key fits is nobody's to learn from the time it takes.
    return bool(sum(hmac.compare_digest(digits, each) for each in made))


def one_time_code(code: str, nonce: str, key: bytes) -> str:
    """Eight digits; `key` is the current one of those that receipts are marked with."""
    mac = hmac.digest(key, f"one-time\0{code}\0{nonce}".encode(), "sha256")
    return f"{int.from_bytes(mac) % 10**_DIGITS:0{_DIGITS}}"


def renew(scene: Scene, command: Renew) -> tuple[Happening, ...]:
    """The receipt itself is no part of the report: whoever reads the event learns when."""
    return (Happening("receipt_renewed"),)
