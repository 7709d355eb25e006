"""Deadlines as dated rows: a changed regulation is a new row, running clocks keep theirs."""

from dataclasses import dataclass
from datetime import date

from shared.domain.calendar import Unit

ANY_KIND = "any"
SUPERVISORY = "supervisory"


def policy_kind(kind: str, *, supervisory: bool) -> str:
    """What rows are keyed by: the report's kind, or that it is about an official."""
    return SUPERVISORY if supervisory else kind


@dataclass(frozen=True, slots=True)
class Allowance:
    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """`clock` is a clock kind, or `completion_agency` for the question an agency asks.

    With two allowances the earlier day is the due day. A promise has none: its day is given.
    """

    id: str
    clock: str
    kind: str
    allowances: tuple[Allowance, ...]
    since: date
    basis: str
    minimum_left: int = 0
    extension: Allowance | None = None
    extension_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    rows: tuple[PolicyRow, ...]

    def row(self, clock: str, kind: str, on: date) -> PolicyRow | None:
        """The newest row in force on that day; one for the very kind goes before one for any."""
        fitting = [
            row
            for row in self.rows
            if row.clock == clock and row.kind in (kind, ANY_KIND) and row.since <= on
        ]
        return max(fitting, key=lambda row: (row.kind == kind, row.since), default=None)

    def by_id(self, row_id: str) -> PolicyRow:
        return next(row for row in self.rows if row.id == row_id)
