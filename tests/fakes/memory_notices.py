"""Notices beside the outbox in memory, and addresses that are left alone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import count
from threading import Lock

from shared.domain.notice import Notice
from shared.usecases.notice_ports import queued
from shared.usecases.ports import Committed, Consumed
from tests.fakes.memory_store import MemoryOutbox


class MemoryNotices:
    def __init__(self, outbox: MemoryOutbox | None = None) -> None:
        self.outbox = outbox or MemoryOutbox()
        self.known: dict[str, Notice] = {}
        self.marks: set[Consumed] = set()
        self._versions = count(1)
        self._one_at_a_time = Lock()

    def add(self, notices: Iterable[Notice], consumed: Consumed) -> Committed:
        with self._one_at_a_time:
            if consumed in self.marks:
                return Committed.SEEN_BEFORE
            self.marks.add(consumed)
            self._add(each for each in notices if each.id not in self.known)
            return Committed.NOW

    def load(self, id_: str) -> Notice | None:
        return self.known.get(id_)

    def change(self, before: Notice, after: Notice, adding: Iterable[Notice] = ()) -> Notice | None:
        added = tuple(adding)
        with self._one_at_a_time:
            is_unchanged = self.known[before.id].version == before.version
            if not is_unchanged or any(each.id in self.known for each in added):
                return None
            self._add(added)
            return self._put(after)

    def due(self, now: datetime, size: int) -> tuple[Notice, ...]:
        come = [(each.next_attempt_at, each) for each in self.known.values()]
        due = [(at, each) for at, each in come if at is not None and at <= now]
        return tuple(each for _, each in sorted(due, key=lambda found: found[0]))[:size]

    def by_provider_id(self, provider_id: str) -> Notice | None:
        found = (each for each in self.known.values() if each.provider_id == provider_id)
        return next(found, None)

    def of_report(self, code: str) -> tuple[Notice, ...]:
        found = (each for each in self.known.values() if each.code == code)
        return tuple(sorted(found, key=lambda each: each.created_at))

    def _add(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            self._put(notice)
            self.outbox.waiting[notice.id] = queued(notice)

    def _put(self, notice: Notice) -> Notice:
        kept = replace(notice, version=next(self._versions))
        self.known[kept.id] = kept
        return kept


class MemoryBounces:
    def __init__(self) -> None:
        self.refused: dict[str, tuple[str, datetime]] = {}

    def refuse(self, address: str, reason: str, at: datetime) -> None:
        self.refused[address.strip().lower()] = reason, at

    def is_refused(self, address: str) -> bool:
        return address.strip().lower() in self.refused
