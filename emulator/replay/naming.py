"""Names as ids, and abbreviations that fit a status line; each used once."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_LONGEST_SHORT_NAME = 20
_SMALL_WORDS = frozenset({"dan", "serta", "di", "ke", "of", "the"})


def folded(name: str) -> str:
    """`Gunung Anyar` and `Gununganyar` are one place."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def ids(names: Iterable[str], longest: int) -> dict[str, str]:
    """Name → id, in the order given; what would be used twice gets a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        wanted = _slug(name)[:longest].strip("-") or "x"
        found[name] = next(each for each in _numbered(wanted, "-", longest) if each not in taken)
        taken.add(found[name])
    return found


def short_names(names: Iterable[str]) -> dict[str, str]:
    """The name itself where it fits, else the initials of its words."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        options = _numbered(_shortened(name), " ", _LONGEST_SHORT_NAME)
        found[name] = next(each for each in options if folded(each) not in taken)
        taken.add(folded(found[name]))
    return found


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST_SHORT_NAME:
        return name
    found = re.findall(r"\w+", name)
    kind, *words = [word for word in found if word.lower() not in _SMALL_WORDS] or [name]
    if kind.lower() in ("kelurahan", "kecamatan"):
        return f"{kind[:3]}. {' '.join(words)}"[:_LONGEST_SHORT_NAME].strip()
    initials = "".join(word[0].upper() for word in (kind, *words))
    return (initials if words else name)[:_LONGEST_SHORT_NAME]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _numbered(wanted: str, between: str, longest: int) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        suffix = f"{between}{number}"
        yield wanted[: longest - len(suffix)] + suffix
        number += 1
