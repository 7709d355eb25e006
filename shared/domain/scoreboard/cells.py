"""Numbers by cell: on which day a deadline fell, whose it was, and what the report is about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

_SEPARATOR = "|"
_CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Empty: no agency has it, no category was chosen, the area is unknown or elsewhere.

    `confidential`: of supervisory or secret reports. These are counted apart, so that few of them
    can be left out of what the public reads.
    """

    day: date
    agency: str
    category: str
    area: str
    kind: str
    confidential: bool = False

    @property
    def month(self) -> str:
        return self.day.isoformat()[: len("2026-11")]

    @property
    def key(self) -> str:
        secrecy = _CONFIDENTIAL if self.confidential else ""
        parts = (self.day.isoformat(), self.agency, self.category, self.area, self.kind, secrecy)
        return _SEPARATOR.join(parts)


Counts = Mapping[Cell, Mapping[str, int]]


def cell_of(key: str) -> Cell:
    day, agency, category, area, kind, secrecy = key.split(_SEPARATOR)
    confidential = secrecy == _CONFIDENTIAL
    return Cell(date.fromisoformat(day), agency, category, area, kind, confidential)


def total(parts: Iterable[Counts]) -> Counts:
    """Without numbers that came to nothing, so that equal counts are equal values."""
    sums: dict[Cell, Counter[str]] = {}
    for part in parts:
        for cell, numbers in part.items():
            sums.setdefault(cell, Counter()).update(numbers)
    return {cell: kept for cell, numbers in sums.items() if (kept := _without_zeros(numbers))}


def difference(before: Counts, after: Counts) -> Counts:
    """What has to be added to the cells when a report counts otherwise than it did."""
    left = {cell: {name: -number for name, number in of.items()} for cell, of in before.items()}
    return total((left, after))


def _without_zeros(numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in numbers.items() if number}
