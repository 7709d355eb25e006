"""The one clock of the local cloud: real time, moved forward on request."""

import threading
from datetime import UTC, datetime, timedelta


class OnlyForward(Exception):
    """Time that passed has had its effects."""


class Clock:
    def __init__(self, start: datetime | None = None) -> None:
        self._ahead = start - datetime.now(UTC) if start else timedelta()
        self._moving = threading.Lock()

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._ahead).replace(microsecond=0)

    def advance(self, by: timedelta) -> None:
        if by < timedelta():
            raise OnlyForward
        with self._moving:
            self._ahead += by

    def set(self, to: datetime) -> None:
        with self._moving:
            now = datetime.now(UTC)
            if to < now + self._ahead:
                raise OnlyForward
            self._ahead = to - now
