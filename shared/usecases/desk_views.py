"""What the desk shows beside a report: queues and their sizes, notices, what changed meanwhile."""

from collections.abc import Iterable
from typing import Any

from shared.domain.events import Event, evolve
from shared.domain.notice import Audience, Notice
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.statuses import Role
from shared.domain.visibility import Viewer
from shared.usecases.ports import Reports
from shared.usecases.reading import Search, query_of
from shared.usecases.views import Reading

# Whose work each queue is; the first of somebody's queues is where their day begins.
_WORKING: dict[str, frozenset[Role]] = {
    "verification": frozenset({Role.VERIFIER}),
    "agency": frozenset({Role.AGENCY}),
    "contested": frozenset({Role.COORDINATOR}),
    "mine": frozenset({Role.AGENCY}),
    "appeals": frozenset({Role.VERIFIER, Role.COORDINATOR}),
    "overdue": frozenset({Role.VERIFIER, Role.AGENCY, Role.COORDINATOR, Role.OVERSIGHT}),
    "all": frozenset({Role.VERIFIER, Role.AGENCY, Role.COORDINATOR, Role.OVERSIGHT}),
}


def queues_of(person: Person) -> tuple[str, ...]:
    """None for whoever only files or keeps the directory."""
    return tuple(queue for queue, roles in _WORKING.items() if roles & person.roles)


def sizes(reading: Reading, reports: Reports, *, most: int) -> dict[str, int]:
    """How many reports lie in each queue; counting stops at `most`."""
    return {
        queue: reports.count(query_of(Search(queue), reading), most)
        for queue in queues_of(reading.person)
    }


def changed_since(events: Iterable[Event], revision: int) -> frozenset[int]:
    """The numbers of the events that somebody who read this revision has not seen."""
    report, unseen = None, set[int]()
    for event in events:
        report = evolve(report, event)
        if report.revision > revision:
            unseen.add(event.seq)
    return frozenset(unseen)


def notices_view(
    notices: Iterable[Notice], events: Iterable[Event], report: Report, reading: Reading
) -> list[dict[str, Any]]:
    """Newest first: about what, to whom, how far it came and why. No address: none is stored."""
    types = {event.seq: event.type for event in events}
    return [
        {
            "about": types.get(notice.seq or 0),
            "to": notice.audience,
            "unit": reading.rules.directory.agency_name(notice.unit),
            "channel": notice.channel,
            "state": notice.state,
            "reason": notice.reason,
            "at": reading.local(notice.created_at),
        }
        for notice in reversed(tuple(notices))
        if _may_know(notice, report, reading)
    ]


def _may_know(notice: Notice, report: Report, reading: Reading) -> bool:
    """That a message went to an anonymous reporter tells an agency that there is a contact."""
    if reading.viewer is Viewer.OFFICE:
        return True
    if notice.audience is Audience.REPORTER:
        return not report.anonymous
    return notice.unit is not None and notice.unit == reading.person.agency
