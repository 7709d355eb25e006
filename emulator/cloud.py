"""The whole local cloud, for as long as the block runs."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from emulator import due, fault_plans, files, hosting, officers, topics
from emulator.aws import Aws
from emulator.clock import Clock
from emulator.control import control
from emulator.embedded import Embedded, embedded_services
from emulator.environment import AUDIENCE, CLIENT_SECRET, environment
from emulator.fault_plans import FaultPlan
from emulator.faults import Faults
from emulator.front_door import FrontDoor
from emulator.google import Google, google_emulators
from emulator.iam import Gate, Iam, PathToken
from emulator.issuer import Issuer
from emulator.region import Region
from emulator.room import Room
from emulator.schedules import Schedules, set_off
from emulator.services import Services
from emulator.serving import listen, served, site_of, url_of
from emulator.signing import SigningKey
from emulator.state import State, kept_in
from emulator.time_travel import TimeTravel
from emulator.traffic import Traffic
from emulator.wishes import Wishes
from infra import manifest, seeding
from infra.manifest import Manifest
from shared.adapters.firestore_client import client
from shared.adapters.report_documents import FAR
from shared.domain.directory import Officer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_THREADS = 32
# Functions ask for the time and for the issuer's keys while they hold a thread of the front door:
# were those served by the same threads, enough requests at once would wait for each other.
_CONTROL_THREADS = 8

Say = Callable[[str], None]


class TooEarly(Exception):
    """One sentence for the person who started us."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything else stands on."""

    wishes: Wishes
    plan: Manifest
    region: Region
    state: State | None
    clock: Clock
    faults: Faults
    planned: FaultPlan | None
    key: SigningKey
    traffic: Traffic


@contextmanager
def local_cloud(wishes: Wishes, region: Region, say: Say) -> Iterator[str]:
    """Yields the front door's URL.

    Raises ChildFailed, RegionFault, StateInUse, TooEarly or UnreadableFaults: one sentence each.
    """
    planned = fault_plans.read(wishes.faults) if wishes.faults else None
    keeping = kept_in(wishes.state, fresh=wishes.fresh) if wishes.state else nullcontext()
    with keeping as state, _built(_ground(wishes, region, state, planned), say) as url:
        yield url


def _ground(
    wishes: Wishes, region: Region, state: State | None, planned: FaultPlan | None
) -> _Ground:
    return _Ground(
        wishes=wishes,
        plan=manifest.load(),
        region=region,
        state=state,
        clock=_clock(wishes, state),
        faults=Faults(),
        planned=planned,
        key=SigningKey(),
        traffic=Traffic(),
    )


@contextmanager
def _built(ground: _Ground, say: Say) -> Iterator[str]:
    with ExitStack() as stack:
        # Listening from here on: what a kept state pushes at once waits until somebody serves.
        door, side_door, aws_door = listen(ground.wishes.port), listen(0), listen(0)
        url = url_of(door)
        gate: Gate = PathToken(url) if ground.wishes.google else Iam(url, ground.key)
        services = stack.enter_context(_services(ground, gate, say))
        pages = (site_of(door), url)
        origins = ground.region.directory.origins
        services.files.declare(files.buckets_of(ground.plan, pages=pages, origins=origins))
        aws = Aws(ground.clock.now, ground.faults.post_is_away)
        os.environ.update(
            environment(url_of(side_door), services.hosts, site=site_of(door), aws=url_of(aws_door))
        )
        people = _seeded(ground, say)
        say("Loading the functions …")
        apps = stack.enter_context(_hosted(ground))
        schedules = _schedules(ground, gate, services)
        travel = TimeTravel(ground.clock, services, schedules, ground.traffic.requests)
        side = control(_room(ground, services, travel, people, aws))
        front = FrontDoor(ground.plan, apps, side, gate=gate, traffic=ground.traffic)
        stack.enter_context(served(side, side_door, threads=_CONTROL_THREADS))
        stack.enter_context(served(aws, aws_door, threads=_CONTROL_THREADS))
        stack.enter_context(served(front, door, threads=_THREADS))
        stack.enter_context(_running(schedules))
        _catch_up(ground, travel, say)
        yield url


