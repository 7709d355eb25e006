"""Receipts: the second secret of a report. Shown once; kept only as a mark that checks it."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.codes import typed_digits

_LENGTH = 16
_ENTROPY_BYTES = 16  # 128 bits modulo 10**16 (53 bits): no receipt is likelier by more than 2**-74


class UnreadableReceipt(ValueError):
    def __init__(self) -> None:
        # Never the text itself: a mistyped secret is nearly the secret, and messages reach logs.
        super().__init__("not a receipt: 16 digits")


@dataclass(frozen=True, slots=True)
class ReceiptMark:
    """What is kept of a receipt; `mac` is the hexadecimal HMAC-SHA256 under the key `key_id`."""

    key_id: str
    mac: str


def random_receipt(entropy: bytes) -> str:
    """Takes at least 16 bytes."""
    if len(entropy) < _ENTROPY_BYTES:
        raise ValueError(f"a receipt needs {_ENTROPY_BYTES} bytes of entropy")
    return _sixteen_digits(entropy)


def derived_receipt(key: bytes, *, code: str, idempotency_key: str) -> str:
    """The same for the same post, so that a repeated one can show it again."""
    return _sixteen_digits(_mac(key, "receipt", code, idempotency_key))


def parse_receipt(text: str) -> str:
    """The 16 ASCII digits of a receipt as people type it; raises UnreadableReceipt."""
    digits = typed_digits(text)
    if len(digits) != _LENGTH:
        raise UnreadableReceipt
    return digits


def show_receipt(receipt: str) -> str:
    return " ".join(receipt[at : at + 4] for at in range(0, _LENGTH, 4))


def mark_receipt(receipt: str, *, code: str, key_id: str, key: bytes) -> ReceiptMark:
    return ReceiptMark(key_id=key_id, mac=_mac(key, "mark", code, receipt).hex())


def is_holder(receipt: str, mark: ReceiptMark, *, code: str, keys: Mapping[str, bytes]) -> bool:
    """Whether `receipt`, as parsed, is the one marked for `code`; a retired key holds nobody."""
    key = keys.get(mark.key_id)
    if key is None:
        return False
    claimed = mark_receipt(receipt, code=code, key_id=mark.key_id, key=key)
    return hmac.compare_digest(claimed.mac.encode(), mark.mac.encode())


def _mac(key: bytes, purpose: str, code: str, secret: str) -> bytes:
    # The purpose keeps derivation and mark apart: a stored mark never tells a derived receipt.
    return hmac.digest(key, "\0".join((purpose, code, secret)).encode(), "sha256")


def _sixteen_digits(source: bytes) -> str:
    return f"{int.from_bytes(source) % 10**_LENGTH:0{_LENGTH}}"
