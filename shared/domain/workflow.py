"""The workflow: who may do what to a report in which status. One table, and how it is applied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain import commands as c
from shared.domain.acts import (
    answering,
    coordinating,
    replying,
    rescheduling,
    running,
    verifying,
)
from shared.domain.acts.filing import Filing, submitted
from shared.domain.directory import Directory
from shared.domain.events import Event, Happening, Stamp
from shared.domain.recording import recorded
from shared.domain.refusals import NotAllowed, require
from shared.domain.renewal import renew
from shared.domain.report import Report
from shared.domain.scene import Person, Rules, Scene
from shared.domain.statuses import FINAL, OPEN, WITH_AGENCY, Role, Status

Effect = Callable[[Scene, Any], tuple[Happening, ...]]
Echo = Callable[[Scene, Report], Happening]

_R, _V, _A, _I = Role.REPORTER, Role.VERIFIER, Role.AGENCY, Role.INTAKE
_C, _O, _S = Role.COORDINATOR, Role.OVERSIGHT, Role.SYSTEM
_EVERY = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Row:
    """`by`: each role with the statuses in which it may; `echo`: what the other report hears."""

    command: type[c.Command]
    by: Mapping[Role, frozenset[Status]]
    effect: Effect
    echo: Echo | None = None


def _row(
    command: type[c.Command],
    roles: Iterable[Role],
    statuses: Iterable[Status],
    effect: Effect,
    echo: Echo | None = None,
) -> Row:
    return Row(command, dict.fromkeys(roles, frozenset(statuses)), effect, echo)


_VERIFYING = {Status.SUBMITTED, Status.ON_HOLD}
_HAD_AGENCY = OPEN - {Status.SUBMITTED}

TABLE: tuple[Row, ...] = (
    _row(c.Add, (_R,), OPEN, replying.add),
    Row(c.Classify, {_C: OPEN, _V: frozenset(_VERIFYING)}, verifying.classify),
    Row(
        c.Route,
        {
            _V: frozenset({Status.SUBMITTED}),
            _C: frozenset({Status.SUBMITTED, Status.CONTESTED}),
            _S: frozenset({Status.SUBMITTED}),
        },
        verifying.route,
    ),
    _row(c.Refer, (_V, _C), {Status.SUBMITTED, Status.CONTESTED, Status.ROUTED}, verifying.refer),
    Row(
        c.Hold,
        {_V: frozenset({Status.SUBMITTED}), _A: WITH_AGENCY},
        lambda scene, command: _HOLDS[scene.role](scene, command),
    ),
    _row(c.Supplement, (_R,), {Status.ON_HOLD}, replying.supplement),
    _row(c.Resume, (_C, _A, _V), {Status.ON_HOLD}, coordinating.resume),
    _row(c.Forward, (_A,), WITH_AGENCY, answering.forward),
    _row(c.Recall, (_V,), {Status.ROUTED}, verifying.recall),
    _row(c.Accept, (_A,), {Status.ROUTED}, answering.accept),
    _row(c.Assign, (_A,), WITH_AGENCY, answering.assign),
    _row(c.Plan, (_A,), WITH_AGENCY, answering.plan),
    _row(c.Respond, (_A, _I), WITH_AGENCY | {Status.ANSWERED}, answering.respond),
    _row(c.Extend, (_C,), WITH_AGENCY, coordinating.extend),
    _row(c.Reply, (_R,), {Status.ANSWERED}, replying.reply),
    _row(c.Confirm, (_R,), {Status.ANSWERED}, replying.confirm),
    _row(c.Object, (_R,), {Status.CLOSED}, replying.object_),
    _row(c.Archive, (_V, _C), _VERIFYING, verifying.archive),
    _row(c.Review, (_V, _C), {Status.ARCHIVED}, verifying.review),
    _row(c.Appeal, (_R,), {Status.ARCHIVED}, replying.appeal),
    _row(
        c.Merge,
        (_V,),
        {Status.SUBMITTED, Status.ROUTED, Status.IN_PROGRESS},
        verifying.merge,
        verifying.absorb,
    ),
    _row(c.Split, (_R,), {Status.MERGED}, replying.split, replying.let_go),
    _row(c.Withdraw, (_R,), OPEN, replying.withdraw),
    _row(c.Direct, (_C, _O), WITH_AGENCY, coordinating.direct),
    _row(c.Reassign, (_C,), _HAD_AGENCY, coordinating.reassign),
    _row(c.Reopen, (_C,), FINAL, coordinating.reopen, replying.let_go),
    _row(c.Transfer, (_S,), OPEN, running.transfer),
    _row(c.Reschedule, (_S,), OPEN, rescheduling.reschedule),
    _row(c.Redact, (_V, _C), _EVERY, verifying.redact),
    _row(c.Reveal, (_V, _C, _O, _A), _EVERY, coordinating.reveal),
    _row(c.Note, (_V, _A, _C, _O), _EVERY, coordinating.note),
    _row(c.Remind, (_S,), OPEN, running.remind),
    _row(c.Escalate, (_S,), OPEN, running.escalate),
    _row(c.Expire, (_S,), {Status.ANSWERED, Status.ON_HOLD}, running.expire),
    _row(c.Renew, (_S,), _EVERY, renew),
)

_HOLDS: Mapping[Role, Effect] = {_V: verifying.hold, _A: answering.hold}
_ROWS: Mapping[type[c.Command], Row] = {row.command: row for row in TABLE}
_ATTACHING = tuple(row for row in TABLE if issubclass(row.command, c.Attaching))


@dataclass(frozen=True, slots=True)
class Decision:
    """The report before (None: a new one) and after, and the events that lead there.

    `next_tick_at`: when the ladder has something to do; follows from report and rules.
    """

    before: Report | None
    report: Report
    events: tuple[Event, ...]
    next_tick_at: datetime | None = None


def submit(
    filing: Filing, *, code: str, person: Person, role: Role, rules: Rules, stamp: Stamp
) -> Decision:
    """Raises NotAllowed when the person does not have the role: only intake files for others."""
    if role not in person.roles:
        raise NotAllowed
    happening = submitted(filing, code=code, rules=rules, now=stamp.at)
    return _decision(None, code, (happening,), person, role, rules, stamp)


def decide(
    report: Report, command: c.Command, *, person: Person, rules: Rules, stamp: Stamp
) -> Decision:
    """Raises NotAllowed when it is not this person's, UnableTo when the rules say no."""
    scene = _scene(report, command, person, rules, stamp.at)
    happenings = _ROWS[type(command)].effect(scene, command)
    return _decision(report, report.code, happenings, person, scene.role, rules, stamp)


