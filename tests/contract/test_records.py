"""Outbox, supporters, tries, parked events and officers."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from shared.adapters.firestore_parked import FirestoreParked
from shared.adapters.firestore_tries import FirestoreTries
from shared.domain.statuses import Role
from shared.usecases.ports import StoreAway
from tests.builders import KEYS, begun, commit_of, routed
from tests.contract.conftest import OFFICERS, World, everything_in
from tests.domain.builders import NOW

if TYPE_CHECKING:
    from google.cloud.firestore import Client

ADDRESS = "203.0.113.77"


def committed(world: World, number: int, at: datetime) -> str:
    """The id of the wire event that now waits."""
    decision = begun(number, at=at)
    world.reports.commit(commit_of(decision))
    return decision.events[0].id


def test_the_outbox_gives_the_oldest_first(world: World) -> None:
    """Only what was committed before the given time, and no more than asked for."""
    late, early, middle = (committed(world, n, NOW + timedelta(hours=h)) for n, h in _HOURS)

    found = next(world.outbox.before(NOW + timedelta(hours=3), 2))

    assert [event.id for event in found] == [early, middle]
    assert late in [event.id for event in next(world.outbox.before(NOW + timedelta(days=1), 9))]


_HOURS = ((1, 3), (2, 1), (3, 2))


def test_a_wire_event_comes_out_as_it_went_in(world: World) -> None:
    """The relay publishes what the function would have."""
    filed = begun()
    commit = commit_of(filed)
    world.reports.commit(commit)

    assert next(world.outbox.before(NOW + timedelta(1), 9)) == commit.wire_events


def test_what_was_published_is_forgotten(world: World) -> None:
    """Twice is no error: the function and the relay may both have published."""
    kept, gone = committed(world, 1, NOW), committed(world, 2, NOW)

    for _ in range(2):
        world.outbox.forget([gone])
    world.outbox.forget([])

    assert [event.id for event in next(world.outbox.before(NOW + timedelta(1), 9))] == [kept]


def test_the_outbox_knows_how_old_its_oldest_entry_is(world: World) -> None:
    """The alarm on its age asks that after each sweep."""
    assert world.outbox.oldest() is None
    committed(world, 1, NOW + timedelta(hours=2))
    committed(world, 2, NOW + timedelta(hours=1))

    assert world.outbox.oldest() == NOW + timedelta(hours=1)


def test_each_supporter_counts_once(world: World) -> None:
    """Again gives the same number; another report has its own."""
    add = world.supporters.add

    assert [add("A", "x"), add("A", "y"), add("A", "x"), add("B", "x")] == [1, 2, 2, 1]
    assert [world.supporters.count(code) for code in ("A", "B", "C")] == [2, 1, 0]


def test_support_leaves_the_report_alone(world: World) -> None:
    """A decision made meanwhile does not become stale."""
    filed = begun()
    world.reports.commit(commit_of(filed))
    world.supporters.add(filed.report.code, "x")

    world.reports.commit(commit_of(routed(filed.report)))

    assert world.reports.load(filed.report.code) == routed(filed.report).report


def test_wrong_receipts_are_counted_by_address_and_hour(world: World) -> None:
    """A new hour, or another address, starts anew."""
    moments = [NOW, NOW + timedelta(minutes=59), NOW + timedelta(minutes=60)]

    assert [world.tries.wrong(ADDRESS, at) for at in moments] == [1, 2, 1]
    assert world.tries.wrong("203.0.113.78", NOW) == 1


def test_no_address_is_kept(store: "Client") -> None:
    """Only its MAC, and for two hours."""
    FirestoreTries(store, KEYS).wrong(ADDRESS, NOW)

    ((path, document),) = everything_in(store).items()

    assert ADDRESS not in f"{path} {document}"
    assert document["expires_at"] == NOW + timedelta(hours=2)


def test_whatever_came_can_be_parked(store: "Client") -> None:
    """Even what Firestore itself refuses, under an id that is none; once more is no error."""
    data = {"lists": [[1], [2]], "": None, "odd": {1, 2}}

    for _ in range(2):
        FirestoreParked(store).park("route_report", "../a" * 900, "unknown-report", data)

    (document,) = everything_in(store).values()
    assert json.loads(document["data"])["lists"] == [[1], [2]]


@pytest.mark.parametrize("typed", ["wayan@badung.example", " WAYAN@Badung.example "])
def test_an_officer_is_known_by_address_in_any_case(world: World, typed: str) -> None:
    """With roles, agency and all else the record holds."""
    assert world.officers.by_email(typed) == OFFICERS[0]


def test_a_stranger_is_no_officer(world: World) -> None:
    """Nor is an empty address."""
    assert world.officers.by_email("nobody@badung.example") is None
    assert world.officers.by_email("") is None


def test_an_agency_has_its_officers(world: World) -> None:
    """Those and no others."""
    assert {officer.id for officer in world.officers.of_agency("dlhk")} == {"putu", "kadek"}
    assert world.officers.of_agency("dinkes") == ()


def test_the_first_account_binds_the_record(world: World) -> None:
    """Another account with the same address, at the same moment, is to try again and be refused."""
    world.officers.bind(OFFICERS[0], "issuer|1")
    world.officers.bind(OFFICERS[0], "issuer|1")

    with pytest.raises(StoreAway):
        world.officers.bind(OFFICERS[0], "issuer|2")

    found = world.officers.by_email("wayan@badung.example")
    assert found
    assert found.subject == "issuer|1"


def test_the_outbox_is_read_to_its_end_page_by_page(world: World) -> None:
    """What lies behind a page that stays is still reached."""
    for number in range(1, 6):
        committed(world, number, NOW + timedelta(seconds=number))

    pages = list(world.outbox.before(NOW + timedelta(days=1), 2))

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({event.id for page in pages for event in page}) == 5


def test_officers_are_found_by_role_and_by_id(world: World) -> None:
    """Notices are written to roles, one to each; who left is nobody."""
    verifiers = world.officers.with_role(Role.VERIFIER)

    assert [officer.id for officer in verifiers] == ["wayan"]
    assert world.officers.with_role(Role.COORDINATOR) == ()
    assert world.officers.by_id("putu") == OFFICERS[1]
    assert world.officers.by_id("gone") is None
