"""A citizen files a report, or an intake officer does so for somebody who came, wrote or called."""

from datetime import date
from typing import Any

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_officers, firestore_region, token_verifier
from shared.adapters.desk import desk
from shared.domain.acts.filing import Filing, faults
from shared.domain.codes import show_code
from shared.domain.dates import long_date
from shared.domain.receipts import show_receipt
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.statuses import Role
from shared.domain.visibility import Viewer
from shared.edge import limits
from shared.edge.callers import officer_of, person_of
from shared.edge.contract import FILE_ON_BEHALF, FILE_REPORT
from shared.edge.http import Call, Reply, serve
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.filing import Filed, file_report
from shared.usecases.views import Reading, clocks_view, status_label


@functions_framework.http
def submit_report(request: Request) -> Response:
    handlers = {FILE_REPORT: _as_citizen, FILE_ON_BEHALF: _on_behalf}
    return serve(request, handlers, origins=firestore_region.origins)


def _as_citizen(call: Call) -> Reply:
    limits.count_post(call.address, call.stamp.at)
    return _file(call, REPORTER, Role.REPORTER)


def _on_behalf(call: Call) -> Reply:
    officer = officer_of(call.request, token_verifier.tokens(), firestore_officers.officers())
    return _file(call, person_of(officer), Role.INTAKE)


def _file(call: Call, person: Person, role: Role) -> Reply:
    rules = firestore_region.region().rules()
    filing = call.message.filing()
    _check(filing, rules, rules.today(call.stamp.at))
    filed = file_report(
        filing,
        call.message.identity(),
        person=person,
        role=role,
        attempt=call.attempt_of(person.officer),
        rules=rules,
        stamp=call.stamp,
        desk=desk(),
    )
    return _reply(filed, call, rules)


def _check(filing: Filing, rules: Rules, today: date) -> None:
    found = faults(filing, rules.directory, today)
    if found:
        raise FieldFaults(*(Fault(name, code) for name, code in found))


def _reply(filed: Filed, call: Call, rules: Rules) -> Reply:
    report, code = filed.report, show_code(filed.report.code)
    # As of its filing: a repeated post reads the very same answer.
    reading = Reading(Viewer.REPORTER, REPORTER, rules, report.submitted_at, call.language)
    body: dict[str, Any] = {
        "code": code,
        "receipt": show_receipt(filed.receipt),
        "status": report.status,
        "status_label": status_label(report, rules, call.language),
        "submitted_at": reading.local(report.submitted_at),
        "clocks": clocks_view(report, reading, explained=False),
        "links": {"self": f"/api/reports/{code}", "page": f"/r/{code}"},
    }
    return Reply(body, 201, {"Location": f"/api/reports/{code}"}, _page(filed, call, rules))


def _page(filed: Filed, call: Call, rules: Rules) -> dict[str, Any]:
    """What the page says beyond the JSON."""
    identity = call.message.identity()
    due_at = filed.report.due_at or filed.report.submitted_at
    return {
        "check_by": long_date(rules.calendar.day_of(due_at), call.language),
        "has_contact": bool(identity.email or identity.phone),
    }
