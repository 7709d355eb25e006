"""Boards: what a coordinator has to settle, agency by agency; what an agency has on its hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shared.domain.commands import name_of
from shared.domain.refusals import NotAllowed
from shared.domain.report import Report
from shared.domain.statuses import Role, Status
from shared.domain.visibility import viewer_of
from shared.domain.workflow import allowed
from shared.usecases.looks import leads
from shared.usecases.ports import Officers, Query, Reports
from shared.usecases.report_views import summary
from shared.usecases.views import Reading, agency_view, working_days_of

_SETTLING = frozenset({Role.COORDINATOR, Role.OVERSIGHT})
_REVIEWING = frozenset({Role.COORDINATOR, Role.VERIFIER})
# What a board settles in place; all else is done on the report's own page.
IN_PLACE = ("route", "direct", "reassign", "extend", "reopen", "review")
_A_PAGE = 25
_OF_AN_AGENCY = 100


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where each list goes on; None: at its beginning."""

    contested: str | None = None
    overdue: str | None = None
    abusive: str | None = None


def coordinators_board(cursors: Cursors, reading: Reading, reports: Reports) -> dict[str, Any]:
    """Lists by name: groups and where the list goes on. Raises NotAllowed and BadCursor."""
    roles = reading.person.roles
    lists: dict[str, Any] = {}
    if roles & _SETTLING:
        contested = Query(status=Status.CONTESTED, cursor=cursors.contested, limit=_A_PAGE)
        overdue = Query(overdue_at=reading.now, cursor=cursors.overdue, limit=_A_PAGE)
        lists |= {
            "contested": _listed(contested, reading, reports),
            "overdue": _listed(overdue, reading, reports, elsewhere=Status.CONTESTED),
        }
    if roles & _REVIEWING:
        abusive = Query(unreviewed=True, cursor=cursors.abusive, limit=_A_PAGE)
        lists["abusive"] = _listed(abusive, reading, reports)
    if not lists:
        raise NotAllowed
    return lists


def agencys_board(reading: Reading, reports: Reports, officers: Officers) -> dict[str, Any]:
    """What lies with somebody's own agency, the nearest due first. Raises NotAllowed."""
    person = reading.person
    if Role.AGENCY not in person.roles:
        raise NotAllowed
    query = Query(agency=person.agency, holder=Role.AGENCY, limit=_OF_AN_AGENCY)
    found = reports.search(query)
    staff = {each.id: each.name for each in officers.of_agency(person.agency or "")}
    rows = [_row(report, reading) for report in _readable(found.reports, reading)]
    return {
        "agency": agency_view(person.agency, reading),
        "rows": [row | {"keeper": staff.get(row["assignee"] or "")} for row in rows],
        "by_officer": _counted(rows, staff),
        "has_more": found.next_cursor is not None,
        "leads": leads(person, officers, reading.rules.today(reading.now)),
    }


def _listed(
    query: Query, reading: Reading, reports: Reports, *, elsewhere: Status | None = None
) -> dict[str, Any]:
    """What is `elsewhere` on the board is not listed twice. `is_whole`: it fits one page."""
    page = reports.search(query)
    groups: dict[str | None, list[dict[str, Any]]] = {}
    for report in _readable(page.reports, reading):
        if report.status is not elsewhere:
            groups.setdefault(report.agency, []).append(_row(report, reading))
    return {
        "groups": [
            {"agency": agency_view(unit, reading), "rows": rows} for unit, rows in groups.items()
        ],
        "next_cursor": page.next_cursor,
        "is_whole": query.cursor is None and page.next_cursor is None,
    }


def _readable(reports: Iterable[Report], reading: Reading) -> Iterable[Report]:
    return (report for report in reports if viewer_of(report, reading.person))


def _row(report: Report, reading: Reading) -> dict[str, Any]:
    """`held`: working days in the hands of who has it now. `actions`: what is settled in place."""
    may = {name_of(each) for each in allowed(report, reading.person, reading.rules.directory)}
    now = [stretch for stretch in report.custody if stretch.until is None]
    return {
        **summary(report, reading),
        "held": sum(working_days_of(stretch, reading) for stretch in now) if now else None,
        "is_late": report.due_at is not None and report.due_at < reading.now,
        "actions": [name for name in IN_PLACE if name in may],
    }


def _counted(rows: Iterable[dict[str, Any]], staff: dict[str, str]) -> list[dict[str, Any]]:
    """Who has how many, and how many of them late; without a keeper last."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        count = counts.setdefault(staff.get(row["assignee"] or "", ""), [0, 0])
        count[0] += 1
        count[1] += row["is_late"]
    by_name = sorted(counts.items(), key=lambda each: (not each[0], each[0]))
    return [{"name": name, "open": open_, "late": late} for name, (open_, late) in by_name]
