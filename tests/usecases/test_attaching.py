"""A file is announced: once, within the limits, whoever else does so at the same time."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.attachment import (
    UPLOAD_WITHIN,
    FileState,
    Shelf,
    announced,
    incoming_name,
    kept_name,
    rejected,
)
from shared.domain.file_names import Announcement
from shared.domain.refusals import UnableTo
from shared.usecases.erasing_files import erase_files
from shared.usecases.failures import IdempotencyMismatch, StillChanging
from shared.usecases.ports import StoreAway
from shared.usecases.shelving import reshelve
from tests.domain.files import a_file, file_id
from tests.usecases.files import DLHKS, FileOffice, Interrupted, a_photo
from tests.usecases.office import an_attempt


def others(office: FileOffice, number: int, shelf: Shelf) -> Shelf:
    file = a_file(number, at=office.now)
    return announced(shelf, file, office.rules.file_limits(office.now), office.now)


def test_an_announced_file_waits_for_its_upload() -> None:
    """A day long, at a place that nobody guesses."""
    office = FileOffice()
    report = office.filed()

    file, invitation = office.announce(office.slot(report))

    assert office.shelf(report).files == (file,)
    assert (file.state, file.expires_at) == (FileState.PENDING, office.now + UPLOAD_WITHIN)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", file.id)
    asked = office.bucket.invited[incoming_name(report.code, file.id)]
    assert (asked.size, asked.until) == (file.size, file.expires_at)
    assert invitation.headers["Content-Type"] == "image/jpeg"


def test_a_refused_file_leaves_nothing() -> None:
    """No entry, no invitation."""
    office = FileOffice()
    report = office.filed()

    with pytest.raises(UnableTo, match="type-not-accepted"):
        office.announce(office.slot(report), a_photo(type="image/svg+xml"))

    assert (office.shelf(report).files, office.bucket.invited) == ((), {})


def test_of_two_who_take_the_last_place_one_gets_it() -> None:
    """The second finds it taken, though it had seen it free."""
    office = FileOffice()
    report = office.filed()
    for number in range(9):
        reshelve(office.shelves, report.code, lambda shelf, n=number: others(office, n, shelf))
    office.shelves = Interrupted(office.shelves, lambda shelf: others(office, 50, shelf))

    with pytest.raises(UnableTo, match="too-many-files"):
        office.announce(office.slot(report))

    assert len(office.shelf(report).files) == 10


def test_all_photos_of_a_phone_may_be_announced_at_once() -> None:
    """Nine times in a row somebody else was faster."""
    office = FileOffice()
    report = office.filed()
    faster = [lambda shelf, n=n: others(office, n, shelf) for n in range(9)]
    office.shelves = Interrupted(office.shelves, *faster)

    office.announce(office.slot(report), a_photo(99))

    assert len(office.shelf(report).files) == 10


def test_a_shelf_that_never_rests_is_given_up() -> None:
    """Nobody waits for ever."""
    office = FileOffice()
    report = office.filed()
    office.shelves = Interrupted(
        office.shelves, *[lambda shelf, n=n: others(office, n % 9, shelf) for n in range(99)]
    )

    with pytest.raises(StillChanging):
        office.announce(office.slot(report), a_photo(99))


def test_the_same_request_again_is_the_same_file() -> None:
    """Also when its answer was lost on the way; with a new invitation."""
    office = FileOffice()
    report = office.filed()

    first, second = (
        office.announce(office.slot(report, attempt=an_attempt()))[0] for _ in range(2)
    )

    assert first.id == second.id
    assert len(office.shelf(report).files) == 1


@pytest.mark.parametrize(
    "other", [a_photo(name="lain.jpg"), a_photo(2), a_photo(size=5), a_photo(public=True)]
)
def test_the_same_key_with_another_file_is_refused(other: Announcement) -> None:
    """Nothing tells which of the two was meant."""
    office = FileOffice()
    report = office.filed()
    office.announce(office.slot(report, attempt=an_attempt()))

    with pytest.raises(IdempotencyMismatch):
        office.announce(office.slot(report, attempt=an_attempt()), other)


def test_the_same_key_of_somebody_else_is_another_file() -> None:
    """Two officers' programs may count alike."""
    office = FileOffice()
    report = office.filed()

    for number, owner in enumerate((DLHKS, replace(DLHKS, officer="kadek@dlhk"))):
        office.announce(office.slot(report, owner, an_attempt()), a_photo(number))

    assert len(office.shelf(report).files) == 2


def test_a_page_that_was_closed_finds_its_place_again() -> None:
    """Without a key: the same content, still awaited."""
    office = FileOffice()
    report = office.filed()
    first, _ = office.announce(office.slot(report))
    office.now += timedelta(hours=1)

    again, _ = office.announce(office.slot(report), a_photo(name="IMG_0001.jpg"))

    assert again == first


def test_a_refused_file_may_be_sent_again() -> None:
    """As a new one: the old one tells its owner why."""
    office = FileOffice()
    report = office.filed()
    first, _ = office.announce(office.slot(report))
    reshelve(office.shelves, report.code, lambda shelf: rejected(shelf, first.id, "broken"))

    again, _ = office.announce(office.slot(report))

    assert [file.id for file in office.shelf(report).files] == [first.id, again.id]


def test_a_place_without_invitation_is_found_again() -> None:
    """Whoever signs was away just then."""
    office = FileOffice()
    report = office.filed()
    office.bucket.away = True
    with pytest.raises(StoreAway):
        office.announce(office.slot(report))
    office.bucket.away = False

    office.announce(office.slot(report))

    assert len(office.shelf(report).files) == 1


# Erasing


def test_nothing_of_a_reports_files_is_left() -> None:
    """Every size and copy, what is on its way, what is known; nothing of another report."""
    office = FileOffice()
    report, other = office.filed(), office.filed()
    file, stays = office.has(report), office.has(other)
    for code, id_ in ((report.code, file.id), (other.code, stays.id)):
        office.bucket.save(incoming_name(code, id_), b"x", "image/jpeg")
        for leaf in ("small", "large", "public1-small", "file"):
            office.bucket.save(kept_name(code, id_, leaf), b"x", "image/webp")

    assert erase_files(report.code, shelves=office.shelves, bucket=office.bucket) == 1

    assert office.shelf(report).files == ()
    assert not [name for name in office.bucket.names if report.code in name]
    assert len([name for name in office.bucket.names if other.code in name]) == 5
    assert office.shelf(other).files == (stays,)


def test_an_erasure_that_ended_halfway_is_finished_by_the_next() -> None:
    """It goes by names, not by what is still known."""
    office = FileOffice()
    report = office.filed()
    file = office.has(report)
    office.bucket.save(kept_name(report.code, file.id, "small"), b"x", "image/webp")
    office.bucket.away = True
    with pytest.raises(StoreAway):
        erase_files(report.code, shelves=office.shelves, bucket=office.bucket)
    office.bucket.away = False

    for _ in range(2):
        assert erase_files(report.code, shelves=office.shelves, bucket=office.bucket) == 0

    assert office.bucket.names == []
    assert file_id(1) not in {each.id for each in office.shelf(report).files}
