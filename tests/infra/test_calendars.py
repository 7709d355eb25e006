"""Working calendars: what the decrees say, what a region adds, and what nobody knows yet."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from infra import calendars, region_file
from infra.region_file import Holiday
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
    """Red in January: pip install --upgrade holidays, pin it, activate each region's calendar."""
    today = datetime.now(UTC).date()

    assert today.year in _badung(today=today).known_years


# Bali


BALINESE = ("bali", "badung")
# Wednesdays of the week Dungulan, as printed calendars have them.
GALUNGAN = ("2024-02-28", "2024-09-25", "2025-04-23", "2025-11-19", "2026-06-17", "2027-01-13")
AROUND_GALUNGAN = {
    "Penampahan Galungan": -1,
    "Galungan": 0,
    "Umanis Galungan": 1,
    "Penampahan Kuningan": 9,
    "Kuningan": 10,
    "Pagerwesi": 140,
}
PAWUKON = timedelta(days=210)


@cache
def _own_days(region: str) -> Mapping[date, Holiday]:
    return region_file.read(region).holidays


@pytest.mark.parametrize("region", BALINESE)
@pytest.mark.parametrize("day", GALUNGAN)
def test_galungan_falls_where_printed_calendars_have_it(region: str, day: str) -> None:
    """A Wednesday; Kuningan is the Saturday ten days later."""
    galungan = date.fromisoformat(day)

    assert f"{galungan:%A}" == "Wednesday"
    assert _own_days(region)[galungan].name == "Galungan"
    assert _own_days(region)[galungan + timedelta(days=10)].name == "Kuningan"


@pytest.mark.parametrize("region", BALINESE)
@pytest.mark.parametrize("name", AROUND_GALUNGAN)
def test_holy_days_return_every_210_days(region: str, name: str) -> None:
    """None is missing, and none beside the cycle."""
    first = date(2025, 4, 23) + timedelta(days=AROUND_GALUNGAN[name]) - 4 * PAWUKON
    cycle = (first + count * PAWUKON for count in range(10))

    written = [day for day, holiday in _own_days(region).items() if holiday.name == name]

    assert sorted(written) == [day for day in cycle if 2024 <= day.year <= 2027]


def test_the_regency_has_the_provinces_days() -> None:
    """One circular for both."""
    bali, badung = map(_own_days, BALINESE)

    assert {day: each.name for day, each in bali.items()} == {
        day: each.name for day, each in badung.items()
    }


@pytest.mark.parametrize("region", BALINESE)
def test_a_dispensation_is_not_called_a_decree(region: str) -> None:
    """It says by what it is one, or that nobody has confirmed it yet."""
    for day, holiday in _own_days(region).items():
        said = holiday.decree
        assert said.startswith("dispensasi, ")
        assert ("SE Gubernur Bali" in said) == (day.year <= 2025)
        assert ("belum dikonfirmasi" in said) == (day.year > 2025 or region == "badung")


def test_a_day_is_seeded_with_what_declares_it() -> None:
    """The joint decree of its year where that is known, the region's own before it."""
    region = region_file.read("bali")
    calendar = calendars.of(region, TODAY)

    said = calendars.decrees(calendar, region.holidays)

    assert said["2025-04-23"] == "dispensasi, SE Gubernur Bali 16/2024"
    assert said["2025-12-26"].startswith("SKB 3 Menteri 1017/2024")
    assert "2022-04-29" not in said
    assert said.keys() <= {day.isoformat() for day in calendar.holidays}
