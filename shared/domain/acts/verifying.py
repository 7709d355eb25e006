"""What verifiers, and coordinators in their place, do with a report."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.acts.answering import contested
from shared.domain.acts.attaching import covered
from shared.domain.clocks import ClockKind
from shared.domain.commands import (
    Archive,
    Classify,
    Hold,
    Merge,
    Recall,
    Redact,
    Refer,
    Review,
    Route,
)
from shared.domain.directory import Directory
from shared.domain.events import Happening
from shared.domain.policy import policy_kind
from shared.domain.refusals import require
from shared.domain.report import Custody, Held, Mask, Report
from shared.domain.scene import Scene
from shared.domain.statuses import ArchiveReason, Kind, Outcome, Role, Status

_PEOPLE = (Role.VERIFIER, Role.COORDINATOR)


def classify(scene: Scene, command: Classify) -> tuple[Happening, ...]:
    report = scene.report
    if scene.role is Role.VERIFIER:
        require(report.holder is Role.VERIFIER or _is_held_by(report, scene.role), "wrong-status")
    _check_classification(report, command, scene.rules.directory)
    changes = _reclassified(report, command, scene.rules.directory)
    require(changes or command.title, "nothing-to-change")
    texts = {"text": command.text} | ({"title": command.title} if command.title else {})
    happened = Happening("classified", {**changes, **_reclocked(scene, changes)}, texts)
    after = replace(scene, report=replace(report, **happened.changes))
    if report.agency and not after.may_hold(report.agency):
        return (happened, _set_apart(after))
    return (happened,)


def route(scene: Scene, command: Route) -> tuple[Happening, ...]:
    report = scene.report
    _not_the_archiver(scene)
    require(command.agency in scene.rules.directory.agencies, "unknown-agency")
    require(not (report.supervisory and scene.role is Role.SYSTEM), "handler-only")
    require(scene.may_hold(command.agency), "handler-only")
    changes = {
        **scene.taken_by(command.agency),
        "routed_by": scene.role,
        "published": report.published or scene.role in _PEOPLE,
    }
    return (_arrived(scene, command, changes),)


def refer(scene: Scene, command: Refer) -> tuple[Happening, ...]:
    _not_the_archiver(scene)
    require(command.body in scene.rules.directory.bodies, "unknown-body")
    changes = scene.final(Status.REFERRED, "referred", referred_to=command.body)
    return (Happening("referred", changes, {"text": command.text}),)


def hold(scene: Scene, command: Hold) -> tuple[Happening, ...]:
    """A verifier's question; an agency's is in `answering.hold`."""
    work = scene.clockwork("held").pause(ClockKind.VERIFICATION, ClockKind.LEGAL)
    changes = {
        "status": Status.ON_HOLD,
        "hold": Held(Role.VERIFIER, scene.report.status),
        "clocks": work.start(ClockKind.COMPLETION).runs,
    }
    return (Happening("held", changes, {"text": command.text}),)


def recall(scene: Scene, command: Recall) -> tuple[Happening, ...]:
    require(scene.report.routed_by is Role.SYSTEM, "not-recallable")
    work = scene.clockwork("recalled").end(ClockKind.RESPONSE).start(ClockKind.VERIFICATION)
    changes = {
        "status": Status.SUBMITTED,
        "clocks": work.runs,
        **scene.released(),
        "agency": None,
        "assignee": None,
        "routed_by": None,
    }
    return (Happening("recalled", changes, {"text": command.text}),)


def archive(scene: Scene, command: Archive) -> tuple[Happening, ...]:
    report = scene.report
    _not_the_archiver(scene)
    if report.status is Status.ON_HOLD:
        require(_is_held_by(report, Role.VERIFIER), "wrong-status")
    if command.reason is ArchiveReason.INCOMPLETE:
        require(scene.is_overdue(ClockKind.COMPLETION), "hold-unanswered-first")
    changes = scene.final(
        Status.ARCHIVED,
        "archived",
        archive_reason=command.reason,
        archived_by=scene.person.officer,
        reviewed_by=None,
    )
    return (Happening("archived", changes, {"text": command.text}),)


def review(scene: Scene, command: Review) -> tuple[Happening, ...]:
    """A second officer finds that it was rightly put away as abusive; else it is reopened."""
    report = scene.report
    require(report.awaits_review, "nothing-to-review")
    require(scene.person.officer != report.archived_by, "another-officer-decides")
    changes = {"reviewed_by": scene.person.officer}
    return (Happening("reviewed", changes, {"text": command.text}),)


def merge(scene: Scene, command: Merge) -> tuple[Happening, ...]:
    report, target = scene.report, command.target
    _not_the_archiver(scene)
    require(target, "unknown-report")
    require(target and _may_absorb(report, target), "not-mergeable")
    changes = scene.final(Status.MERGED, "merged", merged_into=command.into)
    return (Happening("merged", changes, {"text": command.text}),)


def absorb(scene: Scene, source: Report) -> Happening:
    """The other side of a merge: the target takes over the earlier legal day."""
    legal = source.clock(ClockKind.LEGAL)
    earlier = (
        scene.rules.calendars[legal.calendar].day_of(legal.due_at)
        if (legal and legal.due_at)
        else None
    )
    changes = {
        "merged_from": (*scene.report.merged_from, source.code),
        "clocks": scene.clockwork("merged").legal_by(earlier).runs,
    }
    return Happening("merged", changes, facts={"other": source.code})


def redact(scene: Scene, command: Redact) -> tuple[Happening, ...]:
    if command.attachment:
        return (covered(scene, command),)
    require(0 <= command.start < command.end <= command.length, "unknown-text")
    mask = Mask(command.event_seq, command.start, command.end, command.field)
    changes = {"masks": (*scene.report.masks, mask)}
    return (Happening("redacted", changes, {"text": command.text}),)


def _check_classification(report: Report, command: Classify, directory: Directory) -> None:
    require(
        command.category is None or command.category in directory.categories, "unknown-category"
    )
    require(command.secret is not False or not report.secret, "only-more-private")


def _reclassified(report: Report, command: Classify, directory: Directory) -> dict[str, Any]:
    asked = {
        name: getattr(command, name)
        for name in ("kind", "category", "area", "supervisory", "secret")
    }
    changes = {
        name: value
        for name, value in asked.items()
        if value is not None and value != getattr(report, name)
    }
    if changes.get("supervisory"):
        changes["secret"] = True
        changes["excluded"] = _accused(report, directory)
    elif changes.get("supervisory") is False:
        changes["excluded"] = ()
    return changes


def _accused(report: Report, directory: Directory) -> tuple[str, ...]:
    """The unit the reporter named and the one that has the report, unless that one oversees."""
    holders = (report.agency,) if report.agency not in directory.handlers else ()
    units = (*report.excluded, report.named_agency, *holders)
    return directory.and_below(frozenset(unit for unit in units if unit))


def _reclocked(scene: Scene, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Only another kind of report moves the legal clock; it stays still while it has to stand."""
    if not changes.keys() & {"kind", "supervisory"}:
        return {}
    report = replace(scene.report, **changes)
    kind = policy_kind(report.kind, supervisory=report.supervisory)
    work = scene.clockwork("classified", kind=kind).refiled(report.submitted_at)
    stands = report.status is Status.ANSWERED or _is_held_by(report, Role.VERIFIER)
    return {"clocks": (work.pause(ClockKind.LEGAL) if stands else work).runs}


