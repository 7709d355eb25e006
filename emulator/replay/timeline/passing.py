"""The hours of the export, one after the other, on a local cloud's clock."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from emulator.connection import Unreachable
from emulator.desk_client import DeskClient
from emulator.replay.filing import Known, Outcome, file_one
from emulator.replay.timeline.history import Did, Hour, Past

_ONE_DAY = timedelta(days=1)
_DONE = {
    "outcome": "explained",
    "cause": "anggaran",
    "text": "Jawaban perangkat daerah pada hari yang tercatat di berkas.",
}


@dataclass(slots=True)
class Passing:
    """`outcomes` by the numbers of the rows; `undone`: what was to happen, and why it could not."""

    client: DeskClient
    known: Known
    agencies: Mapping[str, str]
    heads: Mapping[str, str]
    file: str
    threads: int
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    undone: list[str] = field(default_factory=list)

    def run(self, hours: Iterable[Hour], until: datetime) -> Iterator[tuple[datetime, int]]:
        """Where the clock is, and how many deeds were done since the last time it was said."""
        at = until
        with ThreadPoolExecutor(self.threads) as pool:
            for hour in hours:
                self._move_to(hour.at)
                self._live(hour, pool)
                yield hour.at, len(hour.deeds)
                at = hour.at
        while at < until:
            at = min(at + _ONE_DAY, until)
            self._move_to(at)
            yield at, 0

    @property
    def reports(self) -> dict[str, int]:
        """Codes, each with the row that it was filed for first."""
        first: dict[str, int] = {}
        for number, outcome in sorted(self.outcomes.items()):
            if outcome.code:
                first.setdefault(outcome.code, number)
        return first

    def _live(self, hour: Hour, pool: ThreadPoolExecutor) -> None:
        filed = hour.of(Did.FILE)
        outcomes = pool.map(self._file, filed)
        self.outcomes.update(zip((past.number for past in filed), outcomes, strict=True))
        if filed:
            self.client.emulator("clock", {"advance": "PT0S"})
        for did, act in ((Did.ANSWER, self._answer), (Did.CONFIRM, self._confirm)):
            self.undone += filter(None, pool.map(self._trying(act), hour.of(did)))

    def _file(self, past: Past) -> Outcome:
        message = self.known.message(past.row)
        if agency := self.agencies.get(past.row.agency):
            message["agency"] = agency
        return file_one(self.client, message, past.row.key(self.file))

    def _answer(self, past: Past, outcome: Outcome) -> str | None:
        """As the head of the agency that has it."""
        email = self.heads[self.agencies[past.row.agency]]
        read = self.client.read_as(email, outcome.code or "")
        if not read.is_done:
            return f"read {read.reason}"
        order = {"action": "respond", "revision": read.body["revision"], **_DONE}
        done = self.client.act_as(email, outcome.code or "", order)
        return None if done.is_done else f"respond {done.reason}"

    def _confirm(self, _: Past, outcome: Outcome) -> str | None:
        order: dict[str, Any] = {"action": "confirm", "solved": True, "satisfaction": 4}
        done = self.client.act(outcome.code or "", outcome.receipt or "", order)
        return None if done.is_done else f"confirm {done.reason}"

    def _trying(self, act: Callable[[Past, Outcome], str | None]) -> Callable[[Past], str | None]:
        """Nothing follows where nothing was filed, or the same row twice."""
        reports = self.reports

        def tried(past: Past) -> str | None:
            outcome = self.outcomes[past.number]
            if outcome.code is None or reports[outcome.code] != past.number:
                return None
            try:
                return act(past, outcome)
            except Unreachable as failure:
                return str(failure)

        return tried

    def _move_to(self, at: datetime) -> None:
        """Where real time was faster, or an answer came late, it is there already."""
        self.client.emulator("clock", {"set": at.isoformat()})
