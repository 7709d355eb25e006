"""A file that came in: what becomes of it, and of what lies in the bucket, whatever happens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.attachment import SIZES, FileState, Shelf, incoming_name
from shared.domain.file_reasons import reason_sentence
from shared.usecases.erasing_files import erase_files
from shared.usecases.ports import StoreAway
from tests.corpus.documents import PLACE, mp4, pdf, telling_mp4
from tests.corpus.hostile import HOSTILE
from tests.corpus.pictures import LAT, LON, TELLING, heic, jpeg, png, quarters, webp
from tests.usecases.darkroom import FILE, Darkroom, Killed, Life

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")
PHOTO = jpeg(quarters(64, 48))
SHOWN = set(SIZES)


def steps_of(content: bytes = PHOTO) -> int:
    life = Life()
    Darkroom(content).process(life)
    return life.steps


STEPS = range(1, steps_of() + 1)


@pytest.mark.parametrize("make", [jpeg, png, webp, heic])
def test_a_photo_is_ready_in_all_sizes(make: Callable[..., bytes]) -> None:
    """What came in is gone; what is kept is of one type."""
    room = Darkroom(make(quarters(640, 480)))

    file = room.process()

    assert file
    assert (file.state, file.sizes["small"]) == (FileState.READY, (320, 240))
    assert (room.leaves, room.has_incoming) == (SHOWN, False)
    assert {stored.type for stored in room.bucket.objects.values()} == {"image/webp"}


@pytest.mark.parametrize(("content", "type_"), [(pdf(), "application/pdf"), (mp4(), "video/mp4")])
def test_a_document_is_kept_as_it_is(content: bytes, type_: str) -> None:
    room = Darkroom(content)

    file = room.process()

    assert file
    assert (file.state, file.type, file.sizes) == (FileState.READY, type_, {})
    assert [*room.bucket.objects.values()] == [(content, type_)]


def test_a_video_is_kept_without_its_place() -> None:
    room = Darkroom(telling_mp4())

    room.process()

    assert room.leaves == {"file"}
    assert all(PLACE not in stored.content for stored in room.bucket.objects.values())


def test_a_file_is_what_its_content_says_whatever_its_name_says() -> None:
    """People rename, and phones say "image/jpeg" of everything."""
    room = Darkroom(png(), name="laporan.pdf", type="application/pdf")

    file = room.process()

    assert file
    assert (file.state, file.type) == (FileState.READY, "image/png")


def test_place_and_time_are_kept_sealed() -> None:
    """Only the seal opens them, and only for this report."""
    room = Darkroom(TELLING["image/jpeg"]())

    file = room.process()

    assert file
    assert file.found
    opened = room.office.seals.unseal(file.found, code=room.code)
    assert opened
    assert (opened.lat, opened.lon) == (LAT, LON)
    assert room.office.seals.unseal(file.found, code="7K3M9QX2WDQ") is None
    assert str(LAT).encode() not in file.found.sealed


def test_a_photo_that_says_nothing_has_nothing_sealed() -> None:
    file = Darkroom(PHOTO).process()

    assert file
    assert file.found is None


# What is refused


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_and_leaves_nothing(name: str) -> None:
    """With a reason that its owner can act on, in both languages."""
    make, reason = HOSTILE[name]
    room = Darkroom(make())

    file = room.process()

    assert file
    assert (file.state, file.reason) == (FileState.REJECTED, reason)
    assert room.bucket.names == []
    assert reason_sentence(reason, "id") != reason_sentence(reason, "en")


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        (b"", {"size": 1}, "empty"),
        (PHOTO, {"size": len(PHOTO) - 1}, "not-as-announced"),
        (PHOTO, {"size": len(PHOTO) + 1}, "not-as-announced"),
        (PHOTO, {"sha256": "0" * 64}, "not-as-announced"),
        (bytes(100 << 20), {"size": 1 << 20}, "not-as-announced"),
    ],
    ids=["nothing", "more", "less", "another", "a hundred times as much"],
)
def test_what_is_not_what_was_announced_is_refused(
    content: bytes, said: dict[str, Any], reason: str
) -> None:
    file = Darkroom(content, **said).process()

    assert file
    assert (file.state, file.reason) == (FileState.REJECTED, reason)


def test_no_more_is_read_than_was_announced() -> None:
    """And one byte, which tells that it was too little."""
    room = Darkroom(bytes(1 << 20), size=1000)
    stream = room.bucket.open(incoming_name(room.code, FILE))
    room.bucket.open = lambda _: stream  # type: ignore[method-assign]
    asked: list[int] = []
    read = stream.read
    stream.read = lambda size=-1: asked.append(size) or read(size)  # type: ignore[method-assign, func-returns-value]

    room.process()

    assert asked == [1001]


def test_what_the_region_does_not_take_is_refused() -> None:
    """Whatever it was announced as."""
    file = Darkroom(mp4(), type="image/jpeg").process(accepted=frozenset({"image/jpeg"}))

    assert file
    assert (file.state, file.reason) == (FileState.REJECTED, "type-not-accepted")


def test_what_nobody_waits_for_is_removed() -> None:
    """Never announced, or erased since."""
    room = Darkroom(PHOTO)
    erase_files(room.code, shelves=room.office.shelves, bucket=room.bucket)
    room.receive(PHOTO)

    assert room.process() is None
    assert room.bucket.names == []


def test_what_comes_after_its_day_is_removed() -> None:
    """With all that an earlier delivery may have kept of it; and nobody waits for it any more."""
    room = Darkroom(PHOTO)
    with pytest.raises(Killed):
        room.process(Life(STEPS[-1] // 2))
    room.now += timedelta(days=1)

    assert room.process() is None
    assert room.bucket.names == []
    assert room.office.shelves.of(room.code) == Shelf(room.code)


def test_what_was_removed_before_it_could_be_looked_at_stays_awaited() -> None:
    """Its sender may still send it."""
    room = Darkroom(PHOTO)
    room.bucket.remove("incoming/")

    file = room.process()

    assert file
    assert file.state is FileState.PENDING


# Whatever happens in between


@pytest.mark.parametrize("step", STEPS)
def test_killed_between_any_two_steps_the_next_delivery_does_the_rest(step: int) -> None:
    """Nothing is shown before all of it is there; in the end nothing is left over."""
    room = Darkroom(PHOTO)

    with pytest.raises(Killed):
        room.process(Life(step))
    assert room.file
    assert room.file.state is not FileState.READY or room.leaves == SHOWN
    again = room.process()

    assert again == room.file
    assert again
    assert again.state is FileState.READY
    assert (room.leaves, room.has_incoming) == (SHOWN, False)


@pytest.mark.parametrize("step", range(1, steps_of(b"\0") + 1))
def test_a_refusal_survives_it_as_well(step: int) -> None:
    room = Darkroom(b"\0")

    with pytest.raises(Killed):
        room.process(Life(step))
    room.process()

    assert room.file
    assert room.file.state is FileState.REJECTED
    assert room.bucket.names == []


@pytest.mark.parametrize("step", STEPS)
def test_two_deliveries_at_once_do_it_once(step: int) -> None:
    """Whichever step of the one the other comes between."""
    room = Darkroom(PHOTO)

    file = room.process(Life(step, room.process))

    assert file
    assert file.state is FileState.READY
    assert (room.leaves, room.has_incoming) == (SHOWN, False)


@pytest.mark.parametrize("step", STEPS)
def test_erased_between_any_two_steps_nothing_is_left(step: int) -> None:
    """Erasure does not wait for anybody."""
    room = Darkroom(PHOTO)

    def erase() -> None:
        erase_files(room.code, shelves=room.office.shelves, bucket=room.bucket)

    room.process(Life(step, erase))

    assert room.file is None
    assert room.bucket.names == []


@pytest.mark.parametrize("step", STEPS)
def test_sent_once_more_in_between_only_what_was_looked_at_is_kept(step: int) -> None:
    """Its invitation holds for a day: something else may take its place at any time."""
    room = Darkroom(pdf())

    room.process(Life(step, lambda: room.receive(pdf(b"(another)"))))
    room.process()

    assert room.file
    kept = {name: stored.content for name, stored in room.bucket.objects.items()}
    assert set(kept.values()) <= {pdf()}
    assert (room.file.state is FileState.READY) == bool(kept)


def test_delivered_again_it_stays_as_it_was() -> None:
    """Not even its seal changes."""
    room = Darkroom(TELLING["image/heic"]())
    first = room.process()
    kept = dict(room.bucket.objects)

    assert room.process() == first
    assert room.bucket.objects == kept


def test_a_bucket_that_is_away_is_tried_again() -> None:
    room = Darkroom(PHOTO)
    room.bucket.away = True

    with pytest.raises(StoreAway):
        room.process()
    room.bucket.away = False

    room.process()

    assert room.leaves == SHOWN
