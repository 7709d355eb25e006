"""Moves the clock from due instant to due instant, as if one had waited."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from emulator.clock import Clock, OnlyForward
from emulator.schedules import Schedules
from emulator.services import Services

_LOOK_EVERY = 0.004
# No push takes longer: its function's time limit is the ack deadline.
_SECONDS_OF_PUSHES = 120
# A request publishes for two seconds at most; what it leaves behind is the relay's.
_SECONDS_OF_A_REQUEST = 3


class TimeTravel:
    """`outbox` names the events that were committed and not yet published."""

    def __init__(
        self,
        clock: Clock,
        services: Services,
        schedules: Schedules,
        outbox: Callable[[], frozenset[str]],
    ) -> None:
        self._clock = clock
        self._services = services
        self._schedules = schedules
        self._outbox = outbox
        self._left: frozenset[str] = frozenset()
        self._one_at_a_time = threading.Lock()

    def advance(self, by: timedelta) -> None:
        """Raises OnlyForward."""
        with self._one_at_a_time:
            self._travel(self._clock.instant() + by)

    def to(self, instant: datetime) -> None:
        """Raises OnlyForward."""
        with self._one_at_a_time:
            self._travel(instant)

    def _travel(self, target: datetime) -> None:
        if target < self._clock.now():
            raise OnlyForward
        self._settle()
        while (due := self._next_due()) and due <= target:
            self._stop_at(due)
        self._stop_at(target)
        self._services.sweep()

    def _next_due(self) -> datetime | None:
        dues = (self._services.next_due(), self._schedules.next_due())
        return min(filter(None, dues), default=None)

    def _stop_at(self, instant: datetime) -> None:
        self._clock.reach(instant)
        self._services.wake()
        self._schedules.catch_up()
        self._settle()

    def _settle(self) -> None:
        """What was set off has come to its end; what only time will bring is left to time."""
        _wait(self._services.is_drained, _SECONDS_OF_PUSHES)
        if not _wait(self._is_at_rest, _SECONDS_OF_A_REQUEST):
            # Waited for once: no request is going to publish it any more.
            self._left = self._outbox()

    def _is_at_rest(self) -> bool:
        return self._services.is_drained() and self._outbox() <= self._left


def _wait(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_EVERY)
    return True
