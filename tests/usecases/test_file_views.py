"""The list of a report's files, as each reader gets it; and commands that name some of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.attachment import Attachment, Place, rejected
from shared.domain.file_links import PATH, linked_file
from shared.domain.refusals import UnableTo
from shared.domain.report import Location, Region, Report
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import AnswerKind
from shared.domain.visibility import Viewer
from shared.edge.replies.files import AttachedFiles
from shared.usecases.file_views import files_of
from shared.usecases.oversight_file import composed
from shared.usecases.reading import full_view
from shared.usecases.views import Reading
from tests.builders import KEYS
from tests.domain.builders import VERIFIER, officer_of
from tests.usecases.files import DLHKS, FileOffice

DLHK = officer_of("dlhk")
PEOPLE = {
    Viewer.PUBLIC: REPORTER,
    Viewer.REPORTER: REPORTER,
    Viewer.AGENCY: DLHK,
    Viewer.OFFICE: VERIFIER,
}
PLACE = Place(-8.65, 115.14, datetime(2026, 11, 1, 4, 0, tzinfo=UTC))


def reading(office: FileOffice, viewer: Viewer, person: Person | None = None) -> Reading:
    return Reading(viewer, person or PEOPLE[viewer], office.rules, office.now, "id")


def listed(office: FileOffice, report: Report, viewer: Viewer) -> list[dict[str, Any]]:
    found = files_of(office.stored(report), reading(office, viewer), office.desk)
    AttachedFiles.model_validate(found)
    return found


def taken_on(office: FileOffice, **fields: Any) -> Report:
    report = office.filed(**fields)
    return office.act(report, c.Route(agency="dlhk", text="Silakan."))


def answered_with(office: FileOffice, report: Report, *files: Attachment) -> Report:
    command = c.Respond(
        outcome=AnswerKind.SOLVED, text="Beres.", attachments=tuple(file.id for file in files)
    )
    return office.act(report, command, DLHK)


def test_the_reporter_reads_all_of_their_own_file() -> None:
    """With its name, its pictures, and what it says of place and time."""
    office = FileOffice()
    report = taken_on(office)
    file = office.has(report, place=PLACE, public=True)

    (line,) = listed(office, report, Viewer.REPORTER)

    sizes = line.pop("sizes")
    assert line == {
        "id": file.id,
        "state": "ready",
        "type": "image/jpeg",
        "by": "reporter",
        "at": reading(office, Viewer.REPORTER).local(file.announced_at),
        "public": True,
        "removable": True,
        "name": "foto 1.jpg",
        "width": 2048,
        "height": 1536,
        "place": {"lat": -8.65, "lon": 115.14, "taken_at": "2026-11-01T12:00:00+08:00"},
    }
    assert {name: _opened(office, url) for name, url in sizes.items()} == {
        size: f"kept/{report.code}/{file.id}/{size}" for size in ("small", "medium", "large")
    }


@pytest.mark.parametrize("viewer", [Viewer.PUBLIC, Viewer.AGENCY, Viewer.OFFICE])
def test_nobody_else_learns_where_a_photo_was_taken(viewer: Viewer) -> None:
    """Nor when: the reporter says so, or nobody."""
    office = FileOffice()
    report = taken_on(office)
    office.has(report, place=PLACE, public=True)

    (line,) = listed(office, report, viewer)

    assert "place" not in line
    assert ("name" in line) is (viewer is not Viewer.PUBLIC)


def test_a_document_has_one_link() -> None:
    """It is downloaded, not looked at."""
    office = FileOffice()
    report = taken_on(office)
    office.has(report, type="application/pdf", name="surat.pdf")

    (line,) = listed(office, report, Viewer.REPORTER)

    assert "sizes" not in line
    assert _opened(office, line["url"]).endswith("/file")


def test_a_refused_file_says_why_in_the_readers_language() -> None:
    """To its owner."""
    office = FileOffice()
    report = office.filed()
    office.announce(office.slot(report))
    (file,) = office.shelf(report).files
    office.shelves.put(rejected(office.shelf(report), file.id, "broken"))

    (line,) = listed(office, report, Viewer.REPORTER)

    assert (line["state"], line["reason"]) == ("rejected", "broken")
    assert line["message"].startswith("Berkas ini rusak")


def test_an_event_names_its_files_and_the_list_names_the_event() -> None:
    """Side by side on the page: what was said and what shows it."""
    office = FileOffice()
    report = taken_on(office)
    before = office.has(report, public=True)
    after = office.has(report, DLHKS, number=2, public=True)
    assert listed(office, report, Viewer.PUBLIC)[-1]["id"] == before.id

    report = answered_with(office, report, after)

    view = full_view(report, reading(office, Viewer.PUBLIC), office.desk, supporters=0)
    assert view["timeline"][-1]["attachments"] == [after.id]
    assert [(each["id"], each.get("seq")) for each in view["attachments"]] == [
        (before.id, None),
        (after.id, report.seq),
    ]
    assert view["attachments"][1]["agency"]["id"] == "dlhk"


def test_officers_see_what_is_covered_already() -> None:
    """Nobody else needs to know where somebody's face was."""
    office = FileOffice()
    report = taken_on(office)
    file = office.has(report)
    for region in (Region(1, 2, 3, 4), None):
        report = office.act(report, c.Redact(text="Wajah.", attachment=file.id, region=region))

    whole = {"left": 1, "top": 2, "right": 3, "bottom": 4}
    assert listed(office, report, Viewer.OFFICE)[0]["covers"] == [whole, None]
    assert "covers" not in listed(office, report, Viewer.REPORTER)[0]


