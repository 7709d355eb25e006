"""The whole local cloud, for as long as the block runs."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emulator import hosting, officers, topics
from emulator.clock import Clock
from emulator.control import control
from emulator.environment import AUDIENCE, environment
from emulator.front_door import FrontDoor
from emulator.google import google_emulators
from emulator.issuer import Issuer
from emulator.schedules import Schedules, post
from emulator.serving import listen, served, url_of
from emulator.traffic import Traffic
from infra import manifest, region_file
from infra.commands.seed import seed
from infra.manifest import Manifest
from shared.adapters.firestore_client import client
from shared.domain.directory import Directory, Officer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_THREADS = 32
# Functions ask for the time and for the issuer's keys while they hold a thread of the front door:
# were those served by the same threads, enough requests at once would wait for each other.
_CONTROL_THREADS = 8


@dataclass(frozen=True, slots=True)
class Wishes:
    region: str
    port: int
    isolated: bool = False
    verbose: bool = False
    clock: datetime | None = None
    infra: Path = region_file.INFRA


@contextmanager
def local_cloud(wishes: Wishes, say: Callable[[str], None]) -> Iterator[str]:
    """Yields the front door's URL. Raises ChildFailed or RegionFault: one sentence for a person."""
    directory = region_file.read(wishes.region, wishes.infra).directory
    plan, clock, traffic = manifest.load(), Clock(wishes.clock), Traffic()
    with ExitStack() as stack:
        door, side_door = listen(wishes.port), listen(0)
        say("Starting Google's Firestore and Pub/Sub emulators …")
        google = stack.enter_context(google_emulators())
        os.environ.update(environment(url_of(side_door), google))
        say(f"Seeding {directory.name} …")
        people = _seeded(directory, wishes.infra)
        say("Loading the functions …")
        apps = stack.enter_context(_hosted(plan, wishes))
        schedules = stack.enter_context(_scheduled(plan, apps, directory.zone, clock))
        issuer = Issuer(os.environ["TOKEN_ISSUER"], AUDIENCE)
        side = control(clock, issuer, people, partial(_settle, schedules, traffic))
        front = FrontDoor(plan, apps, side, traffic)
        stack.enter_context(served(side, side_door, threads=_CONTROL_THREADS))
        # Before the door opens: what is published without a subscription is gone for good.
        pubsub, url = google["PUBSUB_EMULATOR_HOST"], url_of(door)
        topics.create(plan, pubsub, lambda function: url + front.push_path(function))
        stack.enter_context(served(front, door, threads=_THREADS))
        yield url


def _seeded(directory: Directory, infra: Path) -> tuple[Officer, ...]:
    people = officers.officers_of(directory)
    seed(client(), directory.region, infra=infra)
    officers.write(client(), people)
    return people


def _hosted(
    plan: Manifest, wishes: Wishes
) -> AbstractContextManager[Mapping[str, "WSGIApplication"]]:
    if wishes.isolated:
        return hosting.isolated(plan, shown=wishes.verbose)
    return hosting.in_process(plan)


@contextmanager
def _scheduled(
    plan: Manifest, apps: Mapping[str, "WSGIApplication"], zone: str, clock: Clock
) -> Iterator[Schedules]:
    crons = {
        name: function.schedule.cron
        for name, function in plan.functions.items()
        if function.schedule
    }
    schedules = Schedules(crons, zone=zone, now=clock.now, run=partial(post, apps))
    schedules.start()
    try:
        yield schedules
    finally:
        schedules.end()


def _settle(schedules: Schedules, traffic: Traffic) -> None:
    """After a move of the clock: what fell due is done and its pushes have come."""
    schedules.catch_up()
    traffic.rest(lambda: not client().collection("outbox").limit(1).get())
