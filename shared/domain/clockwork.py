"""The clocks of one report, as a command moves them. Each step returns a new clockwork."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from shared.domain import clocks
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.policy import Allowance, Policy, PolicyRow

# A report that is taken up again gets at least this many working days, like a paused one.
_LEAST_AFTER_REOPENING = 5


@dataclass(frozen=True, slots=True)
class Clockwork:
    """`kind` is what policy rows are keyed by: the report's kind, or `supervisory`."""

    runs: tuple[ClockRun, ...]
    kind: str
    policy: Policy
    calendars: Mapping[str, Calendar]
    calendar: Calendar
    at: datetime
    because: str

    def active(self, kind: ClockKind) -> ClockRun | None:
        return next((run for run in self.runs if run.kind is kind and run.ended_at is None), None)

    def start(
        self, kind: ClockKind, *, row: str | None = None, due_on: date | None = None
    ) -> "Clockwork":
        """Nothing happens while a run of the kind is under way: no command restarts a clock."""
        policy_row = self.policy.row(row or kind, self.kind, self.calendar.day_of(self.at))
        if self.active(kind) or policy_row is None:
            return self
        return self._with_run(kind, policy_row, due_on=due_on)

    def end(self, *kinds: ClockKind) -> "Clockwork":
        return self._changed(
            lambda run: clocks.end(run, self._calendar(run), at=self.at, because=self.because),
            *kinds,
        )

    def pause(self, *kinds: ClockKind) -> "Clockwork":
        return self._changed(
            lambda run: (
                run if run.is_paused else clocks.pause(run, at=self.at, because=self.because)
            ),
            *kinds,
        )

    def resume(self, *kinds: ClockKind) -> "Clockwork":
        return self._changed(self._resumed, *kinds)

    def extend(self, *kinds: ClockKind) -> "Clockwork":
        """By what the run's policy row allows; the legal clock first, since response ends by it."""
        work = self
        for kind in kinds:
            work = work._changed(work._extended, kind)
        return work

    def to_agency(self) -> "Clockwork":
        """An agency has it: others' clocks end, its response runs unless it ran already."""
        others = (
            ClockKind.VERIFICATION,
            ClockKind.DECISION,
            ClockKind.COMPLETION,
            ClockKind.REPORTER,
            ClockKind.PROMISE,
        )
        resumed = self.end(*others).resume(ClockKind.LEGAL, ClockKind.RESPONSE)
        return resumed.start(ClockKind.RESPONSE)

    def to_coordinator(self) -> "Clockwork":
        """The response runs on while the coordinator decides."""
        others = (ClockKind.VERIFICATION, ClockKind.COMPLETION, ClockKind.REPORTER)
        resumed = self.end(*others).resume(ClockKind.LEGAL, ClockKind.RESPONSE)
        return resumed.start(ClockKind.DECISION)

    def taken_up_again(self) -> "Clockwork":
        """The legal clock goes on in a new run, with what was left when the last one ended."""
        last = max(
            (run for run in self.runs if run.kind is ClockKind.LEGAL),
            key=lambda run: run.run,
            default=None,
        )
        if last is None or last.ended_at is None or not self._has_legal_time():
            return self
        left = clocks.days_left(last, self._calendar(last), last.ended_at)
        allowance = Allowance(max(left, _LEAST_AFTER_REOPENING), "WD")
        row = replace(self.policy.by_id(last.policy), allowances=(allowance,))
        return self._with_run(ClockKind.LEGAL, row)

    def refiled(self, filed_at: datetime) -> "Clockwork":
        """Another kind of report: the legal time is counted anew from filing, pauses kept."""
        row = self.policy.row(ClockKind.LEGAL, self.kind, self.calendar.day_of(filed_at))
        if row is None:
            work = self.end(ClockKind.LEGAL)
        elif self.active(ClockKind.LEGAL) is None:
            work = replace(self, at=filed_at)._with_run(ClockKind.LEGAL, row)._at(self.at)
        else:
            work = self._changed(lambda run: self._under(run, row), ClockKind.LEGAL)
        return work._bounded()

    def legal_by(self, day: date | None) -> "Clockwork":
        """The legal clock ends on that day at the latest."""
        if day is None:
            return self
        return self._changed(lambda run: self._no_later(run, day), ClockKind.LEGAL)._bounded()

    def rescheduled(self) -> "Clockwork":
        """All that is under way goes by the calendar in force, the response by its legal day."""
        return self._changed(self._by_calendar_in_force, *ClockKind)._bounded()

    def _with_run(
        self, kind: ClockKind, row: PolicyRow, *, due_on: date | None = None
    ) -> "Clockwork":
        run = clocks.start(
            row,
            kind=kind,
            run=1 + sum(run.kind is kind for run in self.runs),
            calendar=self.calendar,
            at=self.at,
            because=self.because,
            no_later_than=self._legal_day() if kind is ClockKind.RESPONSE else None,
            due_on=due_on,
        )
        return replace(self, runs=(*self.runs, run))

    def _has_legal_time(self) -> bool:
        """Praise has none, whatever the report was called before."""
        today = self.calendar.day_of(self.at)
        return self.policy.row(ClockKind.LEGAL, self.kind, today) is not None

    def _legal_day(self) -> date | None:
        legal = self.active(ClockKind.LEGAL)
        return clocks.due_day(legal, self._calendar(legal), self.at) if legal else None

    def _changed(self, change: Callable[[ClockRun], ClockRun], *kinds: ClockKind) -> "Clockwork":
        runs = tuple(
            change(run) if run.kind in kinds and run.ended_at is None else run for run in self.runs
        )
        return replace(self, runs=runs)

    def _resumed(self, run: ClockRun) -> ClockRun:
        if not run.is_paused:
            return run
        return clocks.resume(run, self._calendar(run), at=self.at, because=self.because)

    def _extended(self, run: ClockRun) -> ClockRun:
        extension = self.policy.by_id(run.policy).extension
        if extension is None:
            return run
        if run.kind is ClockKind.RESPONSE:
            run = replace(run, no_later_than=self._legal_day())
        return clocks.extend(
            run, self._calendar(run), at=self.at, days=extension.number, because=self.because
        )

    def _under(self, run: ClockRun, row: PolicyRow) -> ClockRun:
        rekeyed = replace(
            run, policy=row.id, allowances=row.allowances, minimum_left=row.minimum_left
        )
        return rekeyed if run.is_paused else clocks.timed(rekeyed, self._calendar(run))

    def _by_calendar_in_force(self, run: ClockRun) -> ClockRun:
        moved = replace(run, calendar=self.calendar.version)
        return moved if run.is_paused else clocks.timed(moved, self.calendar)

    def _bounded(self) -> "Clockwork":
        """A response never ends after the legal day, wherever this moved to."""
        day = self._legal_day()
        return self._changed(lambda run: self._ending_by(run, day), ClockKind.RESPONSE)

    def _no_later(self, run: ClockRun, day: date) -> ClockRun:
        return self._ending_by(run, min(day, run.no_later_than or day))

    def _ending_by(self, run: ClockRun, day: date | None) -> ClockRun:
        bounded = replace(run, no_later_than=day)
        return bounded if run.is_paused else clocks.timed(bounded, self._calendar(run))

    def _calendar(self, run: ClockRun) -> Calendar:
        return self.calendars[run.calendar]

    def _at(self, at: datetime) -> "Clockwork":
        return replace(self, at=at)
