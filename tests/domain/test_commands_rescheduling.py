"""A holiday declared late: every clock under way goes by the new calendar, once, with its pauses.

From Monday 2026-11-02: verification ends on Thursday the 5th, response on Monday the 9th, the
legal time of a complaint on Friday the 20th.
"""

from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.derivation import derive, sentence
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind
from tests.domain.builders import (
    COORDINATOR,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    answer_to,
    day,
    filed,
    policy,
    with_late_holiday,
)

OPEN_SITUATIONS = [name for name in SITUATIONS if a_case_that_is(name).report.is_open]
LATE = "Thu 2026-11-05"


def late(case: Case, on: str = LATE) -> Case:
    return replace(case, rules=with_late_holiday(on, case.rules))


def rescheduled(case: Case, on: str = LATE) -> Case:
    return late(case, on).do(c.Reschedule())


def moved(case: Case) -> list[tuple[str, str, str]]:
    """Clock, day before and day now, as the last event tells."""
    told = case.events[-1].facts["moved"]
    return [(str(each["clock"]), each["was_due_on"], each["due_on"]) for each in told]


# What moves


@pytest.mark.parametrize(
    ("on", "verification", "legal"),
    [
        ("Mon 2026-11-02", "Thu 2026-11-05 23:59:59", "Fri 2026-11-20 23:59:59"),
        ("Thu 2026-11-05", "Fri 2026-11-06 23:59:59", "Mon 2026-11-23 23:59:59"),
        ("Sat 2026-11-07", "Thu 2026-11-05 23:59:59", "Fri 2026-11-20 23:59:59"),
        ("Fri 2026-11-20", "Thu 2026-11-05 23:59:59", "Mon 2026-11-23 23:59:59"),
        ("Mon 2026-11-23", "Thu 2026-11-05 23:59:59", "Fri 2026-11-20 23:59:59"),
    ],
)
def test_a_late_holiday_moves_the_clocks_it_falls_into(
    on: str, verification: str, legal: str
) -> None:
    """Not one on day zero, on a weekend, or after the due day."""
    case = rescheduled(filed(), on)

    assert case.due(ClockKind.VERIFICATION) == verification
    assert case.due(ClockKind.LEGAL) == legal


def test_what_moved_is_told_by_the_event() -> None:
    """Clock by clock, from which day to which; one that stays is not listed."""
    both, one = rescheduled(filed()), rescheduled(filed(), "Fri 2026-11-20")

    assert both.events[-1].type == "rescheduled"
    assert both.events[-1].facts["calendar"] == "2026a+1105"
    assert moved(both) == [
        ("verification", "2026-11-05", "2026-11-06"),
        ("legal", "2026-11-20", "2026-11-23"),
    ]
    assert moved(one) == [("legal", "2026-11-20", "2026-11-23")]


def test_a_holiday_that_is_taken_back_moves_a_clock_forward() -> None:
    """Cuti bersama was cancelled before; what was moved by it moves back."""
    case = rescheduled(filed())

    back = replace(case, rules=with_late_holiday("Sat 2026-11-07")).do(c.Reschedule())

    assert back.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_every_clock_under_way_takes_the_version(situation: str) -> None:
    """Running or standing, moved or not; one that ended keeps what it was judged by."""
    before = a_case_that_is(situation)

    after = rescheduled(before, "Mon 2026-12-28")

    for old, new in zip(before.report.clocks, after.report.clocks, strict=True):
        assert new.calendar == (old.calendar if old.ended_at else "2026a+1228")
        assert (new.intervals, new.started_at, new.run) == (old.intervals, old.started_at, old.run)


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_nothing_else_of_the_report_moves(situation: str) -> None:
    """Nobody's turn, nobody's typed answer."""
    before = a_case_that_is(situation)

    after = rescheduled(before).report

    unlike = {"clocks", "rungs", "seq", "head", "counts"}
    assert {
        name
        for name in before.report.__slots__
        if getattr(before.report, name) != getattr(after, name)
    } <= unlike
    assert after.revision == before.report.revision


@pytest.mark.parametrize("situation", OPEN_SITUATIONS)
def test_nobody_is_moved_twice(situation: str) -> None:
    """Whoever asks again, after whatever crash, is refused."""
    case = rescheduled(a_case_that_is(situation))

    assert answer_to(case, c.Reschedule()) == "nothing-to-change"


