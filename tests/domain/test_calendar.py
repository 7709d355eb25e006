from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.builders import calendar, day, local, written

CALENDAR = calendar()
days = st.dates(date(2025, 12, 1), date(2027, 1, 31))
counts = st.integers(1, 70)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("Mon 2026-11-02", 0, "Mon 2026-11-02"),
        ("Mon 2026-11-02", 1, "Tue 2026-11-03"),
        ("Mon 2026-11-02", 4, "Fri 2026-11-06"),
        ("Mon 2026-11-02", 5, "Mon 2026-11-09"),
        ("Fri 2026-11-20", 1, "Mon 2026-11-23"),
        ("Sat 2026-11-21", 1, "Mon 2026-11-23"),
        ("Sun 2026-11-22", 5, "Fri 2026-11-27"),
        ("Thu 2026-01-01", 1, "Fri 2026-01-02"),
        ("Tue 2026-03-17", 1, "Wed 2026-03-25"),
        ("Fri 2026-03-20", 1, "Wed 2026-03-25"),
        ("Fri 2026-03-13", 3, "Wed 2026-03-25"),
        ("Fri 2026-02-13", 1, "Wed 2026-02-18"),
        ("Wed 2026-05-13", 2, "Tue 2026-05-19"),
        ("Tue 2026-05-26", 2, "Tue 2026-06-02"),
        ("Wed 2026-12-23", 1, "Mon 2026-12-28"),
        ("Wed 2026-12-23", 5, "Mon 2027-01-04"),
        ("Tue 2025-12-23", 3, "Tue 2025-12-30"),
    ],
)
def test_working_days_leave_out_weekends_holidays_and_cuti_bersama(
    start: str, count: int, expected: str
) -> None:
    """The day itself is day zero, also when it is no working day."""
    assert CALENDAR.add(day(start), count, "WD") == day(expected)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("Mon 2026-11-02", 0, "Mon 2026-11-02"),
        ("Mon 2026-11-02", 30, "Wed 2026-12-02"),
        ("Wed 2026-12-23", 2, "Fri 2026-12-25"),
        ("Thu 2026-12-31", 1, "Fri 2027-01-01"),
    ],
)
def test_calendar_days_leave_out_nothing(start: str, count: int, expected: str) -> None:
    """They may end on a weekend or a holiday."""
    assert CALENDAR.add(day(start), count, "CD") == day(expected)


@pytest.mark.parametrize(
    ("after", "until", "working", "calendar_days"),
    [
        ("Mon 2026-11-02", "Mon 2026-11-02", 0, 0),
        ("Mon 2026-11-02", "Tue 2026-11-03", 1, 1),
        ("Fri 2026-11-06", "Sun 2026-11-08", 0, 2),
        ("Tue 2026-03-17", "Wed 2026-03-25", 1, 8),
        ("Tue 2026-11-03", "Mon 2026-11-02", 0, 0),
    ],
)
def test_days_are_counted_after_the_first_up_to_the_last(
    after: str, until: str, working: int, calendar_days: int
) -> None:
    """Nothing lies between a day and an earlier one."""
    assert CALENDAR.count(day(after), day(until), "WD") == working
    assert CALENDAR.count(day(after), day(until), "CD") == calendar_days


@pytest.mark.parametrize(
    ("written_day", "working"),
    [
        ("Mon 2026-11-02", True),
        ("Sat 2026-11-07", False),
        ("Sun 2026-11-08", False),
        ("Thu 2026-03-19", False),
        ("Wed 2026-03-18", False),
        ("Wed 2026-03-25", True),
    ],
)
def test_a_working_day_is_no_weekend_and_no_holiday(*, written_day: str, working: bool) -> None:
    """Cuti bersama counts as a holiday: offices are closed."""
    assert CALENDAR.is_working(day(written_day)) is working


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
@pytest.mark.parametrize(
    ("at", "on"),
    [
        ("Thu 2026-11-19 23:59:59", "Thu 2026-11-19"),
        ("Fri 2026-11-20 00:00:00", "Fri 2026-11-20"),
        ("Thu 2026-12-31 23:59:59", "Thu 2026-12-31"),
    ],
)
def test_a_day_begins_at_local_midnight(zone: str, at: str, on: str) -> None:
    """A second before and after it, in each of the three zones."""
    assert calendar(zone).day_of(local(at, zone)) == day(on)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("Asia/Jakarta", "Fri 2026-11-20 16:59:59"),
        ("Asia/Makassar", "Fri 2026-11-20 15:59:59"),
        ("Asia/Jayapura", "Fri 2026-11-20 14:59:59"),
    ],
)
def test_a_day_ends_with_its_last_local_second(zone: str, utc: str) -> None:
    """It is kept in UTC."""
    end = calendar(zone).end_of(day("Fri 2026-11-20"))

    assert written(end, "UTC") == utc
    assert end.utcoffset() is not None
    assert not end.utcoffset()


def test_skipped_days_are_the_named_holidays_of_a_week() -> None:
    """Idul Fitri 2026 itself fell on a weekend, which nobody would have counted."""
    skipped = CALENDAR.skipped(day("Wed 2026-03-18"), day("Wed 2026-03-25"))

    assert [when.day for when, _ in skipped] == [19, 20, 23, 24]
    assert skipped[0][1] == "Hari Suci Nyepi"


@given(start=days, count=counts)
def test_the_nth_working_day_is_a_working_day_with_n_up_to_it(start: date, count: int) -> None:
    """Adding and counting are each other's way back."""
    end = CALENDAR.add(start, count, "WD")

    assert CALENDAR.is_working(end)
    assert CALENDAR.count(start, end, "WD") == count


@given(start=days, count=counts)
def test_working_days_reach_at_least_as_far_as_calendar_days(start: date, count: int) -> None:
    """So of 60 and 60 the calendar days are the earlier."""
    assert CALENDAR.add(start, count, "WD") >= CALENDAR.add(start, count, "CD")


@given(start=days, first=counts, second=counts)
def test_days_may_be_added_in_two_steps(start: date, first: int, second: int) -> None:
    """A clock that stops in between loses nothing."""
    halfway = CALENDAR.add(start, first, "WD")

    assert CALENDAR.add(halfway, second, "WD") == CALENDAR.add(start, first + second, "WD")


@given(start=days, later=days, count=counts)
def test_who_starts_later_ends_no_earlier(start: date, later: date, count: int) -> None:
    """Due days keep the order of starts."""
    start, later = sorted((start, later))

    assert CALENDAR.add(start, count, "WD") <= CALENDAR.add(later, count, "WD")


@given(start=days, end=days)
def test_every_weekday_is_either_counted_or_a_named_holiday(start: date, end: date) -> None:
    """The sentence that explains a date leaves no day unexplained."""
    weekdays = sum(
        date.fromordinal(n).weekday() < 5 for n in range(start.toordinal() + 1, end.toordinal() + 1)
    )

    assert CALENDAR.count(start, end, "WD") + len(CALENDAR.skipped(start, end)) == weekdays
