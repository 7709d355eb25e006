"""Reports that may be about the same thing: near in place, in time and in words."""

from typing import Any

from shared.domain.likeness import likeness
from shared.domain.report import Report
from shared.domain.visibility import OFFICE, viewer_of
from shared.usecases.ports import Query, Reports
from shared.usecases.report_views import summary
from shared.usecases.views import Reading

_DAYS = 60
_ALIKE = 0.4
_SHOWN = 3
# Those due next in the same district: whoever decides now is shown what is open now.
_LOOKED_AT = 50
_DISTRICT = len("51.03.06")


def lookalikes(report: Report, reading: Reading, reports: Reports) -> list[dict[str, Any]]:
    """Lines of a queue, each with its `likeness` in per cent; the most alike first."""
    if not (report.area or report.category):
        return []
    found = reports.search(_near(report, reading)).reports
    scored = [(_score(report, other), other) for other in found if _fits(other, report, reading)]
    alike = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return [
        summary(other, reading) | {"likeness": round(100 * score)}
        for score, other in alike[:_SHOWN]
    ]


def _near(report: Report, reading: Reading) -> Query:
    """An agency looks among its own."""
    person = reading.person
    return Query(
        area=report.area[:_DISTRICT] if report.area else None,
        category=None if report.area else report.category,
        agency=None if person.roles & OFFICE else person.agency,
        limit=_LOOKED_AT,
    )


def _fits(other: Report, report: Report, reading: Reading) -> bool:
    apart = abs((other.submitted_at - report.submitted_at).days)
    is_another = other.code != report.code and other.is_open and apart <= _DAYS
    return is_another and viewer_of(other, reading.person) is not None


def _score(report: Report, other: Report) -> float:
    return likeness(f"{report.title} {report.body}", f"{other.title} {other.body}")
