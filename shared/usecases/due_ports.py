"""What the ladder's sweep needs of the store, beside the reports themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shared.domain.report import Report


@dataclass(frozen=True, slots=True)
class Due:
    """A report whose tick has come. `report` None: what is stored cannot be read.

    `failures`: sweeps in a row that failed on it. `version` is the store's own.
    """

    code: str
    report: Report | None
    failures: int = 0
    version: Any = None


class DueReports(Protocol):
    def due(self, at: datetime, size: int) -> Iterator[tuple[Due, ...]]:
        """Those whose tick is at or before `at`, the longest due first, a page at a time."""
        ...

    def again(self, due: Due) -> Due | None:
        """The same report as it is now; None when it is gone."""
        ...

    def put_off(self, due: Due, until: datetime | None, failures: int) -> None:
        """To a later tick, or to none; nothing else moves.

        A report that changed meanwhile is left alone: its own decision has set the tick.
        """
        ...
