"""When a clock would be due: the answer is what filing would bring."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.clocks import ClockKind
from shared.domain.plain import plain
from shared.domain.statuses import Kind
from shared.usecases.calendar import DueQuestion, NoSuchClock, OutsideCalendar, explain_due
from tests.domain.builders import NOW, RULES, day, filed, written


@given(minutes=st.integers(-60 * 24 * 300, 0), kind=st.sampled_from([*Kind][:3]))
def test_the_answer_is_what_a_report_of_that_minute_gets(minutes: int, kind: Kind) -> None:
    """To the second, whatever day it is."""
    at = NOW + timedelta(minutes=minutes)
    report = filed(at, kind=kind).report

    for clock in (ClockKind.VERIFICATION, ClockKind.LEGAL):
        found = explain_due(DueQuestion(at.isoformat(), clock, kind), RULES)
        run = report.clock(clock)
        assert run
        assert run.due_at
        assert found["due_at"][:19] == written(run.due_at)[4:].replace(" ", "T")
        assert found["policy"] == run.policy


@given(days=st.integers(0, 360), clock=st.sampled_from(["response", "legal", "reporter"]))
def test_the_days_lead_to_the_due_day(days: int, clock: str) -> None:
    """One by one, none of them skipped ones."""
    start = day("Thu 2026-01-01") + timedelta(days=days)

    found = explain_due(DueQuestion(start.isoformat(), clock, "complaint"), RULES)

    assert found["days"] == sorted(set(found["days"]))
    assert found["due_at"].startswith(found["days"][-1])
    assert not {each["date"] for each in found["skipped"]} & set(found["days"])


def test_a_day_alone_is_the_regions_own() -> None:
    """From its first second, which is the day before in UTC."""
    asked = explain_due(DueQuestion("2026-11-02", "response", "complaint"), RULES)

    assert asked["days"][0] == plain(day("Tue 2026-11-03"))
    assert asked["due_at"] == "2026-11-09T23:59:59+08:00"


def test_praise_has_no_legal_time() -> None:
    """Nor does anything before the first row."""
    with pytest.raises(NoSuchClock):
        explain_due(DueQuestion("2026-11-02", "legal", "appreciation"), RULES)


@pytest.mark.parametrize(("start", "clock"), [("2024-12-31", "legal"), ("2027-12-30", "response")])
def test_beyond_its_years_a_calendar_does_not_answer(start: str, clock: str) -> None:
    """It would know weekends only and name a day too early."""
    with pytest.raises(OutsideCalendar) as outside:
        explain_due(DueQuestion(start, clock, "complaint"), RULES)

    assert outside.value.years == "2025–2027"
