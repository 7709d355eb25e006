import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.report import Custody
from shared.domain.scene import REPORTER, SYSTEM
from shared.domain.statuses import AnswerKind, Kind, Outcome, Role, Status
from tests.domain.builders import (
    COORDINATOR,
    NOW,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    answer_to,
    filed,
)

OPEN_SITUATIONS = [name for name in SITUATIONS if a_case_that_is(name).report.is_open]
ON_DAY_30, ON_DAY_31 = "Wed 2026-12-02 23:59", "Thu 2026-12-03 00:00"


def answered() -> Case:
    return filed().routed().answered()


def objected(times: int) -> Case:
    case = answered()
    for _ in range(times):
        case = case.routed("dlhk", COORDINATOR) if case.report.status == "contested" else case
        case = case.answered() if case.report.status == "routed" else case
        case = case.answered() if case.report.status == "replied" else case
        case = case.closed().do(c.Object(text="Belum beres"), REPORTER)
    return case


# Add


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_facts_or_thanks_move_no_clock(situation: str) -> None:
    """A reporter may add something as long as the report is open, and nothing else changes."""
    case = a_case_that_is(situation).later(days=1)

    added = case.do(c.Add(text="Terima kasih", public=True), REPORTER)

    assert (added.report.clocks, added.report.status) == (case.report.clocks, case.report.status)
    assert added.events[-1].public


# Reply


def test_a_reply_gives_the_agency_a_new_run() -> None:
    """Five working days from the reply; the legal time goes on."""
    case = answered().at("Wed 2026-11-04 10:00").replied()

    assert (case.report.status, case.report.holder) == (Status.REPLIED, Role.AGENCY)
    assert case.run(ClockKind.RESPONSE).run == 2
    assert case.due(ClockKind.RESPONSE) == "Wed 2026-11-11 23:59:59"
    assert case.run(ClockKind.LEGAL).is_running
    assert case.report.custody == (Custody("dlhk", NOW, NOW), Custody("dlhk", case.now))


def test_a_late_reply_leaves_at_least_five_working_days_of_legal_time() -> None:
    """Answered on the last legal day, replied a week later."""
    case = filed().routed().at("Fri 2026-11-20 10:00").answered()

    case = case.at("Fri 2026-11-27 10:00").replied()

    assert case.due(ClockKind.LEGAL) == "Fri 2026-12-04 23:59:59"
    assert case.due(ClockKind.RESPONSE) == "Fri 2026-12-04 23:59:59"


@pytest.mark.parametrize(
    ("number", "status"),
    [(1, Status.REPLIED), (2, Status.REPLIED), (3, Status.CONTESTED), (4, Status.CONTESTED)],
)
def test_the_third_reply_goes_to_the_coordinator(number: int, status: Status) -> None:
    """Agency and reporter do not understand each other."""
    case = answered().replied()
    for _ in range(number - 1):
        case = case.routed("dlhk", COORDINATOR) if case.report.status == "contested" else case
        case = case.answered().replied()

    assert case.report.status is status
    assert case.report.times("replied") == number


def test_the_coordinator_who_got_a_third_reply_has_two_days_and_the_agency_a_running_clock() -> (
    None
):
    """Two events of one commit: the reply, and whose turn it is now."""
    case = answered().replied().answered().replied().answered().replied()

    assert [event.type for event in case.events[-2:]] == ["replied", "contested"]
    assert case.due(ClockKind.DECISION) == "Wed 2026-11-04 23:59:59"
    assert case.run(ClockKind.RESPONSE).is_running


# Confirm


@pytest.mark.parametrize(("solved", "outcome"), [(True, Outcome.SOLVED), (False, Outcome.ACCEPTED)])
def test_a_report_closes_when_its_reporter_says_so(*, solved: bool, outcome: Outcome) -> None:
    """Solved, or at least explained; satisfaction is asked."""
    case = answered().do(c.Confirm(solved=solved, satisfaction=4, text="Suksma"), REPORTER)

    report = case.report
    assert (report.status, report.outcome, report.satisfaction) == (Status.CLOSED, outcome, 4)
    assert all(run.ended_at for run in report.clocks)


# Object


@pytest.mark.parametrize(("when", "answer"), [(ON_DAY_30, "done"), (ON_DAY_31, "window-over")])
def test_an_objection_is_heard_for_thirty_days(when: str, answer: str) -> None:
    """Closed on 2 November: until the end of 2 December."""
    case = answered().closed().at(when)

    assert answer_to(case, c.Object(text="Belum"), REPORTER) == answer


def test_the_first_objection_gives_the_agency_a_new_run() -> None:
    """Guaranteed: no officer is asked."""
    case = objected(1)

    assert (case.report.status, case.report.agency) == (Status.REPLIED, "dlhk")
    assert case.run(ClockKind.RESPONSE).run == 2
    assert (case.report.outcome, case.report.final_at) == (None, None)
    assert not case.report.oversight_offered


