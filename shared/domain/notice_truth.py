"""What is said in a notice must be so when it leaves. Kinds not named here tell of the past."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.domain.clocks import ClockKind
from shared.domain.events import Event
from shared.domain.notice import Notice
from shared.domain.report import Report
from shared.domain.statuses import WITH_AGENCY, Status


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice, the event it tells of, what happened since, and the report as of now."""

    notice: Notice
    event: Event
    since: tuple[Event, ...]
    report: Report

    def has_again(self, event_type: str) -> bool:
        return any(event.type == event_type for event in self.since)


def is_still_true(claim: Claim) -> bool:
    condition = TRUE_WHILE.get(claim.notice.kind)
    return condition is None or condition(claim)


def _is_asked(claim: Claim) -> bool:
    return claim.report.status is Status.ON_HOLD and not claim.has_again("held")


def _is_answered(claim: Claim) -> bool:
    return claim.report.status is Status.ANSWERED and not claim.has_again("answered")


def _is_with_the_agency(claim: Claim) -> bool:
    return claim.report.is_open and claim.report.agency == claim.notice.unit


def _is_agencys_turn(claim: Claim) -> bool:
    return claim.report.status in WITH_AGENCY and _is_with_the_agency(claim)


def _is_archived(claim: Claim) -> bool:
    return claim.report.status is Status.ARCHIVED and not claim.has_again("archived")


def _is_contested(claim: Claim) -> bool:
    return claim.report.status is Status.CONTESTED


def _is_with_the_verifiers(claim: Claim) -> bool:
    return claim.report.status is Status.SUBMITTED


def _is_still_running(claim: Claim) -> bool:
    """The clock run whose rung this is; a met or new one makes the warning a false one."""
    facts = claim.event.facts
    run = claim.report.clock(ClockKind(facts["clock"]))
    return run is not None and run.run == facts["run"]


TRUE_WHILE: Mapping[str, Callable[[Claim], bool]] = {
    "question": _is_asked,
    "agency_question": _is_asked,
    "question_waiting": _is_asked,
    "answered": _is_answered,
    "answered_on_behalf": _is_answered,
    "merged_answered": _is_answered,
    "about_to_close": _is_answered,
    "new_report": _is_with_the_agency,
    "returned": _is_with_the_agency,
    "hold_ended": _is_with_the_agency,
    "directed": _is_agencys_turn,
    "reporter_wrote": _is_agencys_turn,
    "archived": _is_archived,
    "to_decide": _is_contested,
    "appeal": _is_with_the_verifiers,
    "reminder": _is_still_running,
    "late": _is_still_running,
    "escalated": _is_still_running,
    "escalated_last": _is_still_running,
}
