"""The clock goes from due instant to due instant, and only forward."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from emulator.clock import Clock, OnlyForward
from emulator.schedules import Schedules
from emulator.time_travel import TimeTravel
from emulator.traffic import Traffic
from infra import manifest
from infra.manifest import Due, Schedule

# 08:00:30 on a Monday in Badung.
START = datetime(2026, 11, 23, 0, 0, 30, tzinfo=UTC)
ZONE = "Asia/Makassar"
MONTH = timedelta(days=30)
OUTBOX = Due("outbox", "at", after=60)
RELAY = Schedule("* * * * *", OUTBOX)


@dataclass
class PushesAt:
    """Pub/Sub, with messages that come of age at these times."""

    clock: Clock
    dues: list[datetime] = field(default_factory=list)
    pushed: list[datetime] = field(default_factory=list)
    swept: list[datetime] = field(default_factory=list)
    hosts: Mapping[str, str] = field(default_factory=dict)

    def is_drained(self) -> bool:
        return True

    def next_due(self) -> datetime | None:
        return min(self.dues, default=None)

    def wake(self) -> None:
        now = self.clock.instant()
        self.pushed += [now for due in self.dues if due <= now]
        self.dues = [due for due in self.dues if due > now]

    def sweep(self) -> None:
        self.swept.append(self.clock.now())


class World:
    """`runs`: which schedule ran when. `waiting`: since when each of these has something to do."""

    def __init__(self, **schedules: Schedule) -> None:
        self.clock = Clock(START)
        self.services = PushesAt(self.clock)
        self.waiting: dict[Due, datetime] = {}
        self.runs: list[tuple[str, datetime]] = []
        self.schedules = Schedules(
            schedules, zone=ZONE, now=self.clock.now, run=self.ran, earliest=self.waiting.get
        )
        self.travel = TimeTravel(self.clock, self.services, self.schedules, frozenset)

    def ran(self, name: str) -> None:
        self.runs.append((name, self.clock.now()))


def test_the_clock_starts_where_it_is_told_and_goes_on() -> None:
    """In whole seconds for functions; never back."""
    clock = Clock(START)
    clock.reach(START + timedelta(days=3))
    clock.reach(START + timedelta(days=1))

    assert START + timedelta(days=3) <= clock.now() < START + timedelta(days=3, minutes=1)
    assert clock.now().microsecond == 0


def test_how_far_it_is_ahead_is_kept() -> None:
    """At the start and with every move, so that a kill loses none."""
    kept: list[timedelta] = []

    clock = Clock(ahead=timedelta(days=1), keep=kept.append)
    clock.reach(datetime.now(UTC) + timedelta(days=2))

    assert [round(ahead / timedelta(days=1), 3) for ahead in kept] == [1, 2]


def test_time_that_passed_has_had_its_effects() -> None:
    """Neither a step back nor an earlier time."""
    world = World()

    with pytest.raises(OnlyForward):
        world.travel.to(START - timedelta(seconds=1))
    with pytest.raises(OnlyForward):
        world.travel.advance(timedelta(seconds=-2))
    assert world.clock.now() - START < timedelta(minutes=1)


def test_a_daily_schedule_runs_on_every_day_at_its_minute() -> None:
    """As if one had waited: each run sees the time that it is for."""
    world = World(digest=Schedule("0 8 * * *"))

    world.travel.advance(timedelta(days=3))

    assert [at for _, at in world.runs] == [
        datetime(2026, 11, 24 + day, 0, 0, tzinfo=UTC) for day in range(3)
    ]


def test_a_month_of_empty_minutes_is_not_run() -> None:
    """43,200 sweeps of nothing would take minutes: they are left out but for the stops."""
    world = World(relay=RELAY, digest=Schedule("0 8 * * 1"))

    world.travel.advance(MONTH)

    assert len([name for name, _ in world.runs if name == "relay"]) < 10
    assert len([name for name, _ in world.runs if name == "digest"]) == 4


def test_an_entry_that_comes_of_age_is_swept_in_the_next_minute() -> None:
    """Not at the end of the month."""
    world = World(relay=RELAY)
    world.waiting[OUTBOX] = START + timedelta(hours=5, seconds=60)
    world.ran = lambda name: world.waiting.clear() or world.runs.append((name, world.clock.now()))  # type: ignore[func-returns-value, method-assign]
    world.schedules._run = world.ran

    world.travel.advance(MONTH)

    assert world.runs[0] == ("relay", datetime(2026, 11, 23, 5, 2, tzinfo=UTC))


def test_a_stop_for_something_else_is_no_run_of_what_has_nothing_due() -> None:
    """Each push would else cost a run of every schedule that comes each minute."""
    world = World(relay=RELAY)
    world.services.dues = [START + timedelta(hours=hours) for hours in range(1, 100)]

    world.travel.advance(MONTH)

    assert world.runs == []


@pytest.mark.parametrize("days", [1, 20])
def test_the_ladder_runs_when_a_report_is_due(days: int) -> None:
    """Reports say in next_tick_at when the sweep has something to do."""
    ticks = Due("reports", "next_tick_at")
    world = World(remind=Schedule("*/5 * * * *", ticks))
    world.waiting[ticks] = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=days)

    world.travel.advance(MONTH)

    assert world.runs[0] == ("remind", world.waiting[ticks])


def test_what_no_run_can_take_does_not_hold_up_a_month() -> None:
    """An event that Pub/Sub refuses for good is tried again and again, at longer distances."""
    world = World(relay=RELAY)
    world.waiting[OUTBOX] = START

    world.travel.advance(MONTH)

    first, second = (at for _, at in world.runs[:2])
    assert second - first <= timedelta(minutes=2)
    assert 100 < len(world.runs) < 1000


def test_every_redelivery_on_the_way_has_its_instant() -> None:
    """Backoff goes by this clock: a message is pushed when it is due, not at the end."""
    world = World()
    world.services.dues = [START + timedelta(hours=hours) for hours in (1, 7, 500, 5000)]

    world.travel.advance(MONTH)

    assert [(at - START) // timedelta(hours=1) for at in world.services.pushed] == [1, 7, 500]


def test_the_store_is_swept_at_the_end() -> None:
    """What has expired by this clock is gone."""
    world = World()

    world.travel.to(START + MONTH)

    assert [at >= START + MONTH for at in world.services.swept] == [True]


def test_a_request_under_way_is_waited_for_and_not_those_that_come_after_it() -> None:
    """It may have committed what it has yet to publish; of others there is no end."""
    world = World(digest=Schedule("0 * * * *"))
    traffic, under_way = Traffic(), ExitStack()
    under_way.enter_context(traffic.request())
    looks: list[int] = []

    def requests() -> frozenset[object]:
        """One ends at the third look, when the next is there already."""
        looks.append(len(world.runs))
        if len(looks) % 3 == 0:
            ends = under_way.pop_all()
            under_way.enter_context(traffic.request())
            ends.close()
        return traffic.requests()

    TimeTravel(world.clock, world.services, world.schedules, requests).advance(timedelta(days=1))

    assert looks[:3] == [0, 0, 0]
    assert len(world.runs) == 24


def test_every_schedule_of_the_manifest_that_runs_often_says_what_it_waits_for() -> None:
    """Else a month of the local cloud's clock would take minutes."""
    often = [
        function.schedule
        for function in manifest.load().functions.values()
        if function.schedule and function.schedule.cron.startswith("*")
    ]

    assert often
    assert all(schedule.due for schedule in often)
