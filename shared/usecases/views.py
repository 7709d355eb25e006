"""A report as one viewer may read it: the shapes of the HTTP contract, in plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain import derivation, routing, visibility
from shared.domain.acts.filing import first_words
from shared.domain.clocks import ClockRun
from shared.domain.codes import show_code
from shared.domain.commands import name_of
from shared.domain.events import Event
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.scene import Person, Rules
from shared.domain.statuses import UNNAMED, Status, label
from shared.domain.visibility import Viewer
from shared.domain.workflow import allowed
from shared.usecases.directory import body_view

_SYSTEM_ONLY = frozenset({"transfer", "remind", "escalate", "expire"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, when, in which language, under which rules."""

    viewer: Viewer
    person: Person
    rules: Rules
    now: datetime
    language: str

    def local(self, at: datetime) -> str:
        return at.astimezone(ZoneInfo(self.rules.directory.zone)).isoformat(timespec="seconds")


def report_view(
    report: Report, events: Iterable[Event], reading: Reading, *, supporters: int = 0
) -> dict[str, Any]:
    """Everything is made, then only this viewer's fields are kept."""
    shown = visibility.fields(report, reading.viewer)
    makers = _FIELDS if reading.viewer in _WORKING else _CITIZENS_FIELDS
    view = {name: make(report, reading) for name, make in makers.items() if name in shown}
    if "supporters" in shown:
        view["supporters"] = supporters
    if "timeline" in shown:
        view["timeline"] = [timeline_entry(event, report, reading) for event in events]
    return view


def summary(report: Report, reading: Reading) -> dict[str, Any]:
    """One line of a queue."""
    shown = visibility.fields(report, reading.viewer) & _SUMMARY
    view = {name: make(report, reading) for name, make in _FIELDS.items() if name in shown}
    view["due_at"] = reading.local(report.due_at) if report.due_at else None
    return view


def clocks_view(
    report: Report, reading: Reading, *, explained: bool = True
) -> list[dict[str, Any]]:
    return [_clock(run, reading, explained=explained) for run in report.clocks]


def status_label(report: Report, rules: Rules, language: str, *, named: bool = True) -> str:
    """`named`: with the agency, body or report that the status is about, where it is about one."""
    if not named:
        return label(report.status, report.outcome, language, **UNNAMED[language])
    body = rules.directory.bodies.get(report.referred_to or "")
    return label(
        report.status,
        report.outcome,
        language,
        agency=rules.directory.agency_name(report.agency),
        body=body.name if body else "",
        code=show_code(report.merged_into) if report.merged_into else "",
    )


def timeline_entry(event: Event, report: Report, reading: Reading) -> dict[str, Any]:
    """The header and the agency always; all else only where this viewer may read it."""
    entry: dict[str, Any] = {
        "id": event.id,
        "seq": event.seq,
        "type": event.type,
        "at": reading.local(event.at),
        "by": event.by,
        "digest": event.digest,
        "hash": event.hash,
    }
    if agency := event.facts.get("agency") or event.agency:
        entry["agency"] = _agency(str(agency), reading)
    if visibility.may_read(event, report, reading.viewer):
        entry |= _readable_texts(event, report, reading)
        entry |= {name: plain(value) for name, value in event.facts.items() if name != "agency"}
    return entry


def _readable_texts(event: Event, report: Report, reading: Reading) -> dict[str, str]:
    return {
        name: visibility.readable(text, report, reading.viewer, seq=event.seq)
        for name, text in event.texts.items()
        if name not in ("title", "body")
    }


def _clock(run: ClockRun, reading: Reading, *, explained: bool) -> dict[str, Any]:
    view: dict[str, Any] = {
        "kind": run.kind,
        "run": run.run,
        "due_at": reading.local(run.due_at) if run.due_at else None,
        "state": run.state(reading.now),
    }
    if explained:
        row = reading.rules.policy.by_id(run.policy)
        calendar = reading.rules.calendars[run.calendar]
        view["because"] = derivation.sentence(run, row, calendar, reading.now, reading.language)
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


def _agency(agency: str | None, reading: Reading) -> dict[str, str] | None:
    if not agency:
        return None
    return {"id": agency, "name": reading.rules.directory.agency_name(agency)}


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
    """Working days in each agency's hands, the day of receiving not counted."""
    calendar = reading.rules.calendar
    days: dict[str, int] = {}
    for stretch in report.custody:
        until = calendar.day_of(stretch.until or reading.now)
        held = calendar.count(calendar.day_of(stretch.since), until, "WD")
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
    names = (name_of(command) for command in allowed(report, reading.person))
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
    "agency": lambda report, reading: _agency(report.agency, reading),
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
    "named_agency": lambda report, reading: _agency(report.named_agency, reading),
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
