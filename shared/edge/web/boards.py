"""Boards: what a coordinator settles in place, what a head's agency has on its hands, and who
looked at whose identity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.codes import UnreadableCode, parse_code
from shared.domain.commands import name_of
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.visibility import OFFICE, viewer_of
from shared.domain.workflow import allowed
from shared.edge.bodies import message_from
from shared.edge.problems import Fault, FieldFaults
from shared.edge.web.commands import command_forms, left_over
from shared.edge.web.desk_choices import agencies, choices_of, templates_of
from shared.edge.web.desk_pages import AGENCY_BOARD, BOARD, LOOKS, SETTLE
from shared.edge.web.dues import due_of
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act
from shared.usecases.boards import IN_PLACE, Cursors, agencys_board, coordinators_board
from shared.usecases.looks import looks_view
from shared.usecases.people_ports import Looks
from shared.usecases.ports import BadCursor
from shared.usecases.reading import acting_viewer
from shared.usecases.report_views import summary
from shared.usecases.saving import Desk
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class Boards:
    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    looks: Callable[[], Looks]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            BOARD: self._board,
            SETTLE: self._settle,
            AGENCY_BOARD: self._agency,
            LOOKS: self._looks,
        }

    def _board(self, visit: Visit) -> Shown:
        reading = self._reading(visit)
        args = visit.request.args
        cursors = Cursors(*(args.get(name) for name in ("contested", "overdue", "abusive")))
        try:
            lists = coordinators_board(cursors, reading, self.desk().reports)
        except BadCursor as failure:
            raise FieldFaults(Fault("cursor", "invalid")) from failure
        rows = [row for one in lists.values() for group in one["groups"] for row in group["rows"]]
        for row in rows:
            row["due"] = due_of(row["due_at"], reading.rules, reading.now)
        opened = self._opened(visit, reading)
        listed = opened is not None and opened["report"]["code"] in {row["code"] for row in rows}
        return Shown("board.html", {"lists": lists, "opened": opened, "is_listed": listed})

    def _settle(self, visit: Visit) -> Moved:
        asked, code = visit.message.root, parse_code(visit.path["code"])
        order = Order(code, asked.command(), visit.person, asked.revision, visit.attempt)
        act(order, rules=self.rules(), stamp=visit.stamp, desk=self.desk())
        return Moved(BOARD.path, flash=f"did-{asked.action}")

    def _agency(self, visit: Visit) -> Shown:
        reading, desk = self._reading(visit), self.desk()
        view = agencys_board(reading, desk.reports, desk.officers)
        for row in view["rows"]:
            row["due"] = due_of(row["due_at"], reading.rules, reading.now)
        return Shown("board_agency.html", view)

    def _looks(self, visit: Visit) -> Shown:
        asked: Any = message_from(visit.request.args, "people_forms.LogQuestion")
        reading, desk = self._reading(visit), self.desk()
        try:
            view = looks_view(
                asked.agency, asked.cursor, reading, looks=self.looks(), officers=desk.officers
            )
        except BadCursor as failure:
            raise FieldFaults(Fault("cursor", "invalid")) from failure
        is_office = bool(visit.person.roles & OFFICE)
        choices = agencies(reading.rules.directory) if is_office else []
        return Shown("board_looks.html", view | {"agencies": choices, "asked": asked.agency or ""})

    def _opened(self, visit: Visit, reading: Reading) -> dict[str, Any] | None:
        """The report whose forms are shown: the one that was chosen, or that came back."""
        report = self._chosen(visit)
        if report is None:
            return None
        may = {name_of(each) for each in allowed(report, visit.person, reading.rules.directory)}
        forms = command_forms(
            may & set(IN_PLACE),
            visit.form,
            begun={},
            templates=templates_of(reading.rules.directory, report.language),
        )
        return {
            "report": summary(report, reading),
            "forms": forms,
            "choices": choices_of(reading, (), ()),
            "today": reading.rules.today(reading.now),
            "left_over": left_over(visit.form, forms),
        }

    def _chosen(self, visit: Visit) -> Report | None:
        try:
            code = parse_code(visit.path.get("code") or visit.request.args.get("open", ""))
        except UnreadableCode:
            return None
        report = self.desk().reports.load(code)
        return report if report and viewer_of(report, visit.person) else None

    def _reading(self, visit: Visit) -> Reading:
        person = visit.person
        return Reading(acting_viewer(person), person, self.rules(), visit.stamp.at, visit.language)
