"""Read the scoreboard: a period's deadlines by group, and the root of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.domain import dates
from shared.domain.directory import Directory
from shared.domain.languages import of_pair
from shared.domain.scene import Rules
from shared.domain.scoreboard import reading, roots, wording
from shared.domain.scoreboard.period import Period
from shared.domain.scoreboard.reading import By, Row
from shared.usecases.scoreboard_ports import Cells, Heads

_USUAL_DAYS = 90
_MOST_DAYS = 366

_ADDED_UP = (
    "confirmed_solved", "confirmed_unsolved", "no_reply", "objected", "withdrawn", "referred",
    "merged", "archived", "promises_due", "promises_kept", "extended", "forwarded_out",
    "held_days", "overdue_now",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Without days: the last ninety that are over. `agency`: of this one alone."""

    by: By = By.AGENCY
    since: date | None = None
    until: date | None = None
    agency: str | None = None

    def period(self, today: date) -> Period:
        yesterday = today - timedelta(days=1)
        until = self.until or max(yesterday, self.since or yesterday)
        since = self.since or _days_before(until, _USUAL_DAYS - 1)
        return Period(since, until, today)


class BadPeriod(Exception):
    """The days asked for make no period that can be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownAgency(Exception):
    """The directory has none of this id."""


class DayNotOver(Exception):
    """The day may still bring events, so it has no root yet."""


def scoreboard(
    asked: Asked, *, rules: Rules, now: datetime, language: str, cells: Cells
) -> dict[str, Any]:
    period = asked.period(rules.today(now))
    _check(period)
    if asked.agency and asked.agency not in rules.directory.agencies:
        raise UnknownAgency
    days = period.days
    counts = cells.between(days[0], days[-1]) if days else {}
    if asked.agency:
        counts = reading.of_agency(counts, asked.agency, asked.by)
    return {
        "from": period.since.isoformat(),
        "to": period.until.isoformat(),
        "counted_to": days[-1].isoformat() if days else None,
        "by": asked.by,
        "agency": asked.agency,
        "groups": [
            {"id": row.id or None, "name": _name(row.id, asked.by, rules.directory, language)}
            | _numbers(row)
            | {"rank": None if asked.agency else row.rank}
            for row in reading.rows(counts, asked.by, period, rules.calendar)
        ],
        "total": _numbers(reading.total(counts, asked.by, period, rules.calendar)),
    }


def table(found: Mapping[str, Any]) -> dict[str, Any]:
    """The same groups as lines that say by themselves what they are about."""
    about = {name: found[name] for name in ("from", "to", "by", "agency")}
    return {
        "columns": (*about, "id", "name", *found["total"], "rank"),
        "rows": [about | group for group in found["groups"]],
    }


def day_root(day: date, *, rules: Rules, now: datetime, heads: Heads) -> dict[str, Any]:
    """The root with every head it stands for: whoever knows a report's head can look for it.

    Heads are bare hashes, those of secret reports no others; a code would lead to the report.
    """
    if not roots.is_settled(day, rules.calendar, now):
        raise DayNotOver
    start, end = roots.bounds(day, rules.calendar)
    found = sorted(heads.between(start, end).values())
    return {"day": day.isoformat(), "root": roots.root_of(found), "heads": found}


def _check(period: Period) -> None:
    if period.until < period.since:
        raise BadPeriod("before-from")
    if (period.until - period.since).days >= _MOST_DAYS:
        raise BadPeriod("over-a-year")


def _days_before(day: date, number: int) -> date:
    return date.fromordinal(max(day.toordinal() - number, 1))


def _numbers(row: Row) -> dict[str, Any]:
    return {
        "due": row.due,
        "on_time": row["on_time"],
        "late": row["late"],
        "unanswered": row["unanswered"],
        "median_days": row.median_days,
        "p90_days": row.p90_days,
        **{name: row[name] for name in _ADDED_UP},
        "satisfaction": row.satisfaction,
        "satisfaction_n": row["satisfaction_n"],
    }


def _name(id_: str, by: By, directory: Directory, language: str) -> str:
    """What is no longer in the directory goes by its id."""
    if not id_:
        return wording.name_of_none(by, language)
    if by is By.MONTH:
        return dates.long_month(date.fromisoformat(f"{id_}-01"), language)
    if by is By.KIND:
        return of_pair(wording.KINDS[id_], language)
    if by is By.CATEGORY:
        category = directory.categories.get(id_)
        return category.in_language(language) if category else id_
    name = directory.agency_name(id_) if by is By.AGENCY else directory.area_name(id_)
    return name or id_