def _clock(wishes: Wishes, state: State | None) -> Clock:
    """A kept one goes on; CLOCK is where another starts, or where a kept one is moved to."""
    if state is None:
        return Clock(wishes.clock)
    ahead = state.clock_ahead()
    if ahead is None:
        return Clock(wishes.clock, keep=state.keep_clock)
    clock = Clock(ahead=ahead, keep=state.keep_clock)
    if wishes.clock and wishes.clock < clock.now():
        raise TooEarly(
            f"CLOCK lies before {clock.now().isoformat()}, where the clock of {state.folder} is, "
            "and it goes only forward; --fresh forgets what is kept there"
        )
    return clock


def _catch_up(ground: _Ground, travel: TimeTravel, say: Say) -> None:
    ground.faults.set(ground.planned)
    if ground.wishes.clock and ground.wishes.clock > ground.clock.now():
        say(f"Moving the clock to {ground.wishes.clock.isoformat()} …")
        travel.to(ground.wishes.clock)


@contextmanager
def _services(ground: _Ground, gate: Gate, say: Say) -> Iterator[Services]:
    if ground.wishes.google:
        say("Starting Google's Firestore and Pub/Sub emulators …")
        with google_emulators() as hosts:
            # Before the door opens: what is published without a subscription is gone for good.
            topics.create(ground.plan, hosts["PUBSUB_EMULATOR_HOST"], gate.url_of)
            told = files.into_google(hosts["PUBSUB_EMULATOR_HOST"])
            with files.files_served(told, memory=True, now=ground.clock.instant) as kept:
                yield Google({**hosts, **files.variables_of(kept)}, ground.traffic, kept)
    else:
        say("Starting Firestore and Pub/Sub …")
        with embedded_services(
            ground.plan,
            state=ground.state,
            now=ground.clock.instant,
            sign=gate.token if isinstance(gate, Iam) else None,
            faults=ground.faults,
            subscribe=lambda pubsub: topics.bring_up(ground.plan, pubsub, gate.url_of),
        ) as services:
            services.sweep()
            yield services


def _seeded(ground: _Ground, say: Say) -> tuple[Officer, ...]:
    directory, wanted = ground.region.directory, ground.region.documents
    say(f"Seeding {directory.name} …")
    if difference := seeding.compare(client(), wanted):
        seeding.write(client(), wanted, difference)
    people = officers.officers_of(directory)
    officers.write(client(), people)
    return people


def _hosted(ground: _Ground) -> AbstractContextManager[Mapping[str, "WSGIApplication"]]:
    if ground.wishes.isolated:
        return hosting.isolated(ground.plan, shown=ground.wishes.verbose)
    return hosting.in_process(ground.plan)


def _schedules(ground: _Ground, gate: Gate, services: Services) -> Schedules:
    functions = ground.plan.functions.values()
    return Schedules(
        {each.name: each.schedule for each in functions if each.schedule},
        zone=ground.region.directory.zone,
        now=ground.clock.now,
        run=partial(set_off, ground.plan, gate, services.hosts["PUBSUB_EMULATOR_HOST"]),
        earliest=partial(due.earliest, client()),
    )


def _next_rung(plan: Manifest) -> datetime | None:
    schedule = plan.functions["remind_overdue"].schedule
    found = due.earliest(client(), schedule.due) if schedule and schedule.due else None
    # Of a report without a rung ahead the field holds a day that never comes.
    return found if found and found < FAR else None


@contextmanager
def _running(schedules: Schedules) -> Iterator[None]:
    schedules.start()
    try:
        yield
    finally:
        schedules.end()


def _room(
    ground: _Ground,
    services: Services,
    travel: TimeTravel,
    people: tuple[Officer, ...],
    aws: Aws,
) -> Room:
    embedded = isinstance(services, Embedded)
    return Room(
        region=ground.region.directory,
        calendar=ground.region.calendar,
        clock=ground.clock,
        travel=travel,
        issuer=Issuer(
            os.environ["TOKEN_ISSUER"],
            AUDIENCE,
            ground.key,
            site=f"{os.environ['PUBLIC_URL']}/_emulator/issuer",
            secret=CLIENT_SECRET,
        ),
        officers=people,
        hosts=services.hosts,
        inspection=services.inspection if isinstance(services, Embedded) else None,
        faults=ground.faults if embedded else None,
        messages=aws.messages,
        held=services.files.held,
        next_rung=partial(_next_rung, ground.plan),
    )
