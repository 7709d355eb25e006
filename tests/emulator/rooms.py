"""A control room over embedded services, without the functions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from google.cloud.firestore import Client as Store
from werkzeug.test import Client

from emulator.aws import Aws
from emulator.clock import Clock
from emulator.control import control
from emulator.embedded import Embedded, embedded_services
from emulator.environment import PROJECT
from emulator.faults import Faults
from emulator.issuer import Issuer
from emulator.officers import officers_of
from emulator.room import Room
from emulator.schedules import Schedules
from emulator.time_travel import TimeTravel
from emulator.topics import bring_up
from infra import manifest, region_file
from shared.domain.calendar import Calendar

BADUNG = region_file.read("badung").directory
CALENDAR = Calendar("none", BADUNG.zone)
# Nobody listens there: every push fails.
NOBODY = "http://127.0.0.1:1"


NEXT_RUNG = datetime(2026, 11, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Furnished:
    room: Room
    services: Embedded
    store: Store
    web: Client
    aws: Aws


@contextmanager
def furnished(clock: Clock) -> Iterator[Furnished]:
    faults = Faults(sleep=lambda _: None)
    with embedded_services(now=clock.instant, faults=faults) as services:
        bring_up(manifest.load(), services.pubsub, lambda function: f"{NOBODY}/{function}")
        aws = Aws(clock.now)
        room = _room(clock, services, faults, aws)
        store = store_at(services)
        yield Furnished(room, services, store, Client(control(room)), aws)
        store.close()


def store_at(services: Embedded) -> Store:
    """The client reads the host when it is made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", services.hosts["FIRESTORE_EMULATOR_HOST"])
        return Store(project=PROJECT)


def _room(clock: Clock, services: Embedded, faults: Faults, aws: Aws) -> Room:
    schedules = Schedules({}, zone=BADUNG.zone, now=clock.now, run=print)
    return Room(
        region=BADUNG,
        calendar=CALENDAR,
        clock=clock,
        travel=TimeTravel(clock, services, schedules, frozenset),
        issuer=Issuer("http://issuer", "tanggap"),
        officers=officers_of(BADUNG),
        hosts=services.hosts,
        inspection=services.inspection,
        faults=faults,
        messages=aws.messages,
        held=services.files.held,
        next_rung=lambda: NEXT_RUNG,
    )
