"""How a region's rules lie in the store, as seeded (infra/seeding.py writes them). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from shared.domain.attachment import FileLimits
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind
from shared.domain.directory import (
    Agency,
    Body,
    Category,
    Directory,
    Named,
    Rule,
    Successor,
    Template,
)
from shared.domain.ladder import Does, Ladder, LadderRow
from shared.domain.notice import Audience
from shared.domain.people import Amendment, amended
from shared.domain.policy import Allowance, Policy, PolicyRow
from shared.domain.scene import Rules

Document = Mapping[str, Any]


def rules_of(
    settings: Document,
    *,
    areas: Mapping[str, str],
    agencies: Iterable[Document],
    categories: Iterable[Document],
    policy: Iterable[Document],
    ladder: Iterable[Document],
    calendars: Iterable[Document],
    amendments: Mapping[str, Document],
) -> Rules:
    """`settings` names the calendar in force; clocks may still refer to the older ones.

    `amendments`: what the desk says of agencies, by their ids, in the place of what was seeded.
    """
    versions = {each["version"]: _calendar(each) for each in calendars}
    parts = {
        **settings,
        "agencies": _by_id(_agency(each, amendments.get(each["id"])) for each in agencies),
        "bodies": _by_id(Body(**_known(Body, each)) for each in settings["bodies"]),
        "categories": _by_id(map(_category, categories)),
        "rules": tuple(Rule(**_known(Rule, each)) for each in settings["rules"]),
        "areas": areas,
        "handlers": tuple(settings["handlers"]),
        "causes": _by_id(Named(**_known(Named, each)) for each in settings["causes"]),
        "origins": tuple(settings["origins"]),
        "notice_allowlist": tuple(settings.get("notice_allowlist", ())),
        "templates": tuple(map(_template, settings.get("templates", ()))),
    }
    return Rules(
        directory=Directory(**_known(Directory, parts)),
        policy=Policy(tuple(map(_row, policy))),
        calendar=versions[settings["calendar"]],
        calendars=versions,
        ladder=Ladder(tuple(map(_ladder_row, ladder))),
        files=tuple(map(_file_limits, settings.get("files", ()))),
    )


def _known(kind: type, document: Document) -> dict[str, Any]:
    """A newer seeding may hold fields that this deployment does not know yet."""
    return {part.name: document[part.name] for part in fields(kind) if part.name in document}


def _by_id(values: Iterable[Any]) -> dict[str, Any]:
    return {value.id: value for value in values}


def amendment_of(document: Document) -> Amendment:
    return Amendment(**_known(Amendment, document))


def _agency(document: Document, amendment: Document | None) -> Agency:
    heir = document["succeeded_by"]
    successor = heir and Successor(heir["agency"], date.fromisoformat(heir["on"]))
    seeded = Agency(**{**_known(Agency, document), "succeeded_by": successor})
    return amended(seeded, amendment_of(amendment) if amendment else None)


def _category(document: Document) -> Category:
    return Category(**{**_known(Category, document), "keywords": tuple(document["keywords"])})


def _template(document: Document) -> Template:
    return Template(**{**_known(Template, document), "commands": tuple(document["commands"])})


def _row(document: Document) -> PolicyRow:
    extension = document["extension"]
    parts = {
        **document,
        "allowances": tuple(map(_allowance, document["allowances"])),
        "since": date.fromisoformat(document["since"]),
        "extension": _allowance(extension) if extension else None,
    }
    return PolicyRow(**_known(PolicyRow, parts))


def _ladder_row(document: Document) -> LadderRow:
    parts = {
        **document,
        "clock": ClockKind(document["clock"]),
        "does": Does(document["does"]),
        "to": tuple(map(Audience, document["to"])),
        "since": date.fromisoformat(document["since"]),
    }
    return LadderRow(**_known(LadderRow, parts))


def _file_limits(document: Document) -> FileLimits:
    parts = {
        **document,
        "types": frozenset(document["types"]),
        "since": date.fromisoformat(document["since"]),
    }
    return FileLimits(**_known(FileLimits, parts))


def _allowance(document: Document) -> Allowance:
    return Allowance(**_known(Allowance, document))


def _calendar(document: Document) -> Calendar:
    return Calendar(
        version=document["version"],
        zone=document["zone"],
        holidays={date.fromisoformat(day): name for day, name in document["holidays"].items()},
        known_years=frozenset(document["known_years"]),
    )
