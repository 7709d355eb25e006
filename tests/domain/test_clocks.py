from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import clocks
from shared.domain import commands as c
from shared.domain.calendar import Unit
from shared.domain.clocks import ClockKind, ClockRun, ClockState
from shared.domain.policy import Allowance, PolicyRow
from shared.domain.scene import REPORTER, Rules
from shared.domain.statuses import Kind
from tests.domain.builders import (
    RULES,
    VERIFIER,
    calendar,
    day,
    filed,
    ladder,
    local,
    policy,
    written,
)

CALENDAR = calendar()
MONDAY = "Mon 2026-11-02 10:00"
SIXTY_OF_EITHER = (Allowance(60, "WD"), Allowance(60, "CD"))


def row(*allowances: Allowance, minimum_left: int = 0) -> PolicyRow:
    return PolicyRow(
        "row", "legal", "any", allowances, date(2018, 1, 1), "aturan", minimum_left=minimum_left
    )


def started(
    at: str | datetime,
    number: int = 14,
    unit: Unit = "WD",
    *,
    least: int = 0,
    zone: str = CALENDAR.zone,
    kind: ClockKind = ClockKind.LEGAL,
    **fields: Any,
) -> ClockRun:
    allowances = fields.pop("allowances", (Allowance(number, unit),))
    return clocks.start(
        row(*allowances, minimum_left=least),
        kind=kind,
        run=1,
        calendar=calendar(zone),
        at=local(at, zone) if isinstance(at, str) else at,
        because="submitted",
        **fields,
    )


def paused(run: ClockRun, at: str) -> ClockRun:
    return clocks.pause(run, at=local(at), because="held")


def resumed(run: ClockRun, at: str) -> ClockRun:
    return clocks.resume(run, CALENDAR, at=local(at), because="resumed")


def due(run: ClockRun, zone: str = CALENDAR.zone) -> str:
    assert run.due_at
    return written(run.due_at, zone)


# When a run is due


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        ("Mon 2026-11-02 00:00:00", 3, "Thu 2026-11-05 23:59:59"),
        ("Mon 2026-11-02 23:59:59", 3, "Thu 2026-11-05 23:59:59"),
        ("Tue 2026-11-03 00:00:00", 3, "Fri 2026-11-06 23:59:59"),
        ("Fri 2026-11-20 16:00:00", 5, "Fri 2026-11-27 23:59:59"),
        ("Sat 2026-11-21 09:00:00", 5, "Fri 2026-11-27 23:59:59"),
        ("Sun 2026-11-22 23:59:59", 5, "Fri 2026-11-27 23:59:59"),
        ("Mon 2026-11-23 00:00:00", 5, "Mon 2026-11-30 23:59:59"),
        ("Thu 2026-03-19 12:00:00", 1, "Wed 2026-03-25 23:59:59"),
        ("Tue 2026-03-17 23:59:59", 3, "Fri 2026-03-27 23:59:59"),
        ("Thu 2026-12-24 08:00:00", 5, "Mon 2027-01-04 23:59:59"),
        ("Thu 2026-12-31 23:59:59", 1, "Mon 2027-01-04 23:59:59"),
    ],
)
def test_a_run_is_due_at_the_end_of_its_last_day(
    zone: str, start: str, number: int, expected: str
) -> None:
    """Day zero is the local day of the start, a weekend, holiday or second before midnight too."""
    assert due(started(start, number, zone=zone), zone) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "Tue 2026-11-24 23:59:59"),
        ("Asia/Makassar", "Tue 2026-11-24 23:59:59"),
        ("Asia/Jayapura", "Wed 2026-11-25 23:59:59"),
    ],
)
def test_one_instant_may_be_two_days(zone: str, expected: str) -> None:
    """At 15:30 UTC on Thursday it is Friday already in Jayapura."""
    at = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)

    assert due(started(at, 3, zone=zone), zone) == expected


@pytest.mark.parametrize(
    ("allowances", "expected"),
    [
        ((Allowance(30, "CD"),), "Wed 2026-12-02 23:59:59"),
        ((Allowance(5, "CD"),), "Sat 2026-11-07 23:59:59"),
        (SIXTY_OF_EITHER, "Fri 2027-01-01 23:59:59"),
        ((Allowance(10, "WD"), Allowance(60, "CD")), "Mon 2026-11-16 23:59:59"),
    ],
)
def test_of_two_allowances_the_earlier_counts(
    allowances: tuple[Allowance, ...], expected: str
) -> None:
    """Calendar days end on whatever day they end."""
    assert due(started(MONDAY, allowances=allowances)) == expected


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("Fri 2026-11-06", "Fri 2026-11-06 23:59:59"),
        ("Mon 2026-11-09", "Mon 2026-11-09 23:59:59"),
        ("Tue 2026-11-10", "Mon 2026-11-09 23:59:59"),
        ("Fri 2026-10-30", "Mon 2026-11-02 23:59:59"),
    ],
)
def test_a_response_never_ends_after_its_bound(bound: str, expected: str) -> None:
    """A bound that is over already still leaves the day itself."""
    run = started(MONDAY, 5, kind=ClockKind.RESPONSE, no_later_than=day(bound))

    assert due(run) == expected


