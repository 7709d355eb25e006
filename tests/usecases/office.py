"""A desk on fakes, and what people do at it."""

from hashlib import sha256
from itertools import count
from threading import Barrier
from typing import Any

from shared.domain import commands as c
from shared.domain.directory import Officer
from shared.domain.events import Stamp
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.statuses import Role
from shared.usecases.acting import Order, act
from shared.usecases.filing import Filed, file_report
from shared.usecases.ports import (
    Commit,
    Committed,
    Consumed,
    Identity,
    Repeatable,
    WireEvent,
)
from shared.usecases.saving import Attempt, Desk
from tests.builders import KEYS, then
from tests.domain.builders import NOW, RULES, VERIFIER, filing
from tests.fakes.memory_due import MemoryDue
from tests.fakes.memory_records import MemoryOfficers
from tests.fakes.memory_shelves import MemorySeals, MemoryShelves
from tests.fakes.memory_store import MemoryReports
from tests.fakes.recording_publisher import RecordingPublisher

KEY = "k" * 22


class Office:
    """The same desk in every test; `now` moves only by hand."""

    def __init__(self, reports: MemoryReports | None = None, *, away: bool = False) -> None:
        self.reports = reports or MemoryReports()
        self.publisher = RecordingPublisher(away=away)
        self.officers = MemoryOfficers()
        self.shelves, self.seals = MemoryShelves(self.reports), MemorySeals()
        self.desk = Desk(
            self.reports,
            self.officers,
            self.reports.outbox,
            self.publisher,
            KEYS,
            self.shelves,
            self.seals,
        )
        self.due = MemoryDue(self.reports)
        self.now = NOW
        self.rules: Rules = RULES
        self._numbers = count(1)

    def stamp(self) -> Stamp:
        number = next(self._numbers)
        return Stamp(
            self.now, b"".join(sha256(f"{number}{part}".encode()).digest() for part in "ab")
        )

    def employ(self, officer: str, agency: str) -> None:
        address, roles = f"{officer}@x.example", frozenset({Role.AGENCY})
        self.officers.known[officer] = Officer(officer, address, officer, roles, agency)

    def file(self, attempt: Attempt | None = None, **fields: Any) -> Filed:
        return file_report(
            filing(**fields),
            Identity(name="Sekar"),
            person=REPORTER,
            role=Role.REPORTER,
            attempt=attempt,
            rules=self.rules,
            stamp=self.stamp(),
            desk=self.desk,
        )

    def filed(self, **fields: Any) -> Report:
        return self.file(**fields).report

    def act(
        self,
        report: Report,
        command: c.Command,
        by: Person = VERIFIER,
        *,
        revision: int | None = None,
        attempt: Attempt | None = None,
        consumed: Consumed | None = None,
    ) -> Report:
        order = Order(report.code, command, by, revision, attempt, consumed)
        return act(order, rules=self.rules, stamp=self.stamp(), desk=self.desk)

    def stored(self, report: Report) -> Report:
        return self.reports.reports[report.code]

    @property
    def published(self) -> list[WireEvent]:
        return self.publisher.published


def an_attempt(request: bytes = b"POST /api/reports {}", key: str = KEY) -> Attempt:
    return Attempt(key, request)


class Contended(MemoryReports):
    """Somebody else is faster at the next `times` commits."""

    def __init__(self, intrusion: c.Command, times: int = 0) -> None:
        super().__init__()
        self.intrusion, self.times, self.asked = intrusion, times, 0

    def commit(self, commit: Commit) -> Committed:
        self.asked += 1
        if self.times and commit.decisions[0].before:
            self.times -= 1
            faster = then(self.reports[commit.decisions[0].report.code], self.intrusion, VERIFIER)
            super().commit(Commit((faster,)))
        return super().commit(commit)


class SeenTogether(MemoryReports):
    """Those who race have all looked for the record before the first of them commits."""

    def __init__(self, racers: int) -> None:
        super().__init__()
        self._start, self._looks = Barrier(racers), 0
        self._racers = racers

    def repeatable(self, id_: str) -> Repeatable | None:
        found = super().repeatable(id_)
        self._looks += 1
        if self._looks <= self._racers:
            self._start.wait(timeout=10)
        return found
