from datetime import date

import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind, ClockState
from shared.domain.report import Custody
from shared.domain.scene import REPORTER, SYSTEM
from shared.domain.statuses import AnswerKind, Kind, Role, Status
from tests.domain.builders import (
    COORDINATOR,
    EXPLAINED,
    NOW,
    SOLVED,
    VERIFIER,
    Case,
    answer_to,
    day,
    filed,
    officer_of,
    supervisory,
)

DLHK, DPUPR = officer_of("dlhk"), officer_of("dpupr")


def at_dlhk(**fields: object) -> Case:
    """Filed and routed by the system on Monday 2026-11-02: an answer is due on Monday the 9th."""
    return filed(**fields).routed("dlhk")


def respond(outcome: AnswerKind, **fields: str) -> c.Respond:
    return c.Respond(outcome=outcome, **fields)


# Accept, assign


def test_accepting_is_taking_it_on_in_public() -> None:
    """The clock runs on: accepting is no answer."""
    case = at_dlhk().accepted()

    assert (case.report.status, case.report.published) == (Status.IN_PROGRESS, True)
    assert case.report.clocks == at_dlhk().report.clocks


@pytest.mark.parametrize(("officer", "answer"), [("putu", "done"), ("made", "unknown-officer")])
def test_a_report_is_assigned_to_an_officer_of_the_agency(officer: str, answer: str) -> None:
    """Colleagues elsewhere cannot be given work."""
    command = c.Assign(officer=officer, officers=frozenset({"putu"}))

    assert answer_to(at_dlhk(), command, DLHK) == answer


def test_an_assignee_stays_behind_when_the_report_moves_on() -> None:
    """Another agency has other people."""
    case = at_dlhk().do(c.Assign(officer="putu", officers=frozenset({"putu"})), DLHK)

    assert case.report.assignee == "putu"
    assert case.do(c.Forward(agency="dpupr"), DLHK).report.assignee is None


# Hold


def test_an_agencys_question_stops_its_response_only() -> None:
    """The legal time runs on; the reporter has ten working days."""
    case = at_dlhk().do(c.Hold(text="Kapan?"), DLHK)

    assert case.run(ClockKind.RESPONSE).is_paused
    assert case.run(ClockKind.LEGAL).is_running
    assert case.due(ClockKind.COMPLETION) == "Mon 2026-11-16 23:59:59"
    assert case.report.custody == (Custody("dlhk", NOW),)


@pytest.mark.parametrize(
    ("when", "answer"),
    [("Mon 2026-11-09 23:59:59", "done"), ("Tue 2026-11-10 00:00:00", "after-due")],
)
def test_an_agency_asks_before_its_time_is_over(when: str, answer: str) -> None:
    """The due second itself is in time."""
    assert answer_to(at_dlhk().at(when), c.Hold(), DLHK) == answer


def test_an_agency_that_promised_a_day_asks_before_that_day() -> None:
    """The promise is the time it gave itself."""
    case = at_dlhk().do(c.Plan(on=day("Wed 2026-11-04")), DLHK)

    assert answer_to(case.at("Wed 2026-11-04 12:00"), c.Hold(), DLHK) == "done"
    assert answer_to(case.at("Thu 2026-11-05 12:00"), c.Hold(), DLHK) == "after-due"


def test_one_question_is_all_the_agencies_have() -> None:
    """Once for each report, whichever agency asks."""
    case = at_dlhk().do(c.Hold(), DLHK).do(c.Supplement(), REPORTER)

    assert answer_to(case, c.Hold(), DLHK) == "held-already"
    assert answer_to(case.do(c.Forward(agency="dpupr"), DLHK), c.Hold(), DPUPR) == "held-already"


@pytest.mark.parametrize("status", ["routed", "in_progress", "replied"])
def test_after_the_question_everything_is_as_before(status: str) -> None:
    """Status, hands and the days that were left."""
    steps = {
        "routed": lambda case: case,
        "in_progress": lambda case: case.accepted(),
        "replied": lambda case: case.answered().replied(),
    }
    case = steps[status](at_dlhk()).at("Wed 2026-11-04 10:00").do(c.Hold(), DLHK)

    case = case.at("Mon 2026-11-09 10:00").do(c.Supplement(), REPORTER)

    assert (case.report.status, case.report.hold) == (status, None)
    assert case.due(ClockKind.RESPONSE) == "Thu 2026-11-12 23:59:59"