def test_a_promise_is_due_on_the_day_that_was_given() -> None:
    """Also on a Sunday."""
    run = started(MONDAY, kind=ClockKind.PROMISE, allowances=(), due_on=day("Sun 2026-11-15"))

    assert due(run) == "Sun 2026-11-15 23:59:59"


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("Fri 2026-11-20 23:59:58", ClockState.RUNNING),
        ("Fri 2026-11-20 23:59:59", ClockState.RUNNING),
        ("Sat 2026-11-21 00:00:00", ClockState.OVERDUE),
    ],
)
def test_the_due_second_itself_is_on_time(at: str, state: ClockState) -> None:
    """A run is overdue from the next second on."""
    assert started(MONDAY).state(local(at)) is state


def test_a_fraction_of_the_due_second_is_on_time_too() -> None:
    """23:59:59.9 is still that day."""
    assert not started(MONDAY).is_overdue(local("Fri 2026-11-20 23:59:59.999999"))


# Pauses: fourteen working days from Monday 2026-11-02 end on Friday the 20th


@pytest.mark.parametrize(
    ("stopped", "again", "least", "expected"),
    [
        ("Wed 2026-11-04 10:00", "Wed 2026-11-04 15:00", 0, "Fri 2026-11-20 23:59:59"),
        ("Mon 2026-11-02 10:00", "Mon 2026-11-02 10:00", 0, "Fri 2026-11-20 23:59:59"),
        ("Wed 2026-11-04 10:00", "Thu 2026-11-05 00:00", 0, "Mon 2026-11-23 23:59:59"),
        ("Wed 2026-11-04 10:00", "Fri 2026-11-13 10:00", 0, "Tue 2026-12-01 23:59:59"),
        ("Sat 2026-11-07 10:00", "Sun 2026-11-08 10:00", 0, "Fri 2026-11-20 23:59:59"),
        ("Thu 2026-11-19 10:00", "Mon 2026-11-23 10:00", 0, "Tue 2026-11-24 23:59:59"),
        ("Fri 2026-11-20 10:00", "Mon 2026-11-23 10:00", 0, "Mon 2026-11-23 23:59:59"),
        ("Fri 2026-11-20 10:00", "Sat 2026-11-21 10:00", 0, "Sat 2026-11-21 23:59:59"),
        ("Wed 2026-11-18 10:00", "Mon 2026-11-23 10:00", 5, "Mon 2026-11-30 23:59:59"),
        ("Fri 2026-11-20 10:00", "Mon 2026-11-23 10:00", 5, "Mon 2026-11-30 23:59:59"),
        ("Wed 2026-11-25 10:00", "Wed 2026-11-25 11:00", 5, "Wed 2026-12-02 23:59:59"),
        ("Wed 2026-11-04 10:00", "Wed 2026-12-23 10:00", 5, "Wed 2027-01-13 23:59:59"),
    ],
)
def test_a_pause_leaves_the_working_days_after_it(
    stopped: str, again: str, least: int, expected: str
) -> None:
    """The day of the pause counts as used; at least the resume day, or the least, is left."""
    run = resumed(paused(started(MONDAY, least=least), stopped), again)

    assert due(run) == expected


def test_a_second_pause_goes_on_from_what_the_first_one_left() -> None:
    """Twelve days left on the 4th, nine on the 10th."""
    once = resumed(paused(started(MONDAY), "Wed 2026-11-04 10:00"), "Thu 2026-11-05 10:00")

    twice = resumed(paused(once, "Tue 2026-11-10 10:00"), "Thu 2026-11-12 10:00")

    assert due(once) == "Mon 2026-11-23 23:59:59"
    assert due(twice) == "Wed 2026-11-25 23:59:59"


def test_a_pause_in_calendar_days_leaves_calendar_days() -> None:
    """Thirty days, stopped after ten: twenty more, to a Saturday."""
    run = resumed(paused(started(MONDAY, 30, "CD"), "Thu 2026-11-12 10:00"), "Sun 2026-11-22 10:00")

    assert due(run) == "Sat 2026-12-12 23:59:59"


