"""Who it is about: agencies, offices, bodies outside, as a text names them."""

from collections.abc import Mapping
from typing import Any

from shared.domain.clocks import ClockKind
from shared.domain.directory import Body
from shared.domain.events import Event
from shared.domain.languages import of_pair
from shared.domain.notice import Audience
from shared.domain.notice_conditions import offices
from shared.domain.notice_texts import phrases
from shared.domain.notice_texts.telling import Name, Telling
from shared.domain.statuses import Role

_TWO = 2
_TO_ANOTHER = frozenset({"routed", "forwarded", "reassigned", "transferred"})


def agency(telling: Telling) -> Name | None:
    """Whom it is about: the recipient, the one it was given to, the one that acted or has it."""
    event, unit = telling.event, telling.notice.unit
    if unit and telling.notice.audience is not Audience.REPORTER:
        return telling.agency(unit)
    if event and event.type in _TO_ANOTHER:
        return telling.agency(telling.facts["agency"])
    return telling.agency((_spoken_for(event) if event else None) or telling.keeper())


def _spoken_for(event: Event) -> str | None:
    """The agency itself acted, or an officer at the counter did on its behalf."""
    if event.facts.get("on_behalf"):
        return str(event.facts["agency"])
    return event.agency if event.by is Role.AGENCY else None


def coordinator(telling: Telling) -> str:
    region = telling.rules.directory.name_in(telling.language)
    return of_pair(phrases.COORDINATOR, telling.language).format(region=region)


def _office(audience: Audience, telling: Telling) -> str:
    directory = telling.rules.directory
    if audience is Audience.INSPECTORATE:
        accused = frozenset(telling.report.excluded if telling.report else ())
        return directory.agency_name(next(iter(directory.handlers_for(accused)), None))
    if audience is Audience.AGENCY_HEAD:
        keeper = directory.agencies.get(telling.keeper() or "")
        return keeper.head if keeper else ""
    if audience is Audience.COORDINATOR:
        return coordinator(telling)
    return of_pair(phrases.VERIFIERS, telling.language)


def names_of(told: Mapping[str, Any] | None, telling: Telling) -> str:
    """`A, B and C`; empty when nobody is told."""
    names = [_office(each, telling) for each in offices(told)] if told else []
    if len(names) < _TWO:
        return "".join(names)
    return ", ".join(names[:-1]) + of_pair(phrases.AND, telling.language) + names[-1]


def late_party(telling: Telling) -> str:
    """Who missed the deadline, at the start of a sentence."""
    clock, keeper = telling.facts["clock"], telling.agency(telling.keeper())
    if keeper and clock not in (ClockKind.VERIFICATION, ClockKind.DECISION):
        return keeper.full
    if clock == ClockKind.VERIFICATION or not (telling.report and telling.report.was_routed):
        return _capital(of_pair(phrases.VERIFIERS, telling.language))
    return _capital(coordinator(telling))


def seen_by(telling: Telling) -> str | None:
    event = telling.event
    assert event
    if event.by is Role.AGENCY:
        viewer = telling.agency(event.agency)
        return viewer.full if viewer else None
    if event.by is Role.COORDINATOR:
        return _capital(coordinator(telling))
    return of_pair(phrases.SEEN_BY[event.by], telling.language)


def body(telling: Telling) -> str:
    found = _body(telling)
    return found.name if found else ""


def contact(telling: Telling) -> str:
    """Never a dead end: without a contact, what the body is there for."""
    found = _body(telling)
    if found is None:
        return ""
    return ", ".join(found.contact.values()) or found.about_in(telling.language)


def _body(telling: Telling) -> Body | None:
    referred_to = telling.report.referred_to if telling.report else None
    return telling.rules.directory.bodies.get(referred_to or "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
