"""Load, decide, save: every command of the workflow goes this one way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shared.domain import commands as c
from shared.domain.attachment import Shelf
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal, UnableTo, require
from shared.domain.report import Report
from shared.domain.scene import Person, Rules
from shared.domain.taking_back import named
from shared.domain.workflow import Decision, check_entitled, decide, echo
from shared.usecases.failures import NoSuchReport, StillChanging
from shared.usecases.ports import Commit, Committed, Consumed, Repeatable, Reports
from shared.usecases.saving import Attempt, Desk

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A command to a report. `revision` is the one last read by who decided; None: any."""

    code: str
    command: c.Command
    person: Person
    revision: int | None = None
    attempt: Attempt | None = None
    consumed: Consumed | None = None


def act(order: Order, *, rules: Rules, stamp: Stamp, desk: Desk) -> Report:
    """The report after it. The same request, or the same event, again: as the first left it."""
    earlier = desk.earlier(order.attempt, stamp.at)
    if earlier and earlier.is_fresh(stamp.at):
        return desk.as_it_was(earlier)
    try:
        return _acted(order, earlier, rules, stamp, desk)
    except Refusal:
        # It may have been done since we looked, and so be what the rules now say no to.
        first = desk.earlier(order.attempt, stamp.at)
        if first and first.is_fresh(stamp.at):
            return desk.as_it_was(first)
        raise


def loaded(reports: Reports, code: str) -> Report:
    report = reports.load(code)
    if report is None:
        raise NoSuchReport
    return report


def _acted(
    order: Order, expired: Repeatable | None, rules: Rules, stamp: Stamp, desk: Desk
) -> Report:
    for _ in range(_TRIES):
        report = loaded(desk.reports, order.code)
        commit = _commit(report, order, rules, stamp, desk)
        answer = desk.commit(commit, attempt=order.attempt, expired=expired, now=stamp.at)
        if answer is Committed.NOW:
            return commit.decisions[0].report
        if answer is Committed.SEEN_BEFORE:
            return _as_before(order, stamp, desk)
    raise StillChanging


def _as_before(order: Order, stamp: Stamp, desk: Desk) -> Report:
    first = desk.earlier(order.attempt, stamp.at)
    return desk.as_it_was(first) if first else loaded(desk.reports, order.code)


def _commit(report: Report, order: Order, rules: Rules, stamp: Stamp, desk: Desk) -> Commit:
    # First of all: whoever it is not for learns nothing, not even that the report has changed.
    check_entitled(report, type(order.command), order.person, rules.directory)
    if order.revision is not None:
        require(order.revision == report.revision, "stale-revision")
    shelf = desk.shelves.of(report.code) if _looks_at_files(order.command) else None
    command = _completed(order.command, report, shelf, desk, rules.today(stamp.at))
    decided = decide(report, command, person=order.person, rules=rules, stamp=stamp)
    if isinstance(command, c.Merge | c.Split | c.Reopen) and command.target:
        heard = echo(command.target, command, decided=decided, rules=rules, stamp=stamp)
        decisions: tuple[Decision, ...] = (decided, heard)
    else:
        decisions = (decided,)
    return Commit(decisions, consumed=order.consumed, shelf=_marked(shelf, decided))


def _looks_at_files(command: c.Command) -> bool:
    """Most name none, and pay no look."""
    if isinstance(command, c.Redact):
        return command.attachment is not None
    place_of = command.place_of if isinstance(command, c.Add) else None
    return isinstance(command, c.Attaching) and bool(command.attachments or place_of)


def _marked(shelf: Shelf | None, decided: Decision) -> Shelf | None:
    """With what the events name; None: it stays as it is."""
    after = named(shelf, decided.events) if shelf else None
    return None if after == shelf else after


def _completed(
    command: c.Command, report: Report, shelf: Shelf | None, desk: Desk, today: date
) -> c.Command:
    """The command with what its rule has to look at besides the report."""
    if shelf and isinstance(command, c.Attaching | c.Redact):
        command = _with_files(command, shelf, desk)
    complete = _COMPLETIONS.get(type(command))
    return complete(command, report, desk, today) if complete else command


def _with_files(command: c.Attaching | c.Redact, shelf: Shelf, desk: Desk) -> c.Command:
    command = replace(command, files=shelf.files)
    if not isinstance(command, c.Add):
        return command
    sealed = next((file.found for file in shelf.files if file.id == command.place_of), None)
    return replace(command, place=desk.seals.unseal(sealed, code=shelf.code)) if sealed else command


def _with_officers(command: c.Assign, report: Report, desk: Desk, today: date) -> c.Command:
    found = desk.officers.of_agency(report.agency) if report.agency else ()
    return replace(command, officers=frozenset(each.id for each in found if each.serves(today)))


def _with_merge_target(command: c.Merge, _report: Report, desk: Desk, _today: date) -> c.Command:
    return replace(command, target=desk.reports.load(command.into) if command.into else None)


def _with_former_target(
    command: c.Split | c.Reopen, report: Report, desk: Desk, _today: date
) -> c.Command:
    target = desk.reports.load(report.merged_into) if report.merged_into else None
    return replace(command, target=target)


def _with_what_is_covered(command: c.Redact, report: Report, desk: Desk, _today: date) -> c.Command:
    if command.attachment:
        return command
    if command.event_seq == 1:
        return replace(command, length=len(report.body) if command.field == "text" else 0)
    if not 1 <= command.event_seq <= report.seq:
        raise UnableTo("unknown-text")
    event = desk.reports.timeline(report.code, report.seq)[command.event_seq - 1]
    return replace(command, length=len(event.texts.get(command.field, "")))


_COMPLETIONS: Mapping[type[c.Command], Callable[..., c.Command]] = {
    c.Assign: _with_officers,
    c.Merge: _with_merge_target,
    c.Split: _with_former_target,
    c.Reopen: _with_former_target,
    c.Redact: _with_what_is_covered,
}
