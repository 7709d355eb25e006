"""Tallies, cells and heads in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from threading import Lock

from shared.domain.scoreboard.cells import Counts, difference, total
from shared.usecases.scoreboard_ports import Tally
from tests.fakes.memory_store import MemoryReports


class MemoryScoreboard:
    """Both ports: what reports were counted as, and the cells these add up to."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = {}
        self.cells: Counts = {}
        self._versions = count(1)
        self._one_at_a_time = Lock()

    def load(self, code: str) -> Tally:
        return self.tallies.get(code, Tally(code))

    def replace(self, before: Tally, after: Tally) -> bool:
        with self._one_at_a_time:
            if self.load(after.code).version != before.version:
                return False
            self.tallies[after.code] = replace(after, version=next(self._versions))
            self.cells = total((self.cells, difference(before.counts, after.counts)))
            return True

    def between(self, since: date, until: date) -> Counts:
        return {cell: of for cell, of in self.cells.items() if since <= cell.day <= until}


class MemoryHeads:
    def __init__(self, reports: MemoryReports) -> None:
        self._reports = reports

    def between(self, start: datetime, end: datetime) -> Mapping[str, str]:
        events = sorted(self._reports.timelines.items(), key=lambda each: each[0])
        return {code: event.hash for (code, _), event in events if start <= event.at < end}
