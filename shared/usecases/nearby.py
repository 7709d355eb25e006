"""Open reports about what may be the same thing, for a citizen who is about to file one more.

They are offered, never forced; and nothing but their public side is looked at: what nobody may
read must not be found by guessing its words.
"""

from collections.abc import Sequence
from typing import Any

from shared.domain import visibility
from shared.domain.acts.filing import Filing
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
    filing: Filing, categories: Sequence[str], reading: Reading, reports: Reports
) -> list[dict[str, Any]]:
    """Lines of a queue as the public reads them, the most alike first. `reading`: the public's.

    `categories`: the chosen one, or what the words say, the likeliest first.
    """
    if not categories or filing.about_official:
        return []
    scored = [
        (_score(filing, each, reading), each)
        for each in reports.search(_query(filing, categories)).reports
        if each.is_open and not each.secret and each.category in categories
    ]
    near = [pair for pair in scored if filing.area or pair[0] >= _ALIKE]
    alike = sorted(near, key=lambda pair: -pair[0])[:_SHOWN]
    return [summary(each, reading) for _, each in alike]


def _query(filing: Filing, categories: Sequence[str]) -> Query:
    """Where the place is known, all that it may be about."""
    sure = not filing.area or len(categories) == 1
    return Query(category=categories[0] if sure else None, area=filing.area, limit=_LOOKED_AT)


def _score(filing: Filing, other: Report, reading: Reading) -> float:
    """Of a text that nobody has checked yet the public reads nothing."""
    if "body" not in visibility.fields(other, reading.viewer):
        return 0.0
    public = visibility.readable(other.body, other, reading.viewer, seq=1)
    return likeness(filing.body, public)
