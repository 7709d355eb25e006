"""Everybody does anything, in any order, for months: what must hold after every single step."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.events import fold, verifies
from shared.domain.refusals import SENTENCES, NotAllowed, Refusal, UnableTo
from shared.domain.report import Region, Report
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import FINAL, WITH_AGENCY, AnswerKind, ArchiveReason, Kind, Role, Status
from shared.domain.visibility import viewer_of
from shared.domain.workflow import TABLE, allowed, echo
from tests.domain.builders import (
    COORDINATOR,
    DIRECTORY,
    EXPLAINED,
    NOW,
    OVERSIGHT,
    RULES,
    VERIFIER,
    VERIFIER_2,
    Case,
    a_step,
    filed,
    officer_of,
    stamp,
    with_late_holiday,
)
from tests.domain.files import a_file, proof_of, ready

AGENCIES = sorted(DIRECTORY.agencies)
BOTH = Person(frozenset({Role.VERIFIER, Role.COORDINATOR}), "kadek")
INSPECTOR = Person(frozenset({Role.OVERSIGHT, Role.AGENCY}), "luh", "inspektorat")
STAFF = (REPORTER, SYSTEM, VERIFIER, VERIFIER_2, COORDINATOR, OVERSIGHT, BOTH, INSPECTOR)
# Most steps move the report on; fewer end it or turn it back, and fewer still only talk about it.
TALK = frozenset(
    {
        *(c.Add, c.Note, c.Redact, c.Reveal, c.Reschedule, c.Remind, c.Escalate, c.Direct),
        *(c.Assign, c.Renew),
    }
)
DETOURS = frozenset({c.Refer, c.Archive, c.Withdraw, c.Reopen, c.Hold, c.Reassign, c.Classify})

# The reporter's, an agency's, and one that nobody finished.
FILES = (ready(a_file(1)), ready(proof_of("dlhk", 2)), a_file(3))

agencies = st.sampled_from([*AGENCIES, "nowhere"])
some_files = st.lists(st.sampled_from([file.id for file in FILES]), max_size=2).map(tuple)
handlers_mostly = st.sampled_from([*AGENCIES, *DIRECTORY.handlers * 4])
maybe = st.none() | st.booleans()
some_hours = st.sampled_from([0, 1, 5, 30, 24 * 3, 1, 0, 2, 24 * 8, 0, 24 * 31])


def orders(
    command: type[c.Command], report: Report, others: list[Report], today: date
) -> st.SearchStrategy[c.Command]:
    """The command with anything in it that a person might send."""
    targets = [*others * 3, None]
    a_target = st.integers(0, len(targets) - 1).map(lambda index: targets[index])
    fields: dict[type[c.Command], Callable[[], dict[str, st.SearchStrategy[Any]]]] = {
        c.Classify: lambda: {
            "kind": st.none() | st.sampled_from(Kind),
            "category": st.sampled_from([None, "jalan", "unknown"]),
            "supervisory": maybe,
            "secret": maybe,
        },
        c.Route: lambda: {"agency": handlers_mostly if report.supervisory else agencies},
        c.Refer: lambda: {"body": st.sampled_from(["pln", "ombudsman", "nobody"])},
        c.Forward: lambda: {"agency": st.none() | agencies},
        c.Reassign: lambda: {"agency": handlers_mostly if report.supervisory else agencies},
        c.Assign: lambda: {
            "officer": st.sampled_from(["putu", "somebody"]),
            "officers": st.just(frozenset({"putu"})),
        },
        c.Plan: lambda: {"on": st.integers(-1, 25).map(lambda n: today + timedelta(days=n))},
        c.Add: lambda: {"attachments": some_files, "files": st.just(FILES)},
        c.Respond: lambda: {
            "attachments": some_files,
            "files": st.just(FILES),
            "outcome": st.sampled_from(AnswerKind),
            "proof": st.sampled_from(["Foto", ""]),
            "cause": st.sampled_from(["anggaran", None]),
        },
        c.Confirm: lambda: {"solved": st.booleans()},
        c.Archive: lambda: {"reason": st.sampled_from(ArchiveReason)},
        c.Merge: lambda: {"into": st.just("other"), "target": a_target},
        c.Redact: lambda: {
            "start": st.integers(-1, 5),
            "end": st.just(9),
            "length": st.just(9),
            "attachment": st.none() | st.sampled_from([file.id for file in FILES]),
            "region": st.none() | st.integers(1, 9).map(lambda n: Region(0, 0, n, n)),
            "files": st.just(FILES),
        },
        c.Remind: lambda: {"step": st.sampled_from(["response-1", "promise-1"]).map(a_step)},
        c.Escalate: lambda: {"step": st.sampled_from(["response+0", "legal+0"]).map(a_step)},
    }
    return st.builds(command, text=st.sampled_from(["", "Baik."]), **fields.get(command, dict)())


class Desk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.cases: list[Case] = []
        self.touched: tuple[tuple[Case | None, Case], ...] = ()
        self.turn, self.now, self.rules = 0, NOW, RULES

    @initialize()
    def open_for_business(self) -> None:
        for number, kind in enumerate((Kind.COMPLAINT, Kind.INFORMATION_REQUEST)):
            self._keep(None, filed(self.now, code=f"REPORT{number}", kind=kind))

    @precondition(lambda self: len(self.cases) < 5)
    @rule(
        kind=st.sampled_from(Kind),
        named=st.none() | agencies,
        about_official=st.booleans(),
        secret=maybe,
        anonymous=st.booleans(),
    )
    def somebody_files(self, named: str | None, **fields: Any) -> None:
        code = f"REPORT{len(self.cases)}"
        self._keep(None, filed(self.now, code=code, agency=named, days=self.rules, **fields))

    @precondition(lambda self: len(self.rules.calendars) < 4)
    @rule(ahead=st.integers(0, 20))
    def a_holiday_is_declared_late(self, ahead: int) -> None:
        """Clocks go by several versions until somebody moves them."""
        on = RULES.today(self.now) + timedelta(days=ahead)
        self.rules, self.touched = with_late_holiday(f"{on:%a %Y-%m-%d}", self.rules), ()

    @rule(data=st.data(), hours=some_hours, as_offered=st.integers(0, 9))
    def somebody_acts(self, data: st.DataObject, hours: int, as_offered: int) -> None:
        """Nine times in ten something the desk offers; else anybody tries anything."""
        self.turn, self.now = self.turn + 1, self.now + timedelta(hours=hours)
        mostly_open = [one for one in self.cases for _ in range(4 if one.report.is_open else 1)]
        case = replace(_one_of(mostly_open, data), now=self.now, rules=self.rules)
        people = (*STAFF, officer_of(case.report.agency or "dlhk"))
        pairs = list(_offered(case.report, people, talk=as_offered == 1)) if as_offered else []
        anything = [(person, row.command) for person in people for row in TABLE]
        person, command = _one_of(pairs or anything, data, self.turn)
        others = [other.report for other in self.cases if other.report.code != case.report.code]
        today = RULES.today(self.now)
        order = data.draw(orders(command, case.report, others, today))
        note(f"{self.now:%a %F} {case}: {person.officer or person.roles} {order!r:.60}")
        self._try(case, self._with_former_target(order, case.report), person)

    @rule(days=st.integers(0, 40))
    def the_ladder_climbs(self, days: int) -> None:
        """One morning, or after an outage."""
        self.now += timedelta(days=days)
        self.touched = ()
        for case in [replace(one, now=self.now) for one in self.cases]:
            self._keep(case, case.climbed())

    # What holds after every step

    @invariant()
    def no_rung_is_climbed_twice(self) -> None:
        for before, case in self.touched:
            assert len(set(case.report.rungs)) == len(case.report.rungs)
            if before is None:
                continue
            climbs = [event for event in case.events[before.report.seq :] if "rung" in event.facts]
            told = [rung for e in climbs for rung in (*e.facts["passed"], e.facts["rung"])]
            assert not set(told) & set(before.report.rungs)

    @invariant()
    def the_events_tell_the_report(self) -> None:
        for before, case in self.touched:
            assert fold(case.events) == case.report
            assert verifies(case.events, case.report.code, case.report.head)
            assert case.report.seq == len(case.events)
            assert [event.seq for event in case.events] == list(range(1, len(case.events) + 1))
            if before:
                assert case.report.revision >= before.report.revision
                assert case.events[: len(before.events)] == before.events

    @invariant()
    def an_open_report_is_somebodys_turn_and_has_a_day(self) -> None:
        for _, case in self.touched:
            report = case.report
            running = [run for run in report.clocks if run.is_running]
            kinds = [run.kind for run in report.clocks if run.ended_at is None]
            assert bool(report.holder) == bool(running) == (report.status not in FINAL)
            assert (report.due_at is not None) == report.is_open
            assert (report.final_at is None) == report.is_open
            assert len(kinds) == len(set(kinds))

    @invariant()
    def the_legal_clock_stands_only_while_it_is_the_reporters_turn(self) -> None:
        for _, case in self.touched:
            report, legal = case.report, case.report.clock(ClockKind.LEGAL)
            response = report.clock(ClockKind.RESPONSE)
            asked = report.hold is not None and report.hold.by is Role.VERIFIER
            if legal:
                assert legal.is_paused == (report.status is Status.ANSWERED or asked)
            if legal and legal.due_at and response and response.due_at:
                started = RULES.calendar.day_of(response.intervals[-1].start)
                assert response.due_at <= max(legal.due_at, RULES.calendar.end_of(started))

    @invariant()
    def agencies_hold_it_one_after_the_other(self) -> None:
        for _, case in self.touched:
            report = case.report
            held = report.hold is not None and report.hold.by is Role.AGENCY
            still = [stretch.agency for stretch in report.custody if stretch.until is None]
            assert all(a.until and a.until <= b.since for a, b in pairwise(report.custody))
            assert still == ([report.agency] if held or report.status in WITH_AGENCY else [])
            assert (report.hold is not None) == (report.status is Status.ON_HOLD)

    @invariant()
    def the_accused_never_get_hold_of_it(self) -> None:
        for _, case in self.touched:
            report = case.report
            if not report.supervisory:
                continue
            handlers = DIRECTORY.handlers_for(frozenset(report.excluded))
            assert report.agency is None or report.agency in handlers
            for agency in report.excluded:
                accused = Person(frozenset({Role.AGENCY, Role.OVERSIGHT}), "x", agency)
                assert viewer_of(report, accused) is None
                assert not allowed(report, accused, DIRECTORY)

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        for _, case in self.touched:
            report, now = case.report, replace(case, now=self.now)
            ways = _WAYS_ON[report.holder] if report.holder else ((c.Reopen(), COORDINATOR),)
            for command, person in ways:
                by = person or officer_of(report.agency or "")
                assert now.do(command, by).report.status is not report.status
            if report.status in (Status.ANSWERED, Status.ON_HOLD):
                over = now.later(days=200).do(c.Expire(), SYSTEM)
                assert over.report.status is not report.status

    def _try(self, case: Case, order: c.Command, person: Person) -> None:
        self.touched = ()
        try:
            decision = case.decided(order, person)
        except Refusal as refusal:
            assert_it_can_be_said(refusal)
            return
        self._keep(case, case.having(decision))
        target = getattr(order, "target", None)
        if isinstance(order, c.Merge | c.Split | c.Reopen) and target:
            other = next(one for one in self.cases if one.report.code == target.code)
            heard = echo(
                target,
                order,
                decided=decision,
                rules=self.rules,
                stamp=stamp(case.report.seq, self.now),
            )
            self._keep(other, other.having(heard))

    def _keep(self, before: Case | None, after: Case) -> None:
        codes = [case.report.code for case in self.cases]
        if before is None:
            self.cases.append(after)
        else:
            self.cases[codes.index(after.report.code)] = after
        self.touched = (*self.touched, (before, after))

    def _with_former_target(self, order: c.Command, report: Report) -> c.Command:
        if not isinstance(order, c.Split | c.Reopen):
            return order
        into = [case.report for case in self.cases if case.report.code == report.merged_into]
        return replace(order, target=into[0] if into else None)


# Who never archives, and so may decide every appeal.
_FRESH = Person(frozenset({Role.VERIFIER, Role.COORDINATOR}), "dewa")
_WAYS_ON: dict[Role, tuple[tuple[c.Command, Person | None], ...]] = {
    Role.VERIFIER: ((c.Refer(body="ombudsman"), _FRESH),),
    Role.COORDINATOR: ((c.Refer(body="ombudsman"), _FRESH),),
    Role.AGENCY: ((EXPLAINED, None),),
    Role.REPORTER: ((c.Withdraw(), REPORTER),),
}


def assert_it_can_be_said(refusal: Refusal) -> None:
    assert isinstance(refusal, UnableTo | NotAllowed)
    assert refusal.code in SENTENCES


def _one_of(options: Sequence[Any], data: st.DataObject, turn: int = 0) -> Any:
    """By its place: what is drawn is short. Small numbers, drawn most, move on with the turns."""
    return options[(data.draw(st.integers(0, len(options) - 1)) + 7 * turn) % len(options)]


def _offered(
    report: Report, people: Iterable[Person], *, talk: bool
) -> Iterable[tuple[Person, type[c.Command]]]:
    for person in people:
        for command in allowed(report, person, DIRECTORY):
            if (command in TALK) == talk:
                yield from [(person, command)] * (1 if command in DETOURS else 4)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=60,
    stateful_step_count=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
