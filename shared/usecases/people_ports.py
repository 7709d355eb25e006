"""What editing the directory needs of the store. Each edit and its record are one commit."""

from datetime import datetime
from typing import Protocol

from shared.domain.directory import Officer
from shared.domain.events import Event
from shared.domain.people import Amendment, Edit
from shared.domain.report import Report
from shared.usecases.ports import Officers

# Where a page of a log ended: time and id of its last line.
Place = tuple[datetime, str]


class People(Officers, Protocol):
    def without_agency(self) -> tuple[Officer, ...]:
        """Those who work for the whole region."""
        ...

    def add(self, officer: Officer, edit: Edit) -> bool:
        """False: there is a record with this id."""
        ...

    def change(self, before: Officer, after: Officer, edit: Edit) -> bool:
        """False: the record is no longer as it was before."""
        ...

    def amendment(self, agency: str) -> Amendment | None: ...

    def amend(self, before: Amendment | None, after: Amendment, edit: Edit) -> bool:
        """False: it is no longer as it was before."""
        ...

    def edits(self, before: Place | None, size: int) -> tuple[Edit, ...]:
        """The newest first; `before`: only older ones."""
        ...


class Looks(Protocol):
    """Who looked at whose identity: an index over the timelines, written with each reveal."""

    def of(
        self, agency: str | None, before: Place | None, size: int
    ) -> tuple[tuple[Report, Event], ...]:
        """By officers of the agency, or by all; the newest first. Reports as they are now."""
        ...
