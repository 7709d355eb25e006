"""Tracking codes: made, typed tolerantly, shown. Their check symbol catches a slip of the pen."""

import unicodedata
from collections.abc import Iterator

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LENGTH = 11
_ENTROPY_BYTES = 7
_ALIASES = {"O": "0", "I": "1", "L": "1"}
_READINGS = {symbol: symbol for symbol in _ALPHABET} | _ALIASES
_READINGS |= {typed.lower(): symbol for typed, symbol in _READINGS.items()}


class UnreadableCode(ValueError):
    def __init__(self) -> None:
        # Never the text itself: it may be a receipt or a name, and messages reach logs.
        super().__init__("not a tracking code: 11 symbols, of which the last checks the others")


def make_code(entropy: bytes) -> str:
    """Ten symbols from the first 50 bits of `entropy` (at least 7 bytes), then the check symbol."""
    if len(entropy) < _ENTROPY_BYTES:
        raise ValueError(f"a tracking code needs {_ENTROPY_BYTES} bytes of entropy")
    number = int.from_bytes(entropy[:_ENTROPY_BYTES]) >> 6
    payload = "".join(_ALPHABET[number >> shift & 31] for shift in range(45, -1, -5))
    return payload + _check_symbol(payload)


def parse_code(text: str) -> str:
    """The 11 symbols of a code as people type it; raises UnreadableCode.

    Every changed symbol is noticed, and every swap of neighbours but 0 with Z: doubling modulo 32
    moves the first and the last symbol of the alphabet alike (Luhn's 09/90 in the decimal case).
    """
    symbols = [_READINGS.get(typed) for typed in typed_symbols(text)]
    code = "".join(symbol for symbol in symbols if symbol)
    if None in symbols or len(code) != _LENGTH or _check_symbol(code[:-1]) != code[-1]:
        raise UnreadableCode
    return code


def show_code(code: str) -> str:
    return f"{code[:-1]}-{code[-1]}"


def typed_symbols(text: str) -> Iterator[str]:
    """What was typed, in its compatibility form (NFKC), without blanks, dashes and invisibles."""
    # One character at a time: NFKC of a whole text takes quadratic time on long runs of accents.
    for typed in text:
        yield from (one for one in unicodedata.normalize("NFKC", typed) if not _only_groups(one))


def typed_digits(text: str) -> str:
    """The ASCII digits of a number as people type it; empty when there is anything else in it."""
    digits = [unicodedata.decimal(typed, None) for typed in typed_symbols(text)]
    return "" if None in digits else "".join(map(str, digits))


def _only_groups(char: str) -> bool:
    return char.isspace() or char == "\N{MINUS SIGN}" or unicodedata.category(char) in {"Pd", "Cf"}


def _check_symbol(payload: str) -> str:
    """Luhn modulo 32: https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm."""
    values = [_ALPHABET.index(symbol) for symbol in reversed(payload)]
    total = sum(_doubled(value) for value in values[::2]) + sum(values[1::2])
    return _ALPHABET[-total % len(_ALPHABET)]


def _doubled(value: int) -> int:
    return sum(divmod(2 * value, len(_ALPHABET)))
