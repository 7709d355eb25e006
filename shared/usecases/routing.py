"""What happens to a report that nobody looked at yet: route it, or leave it to the verifiers."""

from shared.domain import commands as c
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal
from shared.domain.report import Report
from shared.domain.routing import candidates, only_agency
from shared.domain.scene import SYSTEM, Rules
from shared.domain.statuses import Status
from shared.usecases.acting import NoSuchReport, Order, act
from shared.usecases.ports import Consumed
from shared.usecases.saving import Desk

CONSUMER = "route_report"


def route_report(
    code: str, *, event_id: str, rules: Rules, stamp: Stamp, desk: Desk
) -> Report | None:
    """The routed report; None when a person has to decide, or when there is nothing to do."""
    report = desk.reports.load(code)
    if report is None:
        raise NoSuchReport
    target = target_of(report, rules)
    if target is None:
        return None
    agency, reason = target
    command = c.Route(agency=agency, text=reason)
    order = Order(code, command, SYSTEM, consumed=Consumed(CONSUMER, event_id))
    try:
        return act(order, rules=rules, stamp=stamp, desk=desk)
    except Refusal:
        # A verifier was faster, or the reporter withdrew: it needs no routing by the system.
        return None


def target_of(report: Report, rules: Rules) -> tuple[str, str] | None:
    """Agency and reason: the agency the citizen named, else the only candidate of the rules."""
    if report.status is not Status.SUBMITTED or report.supervisory or report.times("routed"):
        return None
    directory = rules.directory
    if report.named_agency in directory.agencies:
        return str(report.named_agency), _NAMED[report.language]
    found = only_agency(
        candidates(
            directory,
            category=report.category,
            area=report.area,
            text=f"{report.title} {report.body}",
        )
    )
    if found is None or not found.agency or not directory.auto_route:
        return None
    return found.agency, found.because[report.language]


_NAMED = {
    "id": "Instansi dipilih oleh pelapor.",
    "en": "The agency was chosen by the reporter.",
}
