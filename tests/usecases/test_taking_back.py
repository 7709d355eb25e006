"""A file is taken back: nothing of it stays, whatever happens in between; what is named stays."""

from collections.abc import Callable
from contextlib import suppress
from itertools import islice

import pytest

from shared.domain import commands as c
from shared.domain.attachment import SIZES, FileState, incoming_name, kept_name
from shared.domain.refusals import NotAllowed, UnableTo
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import Role
from shared.usecases.erasing_files import take_back
from shared.usecases.failures import StillChanging
from shared.usecases.ports import Commit, Committed, StoreAway
from tests.corpus.pictures import jpeg, quarters
from tests.domain.builders import VERIFIER, officer_of
from tests.domain.files import file_id
from tests.fakes.memory_store import MemoryReports
from tests.usecases.darkroom import FILE, Darkroom, Killed, Life
from tests.usecases.files import DLHKS, FileOffice, a_photo
from tests.usecases.office import Office

DLHK = officer_of("dlhk")
PHOTO = jpeg(quarters(64, 48))


def taken_back(
    office: FileOffice, report: Report, id_: str, by: Person = REPORTER, life: Life | None = None
) -> None:
    life = life or Life()
    take_back(
        office.stored(report),
        id_,
        by,
        office.rules.directory,
        shelves=life.of(office.shelves),
        bucket=life.of(office.bucket),
    )


def with_photo(office: FileOffice) -> tuple[Report, str]:
    """Ready, with all its copies."""
    report = office.filed()
    file = office.has(report)
    for leaf in SIZES:
        office.bucket.save(kept_name(report.code, file.id, leaf), b"x", "image/webp")
    return report, file.id


def steps() -> range:
    office, life = FileOffice(), Life()
    report, photo = with_photo(office)
    taken_back(office, report, photo, life=life)
    return range(1, life.steps + 1)


def test_what_is_taken_back_is_gone_and_counts_no_more() -> None:
    """Nothing of another file is touched; ten new ones fit."""
    office = FileOffice()
    report, photo = with_photo(office)
    stays = office.has(report, number=2)
    office.bucket.save(kept_name(report.code, stays.id, "small"), b"x", "image/webp")

    taken_back(office, report, photo)

    assert office.shelf(report).files == (stays,)
    assert office.bucket.names == [kept_name(report.code, stays.id, "small")]
    for number in range(10, 19):
        office.announce(office.slot(report), a_photo(number))


@pytest.mark.parametrize("step", steps())
def test_killed_between_any_two_steps_it_is_finished_by_the_next(step: int) -> None:
    """No list ever shows what is no longer there."""
    office = FileOffice()
    report, photo = with_photo(office)

    with pytest.raises(Killed):
        taken_back(office, report, photo, life=Life(step))
    listed, kept = office.shelf(report).files, office.bucket.names
    taken_back(office, report, photo)

    assert not listed or len(kept) == len(SIZES)
    assert (office.shelf(report).files, office.bucket.names) == ((), [])


def test_again_is_nothing_more() -> None:
    """Also for one that was never there."""
    office = FileOffice()
    report, photo = with_photo(office)

    for id_ in (photo, photo, file_id(9)):
        taken_back(office, report, id_)

    assert (office.shelf(report).files, office.bucket.names) == ((), [])


def test_a_bucket_that_is_away_is_asked_again() -> None:
    """The file is not shown meanwhile."""
    office = FileOffice()
    report, photo = with_photo(office)
    office.bucket.away = True
    with pytest.raises(StoreAway):
        taken_back(office, report, photo)
    assert office.shelf(report).files == ()
    office.bucket.away = False

    taken_back(office, report, photo)

    assert office.bucket.names == []


@pytest.mark.parametrize("by", [DLHK, VERIFIER])
def test_nobody_takes_back_what_is_the_reporters(by: Person) -> None:
    """Nothing happens to it."""
    office = FileOffice()
    report, photo = with_photo(office)
    report = office.act(office.stored(report), c.Route(agency="dlhk"))

    with pytest.raises(NotAllowed):
        taken_back(office, report, photo, by)

    assert len(office.bucket.names) == len(SIZES)
    assert [file.id for file in office.shelf(report).files] == [photo]


def test_an_agency_takes_back_its_draft_and_no_other_agency_does() -> None:
    """Whichever of its officers; whose report it is not is told nothing, whatever they ask for."""
    office = FileOffice()
    report = office.act(office.filed(), c.Route(agency="dlhk"))
    proof = office.has(report, DLHKS)
    for id_ in (proof.id, file_id(9)):
        with pytest.raises(NotAllowed):
            taken_back(office, report, id_, officer_of("dinkes"))

    taken_back(office, report, proof.id, Person(frozenset({Role.AGENCY}), "kadek", "dlhk"))

    assert office.shelf(report).files == ()


