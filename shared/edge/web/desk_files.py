"""The files of a report as an officer's pages show them."""

from collections.abc import Iterable, Sequence
from typing import Any

from shared.domain.attachment import Attachment, FileState, Shelf
from shared.domain.events import Event
from shared.domain.file_visibility import is_hidden, regions_over, shown
from shared.domain.report import Report
from shared.domain.visibility import Viewer
from shared.edge.web.attached import File, numbered
from shared.edge.web.forms import Form
from shared.usecases.file_views import files_view
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


def files_on_desk(
    report: Report, events: Sequence[Event], shelf: Shelf, reading: Reading, desk: Desk
) -> list[dict[str, Any]]:
    """As `attached.numbered`; what the public has, and the type of the event that names it."""
    lines = numbered(files_view(report, events, shelf, reading, keys=desk.keys, seals=desk.seals))
    out = {
        each.file.id
        for each in shown(report, events, shelf, Viewer.PUBLIC, reading.person, reading.now)
    }
    stored = {file.id: file for file in shelf.files}
    types = {event.seq: event.type for event in events}
    return [
        {
            **line,
            "public_copy": _public_copy(stored[line["id"]], report, is_out=line["id"] in out),
            "event": types.get(line["seq"]),
            "sha256": stored[line["id"]].sha256,
        }
        for line in lines
    ]


def drafts(files: Iterable[File], reading: Reading, form: Form) -> list[File]:
    """Of the officer's agency: sent, and not named by any answer yet.

    Ticked, but for those that were unticked in an answer that came back.
    """
    own = (each for each in files if (each["agency"] or {}).get("id") == reading.person.agency)
    open_ = (each for each in own if not each["seq"] and each["state"] != FileState.REJECTED)
    return [{**each, "is_ticked": _is_ticked(each, reading, form)} for each in open_]


def _is_ticked(file: File, reading: Reading, form: Form) -> bool:
    came_back = form.typed.get("action") == "respond"
    came_along = file["at"] == reading.local(reading.now)
    return not came_back or came_along or f"attachments.{file['id']}" in form.typed


def _public_copy(file: Attachment, report: Report, *, is_out: bool) -> str:
    """A key of `public_copies` in desk_words.html."""
    if is_hidden(file.id, report.covers):
        return "hidden"
    covers = len(regions_over(file.id, report.covers))
    if covers != file.covered:
        return "being-made"
    if is_out:
        return "covered" if covers else "shown"
    return "waiting" if file.public else "private"
