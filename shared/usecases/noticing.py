"""What follows from an event for the people it concerns: notices, written once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.notice import Notice
from shared.domain.notice_table import TYPES
from shared.domain.notices import notices_for
from shared.domain.scene import Rules
from shared.usecases.failures import NoSuchReport
from shared.usecases.notice_ports import Notices, queued
from shared.usecases.ports import Committed, Consumed, Outbox, Publisher, Reports
from shared.usecases.saving import publish

CONSUMER = "write_notices"
TOLD = frozenset(f"report.{type_}" for type_ in TYPES)


@dataclass(frozen=True, slots=True)
class Bureau:
    """The ports that notices are written through. Its reports never say who reported."""

    reports: Reports
    notices: Notices
    outbox: Outbox
    publisher: Publisher

    def publish(self, written: Iterable[Notice]) -> None:
        publish(map(queued, written), self.outbox, self.publisher)


def write_notices(
    code: str, seq: int, *, event_id: str, rules: Rules, now: datetime, bureau: Bureau
) -> tuple[Notice, ...]:
    """What was written; nothing when the event was seen before, or concerns nobody."""
    report = bureau.reports.load(code)
    if report is None or report.seq < seq:
        raise NoSuchReport
    events = bureau.reports.timeline(code, seq)
    written = notices_for(events, report, rules, now)
    if not written:
        return ()
    if bureau.notices.add(written, Consumed(CONSUMER, event_id)) is not Committed.NOW:
        return ()
    bureau.publish(written)
    return written
