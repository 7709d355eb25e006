from datetime import date

import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.report import Custody
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import Kind, Role, Status
from tests.domain.builders import (
    COORDINATOR,
    NOW,
    OVERSIGHT,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    answer_to,
    day,
    filed,
    officer_of,
    supervisory,
    written,
)

FINAL_SITUATIONS = [name for name in SITUATIONS if not a_case_that_is(name).report.is_open]


def information() -> Case:
    """Asked and routed on Monday 2026-11-02: legal and response end on Monday the 9th."""
    return filed(kind=Kind.INFORMATION_REQUEST).routed()


# Resume


@pytest.mark.parametrize(
    ("situation", "by", "answer"),
    [
        ("hold_verifier", VERIFIER, "done"),
        ("hold_verifier", COORDINATOR, "done"),
        ("hold_verifier", officer_of("disperindag"), "not-yours"),
        ("hold_agency", officer_of("disperindag"), "done"),
        ("hold_agency", COORDINATOR, "done"),
        ("hold_agency", VERIFIER, "not-your-hold"),
        ("hold_agency", officer_of("dlhk"), "not-yours"),
    ],
)
def test_who_asked_may_do_without_an_answer(situation: str, by: Person, answer: str) -> None:
    """Or the coordinator in their place."""
    assert answer_to(a_case_that_is(situation), c.Resume(text="Sudah jelas"), by) == answer


@pytest.mark.parametrize(
    ("situation", "status", "clock"),
    [
        ("hold_verifier", Status.SUBMITTED, ClockKind.VERIFICATION),
        ("hold_agency", Status.ROUTED, ClockKind.RESPONSE),
    ],
)
def test_after_it_everything_goes_on(situation: str, status: Status, clock: ClockKind) -> None:
    """The status before, the clock that stood, and no completion clock."""
    case = a_case_that_is(situation).later(days=1).do(c.Resume(), COORDINATOR)

    assert (case.report.status, case.report.hold) == (status, None)
    assert case.run(clock).is_running
    assert case.run(ClockKind.COMPLETION).ended_by == "resumed"


# Extend


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Kind.INFORMATION_REQUEST, "done"),
        (Kind.COMPLAINT, "no-legal-basis"),
        (Kind.ASPIRATION, "no-legal-basis"),
    ],
)
def test_time_is_extended_only_where_the_law_says_so(kind: Kind, answer: str) -> None:
    """UU 14/2008 knows seven more working days for information; nothing else has a basis."""
    assert answer_to(filed(kind=kind).routed(), c.Extend(), COORDINATOR) == answer


def test_an_extension_gives_seven_working_days_more() -> None:
    """To the legal time and to the response alike."""
    case = information().do(c.Extend(text="Data sedang dihimpun"), COORDINATOR)

    assert case.due(ClockKind.LEGAL) == "Wed 2026-11-18 23:59:59"
    assert case.due(ClockKind.RESPONSE) == "Wed 2026-11-18 23:59:59"
    assert case.report.status is Status.ROUTED


def test_time_is_extended_once() -> None:
    """A second extension would have no end."""
    case = information().do(c.Extend(), COORDINATOR)

    assert answer_to(case, c.Extend(), COORDINATOR) == "extended-already"


@pytest.mark.parametrize(
    ("when", "answer"),
    [("Mon 2026-11-09 23:59:59", "done"), ("Tue 2026-11-10 00:00:00", "after-due")],
)
def test_time_is_extended_before_it_is_over(when: str, answer: str) -> None:
    """The due second itself is in time."""
    assert answer_to(information().at(when), c.Extend(), COORDINATOR) == answer


def test_an_extension_lasts_through_an_answer_and_a_reply() -> None:
    """Extended to the 18th, answered on the 5th with nine days left, replied on the 9th."""
    extended = information().do(c.Extend(), COORDINATOR)

    case = extended.at("Thu 2026-11-05 10:00").answered().at("Mon 2026-11-09 10:00").replied()

    assert case.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"


# Direct


@pytest.mark.parametrize("by", [COORDINATOR, OVERSIGHT])
def test_an_instruction_is_dated_and_changes_nothing_else(by: Person) -> None:
    """The reporter sees it; the agency still has to act."""
    case = information()

    directed = case.do(c.Direct(text="Segera", by=date(2026, 11, 6)), by)

    assert directed.report.clocks == case.report.clocks
    assert directed.events[-1].facts["until"] == date(2026, 11, 6)
    assert directed.events[-1].texts == {"text": "Segera"}


# Reassign


@pytest.mark.parametrize(
    "situation", ["contested", "hold_agency", "routed", "in_progress", "replied"]
)
def test_reassigning_keeps_the_clocks_running(situation: str) -> None:
    """Another agency, the same day to answer by."""
    case = a_case_that_is(situation)
    before = case.run(ClockKind.RESPONSE)

    moved = case.do(c.Reassign(agency="dlhk", text="Kewenangan DLHK"), COORDINATOR)

    assert (moved.report.status, moved.report.agency) == (Status.ROUTED, "dlhk")
    assert moved.run(ClockKind.RESPONSE).run == before.run
    assert before.is_paused or moved.run(ClockKind.RESPONSE) == before
    assert moved.report.custody[-1] == Custody("dlhk", case.now)


def test_an_answered_report_that_is_reassigned_starts_a_new_run() -> None:
    """The first agency's response is over, the other one's begins."""
    case = a_case_that_is("answered").do(c.Reassign(agency="dlhk"), COORDINATOR)

    assert case.run(ClockKind.RESPONSE).run == 2
    assert case.run(ClockKind.REPORTER).ended_by == "reassigned"
    assert case.run(ClockKind.LEGAL).is_running


