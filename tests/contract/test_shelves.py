"""What is attached to reports: compare-and-set, and read with the timeline in one call."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.place_seals import PlaceSeals
from shared.domain import commands as c
from shared.domain.attachment import (
    FileState,
    Place,
    SealedPlace,
    Shelf,
    announced,
    erased,
    processed,
    rejected,
)
from shared.usecases.file_ports import Seals
from shared.usecases.ports import Committed
from tests.builders import KEYS, a_code, begun, commit_of, then
from tests.contract.conftest import World
from tests.domain.builders import NOW, RULES, VERIFIER
from tests.domain.files import EXTENTS, a_file, file_id, proof_of, shelf_of
from tests.fakes.memory_shelves import MemorySeals

if TYPE_CHECKING:
    from google.cloud.firestore import Client

CODE = a_code()
LIMITS = RULES.file_limits(NOW)
SEALED = SealedPlace("k2", b"\x00\xffsealed")
PLACES = (
    Place(-8.6478, 115.1385, datetime(2026, 11, 20, 7, 3, tzinfo=UTC)),
    Place(lat=-8.6478, lon=115.1385),
    Place(taken_at=datetime(2026, 11, 20, 7, 3, tzinfo=UTC)),
)


@pytest.fixture(params=["memory", "keyring"])
def seals(request: pytest.FixtureRequest) -> Seals:
    return MemorySeals() if request.param == "memory" else PlaceSeals(KEYS)


def full_of_everything() -> Shelf:
    """Every state, every kind of owner, every field."""
    shelf = shelf_of(a_file(1, public=True, named=True), a_file(2), proof_of("dlhk", 3), code=CODE)
    shelf = processed(shelf, file_id(1), type_="image/png", sizes=EXTENTS, found=SEALED)
    return rejected(shelf, file_id(2), "broken")


def test_a_report_without_files_has_an_empty_shelf(world: World) -> None:
    """So has one of another report."""
    world.shelves.put(shelf_of(a_file(), code=a_code(2)))

    assert world.shelves.of(CODE) == Shelf(CODE)


def test_a_shelf_comes_out_as_it_went_in(world: World) -> None:
    """Every field, in the same order."""
    shelf = full_of_everything()

    assert world.shelves.put(shelf)

    assert world.shelves.of(CODE) == shelf
    assert {file.state for file in shelf.files} == set(FileState)


def test_of_two_who_read_the_same_one_writes(world: World) -> None:
    """The first time, and every later time: two at once never pass a limit."""
    for number in (1, 2):
        seen = world.shelves.of(CODE)
        first, second = (
            world.shelves.put(announced(seen, a_file(number * 10 + n), LIMITS, NOW)) for n in (0, 1)
        )
        assert (first, second) == (True, False)

    assert [file.id for file in world.shelves.of(CODE).files] == [file_id(10), file_id(20)]


def test_an_erased_shelf_is_no_new_one(world: World) -> None:
    """Who had read it before the erasure does not bring it back."""
    world.shelves.put(full_of_everything())
    seen = world.shelves.of(CODE)

    assert world.shelves.put(erased(seen))

    assert not world.shelves.put(replace(seen, files=seen.files[:1]))
    assert not world.shelves.put(shelf_of(a_file(9), code=CODE))
    assert world.shelves.of(CODE).files == ()


def test_a_timeline_comes_with_the_shelf(world: World) -> None:
    """In one call; without files the shelf is empty."""
    decision = begun()
    world.reports.commit(commit_of(decision))

    assert world.reports.timeline_with_shelf(CODE, 1) == (decision.events, Shelf(CODE))

    world.shelves.put(full_of_everything())

    events, shelf = world.reports.timeline_with_shelf(CODE, 1)
    assert (events, shelf) == (decision.events, full_of_everything())
    assert world.shelves.put(erased(shelf))


def test_a_commit_changes_the_shelf_it_read(world: World) -> None:
    """With its events, or not at all."""
    first = begun()
    world.reports.commit(commit_of(first))
    world.shelves.put(full_of_everything())
    read = world.shelves.of(CODE)
    second = then(first.report, c.Note(text="Truk."), VERIFIER)
    marked = replace(read, files=tuple(replace(file, named=True) for file in read.files))

    assert world.reports.commit(commit_of(second, shelf=marked)) is Committed.NOW

    assert world.reports.timeline_with_shelf(CODE, 2)[1] == marked
    assert not world.shelves.put(erased(read))


def test_a_commit_over_a_shelf_that_changed_meanwhile_is_none(world: World) -> None:
    """Neither its events nor its marks are there."""
    first = begun()
    world.reports.commit(commit_of(first))
    world.shelves.put(full_of_everything())
    read = world.shelves.of(CODE)
    world.shelves.put(erased(read))
    second = then(first.report, c.Note(text="Truk."), VERIFIER)

    answer = world.reports.commit(commit_of(second, shelf=read))

    assert answer is Committed.CHANGED_MEANWHILE
    assert world.reports.load(CODE) == first.report
    assert world.shelves.of(CODE).files == ()


@pytest.mark.parametrize("place", PLACES)
def test_a_place_comes_out_of_its_seal(seals: Seals, place: Place) -> None:
    """For the report it was sealed for, and for no other."""
    sealed = seals.seal(place, code=CODE)

    assert seals.unseal(sealed, code=CODE) == place
    assert seals.unseal(sealed, code=a_code(2)) is None


def test_a_place_of_a_key_that_is_gone_is_gone() -> None:
    """It was an offer, and nobody took it."""
    sealed = PlaceSeals(replace(KEYS, current="k1")).seal(PLACES[0], code=CODE)

    gone = PlaceSeals(replace(KEYS, secrets={"k2": KEYS.secrets["k2"]}))

    assert gone.unseal(sealed, code=CODE) is None


def test_a_place_cannot_be_read_in_the_store(store: "Client") -> None:
    """Nor does anything about it stand in the clear."""
    sealed = PlaceSeals(KEYS).seal(PLACES[0], code=CODE)
    shelf = processed(shelf_of(a_file(), code=CODE), file_id(1), type_="image/jpeg", found=sealed)
    FirestoreShelves(store).put(shelf)

    stored = repr(store.document("attachments", CODE).get().to_dict())

    assert not [part for part in ("8.6478", "115.1385", "2026-11-20") if part in stored]


def test_who_else_keeps_fields_beside_the_files_keeps_them(store: "Client") -> None:
    """Only what changed is written."""
    shelves = FirestoreShelves(store)
    shelves.put(shelf_of(a_file(), code=CODE))
    store.document("attachments", CODE).update({"noted": 1})

    shelves.put(erased(shelves.of(CODE)))

    assert store.document("attachments", CODE).get().to_dict() == {"files": [], "noted": 1}
    assert FirestoreReports(store, KEYS).load(CODE) is None
