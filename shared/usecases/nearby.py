"""Open reports about what may be the same thing, for a citizen who is about to file one more.

They are offered, never forced; and nothing but their public side is looked at: what nobody may
read must not be found by guessing its words.
"""

from collections.abc import Sequence
from typing import Any

from shared.domain import visibility
from shared.domain.acts.filing import Filing
from shared.domain.areas import lies_in
from shared.domain.likeness import likeness
from shared.domain.report import Report
from shared.usecases.ports import Query, Reports
from shared.usecases.report_views import summary
from shared.usecases.views import Reading

_SHOWN = 3
_LOOKED_AT = 40
# Without a place, only what is clearly about the same.
_ALIKE = 0.5


def nearby(
    filing: Filing,
    categories: Sequence[str],
    areas: Sequence[str],
    reading: Reading,
    reports: Reports,
) -> list[dict[str, Any]]:
    """Lines of a queue as the public reads them, the most alike first. `reading`: the public's.

    `categories`: the chosen one, or what the words say, the likeliest first. `areas`: the one that
    is meant, or all that may be; empty: nobody said where.
    """
    if not categories or filing.about_official:
        return []
    scored = [
        (_score(filing, each, reading), each)
        for query in _queries(categories, areas)
        for each in reports.search(query).reports
        if each.is_open and not each.secret and each.category in categories
    ]
    near = [pair for pair in scored if _lies_in_one(pair[1], areas) or pair[0] >= _ALIKE]
    alike = sorted(near, key=lambda pair: -pair[0])[:_SHOWN]
    return [summary(each, reading) for _, each in alike]


def _queries(categories: Sequence[str], areas: Sequence[str]) -> list[Query]:
    """Where the place is known, all that it may be about; where nobody said it, the likeliest."""
    if len(areas) == 1:
        category = categories[0] if len(categories) == 1 else None
        return [Query(category=category, area=areas[0], limit=_LOOKED_AT)]
    likely = categories if areas else categories[:1]
    return [Query(category=each, limit=_LOOKED_AT) for each in likely]


def _lies_in_one(report: Report, areas: Sequence[str]) -> bool:
    return any(report.area and lies_in(report.area, area) for area in areas)


def _score(filing: Filing, other: Report, reading: Reading) -> float:
    """Of a text that nobody has checked yet the public reads nothing."""
    if "body" not in visibility.fields(other, reading.viewer):
        return 0.0
    public = visibility.readable(other.body, other, reading.viewer, seq=1)
    return likeness(filing.body, public)
