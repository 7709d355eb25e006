"""Moves the clock from due instant to due instant, as if one had waited."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from emulator.clock import Clock, OnlyForward
from emulator.schedules import Schedules
from emulator.services import Services

_LOOK_EVERY = 0.004
# No request and no push takes longer: each ends with its function's time limit.
_SECONDS = 120


class TimeTravel:
    """`requests` names those under way: each may have committed what it has yet to publish."""

    def __init__(
        self,
        clock: Clock,
        services: Services,
        schedules: Schedules,
        requests: Callable[[], frozenset[object]],
    ) -> None:
        self._clock = clock
        self._services = services
        self._schedules = schedules
        self._requests = requests
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
        under_way = self._requests()
        _wait(lambda: under_way.isdisjoint(self._requests()))
        _wait(self._services.is_drained)


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not holds() and time.monotonic() < end:
        time.sleep(_LOOK_EVERY)
