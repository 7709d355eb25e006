"""The reporter's own file for an oversight body; the reporter alone sends it.

Proof of filing, every dated step, what was said, every clock with its derivation, who held the
report for how long, and the chain with a way to check it. Nothing here decides anything.
"""

from collections.abc import Sequence
from typing import Any

from shared.domain import visibility
from shared.domain.attachment import Shelf
from shared.domain.clocks import ClockRun
from shared.domain.codes import show_code
from shared.domain.derivation import derive, sentence
from shared.domain.events import Event, is_whole
from shared.domain.file_visibility import shown
from shared.domain.languages import of_pair
from shared.domain.plain import plain
from shared.domain.recourse import recourses_for
from shared.domain.refusals import require
from shared.domain.report import Custody, Report
from shared.usecases.chain_check import HOW, PYTHON
from shared.usecases.directory import body_view
from shared.usecases.ports import Identity, Reports
from shared.usecases.report_views import report_view
from shared.usecases.views import Reading, agency_view, timeline_entry, working_days_of

# Of the reporter's view: the rest stands elsewhere in the file, or is no matter of it.
_OF_THE_REPORT = (
    "kind", "status", "status_label", "outcome", "agency", "area", "title", "body", "submitted_at",
    "occurred_on", "location", "anonymous", "secret", "supervisory", "satisfaction",
    "archive_reason", "merged_into", "referred_to", "links",
)  # fmt: skip
_WORDS = frozenset({"text", "proof"})
_SEALS = frozenset({"id", "digest", "hash"})


def oversight_file_of(
    report: Report, reading: Reading, reports: Reports, *, with_identity: bool
) -> dict[str, Any]:
    require(report.oversight_offered, "oversight-not-offered")
    events, shelf = reports.timeline_with_shelf(report.code, report.seq)
    identity = reports.identity(report.code) if with_identity else None
    return composed(report, events, shelf, reading, identity)


def composed(
    report: Report,
    events: Sequence[Event],
    shelf: Shelf,
    reading: Reading,
    identity: Identity | None,
) -> dict[str, Any]:
    entries = [
        timeline_entry(event, report, reading)
        for event in events
        if visibility.may_read(event, report, reading.viewer)
    ]
    return {
        "code": show_code(report.code),
        "region": _region(reading),
        "made_at": reading.local(reading.now),
        "reporter": {"as_given": plain(identity), "verified": False} if identity else None,
        "report": _report(report, reading),
        "proof_of_filing": _proof(report, events[0], reading),
        "steps": [_without(entry, _WORDS | _SEALS) for entry in entries],
        "dialogue": _dialogue(report, entries, reading),
        "attachments": _attachments(report, events, shelf, reading),
        "clocks": [_clock(run, reading) for run in report.clocks],
        "held": [_held(stretch, reading) for stretch in report.custody],
        "chain": _chain(report, events, reading),
        "elsewhere": _elsewhere(report, reading),
    }


def _region(reading: Reading) -> str:
    directory = reading.rules.directory
    return directory.name_en if reading.language == "en" else directory.name


def _report(report: Report, reading: Reading) -> dict[str, Any]:
    view = report_view(report, (), reading)
    category = reading.rules.directory.categories.get(report.category or "")
    named = (
        {"id": category.id, "name": category.in_language(reading.language)} if category else None
    )
    return {name: view[name] for name in _OF_THE_REPORT} | {"category": named}


def _proof(report: Report, filed: Event, reading: Reading) -> dict[str, Any]:
    """The sealed content itself, unless it is erased or names the officer who wrote it down."""
    is_own = filed.officer is None and is_whole(filed)
    return {
        "code": show_code(report.code),
        "filed_at": reading.local(filed.at),
        "by": filed.by,
        "digest": filed.digest,
        "hash": filed.hash,
        "content": plain(filed.content) if is_own else None,
    }


def _dialogue(
    report: Report, entries: Sequence[dict[str, Any]], reading: Reading
) -> list[dict[str, Any]]:
    """It begins with what was filed."""
    first, *later = entries
    opening = first | {"text": visibility.readable(report.body, report, reading.viewer, seq=1)}
    said = (entry for entry in (opening, *later) if entry.keys() & _WORDS)
    kept = ("seq", "type", "at", "by", "agency", "text", "proof", "attachments")
    return [{name: entry[name] for name in kept if name in entry} for entry in said]


def _attachments(
    report: Report, events: Sequence[Event], shelf: Shelf, reading: Reading
) -> list[dict[str, Any]]:
    """By their digests, which the events that name them hold too: the files can be sent along."""
    seen = shown(report, events, shelf, reading.viewer, reading.person, reading.now)
    return [
        {
            "id": each.file.id,
            "seq": each.seq,
            "by": each.file.owner,
            "agency": agency_view(each.file.agency, reading),
            "type": each.file.type,
            "size": each.file.size,
            "sha256": each.file.sha256,
            "state": each.file.state,
            "announced_at": reading.local(each.file.announced_at),
        }
        for each in seen
    ]


def _clock(run: ClockRun, reading: Reading) -> dict[str, Any]:
    row = reading.rules.policy.by_id(run.policy)
    calendar = reading.rules.calendars[run.calendar]
    found = derive(run, row, calendar, reading.now)
    return {
        "kind": run.kind,
        "run": run.run,
        "state": run.state(reading.now),
        "started_at": reading.local(run.started_at),
        "due_at": reading.local(run.due_at) if run.due_at else None,
        "ended_at": reading.local(run.ended_at) if run.ended_at else None,
        "because": sentence(run, row, calendar, reading.now, reading.language),
        "basis": found.basis,
        "policy": found.policy,
        "unit": found.unit,
        "days": plain(found.days),
        "skipped": [{"date": plain(day), "name": name} for day, name in found.skipped],
        "intervals": plain(run.intervals),
    }


def _held(stretch: Custody, reading: Reading) -> dict[str, Any]:
    return {
        "agency": agency_view(stretch.agency, reading),
        "since": reading.local(stretch.since),
        "until": reading.local(stretch.until) if stretch.until else None,
        "working_days": working_days_of(stretch, reading),
    }


def _chain(report: Report, events: Sequence[Event], reading: Reading) -> dict[str, Any]:
    """Of every event, also of one whose content is not the reporter's to read."""
    return {
        "start": report.code,
        "head": report.head,
        "links": [{"header": plain(event.header), "hash": event.hash} for event in events],
        "how": of_pair(HOW, reading.language),
        "python": PYTHON,
    }


def _elsewhere(report: Report, reading: Reading) -> list[dict[str, Any]]:
    known = recourses_for(report.kind, reading.rules.directory)
    return [
        body_view(body, reading.language) | {"basis": way.basis, "free_of_charge": way.is_free}
        for way, body in known
    ]


def _without(entry: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}
