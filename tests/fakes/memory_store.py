"""Reports and outbox in memory, with the store's three answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from threading import Lock

from shared.domain.areas import lies_in
from shared.domain.attachment import Shelf
from shared.domain.codes import UnreadableCode, parse_code
from shared.domain.events import Event
from shared.domain.receipts import ReceiptMark
from shared.domain.renewal import Renewal
from shared.domain.report import Report
from shared.domain.statuses import Status
from shared.usecases.ports import (
    BadCursor,
    Commit,
    Committed,
    Consumed,
    Identity,
    Page,
    Query,
    Repeatable,
    Reporter,
    WireEvent,
)

_FAR = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Tick:
    """What the store keeps beside a report for the ladder's sweep."""

    at: datetime
    failures: int = 0


class MemoryOutbox:
    def __init__(self) -> None:
        self.waiting: dict[str, WireEvent] = {}

    def before(self, at: datetime, size: int) -> Iterator[tuple[WireEvent, ...]]:
        older = (event for event in self.waiting.values() if event.at < at)
        waiting = sorted(older, key=lambda event: event.at)
        for start in range(0, len(waiting), size):
            yield tuple(waiting[start : start + size])

    def oldest(self) -> datetime | None:
        return min((event.at for event in self.waiting.values()), default=None)

    def forget(self, event_ids: Iterable[str]) -> None:
        for event_id in event_ids:
            self.waiting.pop(event_id, None)


class MemoryReports:
    def __init__(self) -> None:
        self.outbox = MemoryOutbox()
        self.reports: dict[str, Report] = {}
        self.timelines: dict[tuple[str, int], Event] = {}
        self.ticks: dict[str, Tick] = {}
        self.reporters: dict[str, Reporter] = {}
        self.marks: set[Consumed] = set()
        self.repeatables: dict[str, Repeatable] = {}
        self.renewals: dict[str, Renewal] = {}
        self.shelves: dict[str, Shelf] = {}
        self.versions = count(1)
        self._one_at_a_time = Lock()

    def load(self, code: str) -> Report | None:
        return self.reports.get(code)

    def load_with_receipt(self, code: str) -> tuple[Report | None, ReceiptMark | None]:
        reporter = self.reporters.get(code)
        return self.reports.get(code), reporter.receipt if reporter else None

    def identity(self, code: str) -> Identity:
        reporter = self.reporters.get(code)
        return reporter.identity if reporter else Identity()

    def timeline(self, code: str, until_seq: int) -> tuple[Event, ...]:
        return tuple(self.timelines[code, seq] for seq in range(1, until_seq + 1))

    def timeline_with_shelf(self, code: str, until_seq: int) -> tuple[tuple[Event, ...], Shelf]:
        return self.timeline(code, until_seq), self.shelves.get(code, Shelf(code))

    def repeatable(self, id_: str) -> Repeatable | None:
        return self.repeatables.get(id_)

    def commit(self, commit: Commit) -> Committed:
        with self._one_at_a_time:
            if self._fits(commit):
                self._apply(commit)
                return Committed.NOW
            return self._why_not(commit)

    def search(self, query: Query) -> Page:
        matching = sorted(
            (report for report in self.reports.values() if _matches(report, query)), key=_place
        )
        if query.cursor:
            after = _read(query.cursor)
            matching = [report for report in matching if _place(report) > after]
        page = tuple(matching[: query.limit])
        is_last = len(matching) <= query.limit
        return Page(page, None if is_last else _written(_place(page[-1])))

    def count(self, query: Query, most: int) -> int:
        anything = replace(query, words=())
        return min(most, sum(_matches(report, anything) for report in self.reports.values()))

    def _fits(self, commit: Commit) -> bool:
        """What the real store checks with `create` and a precondition."""
        return (
            not any((code, event.seq) in self.timelines for code, event in commit.events)
            and not any(wire.id in self.outbox.waiting for wire in commit.wire_events)
            and all((d.report.code in self.reports) == bool(d.before) for d in commit.decisions)
            and commit.consumed not in self.marks
            and (commit.receipt is None or commit.decisions[0].report.code in self.renewals)
            and self._is_free(commit)
            and (commit.shelf is None or self._is_as_read(commit.shelf))
        )

    def _is_as_read(self, shelf: Shelf) -> bool:
        return shelf.version == self.shelves.get(shelf.code, Shelf(shelf.code)).version

    def _is_free(self, commit: Commit) -> bool:
        if commit.repeatable is None:
            return True
        return _version(self.repeatables.get(commit.repeatable.id)) == _version(commit.replaces)

    def _apply(self, commit: Commit) -> None:
        self.timelines.update({(code, event.seq): event for code, event in commit.events})
        self.reports.update(
            {decision.report.code: decision.report for decision in commit.decisions}
        )
        self.ticks.update(
            {
                decision.report.code: Tick(decision.next_tick_at or _FAR)
                for decision in commit.decisions
            }
        )
        self.outbox.waiting.update({wire.id: wire for wire in commit.wire_events})
        if commit.reporter:
            self.reporters[commit.decisions[0].report.code] = commit.reporter
        if commit.receipt:
            code = commit.decisions[0].report.code
            self.reporters[code] = replace(self.reporters[code], receipt=commit.receipt)
            del self.renewals[code]
        if commit.shelf:
            shelf = replace(commit.shelf, version=next(self.versions))
            self.shelves[shelf.code] = shelf
        if commit.consumed:
            self.marks.add(commit.consumed)
        if commit.repeatable:
            kept = replace(commit.repeatable, version=next(self.versions))
            self.repeatables[kept.id] = kept

    def _why_not(self, commit: Commit) -> Committed:
        code, first = next(iter(commit.events), ("", None))
        there = self.timelines.get((code, first.seq)) if first else None
        if first and there and there.id == first.id:
            return Committed.NOW
        if commit.consumed in self.marks or not self._is_free(commit):
            return Committed.SEEN_BEFORE
        return Committed.CHANGED_MEANWHILE


def _version(record: Repeatable | None) -> object:
    return record.version if record else None


def _place(report: Report) -> tuple[datetime, str]:
    return report.due_at or _FAR, report.code


def _written(place: tuple[datetime, str]) -> str:
    return f"{place[0].isoformat()}|{place[1]}"


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        due_at, code = cursor.split("|")
        return datetime.fromisoformat(due_at), code
    except ValueError:
        raise BadCursor from None


def _matches(report: Report, query: Query) -> bool:
    appealed = report.status is Status.SUBMITTED and report.times("appealed") > 0
    asked = (
        (query.status, report.status),
        (query.holder, report.holder),
        (query.agency, report.agency),
        (query.assignee, report.assignee),
        (query.category, report.category),
        (query.appealed, appealed),
        (query.unreviewed, report.awaits_review),
    )
    return (
        all(wanted is None or wanted == found for wanted, found in asked)
        and (query.area is None or lies_in(report.area or "", query.area))
        and (query.overdue_at is None or (report.due_at or _FAR) < query.overdue_at)
        and all(_has(report, word) for word in query.words)
    )


def _has(report: Report, word: str) -> bool:
    try:
        if parse_code(word) == report.code:
            return True
    except UnreadableCode:
        pass
    words = set(re.findall(r"\w+", f"{report.title} {report.body}".lower()))
    return words.issuperset(re.findall(r"\w{3,}", word.lower()))
