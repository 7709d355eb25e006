"""Errors of well-known desks that count deadlines, each with what it would do here."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain import clocks
from shared.domain import commands as c
from shared.domain.clocks import ClockKind, ClockRun, ClockState
from shared.domain.policy import Allowance
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind
from tests.domain.builders import (
    NOW,
    VERIFIER,
    Case,
    calendar,
    filed,
    local,
    policy,
    with_late_holiday,
    written,
)

CALENDAR = calendar("Asia/Jakarta")


def five_days_from(start: str) -> ClockRun:
    return clocks.start(
        policy().by_id("response-2018"),
        kind=ClockKind.RESPONSE,
        run=1,
        calendar=CALENDAR,
        at=local(start, "Asia/Jakarta"),
        because="routed",
    )


def due(run: ClockRun) -> str:
    assert run.due_at
    return written(run.due_at, "Asia/Jakarta")


@pytest.mark.parametrize(
    ("start", "third_day", "first_late_second"),
    [
        ("Mon 2026-11-09 09:00", "Thu 2026-11-12 09:00", "Tue 2026-11-17 00:00:00"),
        ("Tue 2026-11-10 09:00", "Fri 2026-11-13 09:00", "Wed 2026-11-18 00:00:00"),
        ("Wed 2026-11-11 09:00", "Sat 2026-11-14 09:00", "Thu 2026-11-19 00:00:00"),
        ("Thu 2026-11-12 09:00", "Sun 2026-11-15 09:00", "Fri 2026-11-20 00:00:00"),
        ("Fri 2026-11-13 09:00", "Mon 2026-11-16 09:00", "Sat 2026-11-21 00:00:00"),
    ],
)
def test_five_working_days_that_fire_after_three_across_a_weekend(
    start: str, third_day: str, first_late_second: str
) -> None:
    """django-helpdesk took the days that do not count for days that had passed."""
    run = five_days_from(start)

    late = local(first_late_second, "Asia/Jakarta")
    assert run.state(local(third_day, "Asia/Jakarta")) is ClockState.RUNNING
    assert run.state(late - timedelta(seconds=1)) is ClockState.RUNNING
    assert run.state(late) is ClockState.OVERDUE


TALK = {
    "a citizen adds": (c.Add(text="Masih gelap."), REPORTER),
    "an officer notes": (c.Note(text="Suku cadang dipesan."), VERIFIER),
    "an officer masks": (c.Redact(start=0, end=2, length=9), VERIFIER),
}


@pytest.mark.parametrize("talk", TALK)
def test_a_comment_that_resets_the_clock(talk: str) -> None:
    """DIGIT counted from the last change of the record, whoever made it."""
    case = filed().routed()
    command, by = TALK[talk]

    spoken = case.later(days=4).do(command, by)

    assert spoken.due(ClockKind.RESPONSE) == case.due(ClockKind.RESPONSE)
    assert spoken.due(ClockKind.LEGAL) == case.due(ClockKind.LEGAL)


@pytest.mark.parametrize(
    ("start", "milliseconds_say", "due_at"),
    [
        ("Fri 2026-11-20 16:00:00", "Wed 2026-11-25 16:00:00", "Fri 2026-11-27 23:59:59"),
        ("Wed 2026-12-23 09:00:00", "Mon 2026-12-28 09:00:00", "Mon 2027-01-04 23:59:59"),
        ("Tue 2026-03-17 23:59:59", "Sun 2026-03-22 23:59:59", "Tue 2026-03-31 23:59:59"),
    ],
)
def test_milliseconds_that_are_counted_instead_of_days(
    start: str, milliseconds_say: str, due_at: str
) -> None:
    """DIGIT added 24 hours × n: over weekends and holidays, to the minute of the complaint."""
    run = five_days_from(start)

    assert run.started_at + timedelta(hours=5 * 24) == local(milliseconds_say, "Asia/Jakarta")
    assert due(run) == due_at


def test_a_due_time_that_jumps_past_the_weekend_to_the_next_opening_hour() -> None:
    """Request Tracker made Monday 08:00 of what the law ends on Friday: a weekend for nothing."""
    run = five_days_from("Sun 2026-11-22 00:47")

    assert due(run) == "Fri 2026-11-27 23:59:59"
    assert run.is_overdue(local("Sat 2026-11-28 00:00", "Asia/Jakarta"))
    assert run.is_overdue(local("Mon 2026-11-30 07:59", "Asia/Jakarta"))


def asked_and_told() -> Case:
    """Held from Wednesday the 4th to Friday the 13th: seven working days that do not count."""
    held = filed().at("Wed 2026-11-04 10:00").do(c.Hold(), VERIFIER)
    return held.at("Fri 2026-11-13 10:00").do(c.Supplement(), REPORTER)


def test_a_pause_that_is_lost_when_the_rule_changes() -> None:
    """GLPI counted anew from filing, as if nobody had waited for the reporter (#15605)."""
    complaint = asked_and_told()

    aspiration = complaint.do(c.Classify(kind=Kind.ASPIRATION), VERIFIER)
    information = complaint.do(c.Classify(kind=Kind.INFORMATION_REQUEST), VERIFIER)

    assert complaint.due(ClockKind.LEGAL) == "Tue 2026-12-01 23:59:59"
    assert aspiration.due(ClockKind.LEGAL) == "Tue 2026-12-01 23:59:59"
    assert information.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"
    assert information.run(ClockKind.LEGAL).intervals == complaint.run(ClockKind.LEGAL).intervals


def test_a_pause_that_is_lost_when_the_calendar_changes() -> None:
    """One more holiday is one more day, not seven fewer."""
    told = asked_and_told()

    moved = replace(told, rules=with_late_holiday("Mon 2026-11-23")).do(c.Reschedule())

    assert moved.due(ClockKind.LEGAL) == "Wed 2026-12-02 23:59:59"


def test_due_times_that_are_not_counted_anew_when_a_holiday_is_added() -> None:
    """Alaveteli keeps what it once stored (#7292)."""
    case = filed().routed()

    moved = replace(case, rules=with_late_holiday("Wed 2026-11-04")).do(c.Reschedule())

    assert case.due(ClockKind.RESPONSE) == "Mon 2026-11-09 23:59:59"
    assert moved.due(ClockKind.RESPONSE) == "Tue 2026-11-10 23:59:59"


def test_a_forwarding_that_gives_the_next_agency_new_days() -> None:
    """In many desks a transfer restarts the clock; passing on would then be a way to gain time."""
    case = filed().routed("dlhk")

    forwarded = case.later(days=1).by_agency(c.Forward(agency="dpupr", text="Jalan."))

    assert forwarded.report.agency == "dpupr"
    assert forwarded.run(ClockKind.RESPONSE) == case.run(ClockKind.RESPONSE)


def test_a_changed_regulation_that_reaches_back() -> None:
    """A new row counts from its day; what runs already keeps the one it began with."""
    rows, tomorrow = policy().rows, NOW.date() + timedelta(days=1)
    newer = (
        replace(row, id=f"{row.id}-new", since=tomorrow, allowances=(Allowance(1, "WD"),))
        for row in rows
        if row.allowances
    )
    before = filed().routed()
    amended = replace(before.rules, policy=replace(policy(), rows=(*rows, *newer)))

    asked = replace(before, rules=amended).later(days=1).by_agency(c.Hold())
    told = asked.later(hours=1).do(c.Supplement(), REPORTER)

    assert asked.run(ClockKind.COMPLETION).policy == "completion-agency-2018-new"
    for kind in (ClockKind.RESPONSE, ClockKind.LEGAL):
        assert told.run(kind).policy == before.run(kind).policy
        assert told.due(kind) == before.due(kind)
