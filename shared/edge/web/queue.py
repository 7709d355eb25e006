"""The officers' queues: what is due next, what was searched for, several routed at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shared.domain.codes import UnreadableCode, parse_code, show_code
from shared.domain.commands import Route
from shared.domain.refusals import Refusal
from shared.domain.scene import Rules
from shared.domain.statuses import Role, Status
from shared.domain.visibility import OFFICE, viewer_of
from shared.edge import bodies
from shared.edge.desk_forms import QueueForm, RouteMany
from shared.edge.problems import Fault, FieldFaults, problem_of
from shared.edge.web.desk_choices import agencies, categories, districts
from shared.edge.web.desk_pages import INTAKE, PEOPLE, QUEUE, ROUTE_MANY, SEARCH_QUEUE
from shared.edge.web.dues import due_of
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act
from shared.usecases.desk_views import queues_of, sizes
from shared.usecases.failures import NoSuchReport, StillChanging
from shared.usecases.ports import BadCursor
from shared.usecases.reading import Search, acting_viewer, search
from shared.usecases.saving import Attempt, Desk
from shared.usecases.views import Reading

# Shown as "99+": whoever has more needs no number.
_COUNTED = 100


@dataclass(frozen=True, slots=True)
class QueueDesk:
    rules: Callable[[], Rules]
    desk: Callable[[], Desk]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {QUEUE: self._queue, SEARCH_QUEUE: self._search, ROUTE_MANY: self._route_many}

    def _queue(self, visit: Visit) -> Shown | Moved:
        asked = QueueForm()
        if visit.request.method == "GET":
            asked = bodies.message_from(visit.request.args, "desk_forms.QueueForm")  # type: ignore[assignment]
        return self._shown(asked, visit)

    def _search(self, visit: Visit) -> Shown | Moved:
        """A number leads to its report."""
        try:
            found = self.desk().reports.load(parse_code(visit.message.q or ""))
        except UnreadableCode:
            found = None
        if found and viewer_of(found, visit.person):
            return Moved(f"/desk/r/{show_code(found.code)}")
        return self._shown(visit.message, visit)

    def _route_many(self, visit: Visit) -> Shown:
        """Each is a command of its own: what one is refused keeps no other back."""
        routed = [self._routed(code, visit) for code in visit.message.pick]
        return Shown("desk_routed.html", {"outcomes": routed, "text": visit.message.text or ""})

    def _routed(self, code: str, visit: Visit) -> dict[str, Any]:
        asked: RouteMany = visit.message
        command = Route(agency=asked.agency, text=asked.text or "")
        try:
            order = Order(
                parse_code(code), command, visit.person, asked.pick[code], _part(visit, code)
            )
            stamp = visit.stamp.of(code)
            report = act(order, rules=self.rules(), stamp=stamp, desk=self.desk())
        except (Refusal, NoSuchReport, UnreadableCode, StillChanging) as failure:
            problem = problem_of(failure)
            assert problem  # noqa: S101 - each of these has one
            return {"code": code, "refused": problem.body(visit.language)["detail"]}
        return {"code": code, "title": report.title, "agency": report.agency, "refused": None}

    def _shown(self, asked: QueueForm, visit: Visit) -> Shown | Moved:
        """Whoever has no queue begins the day where their work is."""
        rules, person = self.rules(), visit.person
        queues = queues_of(person)
        if not queues:
            return Moved(INTAKE.path if Role.INTAKE in person.roles else PEOPLE.path)
        reading = Reading(acting_viewer(person), person, rules, visit.stamp.at, visit.language)
        wanted = {"queue": asked.queue or queues[0]}
        found = self._found(asked.model_copy(update=wanted), reading)
        sized = sizes(reading, self.desk().reports, most=_COUNTED)
        filters = asked.model_dump(mode="json", exclude_none=True, exclude={"limit", "cursor"})
        values = {
            "queues": sized,
            "asked": wanted | filters,
            "filter": replace(visit.form, at="filter-", typed=filters, faults={}, problem=None),
            "rows": [_row(row, rules, visit) for row in found["reports"]],
            "next_cursor": found["next_cursor"],
            "choices": {
                "status": [{"id": status, "name": status} for status in Status],
                "agency": agencies(rules.directory),
                "category": categories(rules.directory, visit.language),
                "area": districts(rules.directory),
            },
            "is_office": bool(person.roles & OFFICE),
            "may_route": Role.VERIFIER in person.roles,
        }
        return Shown("desk_queue.html", values)

    def _found(self, asked: QueueForm, reading: Reading) -> dict[str, Any]:
        try:
            return search(Search(**asked.model_dump()), reading, self.desk().reports)
        except BadCursor as failure:
            raise FieldFaults(Fault("cursor", "invalid")) from failure


def _row(row: Mapping[str, Any], rules: Rules, visit: Visit) -> dict[str, Any]:
    category = rules.directory.categories.get(row.get("category") or "")
    return {
        **row,
        "category_name": category.in_language(visit.language) if category else "",
        "due": due_of(row["due_at"], rules, visit.stamp.at),
        "is_routable": row["status"] is Status.SUBMITTED and not row["supervisory"],
        "is_mine": row["assignee"] == visit.person.officer,
    }


def _part(visit: Visit, code: str) -> Attempt | None:
    """The same form sent again routes nothing twice."""
    whole = visit.attempt
    return whole and replace(whole, key=f"{whole.key}-{code}"[:128])