# Forward


@pytest.mark.parametrize(
    ("when", "status"),
    [
        ("Mon 2026-11-02 10:00", Status.ROUTED),
        ("Wed 2026-11-04 23:59:59", Status.ROUTED),
        ("Thu 2026-11-05 00:00:00", Status.CONTESTED),
        ("Mon 2026-11-09 10:00", Status.CONTESTED),
    ],
)
def test_not_mine_is_said_within_two_working_days(when: str, status: Status) -> None:
    """Later the coordinator decides whose it is."""
    case = at_dlhk().at(when).do(c.Forward(agency="dpupr", text="Jalan provinsi"), DLHK)

    assert case.report.status is status
    assert case.events[-1].texts["text"] == "Jalan provinsi"


def test_two_working_days_count_from_receiving() -> None:
    """The second agency has its own two days, over a weekend."""
    case = at_dlhk().at("Wed 2026-11-04 10:00").do(c.Forward(agency="dpupr"), DLHK)

    case = case.at("Fri 2026-11-06 10:00").do(c.Forward(agency="satpolpp"), DPUPR)

    assert (case.report.status, case.report.agency) == (Status.ROUTED, "satpolpp")


def test_forwarding_moves_no_clock_and_records_who_held_it() -> None:
    """The response keeps running, and the held days are each agency's own."""
    before = at_dlhk().later(days=1)

    case = before.do(c.Forward(agency="dpupr"), DLHK)

    assert case.report.clocks == before.report.clocks
    assert case.report.custody == (Custody("dlhk", NOW, case.now), Custody("dpupr", case.now))


def test_without_a_target_the_coordinator_decides() -> None:
    """ "Tidak tahu milik siapa": the response runs on, a decision is due in two working days."""
    case = at_dlhk().do(c.Forward(), DLHK)

    assert case.report.status is Status.CONTESTED
    assert case.due(ClockKind.DECISION) == "Wed 2026-11-04 23:59:59"
    assert case.run(ClockKind.RESPONSE).is_running
    assert case.report.custody[-1].until == case.now


def test_the_third_forwarding_goes_to_the_coordinator() -> None:
    """Three agencies that are not responsible mean that nobody knows."""
    case = at_dlhk().do(c.Forward(agency="dpupr"), DLHK).do(c.Forward(agency="satpolpp"), DPUPR)

    third = case.do(c.Forward(agency="dinkes"), officer_of("satpolpp"))

    assert third.report.status is Status.CONTESTED
    assert third.report.times("forwarded") == 2


@pytest.mark.parametrize(
    ("agency", "answer"),
    [
        ("dpupr", "done"),
        ("nowhere", "unknown-agency"),
        ("dlhk", "same-agency"),
        ("disperindag", "agency-replaced"),
    ],
)
@pytest.mark.parametrize("days", [0, 10])
def test_a_report_is_forwarded_to_another_agency_of_the_region(
    agency: str, answer: str, days: int
) -> None:
    """Not out of the region, and not to oneself; nor is such a one proposed when it is late."""
    assert answer_to(at_dlhk().later(days=days), c.Forward(agency=agency), DLHK) == answer


@pytest.mark.parametrize(("agency", "answer"), [("bkpsdm", "done"), ("dpupr", "handler-only")])
@pytest.mark.parametrize("days", [0, 10])
def test_a_handler_forwards_to_another_handler(agency: str, answer: str, days: int) -> None:
    """What is about an official never leaves the oversight units."""
    case = supervisory("dlhk").routed("inspektorat", VERIFIER).later(days=days)

    assert answer_to(case, c.Forward(agency=agency), officer_of("inspektorat")) == answer


# Plan


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("Mon 2026-11-02", "day-out-of-range"),
        ("Tue 2026-11-03", "done"),
        ("Fri 2026-11-20", "done"),
        ("Sat 2026-11-21", "day-out-of-range"),
    ],
)
def test_a_planned_day_lies_between_today_and_the_legal_due_day(on: str, answer: str) -> None:
    """A promise beyond the law is none."""
    case = at_dlhk().at("Tue 2026-11-03 09:00")

    assert answer_to(case, c.Plan(on=day(on)), DLHK) == answer


def test_without_a_legal_time_any_day_may_be_planned() -> None:
    """Praise that came back has no legal due day."""
    case = filed(kind=Kind.APPRECIATION).routed().do(c.Object(text="Ada yang kurang"), REPORTER)

    assert answer_to(case, c.Plan(on=date(2027, 6, 1)), DLHK) == "done"


