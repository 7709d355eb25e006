"""What happens to a report that nobody looked at yet: route it, or leave it to the verifiers."""

from shared.domain import commands as c
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal
from shared.domain.report import Report
from shared.domain.routing import target_of
from shared.domain.scene import SYSTEM, Rules
from shared.usecases.acting import Order, act
from shared.usecases.failures import NoSuchReport
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
