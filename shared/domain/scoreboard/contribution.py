"""What one report, as it is now, adds to the scoreboard. A pure function: order cannot matter.

Nothing here depends on the time of counting. What is still open is kept by the day it runs since,
and its age is counted when the scoreboard is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from shared.domain.areas import lies_in
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun, Span
from shared.domain.directory import Directory
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.scoreboard.cells import Cell, Counts, total
from shared.domain.scoreboard.custody import agency_of, passed_on, response_runs, stretches
from shared.domain.scoreboard.histogram import bucket_of
from shared.domain.scoreboard.running import Ending, days_run, ending_of, running_since
from shared.domain.statuses import Outcome, Status

_ENDS: Mapping[Status | Outcome, str] = {
    Outcome.SOLVED: "confirmed_solved",
    Outcome.ACCEPTED: "confirmed_unsolved",
    Outcome.NO_REPLY: "no_reply",
    Outcome.WITHDRAWN: "withdrawn",
    Status.REFERRED: "referred",
    Status.MERGED: "merged",
    Status.ARCHIVED: "archived",
}
_RATED = frozenset({Outcome.SOLVED, Outcome.ACCEPTED})


def contribution(report: Report, rules: Rules) -> Counts:
    """Nothing in a region for training."""
    if rules.directory.training:
        return {}
    counted = _Counted(report, rules)
    return total(
        {cell: {name: number}}
        for part in (
            counted.responses(),
            counted.promises(),
            counted.hands(),
            counted.objections(),
            counted.end(),
        )
        for cell, name, number in part
    )


Numbers = Iterator[tuple[Cell, str, int]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A run without a due time stands: it is in no cell until it goes on."""

    report: Report
    rules: Rules

    def responses(self) -> Numbers:
        for run in response_runs(self.report):
            calendar, ending = self._calendar(run), ending_of(run)
            if (cell := self._cell(run)) is None:
                continue
            if any(part.kind is Span.EXTENDED for part in run.intervals):
                yield cell, "extended", 1
            if ending is Ending.OPEN:
                yield cell, f"open:{running_since(run, calendar)}", 1
            elif ending:
                yield cell, ending.value, 1
                yield cell, f"days:{bucket_of(days_run(run, calendar))}", 1

    def promises(self) -> Numbers:
        for run in self.report.clocks:
            ending = ending_of(run) if run.kind is ClockKind.PROMISE else None
            if ending and (cell := self._cell(run)):
                yield cell, _PROMISES[ending], 1

    def hands(self) -> Numbers:
        """Working days in an agency's hands, the day of receiving not counted."""
        for run, stretch in stretches(self.report):
            calendar = self._calendar(run)
            since = calendar.day_of(stretch.since)
            if (cell := self._cell(run, stretch.agency)) is None:
                continue
            if stretch.until is None:
                yield cell, f"held:{since}", 1
            else:
                days = calendar.count(since, calendar.day_of(stretch.until), "WD")
                yield cell, "held_days", days
        for run, stretch in passed_on(self.report, self.rules.directory.agencies):
            if cell := self._cell(run, stretch.agency):
                yield cell, "forwarded_out", 1

    def objections(self) -> Numbers:
        """To what the run before had led to."""
        for before, run in pairwise(response_runs(self.report)):
            if run.intervals[0].reason == "objected" and (cell := self._cell(before)):
                yield cell, "objected", 1

    def end(self) -> Numbers:
        """A report ends once: where its last run fell due."""
        report, last = self.report, response_runs(self.report)[-1:]
        if not last or (cell := self._cell(last[0])) is None:
            return
        if ending_of(last[0]):
            yield cell, "reports", 1
        if name := _ENDS.get(report.outcome or report.status):
            yield cell, name, 1
        if report.satisfaction and report.outcome in _RATED:
            yield cell, "satisfaction_sum", report.satisfaction
            yield cell, "satisfaction_n", 1

    def _cell(self, run: ClockRun, agency: str | None = None) -> Cell | None:
        report = self.report
        if run.due_at is None:
            return None
        return Cell(
            day=self._calendar(run).day_of(run.due_at),
            agency=agency_of(run, report) if agency is None else agency,
            category=report.category or "",
            area=part_of_region(report.area, self.rules.directory),
            kind=report.kind,
            confidential=report.secret or report.supervisory,
        )

    def _calendar(self, run: ClockRun) -> Calendar:
        return self.rules.calendars[run.calendar]


def part_of_region(area: str | None, directory: Directory) -> str:
    """The district of a regency, the regency of a province; deeper places count with it."""
    if area is None or not lies_in(area, directory.code):
        return ""
    return ".".join(area.split(".")[: directory.code.count(".") + 2])


_PROMISES: Mapping[Ending, str] = {
    Ending.ON_TIME: "promises_kept",
    Ending.LATE: "promises_broken",
    Ending.UNANSWERED: "promises_broken",
    Ending.OPEN: "promises_open",
}
