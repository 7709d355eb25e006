"""Working calendars: what the decrees say, what a region adds, and what nobody knows yet."""

from datetime import UTC, date, datetime

import pytest

from infra import calendars
from shared.domain.calendar import Calendar

TODAY = date(2026, 11, 21)
OWN_DAY = {date(2026, 11, 23): "Hari Jadi"}


def _badung(extras: dict[date, str] | None = None, today: date = TODAY) -> Calendar:
    return calendars.build("badung", "Asia/Makassar", extras or {}, today)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("Wednesday 2026-12-23", True),
        ("Thursday 2026-12-24", False),  # cuti bersama
        ("Friday 2026-12-25", False),
        ("Thursday 2026-03-19", False),  # Nyepi
        ("Friday 2022-04-29", False),  # cuti bersama
        ("Monday 2021-11-22", True),
        ("Saturday 2026-11-21", False),
    ],
)
def test_national_days_and_joint_leave_are_no_working_days(day: str, *, working: bool) -> None:
    """As the joint decrees of three ministers had it."""
    named = datetime.strptime(day, "%A %Y-%m-%d").replace(tzinfo=UTC).date()

    assert f"{named:%A}" == day.split(maxsplit=1)[0]
    assert _badung().is_working(named) is working


def test_a_region_adds_days_of_its_own() -> None:
    """A governor's or regent's decree counts in that region only."""
    assert not _badung(OWN_DAY).is_working(date(2026, 11, 23))
    assert _badung().is_working(date(2026, 11, 23))


def test_a_regions_day_on_a_national_one_keeps_both_names() -> None:
    """People see why the day was skipped."""
    both = _badung({date(2026, 12, 25): "Hari Jadi"}).holidays[date(2026, 12, 25)]

    assert both == "Hari Raya Natal; Hari Jadi"


def test_a_year_with_estimates_is_not_known() -> None:
    """A deadline across it is said to be provisional instead of looking certain."""
    calendar = _badung()

    assert max(calendar.holidays).year == 2027
    assert calendar.known_years == {2021, 2022, 2023, 2024, 2025, 2026}


def test_a_year_without_joint_leave_is_not_known() -> None:
    """The decree of that year is not in the library yet, whatever else is."""
    calendar = _badung(today=date(2031, 1, 1))

    assert 2032 not in calendar.known_years


def test_the_version_names_the_content() -> None:
    """The same days are the same version; a late holiday is another one."""
    assert _badung().version == _badung().version
    assert _badung().version.startswith("badung-2026-")
    assert _badung(OWN_DAY).version != _badung().version


def test_this_years_holidays_are_known() -> None:
    """Red in January: pip install --upgrade holidays, pin it, and seed every region again."""
    today = datetime.now(UTC).date()

    assert today.year in _badung(today=today).known_years
