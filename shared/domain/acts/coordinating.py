"""What the coordinator and the oversight do with a report."""

from shared.domain.acts.replying import after_hold, to_its_agency, to_verifiers
from shared.domain.clocks import ClockKind
from shared.domain.commands import Direct, Extend, Note, Reassign, Reopen, Resume, Reveal
from shared.domain.events import Happening
from shared.domain.refusals import NotAllowed, require
from shared.domain.scene import Scene
from shared.domain.statuses import Role, Status
from shared.domain.visibility import may_see_identity

_EXTENSIONS = 1
_EXTENDABLE = (ClockKind.LEGAL, ClockKind.RESPONSE)


def resume(scene: Scene, command: Resume) -> tuple[Happening, ...]:
    hold = scene.report.hold
    asked_by = hold.by if hold else None
    require(scene.role in (asked_by, Role.COORDINATOR), "not-your-hold")
    changes = after_hold(scene, "resumed")
    return (Happening("resumed", changes, {"text": command.text}),)


def extend(scene: Scene, command: Extend) -> tuple[Happening, ...]:
    """Only where the policy row of a running clock names a legal basis, and before its end."""
    require(scene.report.times("extended") < _EXTENSIONS, "extended-already")
    running = scene.active(*_EXTENDABLE)
    rows = (scene.rules.policy.by_id(run.policy) for run in running)
    require(any(row.extension for row in rows), "no-legal-basis")
    require(not scene.is_overdue(*_EXTENDABLE), "after-due")
    clocks = scene.clockwork("extended").extend(*_EXTENDABLE).runs
    return (Happening("extended", {"clocks": clocks}, {"text": command.text}),)


def direct(scene: Scene, command: Direct) -> tuple[Happening, ...]:
    return (Happening("directed", {}, {"text": command.text}, {"until": command.by}),)


def reassign(scene: Scene, command: Reassign) -> tuple[Happening, ...]:
    """Clocks keep running; the coordinator's choice is final."""
    report, target = scene.report, command.agency
    require(report.was_routed, "no-agency-yet")
    require(target in scene.rules.directory.agencies, "unknown-agency")
    require(target != report.agency or report.holder is not Role.AGENCY, "same-agency")
    require(scene.may_hold(target), "handler-only")
    changes = {
        **scene.taken_by(target),
        "status": Status.ROUTED,
        "routed_by": Role.COORDINATOR,
        "published": True,
        "clocks": scene.clockwork("reassigned").to_agency().runs,
    }
    return (Happening("reassigned", changes, {"text": command.text}, {"agency": target}),)


def reopen(scene: Scene, command: Reopen) -> tuple[Happening, ...]:
    agency = scene.report.agency
    back = to_its_agency if agency and scene.may_hold(agency) else to_verifiers
    changes = {**back(scene, "reopened"), "merged_into": None}
    return (Happening("reopened", changes, {"text": command.text}),)


def reveal(scene: Scene, command: Reveal) -> tuple[Happening, ...]:
    """Identity is shown to an officer: an event that the reporter sees."""
    if not may_see_identity(scene.report, scene.role):
        raise NotAllowed
    return (Happening("revealed", {}, {"text": command.text}),)


def note(scene: Scene, command: Note) -> tuple[Happening, ...]:
    return (Happening("noted", {}, {"text": command.text}),)
