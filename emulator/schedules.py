"""Runs the manifest's schedules on the emulator's clock."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from croniter import croniter
from werkzeug.test import EnvironBuilder

from emulator.front_door import inside

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LOOK_EVERY_SECONDS = 1.0


class Schedules(threading.Thread):
    """`run` calls a function by name. Cron is read in the region's zone, as the cloud does."""

    def __init__(
        self,
        crons: Mapping[str, str],
        *,
        zone: str,
        now: Callable[[], datetime],
        run: Callable[[str], object],
    ) -> None:
        super().__init__(name="schedules", daemon=True)
        self._crons = crons
        self._zone = ZoneInfo(zone)
        self._now = now
        self._run = run
        self._running = threading.Lock()
        self._ended = threading.Event()
        self._next = {name: self._after_now(name) for name in crons}

    def run(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_SECONDS):
            self.catch_up()

    def catch_up(self) -> None:
        """Each schedule whose time has come runs once, however often it came."""
        with self._running:
            for name in [name for name, at in self._next.items() if at <= self._now()]:
                self._next[name] = self._after_now(name)
                self._run(name)

    def end(self) -> None:
        self._ended.set()

    def _after_now(self, name: str) -> datetime:
        local = self._now().astimezone(self._zone)
        following: datetime = croniter(self._crons[name], local).get_next(datetime)
        return following


def post(apps: Mapping[str, "WSGIApplication"], function: str) -> None:
    """As the cloud's scheduler calls: a failure shows in the function's own log."""
    builder = EnvironBuilder(method="POST", headers=[("X-CloudScheduler", "true")])
    inside(apps, function, builder.get_environ())
