"""One hash that stands for every report touched on a day. Who kept it can prove a later change."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from shared.domain.calendar import Calendar

_ONE_SECOND = timedelta(seconds=1)
_ONE_DAY = timedelta(days=1)
# An event bears the time of its decision and is stored a little later, never by more than this.
_STORED_WITHIN = timedelta(minutes=15)


def bounds(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """The local day: its first moment, and the first of the next."""
    return calendar.end_of(day - _ONE_DAY) + _ONE_SECOND, calendar.end_of(day) + _ONE_SECOND


def is_settled(day: date, calendar: Calendar, now: datetime) -> bool:
    """Whether nothing can be added to the day any more: its root stays as it is for ever."""
    _, end = bounds(day, calendar)
    return now >= end + _STORED_WITHIN


def root_of(heads: Iterable[str]) -> str:
    """sha256 over the heads, sorted, one on each line."""
    lines = "".join(f"{head}\n" for head in sorted(heads))
    return sha256(lines.encode()).hexdigest()
