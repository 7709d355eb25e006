"""A clock run: policy row, calendar version, intervals. Its due time follows from these alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.domain.calendar import Calendar, Unit
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
    cap = _day_of_cap(run, calendar, at)
    return timed(replace(run, intervals=intervals, no_later_than=cap), calendar)


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
    return due_day_and_unit(run, calendar, now)[0]


def due_day_and_unit(run: ClockRun, calendar: Calendar, now: datetime) -> tuple[date, Unit]:
    """The unit of the allowance that sets the day, or was cut short; "CD" for a day given."""
    allowed = [(_day_by(part, run, calendar, now), part.unit) for part in run.allowances]
    days = [day for day, _ in allowed]
    if cap := _day_of_cap(run, calendar, now):
        # Never before the day it (re)starts: a deadline already over still gives that day.
        days.append(max(cap, calendar.day_of(_last(run.intervals).start)))
    due = min(days)
    setting = [unit for day, unit in allowed if day == due]
    cut_short = [unit for _, unit in allowed] if calendar.is_working(due) else []
    return due, next(iter((*setting, *cut_short)), "CD")


def days_left(run: ClockRun, calendar: Calendar, now: datetime) -> int:
    """Working days strictly after today, up to the due day."""
    return calendar.count(calendar.day_of(now), due_day(run, calendar, now), "WD")


def _day_by(allowance: Allowance, run: ClockRun, calendar: Calendar, now: datetime) -> date:
    due = calendar.add(calendar.day_of(run.started_at), allowance.number, allowance.unit)
    for interval in run.intervals:
        if interval.kind is Span.EXTENDED:
            due = calendar.add(due, interval.days, allowance.unit)
        if interval.kind is Span.PAUSED:
            due = _after_pause(due, interval, allowance.unit, run, calendar, now)
    return due


def _day_of_cap(run: ClockRun, calendar: Calendar, now: datetime) -> date | None:
    """A legal day moves with the clock's pauses; the bound of a response or promise never does."""
    cap, last = run.no_later_than, _last(run.intervals)
    if cap and run.kind is ClockKind.LEGAL and last.kind is Span.PAUSED:
        return _after_pause(cap, last, "WD", run, calendar, now)
    return cap


def _after_pause(
    due: date, pause_: Interval, unit: Unit, run: ClockRun, calendar: Calendar, now: datetime
) -> date:
    """The day of the pause counts as used; what is left is never under the least working days."""
    left = calendar.count(calendar.day_of(pause_.start), due, unit)
    again = calendar.day_of(pause_.end or now)
    return max(calendar.add(again, left, unit), calendar.add(again, run.minimum_left, "WD"))


def _closed(intervals: tuple[Interval, ...], at: datetime) -> tuple[Interval, ...]:
    return (*intervals[:-1], replace(_last(intervals), end=at))


def _last(intervals: tuple[Interval, ...]) -> Interval:
    return intervals[-1]
