"""One SMS: 160 characters of the GSM 7-bit alphabet (3GPP TS 23.038), or it costs two.

Names are shortened first, then words are left out. A link is never cut: it goes whole or not.
"""

import unicodedata
from collections.abc import Iterable

_LONGEST = 160
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes the place of two.
_EXTENDED = frozenset("\f^{}\\[~]|€")
_PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."})


def gsm_length(text: str) -> int | None:
    """In septets; None when the alphabet lacks a character."""
    if not set(text) <= _BASIC | _EXTENDED:
        return None
    return len(text) + sum(char in _EXTENDED for char in text)


def plainly(text: str) -> str:
    """The nearest spelling that the alphabet has; letters of other scripts are left out."""
    folded = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    kept = "".join(char for char in folded if char.isascii() and char.isprintable())
    return " ".join(kept.split())


def first_that_fits(candidates: Iterable[str], last_resort: str) -> str:
    return next((text for text in candidates if _fits(text)), last_resort)


def _fits(text: str) -> bool:
    length = gsm_length(text)
    return length is not None and length <= _LONGEST
