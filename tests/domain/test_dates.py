"""Dates and numbers as people of the region write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.domain.dates import long_moment, number

AT = datetime(2026, 11, 27, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "language", "written"),
    [
        ("Asia/Jakarta", "id", "Jumat, 27 November 2026 pukul 08.05 WIB"),
        ("Asia/Makassar", "id", "Jumat, 27 November 2026 pukul 09.05 WITA"),
        ("Asia/Jayapura", "en", "Friday, 27 November 2026 at 10:05 WIT"),
        ("UTC", "en", "Friday, 27 November 2026 at 01:05"),
    ],
)
def test_a_moment_names_its_zone(zone: str, language: str, written: str) -> None:
    """Three zones, one name each; elsewhere none."""
    assert long_moment(AT.astimezone(ZoneInfo(zone)), language) == written


def test_a_moment_goes_by_its_own_days() -> None:
    """Past midnight in the region is the next day, whatever the day is in UTC."""
    late = (AT + timedelta(hours=16)).astimezone(ZoneInfo("Asia/Makassar"))

    assert long_moment(late, "id") == "Sabtu, 28 November 2026 pukul 01.05 WITA"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [(0, "0", "0"), (999, "999", "999"), (12345, "12.345", "12,345"), (-1200, "-1.200", "-1,200")],
)
def test_thousands_are_parted(value: int, indonesian: str, english: str) -> None:
    assert (number(value, "id"), number(value, "en")) == (indonesian, english)
