"""Attached files over HTTP: who may announce one or take it back, and who reads which list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.domain.codes import parse_code
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.visibility import Viewer
from shared.edge import callers
from shared.edge.contract import ATTACH_FILE, LIST_FILES, TAKE_BACK_FILE, Operation
from shared.edge.http import Call, Handler, Reply
from shared.usecases.acting import loaded
from shared.usecases.attaching import announce, slot_of
from shared.usecases.erasing_files import take_back
from shared.usecases.file_ports import Bucket
from shared.usecases.file_views import files_of, invitation_view
from shared.usecases.reading import viewer_for
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class FileCalls:
    """`held`: the report whose receipt the call brings; `officer`: whose token. Both may raise."""

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    bucket: Callable[[], Bucket]
    held: Callable[[Call], Report]
    officer: Callable[[Call], Person]

    @property
    def handlers(self) -> Mapping[Operation, Handler]:
        return {
            ATTACH_FILE: self._attach,
            LIST_FILES: self._list,
            TAKE_BACK_FILE: self._take_back,
        }

    def _attach(self, call: Call) -> Reply:
        report, person = self._own(call)
        rules, desk, now = self.rules(), self.desk(), call.stamp.at
        attempt = call.attempt_of(person.officer)
        file, invitation = announce(
            call.message.announcement(),
            slot_of(report, person, rules.directory, call.stamp, attempt),
            rules.file_limits(now),
            shelves=desk.shelves,
            bucket=self.bucket(),
        )
        reading = Reading(Viewer.REPORTER, person, rules, now, call.language)
        return Reply(invitation_view(file, invitation, reading), 201)

    def _list(self, call: Call) -> Reply:
        report, person, viewer = self._reader(call)
        reading = Reading(viewer, person, self.rules(), call.stamp.at, call.language)
        return Reply(files_of(report, reading, self.desk()))

    def _take_back(self, call: Call) -> Reply:
        report, person = self._own(call)
        directory, shelves = self.rules().directory, self.desk().shelves
        id_, bucket = call.path["id"], self.bucket()
        take_back(report, id_, person, directory, shelves=shelves, bucket=bucket)
        return Reply(None, 204)

    def _reader(self, call: Call) -> tuple[Report, Person, Viewer]:
        if not callers.has_credentials(call.request):
            return self._report(call), REPORTER, Viewer.PUBLIC
        report, person = self._own(call)
        return report, person, viewer_for(report, person)

    def _own(self, call: Call) -> tuple[Report, Person]:
        if not callers.has_token(call.request):
            return self.held(call), REPORTER
        person = self.officer(call)
        return self._report(call), person

    def _report(self, call: Call) -> Report:
        return loaded(self.desk().reports, parse_code(call.path["code"]))
