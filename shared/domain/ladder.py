"""The ladder: before and after a due time, who is told on which working day. Each rung once.

Rows are data, and dated: a clock run keeps the rows that were in force on the day it started.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter

from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.notice import Audience
from shared.domain.policy import ANY_KIND, policy_kind
from shared.domain.report import Report


class Does(StrEnum):
    REMIND = "remind"
    ESCALATE = "escalate"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class LadderRow:
    """`offset`: working days after the due day, before it when negative; 0 is the first day late.

    `kind`: a kind of report, `supervisory`, or any. `routes`: the system no longer waits for a
    verifier. `offers_oversight`: the reporter may have the file for an outside body.
    """

    id: str
    clock: ClockKind
    kind: str
    offset: int
    does: Does
    to: tuple[Audience, ...]
    since: date
    routes: bool = False
    offers_oversight: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A row as one clock run meets it."""

    row: LadderRow
    run: ClockRun
    at: datetime

    @property
    def id(self) -> str:
        return f"{self.row.id}#{self.run.run}"


@dataclass(frozen=True, slots=True)
class Step:
    """The highest rung a clock run has reached; `passed`: lower ones that nobody was told of."""

    rung: Rung
    passed: tuple[Rung, ...] = ()
    next: Rung | None = None

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return (*self.passed, self.rung)


@dataclass(frozen=True, slots=True)
class Ladder:
    rows: tuple[LadderRow, ...]

    def rows_for(self, clock: ClockKind, kind: str, on: date) -> tuple[LadderRow, ...]:
        """Lowest first. A newer date replaces all rows of its clock and kind.

        Rows for the very kind stand beside those for any, and in their place at the same offset.
        """
        fitting = [
            row
            for row in self.rows
            if row.clock == clock and row.kind in (kind, ANY_KIND) and row.since <= on
        ]
        newest = {row.kind: row.since for row in sorted(fitting, key=attrgetter("since"))}
        in_force = [row for row in fitting if row.since == newest[row.kind]]
        by_offset = {row.offset: row for row in sorted(in_force, key=lambda row: row.kind == kind)}
        return tuple(by_offset[offset] for offset in sorted(by_offset))

    def rungs(
        self, report: Report, calendars: Mapping[str, Calendar]
    ) -> Iterator[tuple[Rung, ...]]:
        """The rungs of each running clock, lowest first."""
        kind = policy_kind(report.kind, supervisory=report.supervisory)
        for run in report.clocks:
            if run.ended_at is None and run.due_at:
                yield tuple(self._of_run(run, run.due_at, kind, calendars[run.calendar]))

    def reached(
        self, report: Report, calendars: Mapping[str, Calendar], now: datetime
    ) -> tuple[Step, ...]:
        """At most one step for each clock run: after an outage only the highest rung is told of."""
        steps = []
        for rungs in self.rungs(report, calendars):
            ahead = [rung for rung in rungs if rung.at > now]
            due = [rung for rung in rungs if rung.at <= now and rung.id not in report.rungs]
            if due:
                steps.append(Step(due[-1], tuple(due[:-1]), ahead[0] if ahead else None))
        return tuple(steps)

    def next_tick_at(self, report: Report, calendars: Mapping[str, Calendar]) -> datetime | None:
        """The earliest rung that is not passed, be it ahead or reached."""
        runs = self.rungs(report, calendars)
        return min(
            (rung.at for rungs in runs for rung in rungs if rung.id not in report.rungs),
            default=None,
        )

    def still_passed(
        self, before: Report, after: Report, calendars: Mapping[str, Calendar], now: datetime
    ) -> tuple[str, ...]:
        """Without the rungs that a moved due time puts ahead again: they will be due once more."""
        due_before = {(run.kind, run.run): run.due_at for run in before.clocks}
        again = {
            rung.id
            for rungs in self.rungs(after, calendars)
            for rung in rungs
            if rung.at > now and rung.run.due_at != due_before.get((rung.run.kind, rung.run.run))
        }
        return tuple(rung for rung in after.rungs if rung not in again)

    def _of_run(
        self, run: ClockRun, due_at: datetime, kind: str, calendar: Calendar
    ) -> Iterator[Rung]:
        """A reminder from before the run began has nothing to remind of: there is none."""
        due_day = calendar.day_of(due_at)
        for row in self.rows_for(run.kind, kind, calendar.day_of(run.started_at)):
            at = announced_at(due_day, row.offset, calendar)
            if at >= run.started_at:
                yield Rung(row, run, at)


def announced_at(due_day: date, offset: int, calendar: Calendar) -> datetime:
    """When offices open, `offset` whole working days after the due day, or so many before it."""
    if offset < 0:
        return calendar.opening_of(calendar.before(due_day, -offset))
    return calendar.opening_of(calendar.add(due_day, offset + 1, "WD"))
