"""Each working day at eight: one mail for each agency with work, and one for the verifiers.

What they say is looked up when they are sent, and who has nothing to do then is not written to.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from shared.domain.notice import Audience, Notice
from shared.domain.notices import notice_id
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.statuses import Role
from shared.usecases.notice_ports import Notices
from shared.usecases.ports import Consumed, Query, Reports

# As Reports.count.
Count = Callable[[Query, int], int]

CONSUMER = "digests"
# A digest of yesterday misleads.
_WORTH_SENDING_FOR = timedelta(hours=12)
_PAGE = 100
# The mail tells how many it leaves out; beyond a thousand the number helps nobody.
_PAGES = 10


def add_digests(
    now: datetime, *, rules: Rules, notices: Notices, count: Count
) -> tuple[Notice, ...]:
    """Those of today, once; none before eight, on a day off, or when they are there already."""
    today = rules.today(now)
    if not rules.calendar.is_working(today) or now < rules.calendar.opening_of(today):
        return ()
    queue = _daily("queue", Audience.VERIFIERS, None, today, now)
    # Looked for before they are written: the schedule comes more than once a morning.
    if notices.load(queue.id):
        return ()
    written = (queue, *_of_agencies(today, rules, now, count))
    notices.add(written, Consumed(CONSUMER, today.isoformat()))
    return written


def work_of(notice: Notice, reports: Reports) -> tuple[Report, ...]:
    """What the digest of an agency, or the queue of the verifiers, is about; the first due first.

    At most a thousand.
    """
    holder = Role.AGENCY if notice.audience is Audience.AGENCY else Role.VERIFIER
    query: Query | None = Query(holder=holder, agency=notice.unit, limit=_PAGE)
    found: list[Report] = []
    for _ in range(_PAGES):
        if query is None:
            break
        page = reports.search(query)
        found.extend(page.reports)
        query = replace(query, cursor=page.next_cursor) if page.next_cursor else None
    return tuple(found)


def _of_agencies(today: date, rules: Rules, now: datetime, count: Count) -> Iterator[Notice]:
    """A count is one read; a notice with nothing to say would be written, published and sent."""
    for agency in rules.directory.agencies:
        if count(Query(holder=Role.AGENCY, agency=agency, limit=1), 1):
            yield _daily("digest", Audience.AGENCY, agency, today, now)


def _daily(kind: str, audience: Audience, unit: str | None, today: date, now: datetime) -> Notice:
    return Notice(
        id=notice_id(kind, unit or "", today.isoformat()),
        kind=kind,
        audience=audience,
        created_at=now,
        next_attempt_at=now,
        expires_at=now + _WORTH_SENDING_FOR,
        unit=unit,
    )
