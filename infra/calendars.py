"""A region's working calendar: national holidays, cuti bersama, and the region's own days."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from shared.domain.calendar import Calendar

FIRST_YEAR = 2021
_JOINT_LEAVE = "cuti bersama"
# How the library marks a day that only the moon, and then a decree, will settle.
_ESTIMATES = ("perkiraan", "estimated")


def build(region: str, zone: str, extras: Mapping[date, str], today: date) -> Calendar:
    """From 2021 to the end of next year; the version names the content, so the same days agree."""
    days = _national(today.year + 1)
    for day, name in extras.items():
        days[day] = f"{days[day]}; {name}" if day in days else name
    known = _known_years(days)
    return Calendar(
        version=f"{region}-{max(known, default=FIRST_YEAR)}-{_digest(zone, days, known)}",
        zone=zone,
        holidays=dict(sorted(days.items())),
        known_years=known,
    )


def _national(last_year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 only who builds a calendar pays for it

    found = holidays.country_holidays(
        "ID",
        years=range(FIRST_YEAR, last_year + 1),
        categories=("public", "government"),
        language="id",
    )
    return dict(found)


def _known_years(days: Mapping[date, str]) -> frozenset[int]:
    """Years whose decree the library has: no day is an estimate, and cuti bersama is declared."""
    names: dict[int, str] = {}
    for day, name in days.items():
        names[day.year] = f"{names.get(day.year, '')} {name}".lower()
    return frozenset(
        year
        for year, all_names in names.items()
        if _JOINT_LEAVE in all_names and not any(mark in all_names for mark in _ESTIMATES)
    )


def _digest(zone: str, days: Mapping[date, str], known: frozenset[int]) -> str:
    named = {day.isoformat(): name for day, name in days.items()}
    content = json.dumps([zone, named, sorted(known)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:6]
