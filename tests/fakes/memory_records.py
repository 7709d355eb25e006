"""The small stores beside the reports, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from shared.domain.directory import Officer
from shared.domain.statuses import Role
from shared.usecases.ports import StoreAway


class MemorySupporters:
    def __init__(self) -> None:
        self.of: dict[str, set[str]] = {}

    def count(self, code: str) -> int:
        return len(self.of.get(code, ()))

    def add(self, code: str, supporter: str) -> int:
        self.of.setdefault(code, set()).add(supporter)
        return self.count(code)


class MemoryTries:
    def __init__(self) -> None:
        self.counted: dict[tuple[str, str, str], int] = {}

    def wrong(self, address: str, at: datetime) -> int:
        return self._counted("wrong", address, at)

    def asked(self, address: str, at: datetime) -> int:
        return self._counted("asked", address, at)

    def _counted(self, what: str, address: str, at: datetime) -> int:
        key = what, address, at.astimezone(UTC).strftime("%Y-%m-%dT%H")
        self.counted[key] = self.counted.get(key, 0) + 1
        return self.counted[key]


@dataclass(frozen=True)
class ParkedEvent:
    consumer: str
    event_id: str
    reason: str
    data: Mapping[str, Any]


class MemoryParked:
    def __init__(self) -> None:
        self.events: dict[tuple[str, str], ParkedEvent] = {}

    def park(self, consumer: str, event_id: str, reason: str, data: Mapping[str, Any]) -> None:
        self.events[consumer, event_id] = ParkedEvent(consumer, event_id, reason, data)


class MemoryOfficers:
    def __init__(self, *officers: Officer) -> None:
        self.known = {officer.id: officer for officer in officers}

    def by_email(self, email: str) -> Officer | None:
        key = email.strip().lower()
        return next((each for each in self.known.values() if each.email.lower() == key), None)

    def by_id(self, id_: str) -> Officer | None:
        return self.known.get(id_)

    def of_agency(self, agency: str) -> tuple[Officer, ...]:
        return tuple(officer for officer in self.known.values() if officer.agency == agency)

    def with_role(self, role: Role) -> tuple[Officer, ...]:
        return tuple(officer for officer in self.known.values() if role in officer.roles)

    def bind(self, officer: Officer, subject: str) -> None:
        if self.known[officer.id].subject not in (None, subject):
            raise StoreAway
        self.known[officer.id] = replace(self.known[officer.id], subject=subject)
