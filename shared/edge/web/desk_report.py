"""One report on an officer's desk: all they may read of it, and a form for all they may do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.domain.codes import parse_code, show_code
from shared.domain.commands import Command
from shared.domain.events import Event
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.visibility import Viewer, fields, viewer_of
from shared.edge.desk_forms import RedactWords, RespondHere
from shared.edge.web.attached import File
from shared.edge.web.commands import command_forms, left_over
from shared.edge.web.desk_choices import begun, choices_of, templates_of
from shared.edge.web.desk_files import files_on_desk
from shared.edge.web.desk_history import history
from shared.edge.web.desk_pages import ACT, DESK_REPORT
from shared.edge.web.desk_proofs import FileDesk
from shared.edge.web.dues import due_of
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act, loaded
from shared.usecases.desk_views import notices_view
from shared.usecases.lookalikes import lookalikes
from shared.usecases.notice_ports import Notices
from shared.usecases.ports import Identity, Supporters
from shared.usecases.reading import viewer_for
from shared.usecases.report_views import report_view
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class ReportDesk:
    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    notices: Callable[[], Notices]
    supporters: Callable[[], Supporters]
    files: FileDesk

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {DESK_REPORT: self._read, ACT: self._act}

    def _read(self, visit: Visit) -> Shown:
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        return self._shown(report, visit)

    def _act(self, visit: Visit) -> Moved | Shown:
        asked, person = visit.message.root, visit.person
        code = parse_code(visit.path["code"])
        order = Order(code, self._command(code, visit), person, asked.revision, visit.attempt)
        act(order, rules=self.rules(), stamp=visit.stamp, desk=self.desk())
        report = loaded(self.desk().reports, code)
        if viewer_of(report, person) is None:
            return Moved("/desk", flash=f"did-{asked.action}")
        if asked.action == "reveal":
            return self._shown(report, visit, self.desk().reports.identity(code))
        return Moved(f"/desk/r/{show_code(code)}", flash=f"did-{asked.action}")

    def _command(self, code: str, visit: Visit) -> Command:
        asked = visit.message.root
        if isinstance(asked, RespondHere):
            return asked.with_files(self.files.proofs(code, visit, public=asked.files_public))
        if not isinstance(asked, RedactWords):
            command: Command = asked.command()
            return command
        report = loaded(self.desk().reports, code)
        viewer_for(report, visit.person)
        events = self.desk().reports.timeline(code, report.seq)
        return asked.within(_text(report, events, asked.seq, asked.field))

    def _shown(self, report: Report, visit: Visit, identity: Identity | None = None) -> Shown:
        reading = self._reading(report, visit)
        reports = self.desk().reports
        events, shelf = reports.timeline_with_shelf(report.code, report.seq)
        files = files_on_desk(report, events, shelf, reading, self.desk())
        supporters = self.supporters().count(report.code)
        view = report_view(report, events, reading, supporters=supporters)
        shown = dict.fromkeys(fields(report, Viewer.OFFICE)) | view
        shown["category_name"] = _category(report, reading)
        values = {
            "report": shown,
            "is_on_paper": reading.rules.directory.is_on_paper(report.agency),
            "due": due_of(_due_at(report, reading), reading.rules, reading.now),
            "held": _held(view["held_days"], reading),
            "files": files,
            **self._forms(shown, report, events, files, visit, reading),
            **history(view["timeline"], events, files, visit, self._name),
            "lookalikes": lookalikes(report, reading, reports),
            "notices": notices_view(self.notices().of_report(report.code), events, report, reading),
            "identity": plain(identity) if identity else None,
        }
        headers = self.files.policy() if "respond" in values["forms"] else {}
        return Shown("desk_report.html", values, headers=headers)

    def _reading(self, report: Report, visit: Visit) -> Reading:
        viewer = viewer_for(report, visit.person)
        return Reading(viewer, visit.person, self.rules(), visit.stamp.at, visit.language)

    def _forms(
        self,
        view: Mapping[str, Any],
        report: Report,
        events: Sequence[Event],
        files: Sequence[File],
        visit: Visit,
        reading: Reading,
    ) -> dict[str, Any]:
        directory = reading.rules.directory
        staff = self.desk().officers.of_agency(report.agency) if report.agency else ()
        today = reading.rules.today(reading.now)
        colleagues = [each for each in staff if each.serves(today)]
        into = visit.request.args.get("into", "")
        forms = command_forms(
            view["actions"],
            visit.form,
            begun=begun(view, visit.person) | ({"merge": {"into": into}} if into else {}),
            templates=templates_of(directory, report.language),
            first="merge" if into else "",
        )
        return {
            "forms": forms,
            "left_over": left_over(visit.form, forms),
            "choices": choices_of(reading, events, colleagues),
            "asked": self.files.asked(files, reading, visit),
            "assignee": next((one.name for one in staff if one.id == report.assignee), None),
            "today": today,
        }

    def _name(self, officer: str | None) -> str:
        found = self.desk().officers.by_id(officer) if officer else None
        return found.name if found else ""


def _category(report: Report, reading: Reading) -> str:
    found = reading.rules.directory.categories.get(report.category or "")
    return found.in_language(reading.language) if found else ""


def _held(days: Mapping[str, int], reading: Reading) -> list[dict[str, Any]]:
    name = reading.rules.directory.agency_name
    return [{"agency": name(agency), "days": held} for agency, held in days.items()]


def _due_at(report: Report, reading: Reading) -> str | None:
    return reading.local(report.due_at) if report.due_at else None


def _text(report: Report, events: Sequence[Event], seq: int, field: str) -> str:
    """Of an event that is not there: nothing, in which no words stand."""
    if seq == 1:
        return report.body if field == "text" else ""
    return next((event.texts.get(field, "") for event in events if event.seq == seq), "")
