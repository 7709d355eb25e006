"""Villages and districts of the region, found by what people call them."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from shared.domain.areas import and_wider
from shared.domain.directory import Directory

MOST = 8
_VILLAGE = len("51.03.01.1002")
_DISTRICT = len("51.03.01")
# What stands before a name and tells no place from another.
_RANKS = frozenset({
    "desa", "kelurahan", "kel", "kalurahan", "nagari", "kecamatan", "kec", "kabupaten", "kab",
    "kota", "village", "district",
})  # fmt: skip


def full_name(area: str, directory: Directory) -> str:
    """`Kuta, Kec. Kuta`: with what it lies in, the region itself left out; empty: not ours."""
    names = [
        _named(wider, directory)
        for wider in and_wider(area)
        if wider in directory.areas and (wider == area or len(wider) > len(directory.code))
    ]
    return ", ".join(names) if area in directory.areas else ""


def found(typed: str, directory: Directory) -> list[tuple[str, str]]:
    """(code, full name), at most `MOST`: those that begin like it first, villages before districts.

    Each word typed begins a word of the full name.
    """
    wanted = _words(typed)
    if not wanted:
        return []
    fitting = (
        (code, name)
        for code in directory.areas
        if _fits(wanted, _words(name := full_name(code, directory)))
    )
    return sorted(fitting, key=lambda area: _rank(area, wanted))[:MOST]


def area_named(typed: str, directory: Directory) -> str | None:
    """The one that is meant; None when none or several may be."""
    likely = found(typed, directory)
    same = [code for code, name in likely if _key(name) == _key(typed)]
    if len(same) == 1:
        return same[0]
    return likely[0][0] if len(likely) == 1 else None


def _named(area: str, directory: Directory) -> str:
    name = directory.areas[area]
    return f"Kec. {name}" if len(area) == _DISTRICT else name


def _fits(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _rank(area: tuple[str, str], wanted: list[str]) -> tuple[bool, bool, str]:
    code, name = area
    words = _words(name)
    return (not words[0].startswith(wanted[0]), len(code) != _VILLAGE, name)


def _key(text: str) -> list[str]:
    return list(_spelled(text))


def _words(text: str) -> list[str]:
    return [word for word in _spelled(text) if word not in _RANKS]


def _spelled(text: str) -> Iterator[str]:
    return (each[0] for each in re.finditer(r"\w+", normalize("NFKC", text).lower()))
