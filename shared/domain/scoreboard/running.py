"""How a deadline ended, and how many working days it ran. Never read from a clock's state."""

from datetime import date, timedelta
from enum import StrEnum

from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun, Span


class Ending(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    UNANSWERED = "unanswered"
    OPEN = "open"


# What an agency does to keep the deadline; whatever else ends it leaves it without an answer.
_KEPT_BY = {
    ClockKind.RESPONSE: frozenset({"answered", "planned"}),
    ClockKind.PROMISE: frozenset({"answered"}),
}


def ending_of(run: ClockRun) -> Ending | None:
    """None: it was taken away before it fell due, so nobody kept or missed it."""
    if run.ended_at is None:
        return Ending.OPEN
    is_late = run.is_overdue(run.ended_at)
    if run.ended_by in _KEPT_BY[run.kind]:
        return Ending.LATE if is_late else Ending.ON_TIME
    return Ending.UNANSWERED if is_late else None


def days_run(run: ClockRun, calendar: Calendar) -> int:
    """Working days until it ended or last stood. The day on which it was stopped counts."""
    return sum(
        calendar.count(calendar.day_of(part.start), calendar.day_of(part.end), "WD")
        for part in run.intervals
        if part.kind is Span.RUNNING and part.end
    )


def running_since(run: ClockRun, calendar: Calendar) -> date:
    """The working day it would have started on, had it never stood: its age counts from there."""
    day_after = calendar.day_of(run.intervals[-1].start) + timedelta(days=1)
    return calendar.before(day_after, days_run(run, calendar) + 1)
