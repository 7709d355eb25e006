"""From cells to what the public reads: groups, open deadlines at their age, ranks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shared.domain.calendar import Calendar
from shared.domain.scoreboard.cells import Cell, Counts
from shared.domain.scoreboard.histogram import bucket_of, percentile
from shared.domain.scoreboard.period import Period

# Under so many reports a share says more about chance than about an agency.
_LEAST_TO_RANK = 10
# Under so many supervisory or secret reports a number may say whose they are.
_LEAST_TO_SHOW = 3

_OF_OPEN_RUN, _OF_DAYS, _OF_OPEN_CUSTODY = "open:", "days:", "held:"


class By(StrEnum):
    AGENCY = "agency"
    CATEGORY = "category"
    AREA = "area"
    KIND = "kind"
    MONTH = "month"


# Groups that are told of one agency with its confidential reports: no part of them shows more than
# the agency itself does.
_WHOLE_AGENCIES = frozenset({By.AGENCY, By.MONTH})


@dataclass(frozen=True, slots=True)
class Row:
    """Working days everywhere. `numbers` holds what only has to be added up."""

    id: str
    numbers: Mapping[str, int]
    median_days: int | None
    p90_days: int | None
    rank: int | None = None

    @property
    def due(self) -> int:
        return self["on_time"] + self["late"] + self["unanswered"]

    @property
    def satisfaction(self) -> float | None:
        """One to five; None: nobody said."""
        given = self["satisfaction_n"]
        return round(self["satisfaction_sum"] / given, 2) if given else None

    def __getitem__(self, name: str) -> int:
        return self.numbers.get(name, 0)


def rows(counts: Counts, by: By, period: Period, calendar: Calendar) -> tuple[Row, ...]:
    """One per group that has anything to show, sorted by its id."""
    groups: dict[str, list[Mapping[str, int]]] = {}
    for cell, numbers in _shown(counts, by, period).items():
        groups.setdefault(_group(cell, by), []).append(numbers)
    made = tuple(_row(id_, groups[id_], period, calendar) for id_ in sorted(groups))
    return made if by is By.MONTH else _ranked(made)


def total(counts: Counts, by: By, period: Period, calendar: Calendar) -> Row:
    """Of what the groups show: what they leave out could be found by subtraction."""
    return _row("", _shown(counts, by, period).values(), period, calendar)


def of_agency(counts: Counts, agency: str, by: By) -> Counts:
    """Of its confidential reports nothing where it is parted further: too few hide in a part."""
    return {
        cell: of
        for cell, of in counts.items()
        if cell.agency == agency and (by in _WHOLE_AGENCIES or not cell.confidential)
    }


def _shown(counts: Counts, by: By, period: Period) -> Counts:
    """Few confidential reports are left out: fewer than three in a month and group.

    Only by whole months, so that nobody finds one out by asking for one day more or less.
    """
    days = frozenset(period.days)
    over = {cell: of for cell, of in counts.items() if cell.day in days}
    units: Counter[tuple[date, str]] = Counter()
    for cell, of in over.items():
        if cell.confidential and period.is_whole_month(cell.day):
            units[_unit(cell, by)] += of.get("reports", 0)
    return {
        cell: of
        for cell, of in over.items()
        if not cell.confidential or units[_unit(cell, by)] >= _LEAST_TO_SHOW
    }


def _unit(cell: Cell, by: By) -> tuple[date, str]:
    """A month shows what its agencies show, so that the two have nothing to be subtracted."""
    group = cell.agency if by is By.MONTH else _group(cell, by)
    return cell.day.replace(day=1), group


def _group(cell: Cell, by: By) -> str:
    group: str = getattr(cell, by)
    return group


def _row(group: str, parts: Iterable[Mapping[str, int]], period: Period, calendar: Calendar) -> Row:
    numbers: Counter[str] = Counter()
    for part in parts:
        numbers.update(part)
    waiting = _ages(numbers, _OF_OPEN_RUN, period, calendar)
    held = _ages(numbers, _OF_OPEN_CUSTODY, period, calendar)
    open_runs = sum(waiting.values())
    numbers["overdue_now"] = open_runs
    numbers["unanswered"] += open_runs
    numbers["held_days"] += sum(days * number for days, number in held.items())
    numbers["promises_due"] = sum(numbers[name] for name in _PROMISES)
    days = _histogram(numbers, waiting)
    return Row(group, numbers, percentile(days, 50), percentile(days, 90))


_PROMISES = ("promises_kept", "promises_broken", "promises_open")


def _ages(
    numbers: Mapping[str, int], prefix: str, period: Period, calendar: Calendar
) -> Counter[int]:
    """How many there are of each age today, by the days they are open since."""
    ages: Counter[int] = Counter()
    for since, number in _after(numbers, prefix):
        ages[calendar.count(date.fromisoformat(since), period.today, "WD")] += number
    return ages


def _histogram(numbers: Mapping[str, int], waiting: Mapping[int, int]) -> Counter[int]:
    days = Counter({int(bucket): number for bucket, number in _after(numbers, _OF_DAYS)})
    for age, number in waiting.items():
        days[bucket_of(age)] += number
    return days


def _after(numbers: Mapping[str, int], prefix: str) -> Iterator[tuple[str, int]]:
    for name, number in numbers.items():
        if name.startswith(prefix):
            yield name.removeprefix(prefix), number


def _ranked(made: tuple[Row, ...]) -> tuple[Row, ...]:
    """By the share kept in time, equal shares sharing a place."""
    shares = {row.id: row["on_time"] / row.due for row in made if _may_be_ranked(row)}
    return tuple(
        replace(row, rank=1 + sum(share > shares[row.id] for share in shares.values()))
        if row.id in shares
        else row
        for row in made
    )


def _may_be_ranked(row: Row) -> bool:
    return bool(row.id and row.due) and row["reports"] >= _LEAST_TO_RANK
