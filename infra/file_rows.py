"""What may be attached, as dated rows of policy.yaml."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from shared.domain.attachment import DOCUMENTS, IMAGES, FileLimits

_MIB = 1 << 20
_TYPES = {type_.rpartition("/")[2]: type_ for type_ in IMAGES | DOCUMENTS}


def row(written: Mapping[str, Any]) -> FileLimits:
    return FileLimits(
        files=written["files"],
        each=written["each_mib"] * _MIB,
        together=written["together_mib"] * _MIB,
        types=frozenset(_TYPES[name] for name in written["types"]),
        since=date.fromisoformat(written["from"]),
    )


def merged(shared: Iterable[FileLimits], own: Iterable[FileLimits]) -> tuple[FileLimits, ...]:
    """From the first day of its own rows a region goes by these."""
    rows = tuple(own)
    first = min((each.since for each in rows), default=date.max)
    return (*(each for each in shared if each.since < first), *rows)


def faults(rows: Iterable[FileLimits]) -> Iterator[str]:
    days = Counter(each.since for each in rows)
    for day in (each for each, times in days.items() if times > 1):
        yield f"two rows of files from {day}; keep one of them"
