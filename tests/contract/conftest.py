"""Every case here runs on the fakes and on what they stand for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from shared.adapters.firestore_due import FirestoreDue
from shared.adapters.firestore_officers import FirestoreOfficers, officer_document
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.adapters.firestore_parked import FirestoreParked
from shared.adapters.firestore_renewals import FirestoreRenewals
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.firestore_supporters import FirestoreSupporters
from shared.adapters.firestore_tries import FirestoreTries
from shared.domain.directory import Officer
from shared.domain.statuses import Role
from shared.usecases.due_ports import DueReports
from shared.usecases.file_ports import Shelves
from shared.usecases.ports import Officers, Outbox, Parked, Reports, Supporters
from shared.usecases.receipt_ports import Renewals, Tries
from tests.builders import KEYS
from tests.fakes.memory_due import MemoryDue
from tests.fakes.memory_records import (
    MemoryOfficers,
    MemoryParked,
    MemorySupporters,
    MemoryTries,
)
from tests.fakes.memory_renewals import MemoryRenewals
from tests.fakes.memory_shelves import MemoryShelves
from tests.fakes.memory_store import MemoryReports

if TYPE_CHECKING:
    from google.cloud.firestore import Client


@dataclass(frozen=True)
class World:
    reports: Reports
    outbox: Outbox
    due: DueReports
    renewals: Renewals
    shelves: Shelves
    supporters: Supporters
    tries: Tries
    parked: Parked
    officers: Officers


OFFICERS = (
    Officer("wayan", "Wayan@badung.example", "Wayan", frozenset({Role.VERIFIER})),
    Officer(
        "putu", "putu@dlhk.example", "Putu", frozenset({Role.AGENCY}), agency="dlhk", head=True
    ),
    Officer("kadek", "kadek@dlhk.example", "Kadek", frozenset({Role.AGENCY}), agency="dlhk"),
)


@pytest.fixture(params=["memory", "firestore"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "memory":
        return _in_memory()
    return _in_firestore(request.getfixturevalue("store"))


@pytest.fixture
def reports(world: World) -> Reports:
    return world.reports


@pytest.fixture
def stored(store: "Client") -> FirestoreReports:
    """For what only the real store can show."""
    return FirestoreReports(store, KEYS)


def everything_in(store: "Client") -> dict[str, dict[str, Any]]:
    """Every document by its path."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(store.collections())
    while waiting:
        for snapshot in waiting.pop().stream():
            found[snapshot.reference.path] = snapshot.to_dict() or {}
            waiting.extend(snapshot.reference.collections())
    return found


def _in_memory() -> World:
    reports = MemoryReports()
    return World(
        reports,
        reports.outbox,
        MemoryDue(reports),
        MemoryRenewals(reports),
        MemoryShelves(reports),
        MemorySupporters(),
        MemoryTries(),
        MemoryParked(),
        MemoryOfficers(*OFFICERS),
    )


def _in_firestore(store: "Client") -> World:
    for officer in OFFICERS:
        store.document("officers", officer.id).set(officer_document(officer))
    return World(
        FirestoreReports(store, KEYS),
        FirestoreOutbox(store),
        FirestoreDue(store),
        FirestoreRenewals(store),
        FirestoreShelves(store),
        FirestoreSupporters(store),
        FirestoreTries(store, KEYS),
        FirestoreParked(store),
        FirestoreOfficers(store),
    )
