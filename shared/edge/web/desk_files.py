"""The files of a report on an officer's pages: what stands there, what comes with a form."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Response

from shared.domain.attachment import Attachment, Shelf
from shared.domain.codes import parse_code
from shared.domain.events import Event
from shared.domain.file_reasons import NOT_STORED
from shared.domain.file_visibility import is_hidden, regions_over, shown
from shared.domain.refusals import UnableTo
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.visibility import Viewer
from shared.edge import uploads
from shared.edge.headers import NO_PAGE
from shared.edge.web.attached import numbered, said
from shared.edge.web.desk_pages import PROOF
from shared.edge.web.pages import Page
from shared.edge.web.rendering import uploading_to
from shared.edge.web.visits import Handler, Visit
from shared.usecases.acting import loaded
from shared.usecases.attaching import Owner, Slot, announce, owner_of
from shared.usecases.file_ports import Bucket
from shared.usecases.file_views import files_view, invitation_view
from shared.usecases.ports import StoreAway
from shared.usecases.saving import Attempt, Desk
from shared.usecases.taking_in import Brought, Taken, take_in
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Files that an officer sends: announced by a script, or along with a form.

    `upload_site`: below which address the bucket takes uploads.
    """

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    bucket: Callable[[], Bucket]
    upload_site: Callable[[], str]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {PROOF: self._announced}

    def _announced(self, visit: Visit) -> Response:
        """Where the script is to send the file."""
        rules, now = self.rules(), visit.stamp.at
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        owner = owner_of(report, visit.person, rules.directory)
        file, invitation = announce(
            visit.message.announcement(),
            Slot(report.code, owner, visit.stamp, visit.attempt),
            rules.file_limits(now),
            shelves=self.desk().shelves,
            bucket=self.bucket(),
        )
        reading = Reading(Viewer.AGENCY, visit.person, rules, now, visit.language)
        told = json.dumps(invitation_view(file, invitation, reading))
        return Response(told, 201, NO_PAGE, content_type="application/json")

    def policy(self) -> dict[str, str]:
        """Headers of a page whose script sends files."""
        return uploading_to(self.upload_site())

    def limits_said(self, visit: Visit) -> dict[str, Any]:
        return said(self.rules().file_limits(visit.stamp.at))

    def proofs(self, code: str, visit: Visit, *, public: bool) -> tuple[str, ...]:
        """Ids of those that came with an answer. Raises why one of them did not come in.

        The others are in then, and the form that is shown again has them ticked.
        """
        files, desk = uploads.brought(visit.request, public=public), self.desk()
        if not files or desk.earlier(visit.attempt, visit.stamp.at):
            return ()
        owner = owner_of(loaded(desk.reports, code), visit.person, self.rules().directory)
        taken = self.taken_in(code, owner, files, visit)
        _check(taken)
        return tuple(each.file.id for each in taken if each.file)

    def taken_in(
        self, code: str, owner: Owner, files: Iterable[Brought], visit: Visit
    ) -> tuple[Taken, ...]:
        limits, desk = self.rules().file_limits(visit.stamp.at), self.desk()
        return tuple(
            taken
            for each in files
            for taken in take_in(
                (each,),
                _slot(code, owner, each, visit),
                limits,
                shelves=desk.shelves,
                bucket=self.bucket(),
            )
        )


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


def drafts(files: Iterable[Mapping[str, Any]], reading: Reading) -> list[Mapping[str, Any]]:
    """Of the officer's agency: sent, and not named by any answer yet."""
    own = [each for each in files if (each["agency"] or {}).get("id") == reading.person.agency]
    return [each for each in own if each["seq"] is None and each["state"] != "rejected"]


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


def _check(taken: Iterable[Taken]) -> None:
    for each in taken:
        if each.reason == NOT_STORED:
            raise StoreAway
        if each.reason:
            raise UnableTo(each.reason)


def _slot(code: str, owner: Owner, file: Brought, visit: Visit) -> Slot:
    """The same content in the same form is the same file, whatever was chosen beside it."""
    asked = file.announcement
    content = sha256(f"{asked.sha256}{asked.name}{asked.public}".encode()).hexdigest()
    attempt = visit.attempt and Attempt(f"{visit.attempt.key}{content}", b"")
    return Slot(code, owner, visit.stamp.of(content), attempt)