def test_the_least_that_is_left_are_working_days_whatever_was_counted() -> None:
    """Two of sixty calendar days were left before New Year: five working days from resuming."""
    run = paused(started(MONDAY, least=5, allowances=SIXTY_OF_EITHER), "Wed 2026-12-30 10:00")

    assert due(resumed(run, "Mon 2027-01-04 10:00")) == "Mon 2027-01-11 23:59:59"


def test_a_standing_run_has_no_due_time() -> None:
    """Nobody is reminded of it; how many days are left is known."""
    run = paused(started(MONDAY), "Wed 2026-11-04 10:00")

    assert (run.due_at, run.is_running, run.is_paused) == (None, False, True)
    assert run.state(local("Fri 2027-01-01 10:00")) is ClockState.PAUSED
    assert clocks.days_left(run, CALENDAR, local("Thu 2026-12-31 10:00")) == 12


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ClockKind.LEGAL, "Fri 2026-12-04 23:59:59"),
        (ClockKind.RESPONSE, "Fri 2026-11-27 23:59:59"),
    ],
)
def test_a_bound_moves_with_the_legal_clock_only(kind: ClockKind, expected: str) -> None:
    """A merged report's legal day keeps its days; the legal time does not wait for a response."""
    run = started(MONDAY, least=5, kind=kind, no_later_than=day("Tue 2026-11-10"))

    assert due(resumed(paused(run, "Mon 2026-11-09 10:00"), "Fri 2026-11-27 10:00")) == expected


# Extensions


def test_an_extension_adds_days_at_the_end() -> None:
    """Five working days and seven more."""
    run = clocks.extend(started(MONDAY, 5), CALENDAR, at=local(MONDAY), days=7, because="extended")

    assert due(run) == "Wed 2026-11-18 23:59:59"
    assert run.is_running


def test_an_extension_outlasts_a_pause_before_or_after_it() -> None:
    """Four days and seven are left either way."""

    def extended(run: ClockRun) -> ClockRun:
        return clocks.extend(run, CALENDAR, at=local(MONDAY), days=7, because="extended")

    def rested(run: ClockRun) -> ClockRun:
        return resumed(paused(run, "Tue 2026-11-03 10:00"), "Mon 2026-11-09 10:00")

    assert due(rested(extended(started(MONDAY, 5)))) == "Tue 2026-11-24 23:59:59"
    assert due(extended(rested(started(MONDAY, 5)))) == "Tue 2026-11-24 23:59:59"


# The end


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("Fri 2026-11-20 23:59:59", ClockState.MET),
        ("Sat 2026-11-21 00:00:00", ClockState.OVERDUE),
    ],
)
def test_a_run_that_ended_was_met_or_not_for_ever(at: str, state: ClockState) -> None:
    """Time that passes afterwards changes nothing."""
    run = clocks.end(started(MONDAY), CALENDAR, at=local(at), because="answered")

    assert run.state(local("Fri 2027-01-01 00:00")) is state
    assert (run.is_running, run.ended_by) == (False, "answered")
    assert run.intervals[-1].end == local(at)


def test_a_run_that_ends_while_it_stands_is_judged_by_what_was_left() -> None:
    """Confirmed long after the original day, but the clock had stopped."""
    run = paused(started(MONDAY), "Wed 2026-11-04 10:00")

    ended = clocks.end(run, CALENDAR, at=local("Mon 2026-11-30 10:00"), because="confirmed")

    assert ended.state(local("Fri 2027-01-01 00:00")) is ClockState.MET
    assert due(ended) == "Wed 2026-12-16 23:59:59"
    assert not ended.is_paused


# Rows and versions


def test_a_changed_regulation_leaves_running_clocks_alone() -> None:
    """Five working days before the tenth of November, eight from then on."""
    newer = replace(
        policy().row("response", "complaint", day("Mon 2026-11-02")) or row(),
        id="response-2026",
        since=day("Tue 2026-11-10"),
        allowances=(Allowance(8, "WD"),),
    )
    amended = replace(RULES, policy=replace(policy(), rows=(*policy().rows, newer)))
    before = filed(days=amended).routed()

    after = before.answered().at("Tue 2026-11-10 10:00").replied()

    assert before.later(days=10).due(ClockKind.RESPONSE) == "Mon 2026-11-09 23:59:59"
    assert after.run(ClockKind.RESPONSE).policy == "response-2026"
    assert after.due(ClockKind.RESPONSE) == "Fri 2026-11-20 23:59:59"


def test_what_was_filed_under_the_old_regulation_is_put_right_under_it() -> None:
    """Filed on the second, a new legal row from the tenth, classified on the eleventh."""
    newer = replace(
        policy().by_id("legal-information-2018"),
        id="legal-information-2026",
        since=day("Tue 2026-11-10"),
        allowances=(Allowance(30, "WD"),),
    )
    amended = replace(RULES, policy=replace(policy(), rows=(*policy().rows, newer)))
    command = c.Classify(kind=Kind.INFORMATION_REQUEST)

    case = filed(days=amended).at("Wed 2026-11-11 10:00").do(command, VERIFIER)

    assert case.run(ClockKind.LEGAL).policy == "legal-information-2018"


