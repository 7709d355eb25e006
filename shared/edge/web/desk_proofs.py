"""Files that officers send: announced by a script, or along with a form; and take back."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Response

from shared.domain.codes import parse_code, show_code
from shared.domain.file_reasons import NOT_STORED
from shared.domain.refusals import UnableTo
from shared.domain.scene import Rules
from shared.domain.visibility import Viewer
from shared.edge import uploads
from shared.edge.bodies import MAX_FILES_BYTES
from shared.edge.headers import NO_PAGE
from shared.edge.problems import Fault, FieldFaults
from shared.edge.web.attached import MIB, File, said
from shared.edge.web.commands import AHEAD
from shared.edge.web.desk_files import drafts
from shared.edge.web.desk_pages import ANNOUNCE_PROOF, SEND_AHEAD, TAKE_BACK_PROOF
from shared.edge.web.forms import apart
from shared.edge.web.pages import Page
from shared.edge.web.rendering import uploading_to
from shared.edge.web.visits import Handler, Moved, Visit
from shared.usecases.acting import loaded
from shared.usecases.attaching import Owner, Slot, announce, owner_of
from shared.usecases.erasing_files import take_back
from shared.usecases.file_ports import Bucket
from shared.usecases.file_views import invitation_view
from shared.usecases.ports import StoreAway
from shared.usecases.saving import Attempt, Desk
from shared.usecases.taking_in import Brought, Taken, take_in
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class FileDesk:
    """`upload_site`: below which address the bucket takes uploads."""

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    bucket: Callable[[], Bucket]
    upload_site: Callable[[], str]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            SEND_AHEAD: self._sent_ahead,
            ANNOUNCE_PROOF: self._announced,
            TAKE_BACK_PROOF: self._taken_back,
        }

    def _sent_ahead(self, visit: Visit) -> Moved:
        """They wait for the answer that names them."""
        code = parse_code(visit.path["code"])
        if not self.proofs(code, visit, public=visit.message.files_public):
            raise FieldFaults(Fault("files", "required"))
        return Moved(f"/desk/r/{show_code(code)}#tindakan", flash="did-attach")

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

    def _taken_back(self, visit: Visit) -> Moved | Response:
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        directory, shelves = self.rules().directory, self.desk().shelves
        id_, bucket = visit.message.file, self.bucket()
        take_back(report, id_, visit.person, directory, shelves=shelves, bucket=bucket)
        if visit.is_a_scripts:
            return Response(status=204, headers=NO_PAGE)
        return Moved(f"/desk/r/{show_code(report.code)}#berkas", flash="file-removed")

    def policy(self) -> dict[str, str]:
        """Headers of a page whose script sends files."""
        return uploading_to(self.upload_site())

    def asked(self, files: Iterable[File], reading: Reading, visit: Visit) -> dict[str, Any]:
        """What the fields for files say: limits, what may be ticked, and the form ahead."""
        return {
            "limits": self.limits_said(visit),
            "drafts": drafts(files, reading, visit.form),
            "ahead": apart(visit.form, AHEAD, sent=AHEAD in visit.form.typed),
        }

    def limits_said(self, visit: Visit) -> dict[str, Any]:
        """`at_once`: with one form, in MiB."""
        at_once = {"at_once": MAX_FILES_BYTES // MIB}
        return said(self.rules().file_limits(visit.stamp.at)) | at_once

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
