"""Parts of a report as one viewer may read them: clocks, status, history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain import derivation, visibility
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.codes import show_code
from shared.domain.events import Event
from shared.domain.file_visibility import named_files
from shared.domain.plain import plain
from shared.domain.report import Custody, Report
from shared.domain.scene import Person, Rules
from shared.domain.statuses import UNNAMED, label
from shared.domain.visibility import Viewer

# Facts that an entry shows in a form of its own.
_APART = frozenset({"agency", "attachments"})


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


def clocks_view(
    report: Report, reading: Reading, *, explained: bool = True
) -> list[dict[str, Any]]:
    """Where even the nature of a report is hidden, so is what would tell it: its legal time."""
    if not visibility.is_veiled(report, reading.viewer):
        return [_clock(run, reading, explained=explained) for run in report.clocks]
    told = (run for run in report.clocks if run.kind is not ClockKind.LEGAL)
    return [_clock(run, reading, explained=False) for run in told]


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
        entry["agency"] = agency_view(str(agency), reading)
    if visibility.may_read(event, report, reading.viewer):
        entry |= _readable_texts(event, report, reading)
        entry |= {name: plain(value) for name, value in event.facts.items() if name not in _APART}
        entry |= _named_files(event)
    return entry


def _named_files(event: Event) -> dict[str, Any]:
    """Ids; which of them this viewer may see, the list of the report's files says."""
    named = named_files(event)
    return {"attachments": list(named)} if named else {}


def _readable_texts(event: Event, report: Report, reading: Reading) -> dict[str, str]:
    return {
        name: visibility.readable(text, report, reading.viewer, seq=event.seq, field=name)
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


def agency_view(agency: str | None, reading: Reading) -> dict[str, str] | None:
    if not agency:
        return None
    return {"id": agency, "name": reading.rules.directory.agency_name(agency)}


def working_days_of(stretch: Custody, reading: Reading) -> int:
    """In the agency's hands, up to now when it still is; the day of receiving is not counted."""
    calendar = reading.rules.calendar
    until = calendar.day_of(stretch.until or reading.now)
    return calendar.count(calendar.day_of(stretch.since), until, "WD")
