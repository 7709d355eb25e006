"""What the ladder does to one report now: pure, so that a dry run says what a sweep would do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from shared.domain import commands as c
from shared.domain.events import Stamp
from shared.domain.ladder import Does, Step
from shared.domain.report import Report
from shared.domain.routing import suggested
from shared.domain.scene import SYSTEM, Rules
from shared.domain.workflow import Decision, decide


def climb(report: Report, *, rules: Rules, stamp: Stamp) -> Decision | None:
    """All steps due now as one decision; None when there is none."""
    decision: Decision | None = None
    for nth, command in enumerate(steps(report, rules, stamp.at)):
        now = decision.report if decision else report
        own = stamp.of(f"{report.code}:{nth}")
        following = decide(now, command, person=SYSTEM, rules=rules, stamp=own)
        earlier = decision.events if decision else ()
        decision = replace(following, before=report, events=(*earlier, *following.events))
    return decision


def steps(report: Report, rules: Rules, now: datetime) -> tuple[c.Command, ...]:
    """The commands due now. What ends a clock comes last: it may end the others, too."""
    reached = rules.ladder.reached(report, rules.calendars, now)
    routes = tuple(_routes(report, rules, reached))
    told = (step for step in reached if not _expires(step))
    climbs = (_climb(step, is_last=bool(routes) and _routes_by(step)) for step in told)
    expiries = (c.Expire() for step in reached if _expires(step))
    return (*climbs, *routes, *expiries)


def _climb(step: Step, *, is_last: bool) -> c.Climb:
    kind = c.Remind if step.rung.row.does is Does.REMIND else c.Escalate
    return kind(step=replace(step, next=None) if is_last else step)


def _expires(step: Step) -> bool:
    return any(rung.row.does is Does.EXPIRE for rung in step.rungs)


def _routes_by(step: Step) -> bool:
    return any(rung.row.routes for rung in step.rungs)


def _routes(report: Report, rules: Rules, reached: tuple[Step, ...]) -> Iterator[c.Route]:
    if not any(_routes_by(step) for step in reached):
        return
    if target := suggested(report, rules.directory):
        agency, reason = target
        yield c.Route(agency=agency, text=reason)
