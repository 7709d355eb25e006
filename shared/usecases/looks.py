"""Who looked at whose identity: heads answer for their own people, the office for everybody."""

from datetime import date
from typing import Any

from shared.domain.codes import show_code
from shared.domain.events import Event
from shared.domain.refusals import NotAllowed
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.statuses import Role
from shared.usecases.people_ports import Looks
from shared.usecases.places import place_of, written
from shared.usecases.ports import Officers
from shared.usecases.views import Reading, agency_view

_REGION = frozenset({Role.COORDINATOR, Role.OVERSIGHT})
_LINES = 25


def leads(person: Person, officers: Officers, today: date) -> bool:
    """A head of an agency, or whoever stands in for one today."""
    if Role.AGENCY not in person.roles or person.agency is None:
        return False
    if person.head:
        return True
    heads = (each for each in officers.of_agency(person.agency) if each.head)
    return any(head.deputy_on(today) == person.officer for head in heads)


def looks_view(
    agency: str | None, cursor: str | None, reading: Reading, *, looks: Looks, officers: Officers
) -> dict[str, Any]:
    """The newest first. Raises NotAllowed and BadCursor."""
    unit = _unit(agency, reading, officers)
    found = looks.of(unit, place_of(cursor), _LINES + 1)
    names: dict[str, str] = {}
    lines = [
        _line(report, event, names, reading, officers)
        for report, event in found[:_LINES]
        if reading.person.agency not in report.excluded
    ]
    last = found[_LINES - 1][1] if len(found) > _LINES else None
    return {"looks": lines, "next_cursor": written((last.at, last.id)) if last else None}


def _unit(agency: str | None, reading: Reading, officers: Officers) -> str | None:
    """Whose log is read; None: everybody's."""
    person = reading.person
    if person.roles & _REGION:
        return agency
    today = reading.rules.today(reading.now)
    if agency not in (None, person.agency) or not leads(person, officers, today):
        raise NotAllowed
    return person.agency


def _line(
    report: Report, event: Event, names: dict[str, str], reading: Reading, officers: Officers
) -> dict[str, Any]:
    looker = event.officer or ""
    if looker not in names:
        found = officers.by_id(looker)
        names[looker] = found.name if found else looker
    return {
        "code": show_code(report.code),
        "at": reading.local(event.at),
        "by": event.by,
        "officer": {"id": looker, "name": names[looker]},
        "agency": agency_view(event.agency, reading),
        "reason": event.texts.get("text"),
    }
