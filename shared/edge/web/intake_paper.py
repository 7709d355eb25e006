"""Agencies without computers: a report goes out printed, and its answer comes back on the sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response

from shared.domain.codes import parse_code, show_code
from shared.domain.commands import Respond
from shared.domain.refusals import NotAllowed
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.statuses import AnswerKind, Role
from shared.domain.visibility import Viewer, fields
from shared.domain.workflow import check_entitled
from shared.edge.headers import NO_PAGE
from shared.edge.web.desk_files import files_on_desk
from shared.edge.web.desk_pages import ENTER_ANSWER, PAPER_ANSWER, SHEET, SHEET_QR
from shared.edge.web.desk_proofs import FileDesk
from shared.edge.web.dues import due_of
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act, loaded
from shared.usecases.reading import viewer_for
from shared.usecases.report_views import report_view
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """`site`: where the code on a sheet leads, without a slash at the end."""

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    site: Callable[[], str]
    files: FileDesk

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            SHEET: self._sheet,
            SHEET_QR: self._qr,
            PAPER_ANSWER: self._answer,
            ENTER_ANSWER: self._enter,
        }

    def _sheet(self, visit: Visit) -> Shown:
        """Whoever prints it, on paper stands what the agency may read and no more.

        In the agency's language, too, and not in that of the officer's page.
        """
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        viewer_for(report, visit.person)
        if report.agency is None or report.supervisory:
            raise NotAllowed
        values = self._view(report, visit, Viewer.AGENCY) | {
            "answers": list(AnswerKind),
            "back_to": f"{self.site()}/desk/r/{show_code(report.code)}/answer",
        }
        return Shown("sheet.html", values, language="id")

    def _qr(self, visit: Visit) -> Response:
        """The way back for whoever scans the sheet; the code is all that it holds."""
        code = show_code(parse_code(visit.path["code"]))
        image = _qr_code(f"{self.site()}/desk/r/{code}/answer")
        return Response(image, headers=NO_PAGE, content_type="image/svg+xml")

    def _answer(self, visit: Visit) -> Shown:
        """Read as everybody may: what the agency wrote is on the sheet in the officer's hand."""
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        rules = self.rules()
        if Role.INTAKE not in visit.person.roles:
            raise NotAllowed
        check_entitled(report, Respond, visit.person, rules.directory)
        causes = rules.directory.causes.values()
        values = self._view(report, visit, Viewer.PUBLIC) | {
            "agency": rules.directory.agencies[report.agency or ""],
            "revision": report.revision,
            "causes": [{"id": x.id, "name": x.in_language(visit.language)} for x in causes],
            "outcomes": list(AnswerKind),
            "limits": self.files.limits_said(visit),
        }
        return Shown("intake_answer.html", values)

    def _enter(self, visit: Visit) -> Moved:
        asked, code = visit.message, parse_code(visit.path["code"])
        command = asked.with_files(self.files.proofs(code, visit, public=asked.files_public))
        order = Order(code, command, visit.person, asked.revision, visit.attempt)
        act(order, rules=self.rules(), stamp=visit.stamp, desk=self.desk())
        return Moved("/desk/intake", flash="answered-on-behalf")

    def _view(self, report: Report, visit: Visit, viewer: Viewer) -> dict[str, Any]:
        reading = Reading(viewer, visit.person, self.rules(), visit.stamp.at, visit.language)
        events, shelf = self.desk().reports.timeline_with_shelf(report.code, report.seq)
        view = dict.fromkeys(fields(report, Viewer.OFFICE)) | report_view(report, events, reading)
        due_at = reading.local(report.due_at) if report.due_at else None
        return {
            "report": view,
            "files": files_on_desk(report, events, shelf, reading, self.desk()),
            "due": due_of(due_at, reading.rules, reading.now),
        }


def _qr_code(text: str) -> bytes:
    """Dark on white whatever the colours of the page; it survives a fold and a stain."""
    import segno  # noqa: PLC0415 only a printed sheet needs it

    image = BytesIO()
    code = segno.make(text, micro=False, error="m")
    code.save(image, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
    return image.getvalue()
