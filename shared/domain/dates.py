"""Dates as people write them. No locale of the machine is needed or trusted."""

from datetime import date, datetime, timedelta

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def long_date(day: date, language: str) -> str:
    """`Jumat, 27 November 2026`"""
    weekday, month = _DAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    return f"{weekday}, {day.day} {month} {day.year}"


def short_date(day: date, language: str) -> str:
    """`27 Nov`: for where there is no room."""
    return f"{day.day} {_MONTHS[language][day.month - 1][:3]}"


def long_month(day: date, language: str) -> str:
    """`November 2026`"""
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def short_month(day: date, language: str) -> str:
    """`Nov`: for where there is no room."""
    return _MONTHS[language][day.month - 1][:3]


def long_moment(at: datetime, language: str) -> str:
    """`Jumat, 27 November 2026 pukul 09.12 WITA`; `at` in one of Indonesia's three zones."""
    return (
        _MOMENTS[language]
        .format(
            date=long_date(at.date(), language),
            hour=at.hour,
            minute=at.minute,
            zone=_ZONES.get(at.utcoffset() or timedelta(), ""),
        )
        .rstrip()
    )


def number(value: int, language: str) -> str:
    """`12.345`, in English `12,345`."""
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", ".")


_MOMENTS = {
    "id": "{date} pukul {hour:02}.{minute:02} {zone}",
    "en": "{date} at {hour:02}:{minute:02} {zone}",
}
_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
