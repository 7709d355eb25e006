"""Which days of the scoreboard somebody asks for."""

from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Deadlines that fell due from `since` to `until`, both included, as seen on `today`."""

    since: date
    until: date
    today: date

    @property
    def days(self) -> tuple[date, ...]:
        """Those that are over: today's deadlines may still be kept."""
        last = min(self.until, self.today - _ONE_DAY)
        length = (last - self.since).days + 1
        return tuple(self.since + timedelta(days=offset) for offset in range(length))

    def is_whole_month(self, day: date) -> bool:
        """Whether all of the day's month lies in the period and is over."""
        first = day.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        last = following - _ONE_DAY
        return self.since <= first and last <= self.until and last < self.today
