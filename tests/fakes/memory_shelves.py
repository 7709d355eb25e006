"""Shelves beside the reports in memory, and seals that only look sealed."""

import json
from dataclasses import replace
from datetime import datetime
from threading import Lock

from shared.domain.attachment import Place, SealedPlace, Shelf
from shared.domain.plain import plain
from tests.fakes.memory_store import MemoryReports


class MemoryShelves:
    def __init__(self, reports: MemoryReports) -> None:
        self._reports = reports
        self._one_at_a_time = Lock()

    def of(self, code: str) -> Shelf:
        return self._reports.shelves.get(code, Shelf(code))

    def put(self, shelf: Shelf) -> bool:
        with self._one_at_a_time:
            if self.of(shelf.code).version != shelf.version:
                return False
            self._reports.shelves[shelf.code] = replace(shelf, version=next(self._reports.versions))
            return True


class MemorySeals:
    def seal(self, place: Place, *, code: str) -> SealedPlace:
        return SealedPlace("k1", json.dumps([code, plain(place)]).encode()[::-1])

    def unseal(self, sealed: SealedPlace, *, code: str) -> Place | None:
        sealed_for, found = json.loads(sealed.sealed[::-1])
        taken_at = found.pop("taken_at")
        if sealed_for != code:
            return None
        return Place(**found, taken_at=datetime.fromisoformat(taken_at) if taken_at else None)
