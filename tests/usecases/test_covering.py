"""Public copies: what officers covered is gone from them, in whatever order things happen."""

from contextlib import suppress

import pytest
from PIL import Image

from shared.domain.attachment import SIZES, FileState, kept_name
from shared.domain.file_visibility import shown
from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer
from shared.usecases.covering import cover_pictures
from shared.usecases.erasing_files import erase_files
from shared.usecases.failures import NoSuchReport
from shared.usecases.file_ports import NoSuchObject
from tests.corpus.documents import pdf
from tests.corpus.pictures import contrast, jpeg, quarters, stripes
from tests.usecases.darkroom import FILE, REGIONS, Darkroom, Killed, Life

PHOTO = jpeg(quarters(64, 48))
ORIGINALS = set(SIZES)


def copies(covers: int) -> set[str]:
    return {f"public{covers}-{size}" for size in SIZES}


def a_room(covers: int = 0) -> Darkroom:
    """The photo is there; so many regions of it are covered, and no copy is made yet."""
    room = Darkroom(PHOTO)
    room.process()
    for region in REGIONS[:covers]:
        room.redact(region)
    return room


def steps_of(covers: int) -> range:
    life = Life()
    a_room(covers).cover(life)
    return range(1, life.steps + 1)


def leaf_shown(room: Darkroom) -> str | None:
    """The large copy that people outside are given; None: they see nothing of it."""
    report = room.office.stored(room.report)
    shelf = room.office.shelves.of(room.code)
    files = shown(report, (), shelf, Viewer.PUBLIC, REPORTER, room.now)
    return next((each.leaves["large"] for each in files), None)


def test_a_covered_copy_is_made_and_the_original_stays() -> None:
    room = a_room(covers=1)

    assert room.cover() == 1

    assert room.leaves == ORIGINALS | copies(1)
    assert room.file
    assert room.file.covered == 1


def test_several_covers_in_quick_succession_are_one_copy() -> None:
    """Their events come one by one; the first makes up for all, the others find it made."""
    room = a_room(covers=5)

    assert [room.cover() for _ in range(5)] == [1, 0, 0, 0, 0]
    assert room.leaves == ORIGINALS | copies(5)


def test_each_further_cover_takes_the_place_of_the_copy_before() -> None:
    """Which shows what nobody may see any more."""
    room = a_room()

    for number, region in enumerate(REGIONS, start=1):
        room.redact(region)
        room.cover()
        assert room.leaves == ORIGINALS | copies(number)


def test_every_cover_is_in_the_copy_and_nothing_else() -> None:
    """Where there were stripes are flat fields; between the regions the stripes are still there."""
    room = Darkroom(jpeg(stripes(1000, 500), quality=95))
    room.process()
    for region in REGIONS:
        room.redact(region)
    room.cover()

    copy = Image.open(room.bucket.open(kept_name(room.code, FILE, "public8-large")))

    for region in REGIONS:
        assert contrast(copy, (region.left + 4, 60, region.right - 4, 440)) < 60
    assert contrast(copy, (0, 60, 90, 440)) > 150
    assert contrast(copy, (900, 60, 1000, 440)) > 150


def test_what_is_hidden_whole_needs_no_copy() -> None:
    room = a_room()
    room.redact(None)

    assert room.cover() == 0
    assert room.leaves == ORIGINALS


def test_a_document_has_no_regions() -> None:
    room = Darkroom(pdf())
    room.process()
    room.redact(None)

    assert room.cover() == 0
    assert room.leaves == {"file"}


def test_a_cover_over_what_is_not_there_yet_waits_for_it() -> None:
    """Whoever makes it ready covers it then."""
    room = Darkroom(PHOTO)
    room.redact(REGIONS[0])

    assert room.cover() == 0
    room.process()
    assert room.cover() == 1
    assert room.leaves == ORIGINALS | copies(1)


@pytest.mark.parametrize("step", steps_of(2))
def test_killed_between_any_two_steps_the_next_delivery_does_the_rest(step: int) -> None:
    """Never is a copy shown that is not there, or that lacks a cover."""
    room = a_room(covers=1)
    room.cover()
    room.redact(REGIONS[1])

    with pytest.raises(Killed):
        room.cover(Life(step))
    shown_meanwhile = leaf_shown(room)
    room.cover()

    assert shown_meanwhile in {None, "public2-large"}
    assert room.leaves == ORIGINALS | copies(2)
    assert room.file
    assert room.file.covered == 2


@pytest.mark.parametrize("step", steps_of(1))
def test_overtaken_by_a_further_cover_it_never_goes_back(step: int) -> None:
    """At any step the next region is covered, and its copy made, by somebody faster."""
    room = a_room(covers=1)

    def another() -> None:
        room.redact(REGIONS[1])
        room.cover()

    room.cover(Life(step, another))
    room.cover()

    assert room.leaves == ORIGINALS | copies(2)
    assert room.file
    assert room.file.covered == 2


@pytest.mark.parametrize("step", steps_of(1))
def test_two_deliveries_at_once_do_it_once(step: int) -> None:
    room = a_room(covers=1)

    room.cover(Life(step, room.cover))

    assert room.leaves == ORIGINALS | copies(1)


@pytest.mark.parametrize("step", steps_of(1))
def test_erased_between_any_two_steps_nothing_is_left(step: int) -> None:
    """The next delivery removes what this one still wrote, or could not."""
    room = a_room(covers=1)

    def erase() -> None:
        erase_files(room.code, shelves=room.office.shelves, bucket=room.bucket)

    with suppress(NoSuchObject):
        room.cover(Life(step, erase))
    room.cover()

    assert room.leaves == set()


def test_a_report_that_is_not_there_is_said_to_be_missing() -> None:
    room = a_room()

    with pytest.raises(NoSuchReport):
        cover_pictures("7K3M9QX2WDQ", now=room.now, workshop=room.workshop)
    assert room.file
    assert room.file.state is FileState.READY
