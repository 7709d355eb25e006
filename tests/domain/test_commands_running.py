from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.report import Custody
from shared.domain.scene import REPORTER, SYSTEM
from shared.domain.statuses import ArchiveReason, Outcome, Status
from tests.domain.builders import (
    COORDINATOR,
    NOW,
    OTHER,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    a_step,
    answer_to,
    day,
    filed,
    officer_of,
    rules,
    supervisory,
    with_late_holiday,
    with_successor,
)

OPEN_SITUATIONS = [name for name in SITUATIONS if a_case_that_is(name).report.is_open]


# Remind, escalate


@pytest.mark.parametrize("command", [c.Remind, c.Escalate])
def test_a_rung_is_climbed_once(command: type[c.Climb]) -> None:
    """Once per clock run; the next run has rungs of its own."""
    case = filed().routed().do(command(step=a_step("response+0")))

    assert answer_to(case, command(step=a_step("response+0"))) == "nothing-to-change"
    assert answer_to(case, command(step=a_step("response+0", run=2))) == "done"
    assert case.report.rungs == ("response+0#1",)


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_a_rung_moves_neither_clock_nor_revision(situation: str) -> None:
    """An officer who is typing an answer is not told that the report has changed."""
    case = a_case_that_is(situation)

    reminded = case.do(c.Remind(step=a_step("legal-3-complaint"))).do(c.Escalate(step=a_step()))

    assert reminded.report.clocks == case.report.clocks
    assert reminded.report.revision == case.report.revision
    assert reminded.report.seq == case.report.seq + 2


# Expire


@pytest.mark.parametrize(
    ("situation", "last_second", "first_second"),
    [
        ("answered", "Mon 2026-11-16 23:59:59", "Tue 2026-11-17 00:00:00"),
        ("hold_verifier", "Wed 2026-12-02 23:59:59", "Thu 2026-12-03 00:00:00"),
        ("hold_agency", "Mon 2026-11-16 23:59:59", "Tue 2026-11-17 00:00:00"),
    ],
)
def test_silence_is_taken_for_an_answer_when_the_time_is_over(
    situation: str, last_second: str, first_second: str
) -> None:
    """Not a second before."""
    case = a_case_that_is(situation)

    assert answer_to(case.at(last_second), c.Expire()) == "not-due-yet"
    assert answer_to(case.at(first_second), c.Expire()) == "done"


def test_an_answer_without_reply_closes_the_report() -> None:
    """The reporter may still object for 30 days."""
    report = a_case_that_is("answered").later(days=30).do(c.Expire()).report

    assert (report.status, report.outcome) == (Status.CLOSED, Outcome.NO_REPLY)
    assert all(run.ended_at for run in report.clocks)


def test_a_verifiers_question_without_answer_archives_the_report() -> None:
    """As incomplete, which the reporter may appeal; nobody in person archived it."""
    case = a_case_that_is("hold_verifier").later(days=60).do(c.Expire())

    report = case.report
    assert (report.status, report.archive_reason) == (Status.ARCHIVED, ArchiveReason.INCOMPLETE)
    assert report.hold is None
    assert answer_to(case.do(c.Appeal(), REPORTER), c.Route(agency="dlhk"), VERIFIER) == "done"


def test_an_agencys_question_without_answer_gives_the_report_back() -> None:
    """The status before; the agency answers with what it has."""
    case = a_case_that_is("hold_agency").at("Tue 2026-11-17 08:00").do(c.Expire())

    assert (case.report.status, case.report.hold) == (Status.ROUTED, None)
    assert case.due(ClockKind.RESPONSE) == "Fri 2026-11-20 23:59:59"
    assert case.run(ClockKind.COMPLETION).ended_by == "expired"


# Transfer