def _set_apart(scene: Scene) -> Happening:
    """A report found to be about an official leaves the accused agency's hands at once."""
    happened = contested(scene)
    return replace(happened, changes={**happened.changes, "agency": None, "assignee": None})


def _arrived(scene: Scene, command: Route, changes: dict[str, Any]) -> Happening:
    facts = {"agency": command.agency}
    if scene.report.kind is Kind.APPRECIATION:
        custody = (*scene.report.custody, Custody(command.agency, scene.now, scene.now))
        praised = {**changes, "outcome": Outcome.PASSED_ON, "custody": custody}
        final = scene.final(Status.CLOSED, "routed", **praised)
        return Happening("routed", final, {"text": command.text}, facts)
    arrived = {
        "status": Status.ROUTED,
        "clocks": scene.clockwork("routed").to_agency().runs,
        **changes,
    }
    return Happening("routed", arrived, {"text": command.text}, facts)


def _not_the_archiver(scene: Scene) -> None:
    """An appeal is decided by somebody else than who archived the report."""
    archiver = scene.report.archived_by
    if archiver is not None and scene.report.status in (Status.SUBMITTED, Status.ON_HOLD):
        require(scene.person.officer != archiver, "another-officer-decides")


def _is_held_by(report: Report, role: Role) -> bool:
    return report.hold is not None and report.hold.by is role


def _may_absorb(source: Report, target: Report) -> bool:
    return (
        target.code != source.code
        and target.is_open
        and not source.merged_from
        and source.secret == target.secret
        and source.supervisory == target.supervisory
        and frozenset(source.excluded) == frozenset(target.excluded)
    )
