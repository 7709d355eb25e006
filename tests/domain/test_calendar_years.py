"""Years as they were decreed: year ends, the long leaves, and midnight where the zones differ.

The calendars are those that regions are seeded with, without any days of their own.
"""

from datetime import date
from functools import cache

import pytest

from infra import calendars
from shared.domain import clocks
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun, ClockState
from tests.domain.builders import day, local, policy, written

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


@cache
def decreed(zone: str = JAKARTA) -> Calendar:
    return calendars.build("contoh", zone, {}, date(2026, 11, 21))


def started(at: str, row: str = "response-2018", zone: str = JAKARTA, in_: str = "") -> ClockRun:
    found = policy().by_id(row)
    return clocks.start(
        found,
        kind=ClockKind(found.clock),
        run=1,
        calendar=decreed(zone),
        at=local(at, in_ or zone),
        because="submitted",
    )


def due(run: ClockRun, zone: str = JAKARTA) -> str:
    assert run.due_at
    return written(run.due_at, zone)


# Years and leaves


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # The turn of the year
        ("Fri 2021-12-31", 1, "Mon 2022-01-03"),
        ("Fri 2022-12-30", 1, "Mon 2023-01-02"),
        ("Fri 2023-12-22", 1, "Wed 2023-12-27"),
        ("Fri 2023-12-22", 4, "Tue 2024-01-02"),
        ("Tue 2024-12-24", 1, "Fri 2024-12-27"),
        ("Tue 2024-12-31", 1, "Thu 2025-01-02"),
        ("Wed 2025-12-24", 1, "Mon 2025-12-29"),
        ("Wed 2025-12-24", 5, "Mon 2026-01-05"),
        ("Wed 2026-12-23", 5, "Mon 2027-01-04"),
        # Leap days
        ("Wed 2024-02-28", 1, "Thu 2024-02-29"),
        ("Wed 2024-02-28", 2, "Fri 2024-03-01"),
        ("Fri 2025-02-28", 1, "Mon 2025-03-03"),
        # Nyepi and Idul Fitri 2025: nothing from Friday 28 March to Monday 7 April
        ("Wed 2025-03-26", 1, "Thu 2025-03-27"),
        ("Thu 2025-03-27", 1, "Tue 2025-04-08"),
        ("Thu 2025-03-27", 5, "Mon 2025-04-14"),
        ("Thu 2025-03-27", 14, "Mon 2025-04-28"),
        ("Fri 2025-03-28", 5, "Mon 2025-04-14"),
        ("Tue 2025-04-01", 5, "Mon 2025-04-14"),
        ("Mon 2025-04-07", 5, "Mon 2025-04-14"),
        ("Tue 2025-04-08", 5, "Tue 2025-04-15"),
        # Nyepi and Idul Fitri 2026: nothing from Wednesday 18 to Tuesday 24 March
        ("Mon 2026-03-16", 1, "Tue 2026-03-17"),
        ("Tue 2026-03-17", 1, "Wed 2026-03-25"),
        ("Tue 2026-03-17", 5, "Tue 2026-03-31"),
        ("Tue 2026-03-17", 14, "Tue 2026-04-14"),
        ("Sat 2026-03-21", 5, "Tue 2026-03-31"),
        ("Tue 2026-03-24", 5, "Tue 2026-03-31"),
        ("Wed 2026-03-25", 5, "Wed 2026-04-01"),
        # Declared late in its year
        ("Fri 2025-08-15", 1, "Tue 2025-08-19"),
    ],
)
def test_due_days_as_the_decrees_have_them(start: str, count: int, expected: str) -> None:
    """Counted by hand on printed calendars."""
    assert decreed().add(day(start), count, "WD") == day(expected)


