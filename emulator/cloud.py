"""The whole local cloud, for as long as the block runs."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from emulator import due, hosting, officers, topics
from emulator.clock import Clock
from emulator.control import Room, control
from emulator.embedded import Embedded, embedded_services
from emulator.environment import AUDIENCE, environment
from emulator.faults import FaultPlan, Faults
from emulator.front_door import FrontDoor
from emulator.google import Google, google_emulators
from emulator.iam import Gate, Iam, PathToken
from emulator.issuer import Issuer
from emulator.schedules import Schedules, post
from emulator.services import Services
from emulator.serving import listen, served, url_of
from emulator.signing import SigningKey
from emulator.state import State, kept_in
from emulator.time_travel import TimeTravel
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

Say = Callable[[str], None]


class TooEarly(Exception):
    """One sentence: the clock goes only forward."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`state`: the folder to keep everything in; None keeps nothing."""

    region: str
    port: int
    state: Path | None = None
    fresh: bool = False
    google: bool = False
    faults: FaultPlan | None = None
    isolated: bool = False
    verbose: bool = False
    clock: datetime | None = None
    infra: Path = region_file.INFRA


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the rest is built on."""

    plan: Manifest
    directory: Directory
    clock: Clock
    faults: Faults
    key: SigningKey
    traffic: Traffic


@contextmanager
def local_cloud(wishes: Wishes, say: Say) -> Iterator[str]:
    """Yields the front door's URL. Raises one sentence for a person: see __main__."""
    directory = region_file.read(wishes.region, wishes.infra).directory
    with ExitStack() as stack:
        state = stack.enter_context(kept_in(wishes.state, fresh=wishes.fresh)) if wishes.state else None
        ground = _Ground(
            manifest.load(), directory, _clock(wishes, state), Faults(), SigningKey(), Traffic()
        )
        yield stack.enter_context(_built(ground, wishes, state, say))


@contextmanager
def _built(ground: _Ground, wishes: Wishes, state: State | None, say: Say) -> Iterator[str]:
    with ExitStack() as stack:
        # Listening from now on: what a kept state pushes at once waits until somebody serves.
        door, side_door = listen(wishes.port), listen(0)
        url = url_of(door)
        gate: Gate = PathToken(url) if wishes.google else Iam(url, ground.key)
        services = stack.enter_context(_services(ground, gate, state, say))
        os.environ.update(environment(url_of(side_door), services.hosts))
        say(f"Seeding {ground.directory.name} …")
        people = _seeded(ground.directory, wishes.infra)
        say("Loading the functions …")
        apps = stack.enter_context(_hosted(ground.plan, wishes))
        ...
        yield url
