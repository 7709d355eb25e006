"""What counting and reading the scoreboard need of the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from shared.domain.scoreboard.cells import Counts


@dataclass(frozen=True, slots=True)
class Tally:
    """What a report was last counted as, and up to which event. `version` is the store's own."""

    code: str
    seq: int = 0
    counts: Counts = field(default_factory=dict)
    version: Any = None


class Tallies(Protocol):
    def load(self, code: str) -> Tally:
        """An empty one when the report was never counted."""
        ...

    def replace(self, before: Tally, after: Tally) -> bool:
        """The cells and the tally in one commit. False: the report was counted meanwhile."""
        ...


class Cells(Protocol):
    def between(self, since: date, until: date) -> Counts:
        """Both days included."""
        ...


class Heads(Protocol):
    def between(self, start: datetime, end: datetime) -> Mapping[str, str]:
        """By tracking code, the head of each report as the last event before `end` left it.

        Only of reports with an event from `start` on.
        """
        ...
