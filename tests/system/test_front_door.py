"""The local cloud's parts in this process: paths, hops, hosting, schedules."""

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from emulator import hosting
from emulator.front_door import FrontDoor
from emulator.iam import PathToken
from emulator.schedules import Schedules
from emulator.traffic import Traffic
from infra import manifest
from infra.manifest import Schedule

MANIFEST = manifest.load()
START = datetime(2026, 11, 21, 1, 30, 20, tzinfo=UTC)


def _saying(name: str) -> Any:
    """A function that tells its name, the path it saw, and the hops before it."""

    @Request.application
    def app(request: Request) -> Response:
        return Response(f"{name} {request.path} {request.headers.get('X-Forwarded-For')}")

    return app


@pytest.fixture
def front() -> FrontDoor:
    apps = {name: _saying(name) for name in MANIFEST.functions}
    gate = PathToken("http://door")
    return FrontDoor(MANIFEST, apps, _saying("control"), gate=gate, traffic=Traffic())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/reports", "submit_report"),
        ("/api/reports/7K3M9QX2WD-Q", "track_report"),
        ("/api/reports/7K3M9QX2WD-Q/actions", "track_report"),
        ("/api/desk/reports", "submit_report"),
        ("/api/desk/reports/7K3M9QX2WD-Q", "handle_report"),
        ("/api/desk/search", "handle_report"),
        ("/api/openapi.json", "describe_service"),
        ("/health", "describe_service"),
        ("/_emulator/clock", "control"),
    ],
)
def test_the_longest_path_wins(front: FrontDoor, path: str, name: str) -> None:
    """Filing on behalf lies inside the officers' paths and still has its own function."""
    assert Client(front).get(path).text.split()[:2] == [name, path]


@pytest.mark.parametrize("path", ["/api", "/api/report", "/healthy", "/relay_outbox"])
def test_what_the_manifest_does_not_name_is_not_there(front: FrontDoor, path: str) -> None:
    """A private function has no path at all."""
    assert Client(front).get(path).status_code == 404


@pytest.mark.parametrize(
    ("claimed", "hops"),
    [
        ({}, "203.0.113.7, 127.0.0.1"),
        ({"X-Forwarded-For": "6.6.6.6"}, "6.6.6.6, 203.0.113.7, 127.0.0.1"),
    ],
)
def test_the_client_is_the_second_hop_from_the_right(
    front: FrontDoor, claimed: dict[str, str], hops: str
) -> None:
    """As behind Google's balancer: what a client claims about itself stands further left."""
    seen = Client(front).get(
        "/health", headers=claimed, environ_overrides={"REMOTE_ADDR": "203.0.113.7"}
    )

    assert seen.text == f"describe_service /health {hops}"


def test_all_functions_live_in_one_process() -> None:
    """Each app answers in its own way, and the framework's notes do not stay behind."""
    before = dict(os.environ)

    with hosting.in_process(MANIFEST) as apps:
        answers = {name: Client(app).get("/robots.txt").status_code for name, app in apps.items()}

    assert dict(os.environ) == before
    assert answers == {
        name: 405 if function.event else 404 for name, function in MANIFEST.functions.items()
    }


class StoppedClock:
    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


def _schedules(cron: str, clock: StoppedClock, ran: list[str]) -> Schedules:
    every = {"sweep": Schedule(cron)}
    return Schedules(every, zone="Asia/Makassar", now=clock.now, run=ran.append)


def test_a_schedule_runs_when_its_time_has_come() -> None:
    """Not before, and once."""
    clock, ran = StoppedClock(), list[str]()
    schedules = _schedules("* * * * *", clock, ran)

    for second in (39, 40, 41):
        clock.at = START + timedelta(seconds=second)
        schedules.catch_up()

    assert ran == ["sweep"]


def test_after_a_leap_a_schedule_runs_once() -> None:
    """Three days of minutes are one sweep: it takes everything that is due."""
    clock, ran = StoppedClock(), list[str]()
    schedules = _schedules("* * * * *", clock, ran)
    clock.at = START + timedelta(days=3)

    schedules.catch_up()
    schedules.catch_up()

    assert ran == ["sweep"]


@pytest.mark.parametrize(("minutes", "ran"), [(29, []), (30, ["sweep"])])
def test_cron_is_read_in_the_regions_zone(minutes: int, ran: list[str]) -> None:
    """10:00 in Badung is 02:00 UTC, thirty minutes (less twenty seconds) after the start."""
    clock, happened = StoppedClock(), list[str]()
    schedules = _schedules("0 10 * * *", clock, happened)
    clock.at = START + timedelta(minutes=minutes)

    schedules.catch_up()

    assert happened == ran


def test_it_is_quiet_only_when_nothing_is_under_way() -> None:
    """A call in progress is no rest, nor is the moment after it."""
    traffic = Traffic()

    with traffic.call():
        time.sleep(0.6)
        assert not traffic.is_quiet()

    assert not traffic.is_quiet()
    time.sleep(0.6)
    assert traffic.is_quiet()
