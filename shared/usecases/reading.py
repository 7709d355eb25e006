"""Read one report, or a queue of them, as somebody who may."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from shared.domain.codes import UnreadableCode, parse_code
from shared.domain.commands import Command, Respond
from shared.domain.refusals import NotAllowed
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.statuses import Role, Status
from shared.domain.visibility import OFFICE, Viewer, viewer_of
from shared.usecases.file_views import files_view
from shared.usecases.ports import Query, Reports
from shared.usecases.report_views import report_view, summary
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class Search:
    """What an officer asks for; `q` is a tracking code, or words of title and body."""

    queue: str = "all"
    status: str | None = None
    agency: str | None = None
    category: str | None = None
    area: str | None = None
    q: str | None = None
    cursor: str | None = None
    limit: int = 25


def viewer_for(report: Report, person: Person) -> Viewer:
    viewer = viewer_of(report, person)
    if viewer is None:
        raise NotAllowed
    return viewer


def full_view(report: Report, reading: Reading, desk: Desk, *, supporters: int) -> dict[str, Any]:
    events, shelf = desk.reports.timeline_with_shelf(report.code, report.seq)
    files = files_view(report, events, shelf, reading, keys=desk.keys, seals=desk.seals)
    return report_view(report, events, reading, supporters=supporters, files=files)


def acting_viewer(person: Person, command: Command | None = None) -> Viewer:
    """For the answer to one's own act, which may just have given the report out of one's hands.

    Whoever enters an agency's answer reads no more of the report than everybody does.
    """
    if person.roles & OFFICE:
        return Viewer.OFFICE
    on_behalf = isinstance(command, Respond) and command.on_behalf_of
    return Viewer.PUBLIC if on_behalf else Viewer.AGENCY


def search(asked: Search, reading: Reading, reports: Reports) -> dict[str, Any]:
    """Raises NotAllowed and BadCursor."""
    person, query = reading.person, query_of(asked, reading)
    if asked.q and not query.words:
        # Too short to be looked up; without any words the query would find everything.
        return {"reports": [], "next_cursor": None}
    page = reports.search(query)
    return {
        "reports": [
            summary(report, reading)
            for report in page.reports
            if viewer_of(report, person) is not None
        ],
        "next_cursor": page.next_cursor,
    }


def wanted_words(text: str) -> tuple[str, ...]:
    """A readable tracking code is looked up as such, anything else word by word."""
    try:
        return (parse_code(text),)
    except UnreadableCode:
        folded = unicodedata.normalize("NFKC", text).lower()
        return tuple(re.findall(r"\w{3,}", folded))


def query_of(asked: Search, reading: Reading) -> Query:
    """Raises NotAllowed for whoever may not look there."""
    person = reading.person
    office = bool(person.roles & OFFICE)
    if not office and Role.AGENCY not in person.roles:
        raise NotAllowed
    own = None if office else person.agency
    if own and asked.agency not in (None, own):
        raise NotAllowed
    return Query(
        status=asked.status or _STATUS_OF_QUEUE.get(asked.queue),
        holder=_HOLDER_OF_QUEUE.get(asked.queue),
        agency=own or asked.agency or (person.agency if asked.queue == "agency" else None),
        assignee=person.officer if asked.queue == "mine" else None,
        category=asked.category,
        area=asked.area,
        appealed=True if asked.queue == "appeals" else None,
        overdue_at=reading.now if asked.queue == "overdue" else None,
        words=wanted_words(asked.q) if asked.q else (),
        cursor=asked.cursor,
        limit=asked.limit,
    )


_STATUS_OF_QUEUE = {"contested": Status.CONTESTED}
_HOLDER_OF_QUEUE = {"verification": Role.VERIFIER, "agency": Role.AGENCY}
