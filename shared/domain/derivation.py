"""Why this date: the days of a clock counted one by one, and the sentence people read."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.domain import clocks
from shared.domain.calendar import Calendar, Unit
from shared.domain.clocks import ClockRun, Span
from shared.domain.dates import long_date
from shared.domain.policy import PolicyRow


@dataclass(frozen=True, slots=True)
class Derivation:
    """`days`: each counted day up to `due_on`; `skipped`: weekday holidays that did not count.

    `undecreed`: years of which the working days are not settled yet.
    """

    start: date
    due_on: date
    unit: Unit
    days: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]
    basis: str
    policy: str
    undecreed: tuple[int, ...] = ()


def derive(run: ClockRun, row: PolicyRow, calendar: Calendar, now: datetime) -> Derivation:
    start = calendar.day_of(_counted_from(run))
    due_on, unit = clocks.due_day_and_unit(run, calendar, now)
    between = (start + timedelta(days=n + 1) for n in range((due_on - start).days))
    return Derivation(
        start=start,
        due_on=due_on,
        unit=unit,
        days=tuple(day for day in between if unit == "CD" or calendar.is_working(day)),
        skipped=calendar.skipped(start, due_on) if unit == "WD" else (),
        basis=row.basis,
        policy=row.id,
        undecreed=_undecreed(start, due_on, calendar) if unit == "WD" else (),
    )


def sentence(run: ClockRun, row: PolicyRow, calendar: Calendar, now: datetime, lang: str) -> str:
    if run.is_paused:
        left = clocks.days_left(run, calendar, now)
        return _PAUSED[lang].format(left=left, basis=_in(lang, row.basis))
    found = derive(run, row, calendar, now)
    return (
        _RUNNING[lang].format(
            due=long_date(found.due_on, lang),
            count=len(found.days),
            unit=_UNITS[lang][found.unit],
            start=long_date(found.start, lang),
            basis=_in(lang, found.basis),
        )
        + _skipped(found, lang)
        + _provisional(found, lang)
    )


_RUNNING = {
    "id": "Jatuh tempo {due}: {count} {unit} sejak {start} ({basis}).",
    "en": "Due {due}: {count} {unit} since {start} ({basis}).",
}
_PAUSED = {
    "id": "Waktu berhenti sementara; sisa {left} hari kerja ({basis}).",
    "en": "The clock stands; {left} working days are left ({basis}).",
}
# A regulation is cited as it is called; what stands in its place where there is none is told.
_BASES = {"kebijakan layanan": "service policy"}
_UNITS = {
    "id": {"WD": "hari kerja", "CD": "hari kalender"},
    "en": {"WD": "working days", "CD": "calendar days"},
}
_SKIPPED = {"id": " Libur tidak dihitung: {days}.", "en": " Holidays not counted: {days}."}
_PROVISIONAL = {
    "id": " Hari libur {years} belum ditetapkan, jadi tanggal ini masih dapat berubah.",
    "en": " The holidays of {years} are not settled yet, so this date may still move.",
}


def _in(lang: str, basis: str) -> str:
    return basis if lang == "id" else _BASES.get(basis, basis)


def _skipped(found: Derivation, lang: str) -> str:
    if not found.skipped:
        return ""
    days = "; ".join(f"{long_date(day, lang)} ({name})" for day, name in found.skipped)
    return _SKIPPED[lang].format(days=days)


def _provisional(found: Derivation, lang: str) -> str:
    if not found.undecreed:
        return ""
    return _PROVISIONAL[lang].format(years=", ".join(map(str, found.undecreed)))


def _undecreed(start: date, due_on: date, calendar: Calendar) -> tuple[int, ...]:
    """A calendar that knows no year at all was not made from decrees."""
    years = range(start.year, due_on.year + 1) if calendar.known_years else ()
    return tuple(year for year in years if year not in calendar.known_years)


def _counted_from(run: ClockRun) -> datetime:
    """The start, or when the clock last went on after standing still."""
    pauses = [part.end for part in run.intervals if part.kind is Span.PAUSED and part.end]
    return pauses[-1] if pauses else run.started_at
