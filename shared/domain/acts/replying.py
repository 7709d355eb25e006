"""What the reporter does with a report."""

from dataclasses import replace

from shared.domain.acts.answering import contested
from shared.domain.acts.attaching import facts_of, located
from shared.domain.clocks import ClockKind
from shared.domain.commands import (
    Add,
    Appeal,
    Confirm,
    Object,
    Reply,
    Split,
    Spoken,
    Supplement,
    Withdraw,
)
from shared.domain.events import Happening
from shared.domain.refusals import require
from shared.domain.report import Report
from shared.domain.scene import Scene
from shared.domain.statuses import Outcome, Status

# Calendar days after the end of a report in which its reporter may come back.
DAYS_TO_RETURN = 30
_REPLIES_BEFORE_COORDINATOR = 2
OBJECTIONS = 2


def add(scene: Scene, command: Add) -> tuple[Happening, ...]:
    return (_said(scene, "added", command, located(scene, command)),)


def supplement(scene: Scene, command: Supplement) -> tuple[Happening, ...]:
    return (_said(scene, "supplemented", command, after_hold(scene, "supplemented")),)


def reply(scene: Scene, command: Reply) -> tuple[Happening, ...]:
    changes = _back_to_agency(scene, "replied")
    replied = _said(scene, "replied", command, changes)
    if scene.report.times("replied") < _REPLIES_BEFORE_COORDINATOR:
        return (replied,)
    return (replied, contested(_after(scene, replied)))


def confirm(scene: Scene, command: Confirm) -> tuple[Happening, ...]:
    outcome = Outcome.SOLVED if command.solved else Outcome.ACCEPTED
    changes = scene.final(
        Status.CLOSED, "confirmed", outcome=outcome, satisfaction=command.satisfaction
    )
    return (Happening("confirmed", changes, {"text": command.text}),)


def object_(scene: Scene, command: Object) -> tuple[Happening, ...]:
    """The first is guaranteed; the second goes to the coordinator and opens the oversight file."""
    report = scene.report
    require(scene.is_within_days(DAYS_TO_RETURN, report.final_at), "window-over")
    require(report.times("objected") < OBJECTIONS, "objected-twice")
    objected = _said(scene, "objected", command, _reopened(scene, "objected"))
    if not report.times("objected"):
        return (objected,)
    decided = contested(_after(scene, objected))
    offered = {**decided.changes, "oversight_offered": True}
    return (objected, replace(decided, changes=offered))


def appeal(scene: Scene, command: Appeal) -> tuple[Happening, ...]:
    report = scene.report
    require(not report.times("appealed"), "appealed-already")
    require(scene.is_within_days(DAYS_TO_RETURN, report.final_at), "window-over")
    return (_said(scene, "appealed", command, to_verifiers(scene, "appealed")),)


def split(scene: Scene, command: Split) -> tuple[Happening, ...]:
    target = command.target
    require(not scene.report.split_off, "split-already")
    if target and not target.is_open:
        require(scene.is_within_days(DAYS_TO_RETURN, target.final_at), "window-over")
    changes = {**to_verifiers(scene, "split"), "merged_into": None, "split_off": True}
    return (_said(scene, "split", command, changes),)


def let_go(scene: Scene, source: Report) -> Happening:
    """The other side of a split."""
    remaining = tuple(code for code in scene.report.merged_from if code != source.code)
    return Happening("split", {"merged_from": remaining}, facts={"other": source.code})


def withdraw(scene: Scene, command: Withdraw) -> tuple[Happening, ...]:
    changes = scene.final(Status.CLOSED, "withdrawn", outcome=Outcome.WITHDRAWN)
    return (Happening("withdrawn", changes, {"text": command.text}),)


def after_hold(scene: Scene, because: str) -> dict[str, object]:
    """Changes when a question is answered, or no longer asked."""
    hold = scene.report.hold
    work = scene.clockwork(because).end(ClockKind.COMPLETION)
    waiting = (ClockKind.VERIFICATION, ClockKind.LEGAL, ClockKind.RESPONSE)
    return {
        "status": hold.status_before if hold else Status.SUBMITTED,
        "hold": None,
        "clocks": work.resume(*waiting).runs,
    }


def to_verifiers(scene: Scene, because: str) -> dict[str, object]:
    """Changes when a finished report is taken up again and no agency is to have it now."""
    work = scene.clockwork(because).taken_up_again().start(ClockKind.VERIFICATION)
    nobodys = {"agency": None, "assignee": None, "routed_by": None}
    return {"status": Status.SUBMITTED, "clocks": work.runs, **nobodys, **_unfinished()}


def to_its_agency(scene: Scene, because: str) -> dict[str, object]:
    """Changes when a finished report goes back to the agency that had it."""
    work = scene.clockwork(because).taken_up_again().to_agency()
    kept = scene.taken_by(scene.report.agency or "")
    return {**kept, "status": Status.REPLIED, "clocks": work.runs, **_unfinished()}


def _reopened(scene: Scene, because: str) -> dict[str, object]:
    if scene.report.agency:
        return to_its_agency(scene, because)
    return to_verifiers(scene, because)


def _back_to_agency(scene: Scene, because: str) -> dict[str, object]:
    taken = scene.taken_by(scene.report.agency or "")
    clocks = scene.clockwork(because).to_agency().runs
    return {**taken, "status": Status.REPLIED, "clocks": clocks}


def _unfinished() -> dict[str, object]:
    return {"outcome": None, "archive_reason": None, "final_at": None, "referred_to": None}


def _after(scene: Scene, happened: Happening) -> Scene:
    return replace(scene, report=replace(scene.report, **happened.changes))


def _said(scene: Scene, type_: str, command: Spoken, changes: dict[str, object]) -> Happening:
    texts, facts = {"text": command.text}, facts_of(scene, command)
    return Happening(type_, changes, texts, facts, public=command.public)