@pytest.mark.parametrize(
    ("agency", "answer"),
    [("dlhk", "done"), ("nowhere", "unknown-agency"), ("disperindag", "same-agency")],
)
def test_a_report_is_reassigned_to_another_agency_of_the_region(agency: str, answer: str) -> None:
    """Reassigning to its present holder would be nothing."""
    assert answer_to(a_case_that_is("routed"), c.Reassign(agency=agency), COORDINATOR) == answer


def test_who_no_longer_holds_it_may_be_given_it_again() -> None:
    """A contested report may go back to where it came from, for good."""
    case = a_case_that_is("contested").do(c.Reassign(agency="disperindag"), COORDINATOR)

    assert case.report.agency == "disperindag"
    assert answer_to(case, c.Forward(), officer_of("disperindag")) == "coordinator-decided"


def test_a_question_of_its_agency_may_be_cut_short() -> None:
    """Given back to the agency that asked: still the same hands, for good."""
    case = a_case_that_is("hold_agency").later(days=1)

    case = case.do(c.Reassign(agency="disperindag"), COORDINATOR)

    assert case.report.custody == (Custody("disperindag", NOW),)
    assert (case.report.hold, case.run(ClockKind.COMPLETION).ended_by) == (None, "reassigned")


def test_what_had_no_agency_is_routed_not_reassigned() -> None:
    """A withdrawn and twice objected report is contested without ever having had one."""
    case = filed().do(c.Withdraw(), REPORTER).do(c.Object(), REPORTER)
    case = case.do(c.Withdraw(), REPORTER).do(c.Object(), REPORTER)

    assert case.report.status is Status.CONTESTED
    assert answer_to(case, c.Reassign(agency="dlhk"), COORDINATOR) == "no-agency-yet"
    assert answer_to(case, c.Route(agency="dlhk"), COORDINATOR) == "done"


@pytest.mark.parametrize(("agency", "answer"), [("bkpsdm", "done"), ("dpupr", "handler-only")])
def test_what_is_about_an_official_is_reassigned_to_a_handler(agency: str, answer: str) -> None:
    """Not even the coordinator sends it elsewhere."""
    case = supervisory("dlhk").routed("inspektorat", VERIFIER)

    assert answer_to(case, c.Reassign(agency=agency), COORDINATOR) == answer


# Reopen


@pytest.mark.parametrize("situation", FINAL_SITUATIONS)
def test_the_coordinator_reopens_whatever_ended(situation: str) -> None:
    """It goes back to its agency, or to the verifiers when it has none, with running clocks."""
    case = a_case_that_is(situation).later(days=200).do(c.Reopen(text="Keliru"), COORDINATOR)

    expected = Status.SUBMITTED if situation == "archived" else Status.REPLIED
    assert case.report.status is expected
    assert case.report.final_at is None
    assert case.run(ClockKind.LEGAL).is_running
    assert case.report.due_at


def test_a_reopened_report_has_the_legal_days_that_were_left() -> None:
    """At least five: a new run from today on."""
    case = a_case_that_is("closed").at("Mon 2026-12-07 10:00").do(c.Reopen(), COORDINATOR)

    assert case.due(ClockKind.LEGAL) == "Tue 2026-12-29 23:59:59"
    assert case.due(ClockKind.RESPONSE) == "Mon 2026-12-14 23:59:59"


# Reveal, note


@pytest.mark.parametrize(
    ("by", "named", "anonymous"),
    [
        (VERIFIER, "done", "done"),
        (COORDINATOR, "done", "done"),
        (OVERSIGHT, "done", "done"),
        (officer_of("dlhk"), "done", "not-yours"),
        (officer_of("dpupr"), "not-yours", "not-yours"),
        (SYSTEM, "not-yours", "not-yours"),
    ],
)
def test_identity_is_revealed_to_whom_it_concerns(by: Person, named: str, anonymous: str) -> None:
    """Never to the agency when the reporter asked for anonymity."""
    command = c.Reveal(text="Perlu ditelepon")

    assert answer_to(filed().routed(), command, by) == named
    assert answer_to(filed(anonymous=True).routed(), command, by) == anonymous


@pytest.mark.parametrize("command", [c.Reveal(text="Perlu"), c.Note(text="Sudah ditelepon")])
def test_looking_and_noting_make_no_typed_answer_stale(command: c.Command) -> None:
    """An event of its own, with its reason, and the revision stays."""
    case = filed().routed()

    after = case.do(command, VERIFIER)

    assert after.report.revision == case.report.revision
    assert after.report.seq == case.report.seq + 1
    assert after.events[-1].officer == VERIFIER.officer


# The accused


@pytest.mark.parametrize("command", [c.Direct(text="Tutup"), c.Reveal(), c.Note()])
@pytest.mark.parametrize(
    ("agency", "answer"),
    [("dinkes", "not-yours"), ("rsud", "not-yours"), ("dlhk", "done"), (None, "done")],
)
def test_an_accused_unit_does_nothing_in_any_role(
    command: c.Command, agency: str | None, answer: str
) -> None:
    """An overseer or coordinator who belongs to it, or to a unit below, is kept out too."""
    case = supervisory("dinkes").routed("inspektorat", VERIFIER)
    roles = frozenset({Role.COORDINATOR, Role.OVERSIGHT})

    assert answer_to(case, command, Person(roles, "x", agency)) == answer


def test_the_time_of_a_decision_is_the_time_of_its_event() -> None:
    """Time comes in with the command; nothing here looks at a clock."""
    case = filed().at("Fri 2026-11-06 08:30").routed()

    assert written(case.events[-1].at) == "Fri 2026-11-06 08:30:00"
    assert case.events[0].at == NOW
    assert case.report.custody[-1].since == case.now
    assert case.rules.today(case.now) == day("Fri 2026-11-06")
