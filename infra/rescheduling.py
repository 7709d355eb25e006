"""What a new calendar moves, and moving it.

Each report is moved by a commit of its own and refuses to be moved twice: a run may end anywhere,
and the next one finishes it.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shared.domain import commands as c
from shared.domain.calendar import Calendar
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal
from shared.domain.report import Report
from shared.domain.scene import SYSTEM, Rules
from shared.domain.workflow import decide
from shared.usecases.acting import Order, act
from shared.usecases.failures import StillChanging
from shared.usecases.saving import Desk

_ENTROPY_BYTES = 64


@dataclass(frozen=True, slots=True)
class Preview:
    """Open reports: all, those whose clocks take the version, those of which a due time moves.

    `shifts`: how many due times, by clock and calendar days.
    """

    open: int
    behind: int
    moving: int
    shifts: Mapping[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """`left`: others were faster three times; the next run takes them."""

    seen: int = 0
    moved: int = 0
    left: int = 0


def under(rules: Rules, calendar: Calendar) -> Rules:
    """The same rules with this version in force."""
    calendars = {**rules.calendars, calendar.version: calendar}
    return replace(rules, calendar=calendar, calendars=calendars)


def preview(reports: Iterable[Report], rules: Rules, now: datetime) -> Preview:
    """By the very decision that moves them; nothing is written."""
    seen = behind = moving = 0
    shifts: Counter[tuple[str, int]] = Counter()
    for report in reports:
        moves = _moves(report, rules, now)
        seen += 1
        behind += moves is not None
        moving += bool(moves)
        shifts.update((move["clock"], _days(move)) for move in moves or ())
    return Preview(seen, behind, moving, shifts)


def moved(
    reports: Iterable[Report], *, rules: Rules, desk: Desk, now: Callable[[], datetime]
) -> Iterator[Progress]:
    """How far it is, after each report. Raises StoreAway: what was moved stays moved."""
    progress = Progress()
    for report in reports:
        progress = replace(progress, seen=progress.seen + 1)
        if is_behind(report, rules):
            stamp = Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES))
            progress = _after(progress, report.code, rules, stamp, desk)
        yield progress


def is_behind(report: Report, rules: Rules) -> bool:
    version = rules.calendar.version
    return any(run.ended_at is None and run.calendar != version for run in report.clocks)


def _after(progress: Progress, code: str, rules: Rules, stamp: Stamp, desk: Desk) -> Progress:
    try:
        act(Order(code, c.Reschedule(), SYSTEM), rules=rules, stamp=stamp, desk=desk)
    except Refusal:
        # Somebody ended it, or another run moved it, since it was read.
        return progress
    except StillChanging:
        return replace(progress, left=progress.left + 1)
    return replace(progress, moved=progress.moved + 1)


def _moves(report: Report, rules: Rules, now: datetime) -> list[dict[str, Any]] | None:
    """None: it goes by this version already."""
    try:
        decided = decide(report, c.Reschedule(), person=SYSTEM, rules=rules, stamp=Stamp(now, b""))
    except Refusal:
        return None
    found: list[dict[str, Any]] = decided.events[0].facts["moved"]
    return found


def _days(move: Mapping[str, Any]) -> int:
    due_on, was_due_on = map(date.fromisoformat, (move["due_on"], move["was_due_on"]))
    return (due_on - was_due_on).days
