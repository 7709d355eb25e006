"""How the service works, by the rules in force today, and which agency is responsible for what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from shared.domain.clocks import ClockKind
from shared.domain.directory import Agency, Directory
from shared.domain.ladder import Does, LadderRow
from shared.domain.policy import ANY_KIND, SUPERVISORY, PolicyRow
from shared.domain.recourse import RECOURSES
from shared.domain.scene import Rules
from shared.domain.statuses import Kind
from shared.edge.web.pages import AGENCIES, HOW, Page
from shared.edge.web.visits import Handler, Shown, Visit
from shared.usecases.directory import body_view

_CLOCKS = (
    "verification", "decision", "response", "legal", "reporter", "completion", "completion_agency",
)  # fmt: skip
_KINDS = (*(kind.value for kind in Kind), SUPERVISORY)
# Where mail to an office is read by the one desk that has to keep the deadline, it is no counter.
_AT_THE_COUNTER = ("phone", "web")


@dataclass(frozen=True, slots=True)
class AboutPages:
    rules: Callable[[], Rules]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {HOW: self._how, AGENCIES: self._agencies}

    def _how(self, visit: Visit) -> Shown:
        rules = self.rules()
        today = rules.today(visit.stamp.at)
        values = {
            "today": today,
            "deadlines": deadlines(rules, today),
            "rungs": rungs(rules, today),
            "elsewhere": _elsewhere(rules.directory, visit.language),
        }
        return Shown("how.html", values)

    def _agencies(self, visit: Visit) -> Shown:
        rules = self.rules()
        today, directory = rules.today(visit.stamp.at), rules.directory
        bodies = [body_view(body, visit.language) for body in directory.bodies.values()]
        offices = offices_by_kind(directory, today, visit.language)
        return Shown("agencies.html", {"offices": offices, "bodies": bodies})


def deadlines(rules: Rules, today: date) -> list[dict[str, Any]]:
    """One for each row in force; `kinds` is empty where it is for every kind of report."""
    return [
        {"clock": clock, "row": row, "kinds": () if row.kind == ANY_KIND else (row.kind,)}
        for clock in _CLOCKS
        for row in _in_force(rules, clock, today)
    ]


def rungs(rules: Rules, today: date) -> tuple[LadderRow, ...]:
    """Who else is told when an agency does not answer a complaint in time."""
    rows = rules.ladder.rows_for(ClockKind.RESPONSE, Kind.COMPLAINT, today)
    return tuple(row for row in rows if row.does is Does.ESCALATE)


def offices_by_kind(
    directory: Directory, today: date, language: str
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Those that work today, by kind and name."""
    working = [each for each in directory.agencies.values() if not _is_gone(each, today)]
    ordered = sorted(working, key=attrgetter("kind", "name"))
    return [
        (kind, [_office(each, directory, language) for each in offices])
        for kind, offices in groupby(ordered, key=attrgetter("kind"))
    ]


def _in_force(rules: Rules, clock: str, today: date) -> list[PolicyRow]:
    found = (rules.policy.row(clock, kind, today) for kind in _KINDS)
    once = {row.id: row for row in found if row and row.allowances}
    return sorted(once.values(), key=lambda row: row.kind != ANY_KIND)


def _office(agency: Agency, directory: Directory, language: str) -> dict[str, Any]:
    """`area`: empty where it serves the whole region; `tasks`: what its reports are about."""
    tasks = {rule.category: None for rule in directory.rules if rule.agency == agency.id}
    categories = (directory.categories.get(task) for task in tasks)
    return {
        "name": agency.name,
        "short_name": agency.short_name,
        "head": agency.head,
        "unconfirmed": agency.unconfirmed,
        "above": directory.agency_name(agency.parent),
        "area": directory.area_name(agency.area),
        "tasks": [category.in_language(language) for category in categories if category],
        "contact": {k: agency.contact[k] for k in _AT_THE_COUNTER if k in agency.contact},
    }


def _is_gone(agency: Agency, today: date) -> bool:
    return agency.succeeded_by is not None and agency.succeeded_by.on <= today


def _elsewhere(directory: Directory, language: str) -> list[dict[str, Any]]:
    return [
        body_view(directory.bodies.get(way.body.id, way.body), language)
        | {"basis": way.basis, "is_free": way.is_free, "kinds": sorted(way.kinds)}
        for way in RECOURSES
    ]