def test_a_clock_keeps_the_calendar_it_started_with() -> None:
    """A holiday declared late is a new version: only an activation moves what runs already."""
    late = calendar(version="2026b", holidays={day("Wed 2026-11-11"): "Pilkada"})
    both = Rules(RULES.directory, policy(), late, {"2026a": CALENDAR, "2026b": late}, ladder())
    case = replace(filed().do(c.Hold(), VERIFIER), rules=both).at("Tue 2026-11-10 10:00")

    case = case.do(c.Supplement(), REPORTER).routed()

    assert (case.run(ClockKind.LEGAL).calendar, case.run(ClockKind.RESPONSE).calendar) == (
        "2026a",
        "2026b",
    )
    assert case.due(ClockKind.LEGAL) == "Mon 2026-11-30 23:59:59"
    assert case.due(ClockKind.RESPONSE) == "Wed 2026-11-18 23:59:59"


# Properties

FIRST = datetime(2025, 12, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(days=395)).map(lambda span: FIRST + span)
spans = st.timedeltas(timedelta(0), timedelta(days=40))
numbers = st.integers(1, 60)
units = st.sampled_from(["WD", "CD"])
leasts = st.sampled_from([0, 5])


def rested(run: ClockRun, at: datetime, span: timedelta) -> ClockRun:
    stopped = clocks.pause(run, at=at, because="held")
    return clocks.resume(stopped, CALENDAR, at=at + span, because="resumed")


@given(at=instants, number=numbers, unit=units)
def test_a_due_time_is_the_last_second_of_a_later_day(
    at: datetime, number: int, unit: Unit
) -> None:
    """Never before the start."""
    run = started(at, number, unit)

    assert run.due_at
    assert run.due_at > at
    assert due(run).endswith("23:59:59")


@given(at=instants, later=spans, number=numbers, unit=units)
def test_a_later_start_is_never_due_earlier(
    at: datetime, later: timedelta, number: int, unit: Unit
) -> None:
    """Nobody gains by being first."""
    first, second = started(at, number, unit), started(at + later, number, unit)

    assert first.due_at
    assert second.due_at
    assert first.due_at <= second.due_at


@given(at=instants, ran=spans, number=numbers, unit=units)
def test_stopping_for_a_moment_changes_nothing(
    at: datetime, ran: timedelta, number: int, unit: Unit
) -> None:
    """Paused and resumed in one second before the due time: the same due time."""
    run = started(at, number, unit)
    stop = min(at + ran, run.due_at or at)

    assert rested(run, stop, timedelta(0)).due_at == run.due_at


@given(at=instants, ran=spans, stood=spans, more=spans, number=numbers, unit=units, least=leasts)
def test_a_longer_pause_is_never_due_earlier(
    *,
    at: datetime,
    ran: timedelta,
    stood: timedelta,
    more: timedelta,
    number: int,
    unit: Unit,
    least: int,
) -> None:
    """And never before the end of the day it goes on."""
    run = started(at, number, unit, least=least)

    short, long = rested(run, at + ran, stood), rested(run, at + ran, stood + more)

    assert run.due_at
    assert short.due_at
    assert long.due_at
    assert min(run.due_at, at + ran) <= short.due_at <= long.due_at
    assert short.due_at >= at + ran + stood - timedelta(seconds=1)


@given(at=instants, ran=spans, stood=spans, number=numbers)
def test_a_pause_neither_loses_nor_gives_a_working_day(
    at: datetime, ran: timedelta, stood: timedelta, number: int
) -> None:
    """Days before it and days after it make up the allowance, while there are any left."""
    run = started(at, number)
    stop = min(at + ran, run.due_at or at)
    after = rested(run, stop, stood)

    used = CALENDAR.count(CALENDAR.day_of(at), CALENDAR.day_of(stop), "WD")
    left = CALENDAR.count(CALENDAR.day_of(stop + stood), CALENDAR.day_of(after.due_at or at), "WD")
    assert used + left == number


@given(at=instants, ran=spans, stood=spans, number=numbers, unit=units)
def test_a_legal_clock_goes_on_with_at_least_five_working_days(
    at: datetime, ran: timedelta, stood: timedelta, number: int, unit: Unit
) -> None:
    """However late it stopped, and whatever its days are."""
    again = at + ran + stood

    after = rested(started(at, number, unit, least=5), at + ran, stood)

    assert clocks.days_left(after, CALENDAR, again) >= 5
