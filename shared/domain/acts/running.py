"""What the system does by itself: rungs of the ladder, expiry, reorganisation."""

from typing import Any

from shared.domain.acts.replying import after_hold
from shared.domain.audiences import told
from shared.domain.clocks import ClockKind
from shared.domain.commands import Climb, Expire, Transfer
from shared.domain.events import Happening
from shared.domain.ladder import Rung, Step
from shared.domain.plain import plain
from shared.domain.refusals import require
from shared.domain.scene import Scene
from shared.domain.statuses import ArchiveReason, Outcome, Role, Status


def remind(scene: Scene, command: Climb) -> tuple[Happening, ...]:
    return (_climbed(scene, "reminded", command.step),)


def escalate(scene: Scene, command: Climb) -> tuple[Happening, ...]:
    return (_climbed(scene, "escalated", command.step),)


def expire(scene: Scene, command: Expire) -> tuple[Happening, ...]:
    require(scene.is_overdue(ClockKind.REPORTER, ClockKind.COMPLETION), "not-due-yet")
    return (Happening("expired", _expired(scene)),)


def transfer(scene: Scene, command: Transfer) -> tuple[Happening, ...]:
    """To the agency's successor: no bounce, no clock moves."""
    agency = scene.rules.directory.agencies.get(scene.report.agency or "")
    require(agency and agency.succeeded_by, "unknown-agency")
    assert agency
    assert agency.succeeded_by
    require(agency.succeeded_by.on <= scene.today, "not-due-yet")
    heir = agency.succeeded_by.agency
    require(scene.may_hold(heir), "handler-only")
    taken = scene.taken_by(heir)
    if not scene.is_in_agency_hands:
        del taken["custody"]
    return (Happening("transferred", {**taken, "hold": scene.report.hold}, facts={"agency": heir}),)


def _expired(scene: Scene) -> dict[str, object]:
    hold = scene.report.hold
    if hold is None:
        return scene.final(Status.CLOSED, "expired", outcome=Outcome.NO_REPLY)
    if hold.by is Role.AGENCY:
        return after_hold(scene, "expired")
    return scene.final(Status.ARCHIVED, "expired", archive_reason=ArchiveReason.INCOMPLETE)


def _climbed(scene: Scene, type_: str, step: Step) -> Happening:
    """No clock moves. What a lower rung would have brought comes with the one that is told."""
    rungs = tuple(rung.id for rung in step.rungs)
    require(not set(rungs) & set(scene.report.rungs), "nothing-to-change")
    changes: dict[str, Any] = {"rungs": (*scene.report.rungs, *rungs)}
    if any(rung.row.offers_oversight for rung in step.rungs):
        changes["oversight_offered"] = True
    return Happening(type_, changes, facts=_told(scene, step))


def _told(scene: Scene, step: Step) -> dict[str, Any]:
    run, ahead = step.rung.run, step.next
    return {
        "rung": step.rung.id,
        "clock": run.kind,
        "run": run.run,
        "to": _audiences(scene, step.rung),
        "passed": [rung.id for rung in step.passed],
        "due_at": plain(run.due_at),
        "next": {"to": _audiences(scene, ahead), "at": plain(ahead.at)} if ahead else None,
    }


def _audiences(scene: Scene, rung: Rung) -> list[str]:
    heard = told(rung.row.to, scene.report, scene.rules.directory)
    return [audience.value for audience in heard]
