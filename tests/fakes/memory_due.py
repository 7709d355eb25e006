"""Reports whose tick has come, of those in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from shared.usecases.due_ports import Due
from tests.fakes.memory_store import MemoryReports, Tick

_FAR = datetime(9999, 12, 31, tzinfo=UTC)


class MemoryDue:
    """`unreadable`: codes of reports that are there and cannot be made out."""

    def __init__(self, reports: MemoryReports) -> None:
        self._reports = reports
        self.unreadable: set[str] = set()

    def due(self, at: datetime, size: int) -> Iterator[tuple[Due, ...]]:
        """As they were when the page was asked for, after the last one of the page before."""
        last = (datetime.min.replace(tzinfo=UTC), "")
        while True:
            places = sorted((tick.at, code) for code, tick in self._reports.ticks.items())
            page = [place for place in places if place > last and place[0] <= at][:size]
            yield tuple(self._due(code) for _, code in page)
            if len(page) < size:
                return
            last = page[-1]

    def again(self, due: Due) -> Due | None:
        return self._due(due.code) if due.code in self._reports.reports else None

    def put_off(self, due: Due, until: datetime | None, failures: int) -> None:
        if self._due(due.code).version == due.version:
            self._reports.ticks[due.code] = Tick(until or _FAR, failures)

    def _due(self, code: str) -> Due:
        report, tick = self._reports.reports[code], self._reports.ticks[code]
        due = Due(code, report, tick.failures, version=(report.seq, tick))
        return replace(due, report=None) if code in self.unreadable else due