@pytest.mark.parametrize(
    ("start", "row", "expected"),
    [
        ("Wed 2025-01-29 10:00", "verification-2018", "Mon 2025-02-03 23:59:59"),
        ("Sun 2025-08-17 10:00", "verification-information-2018", "Tue 2025-08-19 23:59:59"),
        ("Mon 2025-03-31 00:00", "response-2018", "Mon 2025-04-14 23:59:59"),
        ("Fri 2025-04-18 23:59", "response-2018", "Fri 2025-04-25 23:59:59"),
        ("Thu 2026-01-01 00:00", "legal-complaint-2018", "Thu 2026-01-22 23:59:59"),
        ("Thu 2025-12-25 12:00", "reporter-2018", "Mon 2026-01-12 23:59:59"),
        ("Thu 2025-12-25 12:00", "completion-2018", "Sat 2026-01-24 23:59:59"),
        ("Sat 2026-03-21 08:00", "legal-supervisory-2018", "Wed 2026-05-20 23:59:59"),
    ],
)
def test_a_clock_that_starts_on_a_holiday_counts_from_the_next_working_day(
    start: str, row: str, expected: str
) -> None:
    """Day zero is the holiday itself; calendar days count from the day after it."""
    assert due(started(start, row)) == expected


@pytest.mark.parametrize(
    ("start", "jakarta", "makassar", "jayapura"),
    [
        # Midnight in Jayapura is 15:00 UTC, in Makassar 16:00, in Jakarta 17:00.
        ("Thu 2026-11-19 14:59:59", "Thu 2026-11-26", "Thu 2026-11-26", "Thu 2026-11-26"),
        ("Thu 2026-11-19 15:00:00", "Thu 2026-11-26", "Thu 2026-11-26", "Fri 2026-11-27"),
        ("Thu 2026-11-19 15:59:59", "Thu 2026-11-26", "Thu 2026-11-26", "Fri 2026-11-27"),
        ("Thu 2026-11-19 16:00:00", "Thu 2026-11-26", "Fri 2026-11-27", "Fri 2026-11-27"),
        ("Thu 2026-11-19 16:59:59", "Thu 2026-11-26", "Fri 2026-11-27", "Fri 2026-11-27"),
        ("Thu 2026-11-19 17:00:00", "Fri 2026-11-27", "Fri 2026-11-27", "Fri 2026-11-27"),
        # Friday night into the weekend, and the weekend into Monday.
        ("Fri 2026-11-20 16:59:59", "Fri 2026-11-27", "Fri 2026-11-27", "Fri 2026-11-27"),
        ("Sun 2026-11-22 14:59:59", "Fri 2026-11-27", "Fri 2026-11-27", "Fri 2026-11-27"),
        ("Sun 2026-11-22 15:00:00", "Fri 2026-11-27", "Fri 2026-11-27", "Mon 2026-11-30"),
        ("Sun 2026-11-22 17:00:00", "Mon 2026-11-30", "Mon 2026-11-30", "Mon 2026-11-30"),
        # The old year and the new one, a holiday.
        ("Wed 2025-12-31 14:59:59", "Thu 2026-01-08", "Thu 2026-01-08", "Thu 2026-01-08"),
        ("Wed 2025-12-31 15:00:00", "Thu 2026-01-08", "Thu 2026-01-08", "Thu 2026-01-08"),
    ],
)
def test_a_second_around_midnight_is_another_day(
    start: str, jakarta: str, makassar: str, jayapura: str
) -> None:
    """The same instant, in UTC, in three zones; five working days."""
    expected = {JAKARTA: jakarta, MAKASSAR: makassar, JAYAPURA: jayapura}

    found = {zone: due(started(start, zone=zone, in_="UTC"), zone) for zone in expected}

    assert found == {zone: f"{on} 23:59:59" for zone, on in expected.items()}


@pytest.mark.parametrize(
    ("zone", "last", "late"),
    [
        (JAKARTA, "Fri 2026-11-27 16:59:59", "Fri 2026-11-27 17:00:00"),
        (MAKASSAR, "Fri 2026-11-27 15:59:59", "Fri 2026-11-27 16:00:00"),
        (JAYAPURA, "Fri 2026-11-27 14:59:59", "Fri 2026-11-27 15:00:00"),
    ],
)
def test_the_last_second_is_the_regions_own(zone: str, last: str, late: str) -> None:
    """In UTC: who answers at 22:30 in Jakarta is on time there, and late in Jayapura."""
    run = started("Fri 2026-11-20 10:00", zone=zone)

    assert run.state(local(last, "UTC")) is ClockState.RUNNING
    assert run.state(local(late, "UTC")) is ClockState.OVERDUE