def test_an_objection_to_what_never_had_an_agency_goes_to_the_verifiers() -> None:
    """Withdrawn too early: submitted again, verification starts a new run."""
    case = filed().do(c.Withdraw(text="Sudah"), REPORTER).do(c.Object(text="Belum"), REPORTER)

    assert (case.report.status, case.report.holder) == (Status.SUBMITTED, Role.VERIFIER)
    assert case.run(ClockKind.VERIFICATION).run == 2


def test_the_second_objection_goes_to_the_coordinator_and_opens_the_oversight_file() -> None:
    """From then on the page names where else to go."""
    case = objected(2)

    assert (case.report.status, case.report.oversight_offered) == (Status.CONTESTED, True)
    assert [event.type for event in case.events[-2:]] == ["objected", "contested"]


def test_there_is_no_third_objection() -> None:
    """The Ombudsman is free of charge, and the refusal says so."""
    case = objected(2).routed("dlhk", COORDINATOR).answered().closed()

    assert answer_to(case, c.Object(text="Belum"), REPORTER) == "objected-twice"


def test_an_objection_brings_the_legal_time_back_with_what_was_left() -> None:
    """Closed with twelve working days left, objected a week later."""
    case = filed().routed().at("Wed 2026-11-04 10:00").answered().closed()

    case = case.at("Wed 2026-11-11 10:00").do(c.Object(text="Belum"), REPORTER)

    assert case.run(ClockKind.LEGAL).run == 2
    assert case.due(ClockKind.LEGAL) == "Fri 2026-11-27 23:59:59"


def test_an_objection_leaves_the_agency_at_least_five_working_days() -> None:
    """Withdrawn with one legal day left, objected on the next."""
    case = filed().routed().at("Thu 2026-11-19 10:00").do(c.Withdraw(), REPORTER)

    case = case.at("Fri 2026-11-20 10:00").do(c.Object(text="Belum"), REPORTER)

    assert case.due(ClockKind.LEGAL) == "Fri 2026-11-27 23:59:59"
    assert case.due(ClockKind.RESPONSE) == "Fri 2026-11-27 23:59:59"


def test_an_objection_to_praise_gives_it_no_legal_time() -> None:
    """Not even when it was filed as a complaint."""
    complaint = filed().do(c.Classify(kind=Kind.APPRECIATION), VERIFIER).routed()

    case = complaint.do(c.Object(text="Ada yang kurang"), REPORTER)

    assert case.report.clock(ClockKind.LEGAL) is None
    assert case.report.clock(ClockKind.RESPONSE)


# Appeal


@pytest.mark.parametrize(("when", "answer"), [(ON_DAY_30, "done"), (ON_DAY_31, "window-over")])
def test_an_appeal_is_heard_for_thirty_days(when: str, answer: str) -> None:
    """Archived on 2 November: until the end of 2 December."""
    assert answer_to(filed().archived().at(when), c.Appeal(text="Ini nyata"), REPORTER) == answer


def test_an_appeal_starts_verification_anew() -> None:
    """Three working days for another officer."""
    case = filed().archived().at("Thu 2026-11-05 10:00").do(c.Appeal(), REPORTER)

    assert (case.report.status, case.report.archive_reason) == (Status.SUBMITTED, None)
    assert case.due(ClockKind.VERIFICATION) == "Tue 2026-11-10 23:59:59"


def test_an_archived_report_is_appealed_once() -> None:
    """A second refusal by a second officer stands."""
    case = filed().archived(VERIFIER).do(c.Appeal(), REPORTER).archived(COORDINATOR)

    assert answer_to(case, c.Appeal(), REPORTER) == "appealed-already"


# Withdraw


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_a_reporter_may_always_take_it_back(situation: str) -> None:
    """Every clock ends, nobody holds it, and the words stay internal to the desk."""
    case = a_case_that_is(situation).do(c.Withdraw(text="Sudah beres sendiri"), REPORTER)

    report = case.report
    assert (report.status, report.outcome) == (Status.CLOSED, Outcome.WITHDRAWN)
    assert report.hold is None
    assert all(run.ended_at for run in report.clocks)
    assert all(stretch.until for stretch in report.custody)


# Supplement


def test_nothing_is_left_of_a_question_that_was_answered() -> None:
    """The status before, the completion clock ended."""
    case = a_case_that_is("hold_agency").do(c.Supplement(text="Kemarin", public=True), REPORTER)

    assert (case.report.status, case.report.hold) == (Status.ROUTED, None)
    assert case.run(ClockKind.COMPLETION).ended_by == "supplemented"


def test_what_was_answered_is_remembered() -> None:
    """The outcome the agency claims is kept beside the one the reporter gives."""
    report = answered().closed().report

    assert (report.answer, report.outcome) == (AnswerKind.EXPLAINED, Outcome.SOLVED)
    assert report.status is Status.CLOSED
    assert answer_to(answered().closed(), c.Expire(), SYSTEM) == "wrong-status"