def test_the_place_of_a_photo_becomes_the_reports() -> None:
    """When its reporter says so."""
    office = FileOffice()
    report = office.filed()
    file = office.has(report, place=PLACE)

    after = office.act(report, c.Add(text="Ya, di sini.", place_of=file.id), REPORTER)

    assert after.location == Location(None, -8.65, 115.14)


@pytest.mark.parametrize(
    ("command", "by", "refusal"),
    [
        (c.Add(text="Foto.", attachments=("x" * 22,)), REPORTER, "unknown-attachment"),
        (c.Add(text="Foto.", place_of="x" * 22), REPORTER, "unknown-attachment"),
        (c.Redact(text="Wajah.", attachment="x" * 22), VERIFIER, "unknown-attachment"),
    ],
)
def test_what_is_not_there_cannot_be_named(command: c.Command, by: Person, refusal: str) -> None:
    """And nothing happens."""
    office = FileOffice()
    report = office.filed()

    with pytest.raises(UnableTo, match=refusal):
        office.act(report, command, by)

    assert office.stored(report) == report


def test_the_oversight_file_lists_digests() -> None:
    """The same as under the seal of the event that names the file; no link, for links end."""
    office = FileOffice()
    report = taken_on(office)
    mine, proof = office.has(report, place=PLACE), office.has(report, DLHKS, number=2)
    report = answered_with(office, report, proof)
    events, shelf = office.reports.timeline_with_shelf(report.code, report.seq)

    file = composed(report, events, shelf, reading(office, Viewer.REPORTER), None)

    assert [(each["id"], each["sha256"], each["seq"]) for each in file["attachments"]] == [
        (mine.id, mine.sha256, None),
        (proof.id, proof.sha256, report.seq),
    ]
    assert file["dialogue"][-1]["attachments"] == [proof.id]
    assert events[-1].facts["attachments"] == [{"id": proof.id, "sha256": proof.sha256}]
    assert "berkas" not in str(file["attachments"])


def _opened(office: FileOffice, url: str) -> str:
    link = linked_file(url.removeprefix(PATH), keys=KEYS.secrets.values(), now=office.now)
    assert link
    return link.object_name
