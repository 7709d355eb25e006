"""The one clock of the local cloud: real time, moved forward on request."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class OnlyForward(Exception):
    """Time that passed has had its effects."""


class Clock:
    """`keep` is told how far it is ahead whenever that changes."""

    def __init__(
        self,
        start: datetime | None = None,
        *,
        ahead: timedelta = timedelta(),
        keep: Callable[[timedelta], None] = lambda _: None,
    ) -> None:
        self._ahead = start - datetime.now(UTC) if start else ahead
        self._keep = keep
        self._moving = threading.Lock()
        keep(self._ahead)

    def now(self) -> datetime:
        """In whole seconds, as the functions read it."""
        return self.instant().replace(microsecond=0)

    def instant(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def reach(self, instant: datetime) -> None:
        """Nothing changes when real time was there first."""
        with self._moving:
            ahead = instant - datetime.now(UTC)
            if ahead > self._ahead:
                self._keep(ahead)
                self._ahead = ahead
