"""Working days of one region: which days count, and when a local day ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["WD", "CD"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# A legal day ends with its last whole second; due times are kept in whole seconds.
_LAST_SECOND = time(23, 59, 59)
# Nobody is reminded at night.
_OPENING = time(8)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A version of a region's calendar: a late holiday makes a new version, never an edit."""

    version: str
    zone: str
    holidays: Mapping[date, str] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def day_of(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def end_of(self, day: date) -> datetime:
        """The last second of the local day, in UTC."""
        return datetime.combine(day, _LAST_SECOND, ZoneInfo(self.zone)).astimezone(UTC)

    def opening_of(self, day: date) -> datetime:
        """When the offices open on the local day, in UTC."""
        return datetime.combine(day, _OPENING, ZoneInfo(self.zone)).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add(self, day: date, count: int, unit: Unit) -> date:
        """The count-th day after `day`; `day` itself when count is 0."""
        if unit == "CD":
            return day + count * _ONE_DAY
        return next(islice(self._working_days(day, _ONE_DAY), count - 1, None)) if count else day

    def before(self, day: date, count: int) -> date:
        """The count-th working day before `day`."""
        return next(islice(self._working_days(day, -_ONE_DAY), count - 1, None))

    def count(self, after: date, until: date, unit: Unit) -> int:
        """How many days lie strictly after `after`, up to and including `until`."""
        days = range(max((until - after).days, 0))
        if unit == "CD":
            return len(days)
        return sum(self.is_working(after + (offset + 1) * _ONE_DAY) for offset in days)

    def skipped(self, after: date, until: date) -> tuple[tuple[date, str], ...]:
        """Named holidays that fell on a weekday strictly after `after`, up to `until`."""
        between = (each for each in self.holidays.items() if after < each[0] <= until)
        return tuple(sorted(each for each in between if each[0].weekday() < _SATURDAY))

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            day += step
            if self.is_working(day):
                yield day