def echo(
    target: Report,
    command: c.Merge | c.Split | c.Reopen,
    *,
    decided: Decision,
    rules: Rules,
    stamp: Stamp,
) -> Decision:
    """What a merge or split means for the other report, in the same commit."""
    hear, source = _ROWS[type(command)].echo, decided.before
    assert hear
    assert source
    role = decided.events[0].by
    person = Person(frozenset({role}), decided.events[0].officer)
    happening = hear(Scene(target, person, role, rules, stamp.at), source)
    return _decision(
        target, target.code, (happening,), person, role, rules, stamp, offset=len(decided.events)
    )


def allowed(report: Report, person: Person, directory: Directory) -> tuple[type[c.Command], ...]:
    """The commands this person may try now; a rule may still say no for a reason of its own."""
    return tuple(row.command for row in TABLE if _role_for(row, report, person, directory))


def role_to_attach(report: Report, person: Person, directory: Directory) -> Role:
    """In which this person may add files now: those of a command that may name them."""
    check_attaches(report, person, directory)
    roles = (_role_for(row, report, person, directory) for row in _ATTACHING)
    found = next((role for role in roles if role), None)
    require(found, "wrong-status")
    assert found
    return found


def check_attaches(report: Report, person: Person, directory: Directory) -> None:
    """Raises NotAllowed when no such command is this person's in any status."""
    roles = (role for row in _ATTACHING for role in row.by)
    if not any(_is_mine(role, report, person, directory) for role in roles):
        raise NotAllowed


def check_entitled(
    report: Report, command: type[c.Command], person: Person, directory: Directory
) -> None:
    """Raises NotAllowed when such a command is not this person's in any status."""
    if not any(_is_mine(role, report, person, directory) for role in _ROWS[command].by):
        raise NotAllowed


def _scene(
    report: Report, command: c.Command, person: Person, rules: Rules, now: datetime
) -> Scene:
    check_entitled(report, type(command), person, rules.directory)
    role = _role_for(_ROWS[type(command)], report, person, rules.directory)
    require(role, "wrong-status")
    assert role
    return Scene(report, person, role, rules, now)


def _role_for(row: Row, report: Report, person: Person, directory: Directory) -> Role | None:
    return next(
        (
            role
            for role, statuses in row.by.items()
            if report.status in statuses and _is_mine(role, report, person, directory)
        ),
        None,
    )


def _is_mine(role: Role, report: Report, person: Person, directory: Directory) -> bool:
    """An agency acts on its own reports only, the accused on none; all others in their role.

    Intake speaks for an agency that works on paper; what is supervisory crosses no counter.
    """
    if role not in person.roles or person.agency in report.excluded:
        return False
    if role is Role.INTAKE:
        return directory.is_on_paper(report.agency) and not report.supervisory
    return role is not Role.AGENCY or (person.agency is not None and person.agency == report.agency)


def _decision(
    before: Report | None,
    code: str,
    happenings: tuple[Happening, ...],
    person: Person,
    role: Role,
    rules: Rules,
    stamp: Stamp,
    *,
    offset: int = 0,
) -> Decision:
    report, events = recorded(before, code, happenings, person, role, rules, stamp, offset=offset)
    tick = rules.ladder.next_tick_at(report, rules.calendars)
    return Decision(before, report, events, tick)
