"""Links in a message that answer just what it tells of, without the receipt.

A link is `/r/{code}?answer={token}`. The token is `{seq}.{hour}.{mac}`: the event it answers, the
hour since 1970 at which it ends, both to the base of 36, and an HMAC over these and the code; it
has to fit into an SMS. It opens no reading, and is never made for secret or supervisory reports.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.codes import show_code
from shared.domain.report import Report

VALID_FOR = timedelta(days=14)
_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Nobody tries 2**96 of them within two weeks.
_MAC_BYTES = 12
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST_TOKEN = 64

# Event → the actions that answer it; whether they still fit is the workflow's to say.
ANSWERS: Mapping[str, frozenset[str]] = {
    "held": frozenset({"supplement"}),
    "answered": frozenset({"reply", "confirm"}),
    "reminded": frozenset({"supplement", "reply", "confirm"}),
    "confirmed": frozenset({"object"}),
    "expired": frozenset({"object", "appeal"}),
    "archived": frozenset({"appeal"}),
}


@dataclass(frozen=True, slots=True)
class Links:
    """`site`: scheme and host, without a slash at the end. `token`: see above; None: no answer."""

    site: str
    token: str | None = None

    def report(self, code: str) -> str:
        return f"{self.site}/r/{show_code(code)}"

    def answer(self, code: str) -> str:
        """Straight to the answering; to the report where there is no such link."""
        return self.report(code) + (f"?answer={self.token}" if self.token else "")

    def desk(self, code: str) -> str:
        return f"{self.site}/desk/{show_code(code)}"

    def queue(self) -> str:
        return f"{self.site}/desk"


def may_be_answered(report: Report, event_type: str) -> bool:
    return event_type in ANSWERS and not (report.secret or report.supervisory)


def answer_token(code: str, seq: int, *, key: bytes, now: datetime) -> str:
    """Ends with the hour in which its fourteen days do."""
    hour = (now + VALID_FOR - _EPOCH) // _HOUR + 1
    claims = f"{in_base_36(seq)}.{in_base_36(hour)}"
    return f"{claims}.{_mac(key, 'answer', code, claims)}"


def answered_event(token: str, code: str, *, keys: Iterable[bytes], now: datetime) -> int | None:
    """The number of the event that the token answers; None: not ours, for another report, ended."""
    claims = _checked(token, "answer", code, keys=keys)
    if claims is None:
        return None
    seq, hour = (int(part, 36) for part in claims.split("."))
    return seq if now < _EPOCH + hour * _HOUR else None


def leave_token(notice: str, *, key: bytes) -> str:
    """Of the link by which whoever got this notice gets no more of them. It never ends."""
    return f"{notice}.{_mac(key, 'leave', '', notice)}"


def left_notice(token: str, *, keys: Iterable[bytes]) -> str | None:
    """The id of the notice that the link stood in; None: not a link of ours."""
    return _checked(token, "leave", "", keys=keys)


def _checked(token: str, purpose: str, code: str, *, keys: Iterable[bytes]) -> str | None:
    claims, _, mac = token.rpartition(".")
    made = (_mac(key, purpose, code, claims).encode() for key in keys)
    # All keys are tried: which one fits is nobody's to learn from the time it takes.
    fits = sum(hmac.compare_digest(mac.encode(), each) for each in made)
    return claims if fits and len(token) <= _LONGEST_TOKEN else None


def _mac(key: bytes, purpose: str, code: str, claims: str) -> str:
    message = f"{purpose}\0{code}\0{claims}".encode()
    return urlsafe_b64encode(hmac.digest(key, message, "sha256")[:_MAC_BYTES]).decode()


def in_base_36(number: int) -> str:
    """What `int(…, 36)` reads."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
