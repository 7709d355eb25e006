"""When a clock would be due, and why: what the rules answer before anybody has filed anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain import clocks
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind
from shared.domain.derivation import derive
from shared.domain.plain import plain
from shared.domain.scene import Rules

# What an agency asks the reporter has a row of its own, and is the same kind of clock.
_KINDS = {"completion_agency": ClockKind.COMPLETION}


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """`start`: RFC 3339 or a local day; `clock` and `kind` as policy rows name them."""

    start: str
    clock: str
    kind: str


class NoSuchClock(Exception):
    """No row gives this kind of report such a clock."""


class OutsideCalendar(Exception):
    """`years`: the first and the last one that the calendar holds."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"{first}–{last}")
        self.years = f"{first}–{last}"


def explain_due(question: DueQuestion, rules: Rules) -> dict[str, Any]:
    """Raises NoSuchClock and OutsideCalendar."""
    calendar, at = rules.calendar, _instant(question.start, rules.calendar)
    _check_held(at, calendar)
    row = rules.policy.row(question.clock, question.kind, calendar.day_of(at))
    if row is None:
        raise NoSuchClock
    kind = _KINDS.get(question.clock) or ClockKind(question.clock)
    run = clocks.start(row, kind=kind, run=1, calendar=calendar, at=at, because="asked")
    found = derive(run, row, calendar, at)
    _check_held(calendar.end_of(found.due_on), calendar)
    return {
        "due_at": calendar.end_of(found.due_on).astimezone(ZoneInfo(calendar.zone)).isoformat(),
        "days": plain(found.days),
        "skipped": [{"date": plain(day), "name": name} for day, name in found.skipped],
        "policy": found.policy,
    }


def _instant(start: str, calendar: Calendar) -> datetime:
    at = datetime.fromisoformat(start)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(calendar.zone))


def _check_held(at: datetime, calendar: Calendar) -> None:
    """Outside of its years a calendar knows weekends only, and would count too fast."""
    years = {day.year for day in calendar.holidays}
    if calendar.day_of(at).year not in years:
        raise OutsideCalendar(min(years), max(years))