def test_a_plan_meets_the_response_and_starts_a_promise() -> None:
    """The day that was given is the new due day; the public reads it."""
    case = at_dlhk().do(c.Plan(on=day("Sat 2026-11-14"), text="Gotong royong"), DLHK)

    assert case.run(ClockKind.RESPONSE).state(case.now) is ClockState.MET
    assert case.due(ClockKind.PROMISE) == "Sat 2026-11-14 23:59:59"
    assert (case.report.status, case.report.published) == (Status.IN_PROGRESS, True)


def test_a_plan_is_revised_once() -> None:
    """A second promise takes the place of the first; there is no third."""
    case = at_dlhk().do(c.Plan(on=day("Tue 2026-11-10")), DLHK)
    case = case.do(c.Plan(on=day("Fri 2026-11-13")), DLHK)

    assert case.due(ClockKind.PROMISE) == "Fri 2026-11-13 23:59:59"
    assert case.run(ClockKind.PROMISE).run == 2
    assert answer_to(case, c.Plan(on=day("Mon 2026-11-16")), DLHK) == "plan-revised-already"


# Respond


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (respond(AnswerKind.SOLVED, proof="Foto"), "done"),
        (respond(AnswerKind.SOLVED), "proof-needed"),
        (respond(AnswerKind.SOLVED, cause="anggaran"), "proof-needed"),
        (respond(AnswerKind.EXPLAINED, cause="anggaran"), "done"),
        (respond(AnswerKind.EXPLAINED, cause="malas"), "unknown-cause"),
        (respond(AnswerKind.EXPLAINED), "unknown-cause"),
        (respond(AnswerKind.NOT_SOLVABLE, cause="anggaran"), "done"),
        (respond(AnswerKind.NOT_SOLVABLE, proof="Foto"), "unknown-cause"),
    ],
)
def test_an_answer_has_a_proof_or_a_cause(command: c.Respond, answer: str) -> None:
    """Solved is shown; everything else names a rule or cause from the region's list."""
    assert answer_to(at_dlhk(), command, DLHK) == answer


def test_an_answer_stops_the_agencys_clocks_and_starts_the_reporters() -> None:
    """Ten working days to say something; the legal time stands meanwhile."""
    case = at_dlhk().later(days=1).do(SOLVED, DLHK)

    assert case.run(ClockKind.RESPONSE).state(case.now) is ClockState.MET
    assert case.run(ClockKind.LEGAL).is_paused
    assert case.due(ClockKind.REPORTER) == "Tue 2026-11-17 23:59:59"
    assert (case.report.holder, case.report.published) == (Role.REPORTER, True)
    assert case.report.custody == (Custody("dlhk", NOW, case.now),)


def test_an_answer_keeps_a_promise() -> None:
    """The promise ends with it, kept or broken."""
    planned = at_dlhk().do(c.Plan(on=day("Tue 2026-11-10")), DLHK)

    kept, broken = (
        planned.at(when).do(SOLVED, DLHK)
        for when in ("Tue 2026-11-10 23:59:59", "Wed 2026-11-11 00:00:00")
    )

    assert kept.run(ClockKind.PROMISE).state(kept.now) is ClockState.MET
    assert broken.run(ClockKind.PROMISE).state(broken.now) is ClockState.OVERDUE


def test_an_addition_to_an_answer_takes_no_time_from_the_reporter() -> None:
    """The agency may add, even another outcome; the reporter's ten days neither shrink nor grow."""
    answered = at_dlhk().do(EXPLAINED, DLHK).later(days=3)

    added = answered.do(SOLVED, DLHK)

    assert (added.report.status, added.report.answer) == (Status.ANSWERED, AnswerKind.SOLVED)
    assert added.report.clocks == answered.report.clocks
    assert added.report.custody == answered.report.custody


def test_a_coordinators_choice_is_final_for_the_agency() -> None:
    """It is not handed on, neither to somebody nor to nobody."""
    case = filed().routed("dlhk", COORDINATOR)

    assert answer_to(case, c.Forward(agency="dpupr"), DLHK) == "coordinator-decided"
    assert answer_to(case, c.Forward(), DLHK) == "coordinator-decided"
    assert answer_to(filed().routed("dlhk", SYSTEM), c.Forward(), DLHK) == "done"
