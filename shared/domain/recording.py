"""What the rules decided becomes events: numbered, sealed, in the chain."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.domain.events import Event, Happening, Stamp, evolve, sealed
from shared.domain.report import Report
from shared.domain.scene import Person, Rules
from shared.domain.statuses import Role


def recorded(
    before: Report | None,
    code: str,
    happenings: tuple[Happening, ...],
    person: Person,
    role: Role,
    rules: Rules,
    stamp: Stamp,
    *,
    offset: int = 0,
) -> tuple[Report, tuple[Event, ...]]:
    """The report after them. `offset`: how many events of the same stamp there are already."""
    report, events = before, list[Event]()
    for index, happening in enumerate(happenings, start=offset):
        event = sealed(
            Event(
                id=stamp.random_hex("event", index),
                seq=report.seq + 1 if report else 1,
                type=happening.type,
                at=stamp.at,
                by=role,
                salt=stamp.random_hex("salt", index),
                officer=person.officer,
                agency=person.agency,
                changes=_rearmed(report, happening.changes, rules, stamp.at),
                texts={name: text for name, text in happening.texts.items() if text},
                facts=happening.facts,
                public=happening.public,
            ),
            report.head if report else code,
        )
        report = evolve(report, event)
        events.append(event)
    assert report
    return report, tuple(events)


def _rearmed(
    report: Report | None, changes: Mapping[str, Any], rules: Rules, now: datetime
) -> Mapping[str, Any]:
    """A clock that moves takes back the rungs that lie ahead again."""
    if report is None or not report.rungs or "clocks" not in changes:
        return changes
    after = replace(report, **changes)
    kept = rules.ladder.still_passed(report, after, rules.calendars, now)
    return changes if kept == after.rungs else {**changes, "rungs": kept}
