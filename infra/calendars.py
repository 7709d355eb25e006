"""A region's working calendar: national holidays, cuti bersama, and the region's own days."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from infra.region_file import Holiday, RegionFile
from shared.domain.calendar import Calendar

FIRST_YEAR = 2021
_JOINT_LEAVE = "cuti bersama"
# How the library marks a day that only the moon, and then a decree, will settle.
_ESTIMATES = ("perkiraan", "estimated")
# The joint decree of the three ministers for each year, where its numbers or its day are known.
_DECREES = {
    2023: "SKB 3 Menteri 1066/2022, 3/2022, 3/2022, diubah dengan 327/2023 dan 624/2023",
    2025: "SKB 3 Menteri 1017/2024, 2/2024, 2/2024 dan perubahannya",
    2026: "SKB 3 Menteri tanggal 19 September 2025",
}


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


def of(region: RegionFile, today: date) -> Calendar:
    """As the region's file has it now."""
    extras = {day: holiday.name for day, holiday in region.holidays.items()}
    return build(region.directory.region, region.directory.zone, extras, today)


def decrees(calendar: Calendar, extras: Mapping[date, Holiday]) -> dict[str, str]:
    """What declares each day, where it is known; a region's own decree before the national one."""
    national = {day: _DECREES[day.year] for day in calendar.holidays if day.year in _DECREES}
    own = {day: holiday.decree for day, holiday in extras.items()}
    return {day.isoformat(): decree for day, decree in sorted({**national, **own}.items())}


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
