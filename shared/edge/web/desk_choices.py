"""What can be chosen in an officer's forms, and the words one may begin with."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.domain.directory import Directory, Officer
from shared.domain.events import Event
from shared.domain.scene import Person
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind
from shared.usecases.views import Reading

_DISTRICT = len("51.03.06")
# Texts that the public may come to read, by the names they have in an event.
_MASKED = ("text", "proof")
_INTERNAL = frozenset({"noted", "revealed"})

Option = Mapping[str, str]


def choices_of(
    reading: Reading, events: Iterable[Event], colleagues: Iterable[Officer]
) -> dict[str, list[Option]]:
    """By the field they are for. What has its names in words.html goes by id alone."""
    directory, language = reading.rules.directory, reading.language
    return {
        "agency": agencies(directory),
        "body": [_option(body.id, body.name) for body in directory.bodies.values()],
        "category": categories(directory, language),
        "area": districts(directory),
        "cause": [_option(x.id, x.in_language(language)) for x in directory.causes.values()],
        "officer": [_option(one.id, one.name) for one in colleagues],
        "kind": [_option(kind, kind) for kind in Kind],
        "reason": [_option(reason, reason) for reason in ArchiveReason],
        "outcome": [_option(answer, answer) for answer in AnswerKind],
        "place": [_option("1:text", "submitted"), *_places(events)],
    }


def agencies(directory: Directory) -> list[Option]:
    return [_option(agency.id, agency.name) for agency in directory.agencies.values()]


def categories(directory: Directory, language: str) -> list[Option]:
    return [_option(x.id, x.in_language(language)) for x in directory.categories.values()]


def districts(directory: Directory) -> list[Option]:
    """Villages are left out: a province has a thousand."""
    wide = sorted(pair for pair in directory.areas.items() if len(pair[0]) <= _DISTRICT)
    return [_option(code, name) for code, name in wide]


def templates_of(directory: Directory, language: str) -> dict[str, tuple[str, ...]]:
    """In the language of the reporter, by action."""
    found: dict[str, tuple[str, ...]] = {}
    for template in directory.templates:
        for action in template.commands:
            found[action] = (*found.get(action, ()), template.in_language(language))
    return found


def begun(view: Mapping[str, Any], person: Person) -> dict[str, dict[str, str]]:
    """The suggested agency, unless it is the one that gives the report away; and oneself."""
    found: dict[str, dict[str, str]] = {}
    suggested = view["suggestion"] and view["suggestion"]["agency"]
    if suggested and suggested != (view["agency"] or {}).get("id"):
        found["route"] = {"agency": suggested}
    if view["assignee"] is None and person.officer:
        found["assign"] = {"officer": person.officer}
    return found


def _places(events: Iterable[Event]) -> list[Option]:
    return [
        _option(f"{event.seq}:{field}", event.type)
        for event in events
        for field in _MASKED
        if event.seq > 1 and event.type not in _INTERNAL and event.texts.get(field)
    ]


def _option(id_: str, name: str) -> Option:
    return {"id": str(id_), "name": name}
