"""What the page of a report says beyond the view of its reader: whose turn, until when, what now.

`view` holds what this reader may know; nothing here tells more than that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.acts.replying import OBJECTIONS
from shared.domain.clocks import ClockRun, days_left
from shared.domain.commands import name_of
from shared.domain.directory import Directory
from shared.domain.events import Event, Stamp
from shared.domain.languages import of_pair
from shared.domain.recourse import recourses_for
from shared.domain.report import HOLDERS, Report
from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer, fields, may_read
from shared.domain.workflow import allowed
from shared.edge.web import attached, follow_files
from shared.usecases.coming_back import WayBack, way_back
from shared.usecases.directory import body_view
from shared.usecases.report_views import report_view
from shared.usecases.views import Reading

# What a page asks for first; "confirm" and "reply" are buttons of one form.
_ORDER = ("confirm", "supplement", "object", "appeal", "split", "add", "withdraw")
_TURNS = frozenset(_ORDER) - {"add", "withdraw"}


@dataclass(frozen=True, slots=True)
class Link:
    """Of a notice: its token and what it answers. An empty token: no longer valid."""

    token: str
    answers: frozenset[str]


def following_of(
    report: Report,
    events: Sequence[Event],
    reading: Reading,
    *,
    stamp: Stamp,
    supporters: int,
    files: Sequence[Mapping[str, Any]],
    link: Link | None,
    sent: str,
) -> dict[str, Any]:
    """`sent`: the form that came back, see `follow_forms`; empty: none."""
    view = report_view(report, events, reading, supporters=supporters, files=files)
    shown = attached.numbered(view.get("attachments", ()))
    is_holder = reading.viewer is Viewer.REPORTER
    back = way_back(report, rules=reading.rules, stamp=stamp) if "kind" in view else None
    timeline = _timeline(view.get("timeline", ()), report, events, shown)
    possible = _possible(report, back, reading.rules.directory)
    mine = [name for name in possible if is_holder or (link and name in link.answers)]
    return {
        "report": dict.fromkeys(fields(report, Viewer.OFFICE)) | view,
        "timeline": timeline,
        "files": shown,
        **follow_files.own(report, shown),
        "start": report.code,
        "is_holder": is_holder,
        "is_read_by_all": "body" in fields(report, Viewer.PUBLIC),
        "link": link,
        "holder": HOLDERS.get(report.status),
        "clocks": _clocks(report, view, reading),
        "now": [name for name in possible if name == sent or (name in mine and name in _TURNS)],
        "besides": [name for name in mine if name not in _TURNS and name != sent],
        "needs_key": sent in possible and sent not in mine,
        "came_too_late": sent in _ORDER and sent not in possible,
        "sent": sent,
        "back": _told(back, reading) if back else None,
        "question": _last(timeline, "held"),
        "answer": _last(timeline, "answered"),
        "elsewhere": _elsewhere(report, view, reading),
    }


def _possible(report: Report, back: WayBack | None, directory: Directory) -> list[str]:
    """What the reporter may try now, without what the rules would refuse anyway."""
    names = {name_of(command) for command in allowed(report, REPORTER, directory)}
    if back and back.refused:
        names.discard(back.action)
    return [name for name in _ORDER if name in names]


def _clocks(
    report: Report, view: Mapping[str, Any], reading: Reading
) -> dict[str, list[dict[str, Any]]]:
    """Those that run or stand, the nearest first; and those that are over."""
    runs = {(run.kind, run.run): run for run in report.clocks}
    told = [(clock, runs[clock["kind"], clock["run"]]) for clock in view["clocks"]]
    going = [_counted(clock, run, reading) for clock, run in told if run.ended_at is None]
    going.sort(key=lambda clock: (clock["due_at"] is None, clock["due_at"] or ""))
    return {"going": going, "over": [dict(clock) for clock, run in told if run.ended_at]}


def _counted(clock: Mapping[str, Any], run: ClockRun, reading: Reading) -> dict[str, Any]:
    """`left`: working days after today; of a standing one those it will go on with."""
    left = days_left(run, reading.rules.calendars[run.calendar], reading.now)
    return {"because": None, **clock, "left": left, "is_over": run.is_overdue(reading.now)}


def _timeline(
    entries: Iterable[Mapping[str, Any]],
    report: Report,
    events: Sequence[Event],
    files: Sequence[attached.File],
) -> list[dict[str, Any]]:
    """`is_public`: whether everybody may read the words of it; `files`: those that it names."""
    public = {event.seq for event in events if may_read(event, report, Viewer.PUBLIC)}
    return [
        {
            **entry,
            "is_public": entry["seq"] in public,
            "files": [file for file in files if file["id"] in entry.get("attachments", ())],
            "pair": attached.beside(files, entry.get("attachments", ())),
        }
        for entry in entries
    ]


def _last(timeline: Sequence[dict[str, Any]], type_: str) -> dict[str, Any] | None:
    return next((entry for entry in reversed(timeline) if entry["type"] == type_), None)


def _told(back: WayBack, reading: Reading) -> dict[str, Any]:
    refused = of_pair(back.refused, reading.language) if back.refused else ""
    return {"action": back.action, "until": back.until, "refused": refused}


def _elsewhere(report: Report, view: Mapping[str, Any], reading: Reading) -> list[dict[str, Any]]:
    """After the second objection, or once the file is offered to its reporter."""
    objected = report.times("objected") >= OBJECTIONS and "timeline" in view
    if not (objected or view.get("oversight_offered")):
        return []
    return [
        body_view(body, reading.language) | {"basis": way.basis, "is_free": way.is_free}
        for way, body in recourses_for(report.kind, reading.rules.directory)
    ]
