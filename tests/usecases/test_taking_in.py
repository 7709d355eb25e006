"""Files that come with a form: each stands for itself, and none undoes what it came with."""

from io import BytesIO

import pytest

from shared.domain.attachment import FileState, incoming_name
from shared.domain.file_names import Announcement
from shared.domain.file_reasons import NOT_STORED
from shared.domain.report import Report
from shared.usecases.saving import Attempt
from shared.usecases.taking_in import Brought, Taken, take_in
from tests.domain.files import MIB
from tests.usecases.files import FileOffice, a_photo
from tests.usecases.office import an_attempt


def brought(*asked: Announcement) -> list[Brought]:
    return [Brought(each, BytesIO(each.name.encode())) for each in asked]


def taken(
    office: FileOffice, report: Report, *asked: Announcement, attempt: Attempt | None = None
) -> tuple[Taken, ...]:
    return take_in(
        brought(*asked),
        office.slot(report, attempt=attempt),
        office.rules.file_limits(office.now),
        shelves=office.shelves,
        bucket=office.bucket,
    )


def test_each_file_lies_where_an_upload_would_have_put_it() -> None:
    """The bucket tells of it in the same way."""
    office = FileOffice()
    report = office.filed()

    files = taken(office, report, a_photo(1), a_photo(2))

    assert [each.state for each in files] == [FileState.PENDING] * 2
    names = [incoming_name(report.code, file.id) for file in office.shelf(report).files]
    assert [office.bucket.objects[name].content for name in names] == [b"foto 1.jpg", b"foto 2.jpg"]
    assert [each.file for each in files] == list(office.shelf(report).files)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (a_photo(2, type="application/zip"), "type-not-accepted"),
        (a_photo(2, size=21 * MIB), "file-too-large"),
    ],
)
def test_a_refused_file_refuses_no_other(asked: Announcement, reason: str) -> None:
    """It is said of that one alone."""
    office = FileOffice()

    files = taken(office, office.filed(), a_photo(1), asked, a_photo(3))

    assert [each.reason for each in files] == [None, reason, None]
    assert [each.state for each in files][1] is FileState.REJECTED
    assert len(office.bucket.names) == 2


@pytest.mark.parametrize("type_", ["image/jpeg", "image/svg+xml"])
def test_what_is_said_of_a_file_turns_no_reading_order(type_: str) -> None:
    """Taken or refused: its name is told back without marks and folders."""
    office = FileOffice()
    hostile = "../etc/\u202egpj.exe"

    (said,) = taken(office, office.filed(), a_photo(1, name=hostile, type=type_))

    assert said.name == "gpj.exe"


def test_the_eleventh_file_is_one_too_many() -> None:
    """The first ten are there."""
    office = FileOffice()

    files = taken(office, office.filed(), *map(a_photo, range(11)))

    assert [each.reason for each in files] == [None] * 10 + ["too-many-files"]


def test_the_same_form_again_brings_no_second_file() -> None:
    """Nor are two photos of one form taken for the same."""
    office = FileOffice()
    report = office.filed()
    photos = (a_photo(1), a_photo(2))

    first, second = (taken(office, report, *photos, attempt=an_attempt()) for _ in range(2))

    assert first == second
    assert len(office.shelf(report).files) == 2


def test_a_bucket_that_is_away_is_no_failure_of_the_report() -> None:
    """Its owner is told to add the file again, and finds its place."""
    office = FileOffice()
    report = office.filed()
    office.bucket.away = True

    assert [each.reason for each in taken(office, report, a_photo())] == [NOT_STORED]

    office.bucket.away = False
    assert [each.reason for each in taken(office, report, a_photo())] == [None]
    assert len(office.shelf(report).files) == 1


def test_no_name_is_shown_where_a_failure_is_written_down() -> None:
    """What a traceback or a log shows of it."""
    office = FileOffice()
    (each,) = taken(office, office.filed(), a_photo(name="KTP Sekar.jpg"))

    assert "Sekar" not in repr(each)
    assert "Sekar" not in repr(brought(a_photo(name="KTP Sekar.jpg")))
