"""In whose hands a report was while an answer was due."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.directory import Agency
from shared.domain.report import Custody, Report


def response_runs(report: Report) -> tuple[ClockRun, ...]:
    return tuple(run for run in report.clocks if run.kind is ClockKind.RESPONSE)


def agency_of(run: ClockRun, report: Report) -> str:
    """Who had the report when the run ended, or has it now; nobody while it is contested."""
    if run.ended_at is None:
        return next((each.agency for each in report.custody if each.until is None), "")
    began = [each.agency for each in report.custody if each.since <= run.ended_at]
    return began[-1] if began else ""


def stretches(report: Report) -> Iterator[tuple[ClockRun, Custody]]:
    """Each time an agency had it, with the response run that was the newest one then."""
    runs = response_runs(report)
    for stretch in report.custody:
        if run := _newest(runs, stretch):
            yield run, stretch


def passed_on(report: Report, agencies: Mapping[str, Agency]) -> Iterator[tuple[ClockRun, Custody]]:
    """Those after which another agency got it, still unanswered. A successor is no other one."""
    for (run, gone), (following_run, follower) in pairwise(stretches(report)):
        is_handed_over = run is following_run or gone.until == follower.since
        if is_handed_over and _is_other(gone, follower, agencies):
            yield run, gone


def _is_other(gone: Custody, follower: Custody, agencies: Mapping[str, Agency]) -> bool:
    if gone.until == gone.since:
        return False  # contested the moment it came back: nobody had it in hands
    former = agencies.get(gone.agency)
    heir = former.succeeded_by.agency if former and former.succeeded_by else None
    return follower.agency not in (gone.agency, heir)


def _newest(runs: Sequence[ClockRun], stretch: Custody) -> ClockRun | None:
    return next((run for run in reversed(runs) if run.started_at <= stretch.since), None)
