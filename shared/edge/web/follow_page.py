"""The page of a report, as whoever comes may read it."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer
from shared.edge.follow_forms import FORMS, sent_form
from shared.edge.web import follow_files, forms
from shared.edge.web.follow_ports import FollowPorts, code_of
from shared.edge.web.following import Link, following_of
from shared.edge.web.rendering import uploading_to
from shared.edge.web.visits import Shown, Visit
from shared.usecases.acting import loaded
from shared.usecases.answering import answers_of
from shared.usecases.failures import WrongLink
from shared.usecases.file_views import files_view
from shared.usecases.views import Reading

_TAKING_FILES = frozenset({"confirm", "supplement", "object", "appeal", "add", "split"})


def page_of(visit: Visit, ports: FollowPorts, taken: Iterable[Mapping[str, Any]] = ()) -> Shown:
    """`taken`: what became of files that came with a form, see `uploads.answer_of`."""
    code, desk = code_of(visit), ports.desk()
    holder = ports.holder(visit, code)
    report = holder or loaded(desk.reports, code)
    reading = reading_of(visit, ports, Viewer.REPORTER if holder else Viewer.PUBLIC)
    events, shelf = desk.reports.timeline_with_shelf(code, report.seq)
    values = following_of(
        report,
        events,
        reading,
        stamp=visit.stamp,
        supporters=ports.supporters().count(code),
        files=files_view(report, events, shelf, reading, keys=desk.keys, seals=desk.seals),
        link=None if holder else _link(visit, code, ports),
        sent=sent_form(visit.form.typed),
    )
    may_attach = bool(holder and _TAKING_FILES & {*values["now"], *values["besides"]})
    asked = follow_files.asked_of(report, reading.rules, reading.now) if may_attach else None
    headers = uploading_to(ports.upload_site()) if may_attach else {}
    values |= {"forms": _forms(visit), "taken": list(taken), "asked": asked}
    return Shown("follow.html", values, headers=headers)


def reading_of(visit: Visit, ports: FollowPorts, viewer: Viewer) -> Reading:
    return Reading(viewer, REPORTER, ports.rules(), visit.stamp.at, visit.language)


def _forms(visit: Visit) -> dict[str, forms.Form]:
    sent = sent_form(visit.form.typed)
    return {name: forms.apart(visit.form, name, sent=name == sent) for name in FORMS}


def _link(visit: Visit, code: str, ports: FollowPorts) -> Link | None:
    """That of the notice one comes from, also after a post that went wrong."""
    token = visit.form.typed.get("answer") or visit.request.args.get("answer", "")
    if not token:
        return None
    try:
        answers = answers_of(token, code, desk=ports.desk(), now=visit.stamp.at)
    except WrongLink:
        return Link("", frozenset())
    return Link(token, answers)
