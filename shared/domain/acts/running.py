"""What the system does by itself: rungs of the ladder, expiry, reorganisation."""

from shared.domain.acts.replying import after_hold
from shared.domain.clocks import ClockKind
from shared.domain.commands import Climb, Expire, Transfer
from shared.domain.events import Happening
from shared.domain.refusals import require
from shared.domain.scene import Scene
from shared.domain.statuses import ArchiveReason, Outcome, Role, Status


def remind(scene: Scene, command: Climb) -> tuple[Happening, ...]:
    return (_rung(scene, "reminded", command),)


def escalate(scene: Scene, command: Climb) -> tuple[Happening, ...]:
    return (_rung(scene, "escalated", command),)


def expire(scene: Scene, command: Expire) -> tuple[Happening, ...]:
    require(scene.is_overdue(ClockKind.REPORTER, ClockKind.COMPLETION), "not-due-yet")
    return (Happening("expired", _expired(scene)),)


def transfer(scene: Scene, command: Transfer) -> tuple[Happening, ...]:
    """To the agency's successor: no bounce, no clock moves."""
    agency = scene.rules.directory.agencies.get(scene.report.agency or "")
    require(agency and agency.succeeded_by, "unknown-agency")
    assert agency
    assert agency.succeeded_by
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


def _rung(scene: Scene, type_: str, command: Climb) -> Happening:
    require(command.rung not in scene.report.rungs, "nothing-to-change")
    rungs = (*scene.report.rungs, command.rung)
    return Happening(type_, {"rungs": rungs}, facts={"rung": command.rung})
