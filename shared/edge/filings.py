"""A filing as it is checked and as it is answered: the same for programs and on pages."""

from datetime import datetime
from typing import Any

from shared.domain.acts.filing import Filing, faults
from shared.domain.codes import show_code
from shared.domain.dates import long_date
from shared.domain.receipts import show_receipt
from shared.domain.scene import REPORTER, Rules
from shared.domain.visibility import Viewer
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.filing import Filed
from shared.usecases.ports import Identity
from shared.usecases.views import Reading, clocks_view, status_label


def check(filing: Filing, rules: Rules, now: datetime) -> None:
    """Raises FieldFaults for what the region's directory or the calendar says no to."""
    found = faults(filing, rules.directory, rules.today(now))
    if found:
        raise FieldFaults(*(Fault(name, code) for name, code in found))


def answer_of(filed: Filed, rules: Rules, language: str) -> dict[str, Any]:
    """As of its filing: a repeated post reads the very same answer."""
    report, code = filed.report, show_code(filed.report.code)
    reading = Reading(Viewer.REPORTER, REPORTER, rules, report.submitted_at, language)
    return {
        "code": code,
        "receipt": show_receipt(filed.receipt),
        "status": report.status,
        "status_label": status_label(report, rules, language),
        "submitted_at": reading.local(report.submitted_at),
        "clocks": clocks_view(report, reading, explained=False),
        "links": {"self": f"/api/reports/{code}", "page": f"/r/{code}"},
    }


def page_of(filed: Filed, identity: Identity, rules: Rules, language: str) -> dict[str, Any]:
    """What the page says beyond the answer. `asked`: of files to follow, where any may."""
    due_at = filed.report.due_at or filed.report.submitted_at
    return {
        "check_by": long_date(rules.calendar.day_of(due_at), language),
        "has_contact": bool(identity.email or identity.phone),
        "region": rules.directory.name_in(language),
        "asked": None,
        "is_shared": False,
    }
