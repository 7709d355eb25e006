"""The directory as edited at the desk, and the log of looks at identities, in memory."""

from shared.domain.directory import Officer
from shared.domain.events import Event
from shared.domain.people import Amendment, Edit
from shared.domain.report import Report
from shared.usecases.people_ports import Place
from tests.fakes.memory_records import MemoryOfficers
from tests.fakes.memory_store import MemoryReports


class MemoryPeople(MemoryOfficers):
    def __init__(self, *officers: Officer) -> None:
        super().__init__(*officers)
        self.amendments: dict[str, Amendment] = {}
        self.log: dict[str, Edit] = {}

    def without_agency(self) -> tuple[Officer, ...]:
        return tuple(officer for officer in self.known.values() if officer.agency is None)

    def add(self, officer: Officer, edit: Edit) -> bool:
        if officer.id in self.known:
            return edit.id in self.log
        self.known[officer.id], self.log[edit.id] = officer, edit
        return True

    def change(self, before: Officer, after: Officer, edit: Edit) -> bool:
        if self.known.get(before.id) != before:
            return False
        self.known[before.id], self.log[edit.id] = after, edit
        return True

    def amendment(self, agency: str) -> Amendment | None:
        return self.amendments.get(agency)

    def amend(self, before: Amendment | None, after: Amendment, edit: Edit) -> bool:
        if self.amendments.get(after.agency) != before:
            return False
        self.amendments[after.agency], self.log[edit.id] = after, edit
        return True

    def edits(self, before: Place | None, size: int) -> tuple[Edit, ...]:
        older = (edit for edit in self.log.values() if not before or (edit.at, edit.id) < before)
        return tuple(sorted(older, key=lambda edit: (edit.at, edit.id), reverse=True)[:size])


class MemoryLooks:
    def __init__(self, reports: MemoryReports) -> None:
        self._reports = reports

    def of(
        self, agency: str | None, before: Place | None, size: int
    ) -> tuple[tuple[Report, Event], ...]:
        found = [
            (self._reports.reports[code], event)
            for (code, _), event in self._reports.timelines.items()
            if event.type == "revealed"
            and agency in (None, event.agency)
            and (before is None or (event.at, event.id) < before)
        ]
        return tuple(sorted(found, key=lambda line: (line[1].at, line[1].id), reverse=True)[:size])