@pytest.mark.parametrize(
    "situation", ["contested", "hold_agency", "routed", "in_progress", "answered", "replied"]
)
def test_a_reorganisation_moves_no_clock(situation: str) -> None:
    """The successor takes over as things stand: no bounce, no new time."""
    case = a_case_that_is(situation)

    moved = case.do(c.Transfer(text="Perda 5/2026"))

    report = moved.report
    assert (report.agency, report.status) == ("diskumperindag", case.report.status)
    assert (report.clocks, report.hold) == (case.report.clocks, case.report.hold)
    assert report.times("forwarded") == case.report.times("forwarded")


def test_held_days_go_on_with_the_successor() -> None:
    """Who holds it is written down from the day of the transfer on."""
    case = a_case_that_is("routed").later(days=1).do(c.Transfer())

    assert case.report.custody == (
        Custody("disperindag", NOW, case.now),
        Custody("diskumperindag", case.now),
    )


@pytest.mark.parametrize("situation", ["answered", "contested"])
def test_a_successor_holds_nothing_while_it_is_not_its_turn(situation: str) -> None:
    """The days the reporter or the coordinator takes are not held against it."""
    case = a_case_that_is(situation)

    assert case.do(c.Transfer()).report.custody == case.report.custody


def test_only_an_agency_with_a_successor_is_replaced() -> None:
    """And only where an agency has the report."""
    assert answer_to(filed().routed("dlhk"), c.Transfer()) == "unknown-agency"
    assert answer_to(filed(), c.Transfer()) == "unknown-agency"


@pytest.mark.parametrize(("heir", "answer"), [("dpupr", "handler-only"), ("bkpsdm", "done")])
def test_the_successor_of_a_handler_has_to_be_a_handler(heir: str, answer: str) -> None:
    """What is about an official is not transferred out of the oversight units."""
    case = supervisory("dlhk").routed("inspektorat", VERIFIER)

    reorganised = replace(case, rules=rules(with_successor("inspektorat", heir)))

    assert answer_to(reorganised, c.Transfer()) == answer


# Revision


def late(case: Case) -> Case:
    """A holiday was declared late."""
    return replace(case, rules=with_late_holiday("Thu 2026-11-05"))


STEPS: dict[str, tuple[int, Callable[[Case], Case]]] = {
    "add": (1, lambda case: case.do(c.Add(text="Lagi"), REPORTER)),
    "assign": (1, lambda case: case.by_agency(c.Assign(officer="p", officers=frozenset("p")))),
    "plan": (1, lambda case: case.by_agency(c.Plan(on=day("Thu 2026-11-05")))),
    "direct": (1, lambda case: case.do(c.Direct(text="Segera"), COORDINATOR)),
    "redact": (1, lambda case: case.do(c.Redact(start=0, end=1, length=9), VERIFIER)),
    "reveal": (0, lambda case: case.do(c.Reveal(), VERIFIER)),
    "note": (0, lambda case: case.do(c.Note(), VERIFIER)),
    "remind": (0, lambda case: case.do(c.Remind(step=a_step()), SYSTEM)),
    "escalate": (0, lambda case: case.do(c.Escalate(step=a_step()), SYSTEM)),
    "transfer": (1, lambda case: case.do(c.Transfer(), SYSTEM)),
    "reschedule": (0, lambda case: late(case).do(c.Reschedule(), SYSTEM)),
    "merge": (1, lambda case: case.merged(OTHER)),
    "contested": (1, lambda case: case.by_agency(c.Forward())),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_revision_moves_with_what_an_officer_decides_on(step: str) -> None:
    """A rung, a note or a look at the identity leaves it; whatever is to be weighed moves it."""
    case = filed().routed("disperindag")
    moves, take = STEPS[step]

    after = take(case).report

    assert after.revision - case.report.revision == moves
    assert after.seq - case.report.seq == 1


def test_a_command_of_two_events_is_two_revisions() -> None:
    """One commit, two steps: nobody's earlier reading is current any more."""
    case = filed().routed().do(c.Classify(supervisory=True), COORDINATOR)

    assert [event.type for event in case.events[-2:]] == ["classified", "contested"]
    assert case.report.revision == case.report.seq == 4
    assert answer_to(case, c.Accept(), officer_of("dlhk")) == "not-yours"