def test_without_a_new_version_there_is_nothing_to_move() -> None:
    """A report that is filed meanwhile has the new one already."""
    assert answer_to(filed(), c.Reschedule()) == "nothing-to-change"
    assert answer_to(filed(days=with_late_holiday(LATE)), c.Reschedule()) == "nothing-to-change"


# What stays true


def test_the_response_is_bounded_by_the_legal_day_again() -> None:
    """Routed two working days before the legal day, which moves: the response may use it."""
    case = filed().at("Wed 2026-11-18 10:00").routed()

    after = rescheduled(case, "Thu 2026-11-19")

    assert case.due(ClockKind.RESPONSE) == "Fri 2026-11-20 23:59:59"
    assert after.due(ClockKind.LEGAL) == after.due(ClockKind.RESPONSE) == "Mon 2026-11-23 23:59:59"


def test_a_promised_day_stays_as_it_was_given() -> None:
    """A date is a date, also on a holiday."""
    case = filed().routed().by_agency(c.Plan(on=day(LATE)))

    assert rescheduled(case).due(ClockKind.PROMISE) == "Thu 2026-11-05 23:59:59"


def test_calendar_days_do_not_move() -> None:
    """A verifier's question waits thirty days, whatever they are."""
    case = filed().do(c.Hold(), VERIFIER)

    assert rescheduled(case).due(ClockKind.COMPLETION) == case.due(ClockKind.COMPLETION)


def test_a_standing_clock_counts_by_the_new_calendar_when_it_goes_on() -> None:
    """Twelve days were left on Wednesday the 4th; two holidays fall among them, one is new."""
    standing = filed().at("Wed 2026-11-04 10:00").do(c.Hold(), VERIFIER)
    told = rescheduled(standing, "Wed 2026-12-16").at("Wed 2026-12-09 10:00")

    after = told.do(c.Supplement(), REPORTER)

    assert told.run(ClockKind.LEGAL).is_paused
    assert moved(told) == []
    assert after.due(ClockKind.LEGAL) == "Wed 2026-12-30 23:59:59"


def test_a_pause_that_is_over_is_not_lost() -> None:
    """The nine days it stood stay out of the count under the new calendar."""
    case = filed().at("Wed 2026-11-04 10:00").do(c.Hold(), VERIFIER)
    case = case.at("Fri 2026-11-13 10:00").do(c.Supplement(), REPORTER)

    after = rescheduled(case, "Mon 2026-11-30")

    assert case.due(ClockKind.LEGAL) == "Tue 2026-12-01 23:59:59"
    assert after.due(ClockKind.LEGAL) == "Wed 2026-12-02 23:59:59"


def test_an_extension_is_not_lost() -> None:
    """Five and seven working days, and the holiday between them."""
    case = filed(kind=Kind.INFORMATION_REQUEST).routed().do(c.Extend(), COORDINATOR)

    assert case.due(ClockKind.LEGAL) == "Wed 2026-11-18 23:59:59"
    assert rescheduled(case).due(ClockKind.LEGAL) == "Thu 2026-11-19 23:59:59"


def test_who_was_late_under_the_old_calendar_may_be_on_time_under_the_new_one() -> None:
    """The decree counts from its day, not from when we heard of it."""
    case = filed().routed().at("Tue 2026-11-10 09:00")

    assert case.run(ClockKind.RESPONSE).is_overdue(case.now)
    assert not rescheduled(case).run(ClockKind.RESPONSE).is_overdue(case.now)


def test_rungs_that_lie_ahead_again_are_climbed_again() -> None:
    """The response was reported late this morning; now its due day is today."""
    case = filed().routed().at("Tue 2026-11-10 09:00")
    passed = replace(case, report=replace(case.report, rungs=("response+0#1", "response-1#1")))

    assert rescheduled(passed).report.rungs == ("response-1#1",)


def test_the_sentence_names_the_new_holiday() -> None:
    """Whoever asks why the date is another one reads it there."""
    case = rescheduled(filed())
    run, calendar = case.run(ClockKind.LEGAL), case.rules.calendar

    found = derive(run, policy().by_id(run.policy), calendar, case.now)
    said = sentence(run, policy().by_id(run.policy), calendar, case.now, "id")

    assert found.skipped == ((day(LATE), "Pilkada"),)
    assert "Kamis, 5 November 2026 (Pilkada)" in said
