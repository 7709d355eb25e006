"""A clock run: policy row, calendar version, intervals. Its due time follows from these alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.domain.calendar import Calendar
from shared.domain.policy import Allowance, PolicyRow


class ClockKind(StrEnum):
    VERIFICATION = "verification"
    DECISION = "decision"
    RESPONSE = "response"
    PROMISE = "promise"
    REPORTER = "reporter"
    COMPLETION = "completion"
    LEGAL = "legal"


class Span(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    EXTENDED = "extended"


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Interval:
    """`reason` is an event type; `days` belong to an extension, in the unit of the allowance."""

    kind: Span
    start: datetime
    end: datetime | None
    reason: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class ClockRun:
    kind: ClockKind
    run: int
    policy: str
    calendar: str
    started_at: datetime
    allowances: tuple[Allowance, ...]
    intervals: tuple[Interval, ...]
    minimum_left: int = 0
    no_later_than: date | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def is_paused(self) -> bool:
        return self.ended_at is None and _last(self.intervals).kind is Span.PAUSED

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and not self.is_paused

    def is_overdue(self, now: datetime) -> bool:
        """The due second itself is still on time."""
        stopped = self.ended_at or now
        return self.due_at is not None and stopped >= self.due_at + timedelta(seconds=1)

    def state(self, now: datetime) -> ClockState:
        if self.is_paused:
            return ClockState.PAUSED
        if self.is_overdue(now):
            return ClockState.OVERDUE
        return ClockState.MET if self.ended_at else ClockState.RUNNING


def start(
    row: PolicyRow,
    *,
    kind: ClockKind,
    run: int,
    calendar: Calendar,
    at: datetime,
    because: str,
    no_later_than: date | None = None,
    due_on: date | None = None,
) -> ClockRun:
    """A promise takes its day from `due_on`; everything else from the row's allowances."""
    fresh = ClockRun(
        kind=kind,
        run=run,
        policy=row.id,
        calendar=calendar.version,
        started_at=at,
        allowances=row.allowances,
        intervals=(Interval(Span.RUNNING, at, None, because),),
        minimum_left=row.minimum_left,
        no_later_than=due_on or no_later_than,
    )
    return timed(fresh, calendar)


def pause(run: ClockRun, *, at: datetime, because: str) -> ClockRun:
    """A standing clock has no due time; the days left are counted when it goes on."""
    intervals = (*_closed(run.intervals, at), Interval(Span.PAUSED, at, None, because))
    return replace(run, intervals=intervals, due_at=None)


def resume(run: ClockRun, calendar: Calendar, *, at: datetime, because: str) -> ClockRun:
    intervals = (*_closed(run.intervals, at), Interval(Span.RUNNING, at, None, because))
    return timed(replace(run, intervals=intervals), calendar)


def extend(run: ClockRun, calendar: Calendar, *, at: datetime, days: int, because: str) -> ClockRun:
    """The extension stands before the running interval, so that this one stays last."""
    *earlier, running = run.intervals
    longer = (*earlier, Interval(Span.EXTENDED, at, at, because, days), running)
    return timed(replace(run, intervals=longer), calendar)


def end(run: ClockRun, calendar: Calendar, *, at: datetime, because: str) -> ClockRun:
    """A run that ends while it stands is judged by the due time it would have had today."""
    due_at = run.due_at or due_time(run, calendar, at)
    intervals = _closed(run.intervals, at)
    return replace(run, intervals=intervals, due_at=due_at, ended_at=at, ended_by=because)


def timed(run: ClockRun, calendar: Calendar) -> ClockRun:
    return replace(run, due_at=due_time(run, calendar, run.started_at))


def due_time(run: ClockRun, calendar: Calendar, now: datetime) -> datetime:
    """`now` matters only to a run that stands: it is taken to go on now."""
    return calendar.end_of(due_day(run, calendar, now))


def due_day(run: ClockRun, calendar: Calendar, now: datetime) -> date:
    days = [_day_by(allowance, run, calendar, now) for allowance in run.allowances]
    if run.no_later_than:
        # Never before the day it (re)starts: a deadline already over still gives that day.
        days.append(max(run.no_later_than, calendar.day_of(_last(run.intervals).start)))
    return min(days)


def days_left(run: ClockRun, calendar: Calendar, now: datetime) -> int:
    """Working days strictly after today, up to the due day."""
    return calendar.count(calendar.day_of(now), due_day(run, calendar, now), "WD")


def _day_by(allowance: Allowance, run: ClockRun, calendar: Calendar, now: datetime) -> date:
    left, anchor = allowance.number, calendar.day_of(run.started_at)
    for interval in run.intervals:
        if interval.kind is Span.EXTENDED:
            left += interval.days
        if interval.kind is Span.PAUSED:
            left = _left_at(interval, calendar, anchor, Allowance(left, allowance.unit))
            left = max(left, run.minimum_left)
            anchor = calendar.day_of(interval.end or now)
    return calendar.add(anchor, left, allowance.unit)


def _left_at(pause_: Interval, calendar: Calendar, anchor: date, allowance: Allowance) -> int:
    """The day of the pause counts as used."""
    due = calendar.add(anchor, allowance.number, allowance.unit)
    return calendar.count(calendar.day_of(pause_.start), due, allowance.unit)


def _closed(intervals: tuple[Interval, ...], at: datetime) -> tuple[Interval, ...]:
    return (*intervals[:-1], replace(_last(intervals), end=at))


def _last(intervals: tuple[Interval, ...]) -> Interval:
    return intervals[-1]
