"""A whole report, or one line of a queue, in the shapes of the HTTP contract."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.domain import routing, visibility
from shared.domain.acts.filing import first_words
from shared.domain.codes import show_code
from shared.domain.commands import name_of
from shared.domain.events import Event
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.statuses import Status
from shared.domain.visibility import Viewer
from shared.domain.workflow import allowed
from shared.usecases.directory import body_view
from shared.usecases.views import (
    Reading,
    agency_view,
    clocks_view,
    status_label,
    timeline_entry,
    working_days_of,
)

_SYSTEM_ONLY = frozenset({"transfer", "reschedule", "remind", "escalate", "expire", "renew"})


def report_view(
    report: Report,
    events: Iterable[Event],
    reading: Reading,
    *,
    supporters: int = 0,
    files: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Everything is made, then only this viewer's fields are kept. `files`: see `file_views`."""
    shown = visibility.fields(report, reading.viewer)
    makers = _FIELDS if reading.viewer in _WORKING else _CITIZENS_FIELDS
    view = {name: make(report, reading) for name, make in makers.items() if name in shown}
    if "supporters" in shown:
        view["supporters"] = supporters
    if "timeline" in shown:
        view["timeline"] = [timeline_entry(event, report, reading) for event in events]
    if "attachments" in shown:
        view["attachments"] = list(files)
    return view


def summary(report: Report, reading: Reading) -> dict[str, Any]:
    """One line of a queue."""
    shown = visibility.fields(report, reading.viewer) & _SUMMARY
    view = {name: make(report, reading) for name, make in _FIELDS.items() if name in shown}
    view["due_at"] = reading.local(report.due_at) if report.due_at else None
    return view


def _label(report: Report, reading: Reading) -> str:
    """Of a secret report not even the agency: an inspectorate would say what it is about."""
    named = "agency" in visibility.fields(report, reading.viewer)
    return status_label(report, reading.rules, reading.language, named=named)


def _title(report: Report, reading: Reading) -> str:
    """One made of the body's first words is made anew from what this viewer may read of them.

    Masks count characters of the body; the blanks of the body are not all in such a title.
    """
    if report.title == first_words(report.body):
        return first_words(_body(report, reading))
    return visibility.readable(report.title, report, reading.viewer, seq=0)


def _body(report: Report, reading: Reading) -> str:
    return visibility.readable(report.body, report, reading.viewer, seq=1)


def _area(report: Report, reading: Reading) -> dict[str, str] | None:
    if not report.area:
        return None
    return {"code": report.area, "name": reading.rules.directory.area_name(report.area)}


def _location(report: Report, reading: Reading) -> Any:
    if report.location is None or not report.location.text:
        return plain(report.location)
    text = visibility.readable(report.location.text, report, reading.viewer, seq=0)
    return plain(report.location) | {"text": text}


def _referred_to(report: Report, reading: Reading) -> dict[str, Any] | None:
    """Never a dead end: who it is and how to reach them."""
    body = reading.rules.directory.bodies.get(report.referred_to or "")
    return body_view(body, reading.language) if body else None


def _held_days(report: Report, reading: Reading) -> dict[str, int]:
    days: dict[str, int] = {}
    for stretch in report.custody:
        held = working_days_of(stretch, reading)
        days[stretch.agency] = days.get(stretch.agency, 0) + held
    return days


def _suggestion(report: Report, reading: Reading) -> Any:
    """Ranked candidates while somebody has to decide; the best one first."""
    if report.status not in (Status.SUBMITTED, Status.CONTESTED) or report.supervisory:
        return None
    ranked = [
        {
            "agency": candidate.agency,
            "body": candidate.body,
            "category": candidate.category,
            "confidence": candidate.confidence,
            "because": candidate.because[reading.language],
        }
        for candidate in routing.candidates_for(report, reading.rules.directory)
    ]
    return ranked[0] | {"others": ranked[1:]} if ranked else None


def _actions(report: Report, reading: Reading) -> list[str]:
    directory = reading.rules.directory
    names = (name_of(command) for command in allowed(report, reading.person, directory))
    hidden = _SYSTEM_ONLY if _may_reveal(report, reading.person) else _SYSTEM_ONLY | {"reveal"}
    return [name for name in names if name not in hidden]


def _may_reveal(report: Report, person: Person) -> bool:
    return any(visibility.may_see_identity(report, role) for role in person.roles)


_CITIZENS_FIELDS: Mapping[str, Any] = {
    "code": lambda report, _: show_code(report.code),
    "kind": lambda report, _: report.kind,
    "status": lambda report, _: report.status,
    "status_label": _label,
    "outcome": lambda report, _: report.outcome or report.answer,
    "category": lambda report, _: report.category,
    "agency": lambda report, reading: agency_view(report.agency, reading),
    "area": _area,
    "title": _title,
    "body": _body,
    "submitted_at": lambda report, reading: reading.local(report.submitted_at),
    "clocks": clocks_view,
    "revision": lambda report, _: report.revision,
    "head": lambda report, _: report.head,
    "merged_into": lambda report, _: show_code(report.merged_into) if report.merged_into else None,
    "referred_to": _referred_to,
    "archive_reason": lambda report, _: report.archive_reason,
    "language": lambda report, _: report.language,
    "occurred_on": lambda report, _: plain(report.occurred_on),
    "location": _location,
    "anonymous": lambda report, _: report.anonymous,
    "secret": lambda report, _: report.secret,
    "supervisory": lambda report, _: report.supervisory,
    "links": lambda report, _: dict(report.links),
    "satisfaction": lambda report, _: report.satisfaction,
    "oversight_offered": lambda report, _: report.oversight_offered,
    "actions": _actions,
}
_FIELDS: Mapping[str, Any] = {
    **_CITIZENS_FIELDS,
    "channel": lambda report, _: report.channel,
    "assignee": lambda report, _: report.assignee,
    "named_agency": lambda report, reading: agency_view(report.named_agency, reading),
    "held_days": _held_days,
    "suggestion": _suggestion,
}
_WORKING = frozenset({Viewer.AGENCY, Viewer.OFFICE})
_SUMMARY = frozenset(
    {
        "code", "kind", "status", "status_label", "category", "agency", "area", "title",
        "submitted_at", "revision", "supervisory", "secret", "anonymous", "assignee",
    }
)  # fmt: skip
