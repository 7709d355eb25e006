"""Runs the manifest's schedules on the emulator's clock."""

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from croniter import croniter

from emulator.environment import PROJECT
from emulator.iam import Gate
from emulator.pubsub import endpoint
from infra.manifest import Due, Manifest, Schedule
from shared.adapters.pubsub_publisher import connected

if TYPE_CHECKING:
    from google.pubsub_v1 import PublisherClient

_LOOK_EVERY_SECONDS = 1.0
_MINUTE = timedelta(minutes=1)
_MOST_DOUBLINGS = 6
# Longer than any function may take.
_SECONDS = 600

Earliest = Callable[[Due], datetime | None]


@dataclass(slots=True)
class _Plan:
    """`missed`: runs in a row that left lying what had been due the longest."""

    schedule: Schedule
    at: datetime
    left: datetime | None = None
    missed: int = 0
    ran: datetime | None = None


class Schedules(threading.Thread):
    """`run` calls a function by name. Cron is read in the region's zone, as the cloud does.

    `earliest` says since or from when there is something to do.
    """

    def __init__(
        self,
        schedules: Mapping[str, Schedule],
        *,
        zone: str,
        now: Callable[[], datetime],
        run: Callable[[str], object],
        earliest: Earliest = lambda _: None,
    ) -> None:
        super().__init__(name="schedules", daemon=True)
        self._zone = ZoneInfo(zone)
        self._now = now
        self._run = run
        self._earliest = earliest
        self._running = threading.Lock()
        self._ended = threading.Event()
        self._plans = {
            name: _Plan(schedule, self._after(schedule.cron, now()))
            for name, schedule in schedules.items()
        }

    def run(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_SECONDS):
            self.catch_up()

    def catch_up(self) -> None:
        """Each schedule whose time has come runs once, however often it came; none for nothing."""
        with self._running:
            for name, plan in self._plans.items():
                if plan.at <= self._now():
                    self._have_run(name, plan)

    def next_due(self) -> datetime | None:
        """The next run that has something to do.

        The runs between here and there may be left out: a run that finds nothing changes nothing,
        and whatever could give it something (a push, another schedule, an entry that comes of
        age) is itself an instant that the clock stops at; there we ask again.
        """
        with self._running:
            dues = [self._next_of(plan) for plan in self._plans.values()]
        return min(filter(None, dues), default=None)

    def end(self) -> None:
        self._ended.set()

    def _have_run(self, name: str, plan: _Plan) -> None:
        now, due = self._now(), plan.schedule.due
        plan.at = self._after(plan.schedule.cron, now)
        earliest = self._earliest(due) if due else now
        if earliest and earliest <= now:
            self._run(name)
            self._note(plan)

    def _next_of(self, plan: _Plan) -> datetime | None:
        if plan.schedule.due is None:
            return plan.at
        earliest = self._earliest(plan.schedule.due)
        if earliest is None:
            return None
        if earliest == plan.left and plan.ran:
            earliest = plan.ran + _MINUTE * 2 ** min(plan.missed, _MOST_DOUBLINGS)
        return max(plan.at, self._first(plan.schedule.cron, earliest))

    def _note(self, plan: _Plan) -> None:
        """What a run cannot take (Pub/Sub refuses it) would else be tried in each minute of a year.

        A run that leaves what was due the longest is followed by a longer and longer pause, but
        only while the clock is moved; in real time it goes by its cron.
        """
        due = plan.schedule.due
        earliest = self._earliest(due) if due else None
        left = earliest if earliest and earliest <= self._now() else None
        plan.missed = plan.missed + 1 if left and left == plan.left else 0
        plan.left, plan.ran = left, self._now()

    def _after(self, cron: str, at: datetime) -> datetime:
        following: datetime = croniter(cron, at.astimezone(self._zone)).get_next(datetime)
        return following

    def _first(self, cron: str, at: datetime) -> datetime:
        """Not before that time."""
        return self._after(cron, at - timedelta(seconds=1))


def set_off(plan: Manifest, gate: Gate, pubsub: str, name: str) -> None:
    """As the cloud's scheduler does: a function of events finds the tick among them."""
    function = plan.functions[name]
    if function.event and function.tick:
        publish(pubsub, function.event.topic, function.tick)
    else:
        post(gate, name)


def publish(pubsub: str, topic: str, tick: str) -> None:
    """Only the type: what a scheduler publishes is the same every time."""
    message = {"data": json.dumps({"type": tick}).encode(), "attributes": {"type": tick}}
    path = f"projects/{PROJECT}/topics/{topic}"
    _publisher(pubsub).publish(request={"topic": path, "messages": [message]})


@cache
def _publisher(pubsub: str) -> "PublisherClient":
    return connected(pubsub)


def post(gate: Gate, function: str) -> None:
    """What the function says of a failure is in its own log."""
    headers = {"X-CloudScheduler": "true", **gate.scheduler_headers(function)}
    try:
        endpoint.post(gate.url_of(function), b"", headers, _SECONDS)
    except endpoint.Unanswered as fault:
        logging.getLogger(__name__).warning("schedule of %s: %s", function, fault)