# Named


def naming(photo: str) -> c.Add:
    return c.Add(text="Ini fotonya.", attachments=(photo,))


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (naming, REPORTER),
        (lambda photo: c.Redact(text="Wajah.", attachment=photo), VERIFIER),
    ],
)
def test_what_an_event_names_stays(command: Callable[[str], c.Command], by: Person) -> None:
    office = FileOffice()
    report, photo = with_photo(office)
    office.act(office.stored(report), command(photo), by)

    with pytest.raises(UnableTo, match="named-attachment"):
        taken_back(office, report, photo)

    assert len(office.bucket.names) == len(SIZES)


def test_a_photo_whose_place_was_taken_over_is_named_by_nothing() -> None:
    """The report has its place; the photo may go."""
    office = FileOffice()
    report, photo = with_photo(office)
    before = office.shelf(report)

    office.act(office.stored(report), c.Add(text="Tambahan."), REPORTER)

    assert office.shelf(report).version == before.version
    taken_back(office, report, photo)


@pytest.mark.parametrize("step", steps())
def test_of_naming_and_taking_back_at_once_one_happens(step: int) -> None:
    """Whichever step of the one the other comes between: no event names what is gone."""
    office = FileOffice()
    report, photo = with_photo(office)

    def name_it() -> None:
        with suppress(UnableTo):
            office.act(office.stored(report), naming(photo), REPORTER)

    with suppress(UnableTo):
        taken_back(office, report, photo, life=Life(step, name_it))

    is_named = office.stored(report).seq > 1
    assert bool(office.shelf(report).files) == is_named
    assert bool(office.bucket.names) == is_named


class Undercut(MemoryReports):
    """Something happens right before each commit that changes a report."""

    def __init__(self) -> None:
        super().__init__()
        self.undercut: Callable[[], object] = lambda: None

    def commit(self, commit: Commit) -> Committed:
        if commit.decisions[0].before:
            self.undercut()
        return super().commit(commit)


def test_words_do_not_name_what_was_taken_back_since_they_were_checked() -> None:
    """They are refused as if it had never been there."""
    office = Undercutting()
    report, photo = with_photo(office)
    office.reports.undercut = lambda: taken_back(office, report, photo)

    with pytest.raises(UnableTo, match="unknown-attachment"):
        office.act(office.stored(report), naming(photo), REPORTER)

    assert office.stored(report).seq == 1


def test_words_are_not_lost_with_a_file_that_comes_in_meanwhile() -> None:
    """They are tried again, and three times only."""
    office = Undercutting()
    report, photo = with_photo(office)
    numbers = iter(range(20, 24))
    office.reports.undercut = lambda: [
        office.announce(office.slot(report), a_photo(number)) for number in islice(numbers, 1)
    ]
    with pytest.raises(StillChanging):
        office.act(office.stored(report), naming(photo), REPORTER)

    office.act(office.stored(report), naming(photo), REPORTER)

    assert office.shelf(report).files[0].named


class Undercutting(FileOffice):
    reports: Undercut

    def __init__(self) -> None:
        Office.__init__(self, Undercut())
        self.bucket = FileOffice().bucket


# On its way


def processing_steps() -> range:
    life = Life()
    Darkroom(PHOTO).process(life)
    return range(1, life.steps + 1)


@pytest.mark.parametrize("step", processing_steps())
def test_a_running_look_at_it_does_not_bring_it_back(step: int) -> None:
    """Whichever step of it this comes between."""
    room = Darkroom(PHOTO)

    room.process(Life(step, lambda: given_up(room)))
    room.process()

    assert room.file is None
    assert room.bucket.names == []


def test_an_upload_that_ends_afterwards_is_removed_where_it_is_looked_at() -> None:
    """And so is one that nobody has looked at yet."""
    room = Darkroom(PHOTO)
    given_up(room)
    assert room.bucket.names == [incoming_name(room.code, FILE)]

    for _ in range(2):
        assert room.process() is None
        room.receive(PHOTO)

    room.process()
    assert room.bucket.names == []


def test_the_same_photo_may_be_sent_once_more() -> None:
    """By a new announcement."""
    office = FileOffice()
    report, photo = with_photo(office)
    taken_back(office, report, photo)

    again, _ = office.announce(office.slot(report))

    assert again.state is FileState.PENDING


def given_up(room: Darkroom) -> None:
    office = room.office
    take_back(
        room.report,
        FILE,
        REPORTER,
        office.rules.directory,
        shelves=office.shelves,
        bucket=room.bucket,
    )
