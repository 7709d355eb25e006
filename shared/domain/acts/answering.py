"""What the responsible agency does with a report."""

from datetime import date
from typing import Any

from shared.domain import clocks
from shared.domain.acts.attaching import facts_of
from shared.domain.clocks import ClockKind
from shared.domain.commands import Accept, Assign, Forward, Hold, Plan, Respond
from shared.domain.events import Happening
from shared.domain.refusals import require
from shared.domain.report import Held
from shared.domain.scene import Scene
from shared.domain.statuses import AnswerKind, Role, Status

# "Bukan wewenang" is said early or not at all; a third agency means nobody knows.
_WORKING_DAYS_TO_FORWARD = 2
_FORWARDS = 2
_PLANS = 2


def accept(scene: Scene, command: Accept) -> tuple[Happening, ...]:
    changes = {"status": Status.IN_PROGRESS, "published": True}
    return (Happening("accepted", changes, {"text": command.text}),)


def assign(scene: Scene, command: Assign) -> tuple[Happening, ...]:
    require(command.officer in command.officers, "unknown-officer")
    return (Happening("assigned", {"assignee": command.officer}, {"text": command.text}),)


def hold(scene: Scene, command: Hold) -> tuple[Happening, ...]:
    report = scene.report
    require(not report.agency_held, "held-already")
    require(not scene.is_overdue(ClockKind.RESPONSE, ClockKind.PROMISE), "after-due")
    work = scene.clockwork("held").pause(ClockKind.RESPONSE)
    changes = {
        "status": Status.ON_HOLD,
        "hold": Held(Role.AGENCY, report.status),
        "agency_held": True,
        "clocks": work.start(ClockKind.COMPLETION, row="completion_agency").runs,
    }
    return (Happening("held", changes, {"text": command.text}),)


def forward(scene: Scene, command: Forward) -> tuple[Happening, ...]:
    """To the agency it belongs to; late, without a target or once too often: to the coordinator."""
    report, target = scene.report, command.agency
    require(report.routed_by is not Role.COORDINATOR, "coordinator-decided")
    if target is not None:
        _check_target(scene, target)
    if target is None or _is_too_late(scene) or report.times("forwarded") >= _FORWARDS:
        return (contested(scene, {"text": command.text}, {"agency": target}),)
    changes = {
        **scene.taken_by(target),
        "status": Status.ROUTED,
        "routed_by": Role.AGENCY,
        "clocks": scene.clockwork("forwarded").to_agency().runs,
    }
    return (Happening("forwarded", changes, {"text": command.text}, {"agency": target}),)


def plan(scene: Scene, command: Plan) -> tuple[Happening, ...]:
    require(scene.report.times("planned") < _PLANS, "plan-revised-already")
    require(scene.today <= command.on <= _legal_day(scene), "day-out-of-range")
    work = scene.clockwork("planned").end(ClockKind.RESPONSE, ClockKind.PROMISE)
    changes = {
        "status": Status.IN_PROGRESS,
        "published": True,
        "clocks": work.start(ClockKind.PROMISE, due_on=command.on).runs,
    }
    return (Happening("planned", changes, {"text": command.text}, {"on": command.on}),)


def respond(scene: Scene, command: Respond) -> tuple[Happening, ...]:
    speaker = scene.person.agency if scene.role is Role.AGENCY else None
    require((command.on_behalf_of or speaker) == scene.report.agency, "with-another-agency")
    shown = facts_of(scene, command)
    if command.outcome is AnswerKind.SOLVED:
        require(command.proof or shown, "proof-needed")
    else:
        require(command.cause in scene.rules.directory.causes, "unknown-cause")
    work = scene.clockwork("answered").end(ClockKind.RESPONSE, ClockKind.PROMISE)
    changes = {
        **scene.released(),
        "status": Status.ANSWERED,
        "answer": command.outcome,
        "published": True,
        "clocks": work.pause(ClockKind.LEGAL).start(ClockKind.REPORTER).runs,
    }
    texts = {"text": command.text} | ({"proof": command.proof} if command.proof else {})
    facts: dict[str, Any] = {"outcome": command.outcome, "cause": command.cause, **shown}
    if scene.role is Role.INTAKE:
        facts |= {"agency": scene.report.agency, "on_behalf": True}
    return (Happening("answered", changes, texts, facts),)


def contested(
    scene: Scene, texts: dict[str, str] | None = None, facts: dict[str, object] | None = None
) -> Happening:
    """Nobody agrees whose it is: the coordinator decides, the response clock runs on."""
    changes = {
        **scene.released(),
        "status": Status.CONTESTED,
        "clocks": scene.clockwork("contested").to_coordinator().runs,
    }
    return Happening("contested", changes, texts or {}, facts or {})


def _check_target(scene: Scene, target: str) -> None:
    require(target in scene.rules.directory.agencies, "unknown-agency")
    require(not scene.is_replaced(target), "agency-replaced")
    require(target != scene.report.agency, "same-agency")
    require(scene.may_hold(target), "handler-only")


def _is_too_late(scene: Scene) -> bool:
    received = scene.report.custody[-1].since
    return scene.working_days_since(received) > _WORKING_DAYS_TO_FORWARD


def _legal_day(scene: Scene) -> date:
    """Without a legal clock (praise) a plan may name any day."""
    legal = scene.report.clock(ClockKind.LEGAL)
    if legal is None:
        return date.max
    return clocks.due_day(legal, scene.rules.calendars[legal.calendar], scene.now)
