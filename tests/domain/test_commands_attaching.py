"""Files in what people do: only their own, proven by the chain, covered where nobody may look."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.attachment import UPLOAD_WITHIN, Attachment, FileState, Place
from shared.domain.events import fold, verifies
from shared.domain.refusals import Refusal
from shared.domain.report import Cover, Location, Region
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import AnswerKind, Role
from shared.domain.workflow import TABLE, role_to_attach
from tests.domain.builders import (
    COORDINATOR,
    DIRECTORY,
    INTAKE,
    NOW,
    OVERSIGHT,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    answer_to,
    filed,
    officer_of,
)
from tests.domain.files import a_file, file_id, proof_of, ready

ONE, TWO = file_id(1), file_id(2)
MINE = (a_file(1), ready(a_file(2)))
DLHK = officer_of("dlhk")
PLACE = Place(lat=-8.65, lon=115.14)
FACE = Region(100, 100, 300, 400)


def solved_with(*files: Attachment, **fields: Any) -> c.Respond:
    named = tuple(file.id for file in files)
    given = {"attachments": named, "files": files, "text": "Sudah diangkut."} | fields
    return c.Respond(outcome=AnswerKind.SOLVED, **given)


def added(*ids: str, files: tuple[Attachment, ...] = MINE, **fields: Any) -> c.Add:
    return c.Add(text="Ini fotonya.", attachments=ids, files=files, **fields)


# Naming


@pytest.mark.parametrize(
    "command",
    [c.Add, c.Reply, c.Supplement, c.Object, c.Appeal, c.Split],
)
def test_whatever_a_reporter_says_may_name_files(command: type[c.Attaching]) -> None:
    """With their digests, under the seal of the event."""
    situation = {
        c.Reply: "answered",
        c.Supplement: "hold_verifier",
        c.Object: "closed",
        c.Appeal: "archived",
        c.Split: "merged",
    }.get(command, "submitted")

    case = a_case_that_is(situation).do(
        command(text="Ini fotonya.", attachments=(TWO, ONE, TWO), files=MINE), REPORTER
    )

    said = [event for event in case.events if "attachments" in event.facts]
    assert [event.facts["attachments"] for event in said] == [
        [{"id": TWO, "sha256": MINE[1].sha256}, {"id": ONE, "sha256": MINE[0].sha256}]
    ]
    assert verifies(case.events, case.report.code, case.report.head)
    assert fold(case.events) == case.report


@pytest.mark.parametrize(
    ("files", "by", "said"),
    [
        ((a_file(1),), REPORTER, "done"),
        ((ready(a_file(1)),), REPORTER, "done"),
        ((a_file(1, state=FileState.REJECTED),), REPORTER, "unknown-attachment"),
        ((a_file(1, at=NOW - UPLOAD_WITHIN),), REPORTER, "unknown-attachment"),
        ((ready(a_file(1, at=NOW - UPLOAD_WITHIN)),), REPORTER, "done"),
        ((a_file(2),), REPORTER, "unknown-attachment"),
        ((proof_of("dlhk", 1),), REPORTER, "unknown-attachment"),
        ((proof_of("dlhk", 1),), DLHK, "done"),
        ((proof_of("dpupr", 1),), DLHK, "unknown-attachment"),
        ((a_file(1),), DLHK, "unknown-attachment"),
    ],
)
def test_only_files_at_hand_of_ones_own_side_may_be_named(
    files: tuple[Attachment, ...], by: Person, said: str
) -> None:
    """Another agency's photo proves nothing of this one's work."""
    is_reporter = by is REPORTER
    case = filed() if is_reporter else filed().routed("dlhk")
    command: c.Command = (
        added(ONE, files=files)
        if is_reporter
        else solved_with(a_file(1), proof="Nota.", files=files)
    )

    assert answer_to(case, command, by) == said


# Proof


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (solved_with(), "proof-needed"),
        (solved_with(proof="Foto di kantor."), "done"),
        (solved_with(ready(proof_of("dlhk"))), "done"),
        (solved_with(proof_of("dlhk")), "done"),
        (solved_with(proof_of("dlhk", state=FileState.REJECTED)), "unknown-attachment"),
    ],
)
def test_what_is_solved_is_proven_by_words_or_files(command: c.Respond, said: str) -> None:
    """A file that was refused is no proof."""
    assert answer_to(filed().routed("dlhk"), command, DLHK) == said


# The place of a photo


def test_a_photo_gives_the_report_its_place() -> None:
    """Words that stand there stay; the events still tell the report."""
    case = filed(location=Location("Depan pasar"))

    after = case.do(added(place_of=TWO, place=PLACE), REPORTER)

    assert after.report.location == Location("Depan pasar", -8.65, 115.14)
    assert fold(after.events) == after.report


@pytest.mark.parametrize(
    ("location", "fields", "said"),
    [
        (None, {"place_of": TWO, "place": PLACE}, "done"),
        (None, {"place_of": TWO, "place": None}, "no-place-found"),
        (None, {"place_of": TWO, "place": Place(taken_at=NOW)}, "no-place-found"),
        (None, {"place_of": file_id(9), "place": PLACE}, "unknown-attachment"),
        (Location(lat=-8.0, lon=115.0), {"place_of": TWO, "place": PLACE}, "place-known"),
    ],
)
def test_a_place_is_taken_only_where_none_is_known(
    location: Location | None, fields: dict[str, Any], said: str
) -> None:
    """And only from a photo of the reporter's own that has one."""
    assert answer_to(filed(location=location), added(**fields), REPORTER) == said


# Covering


def cover(file: str = ONE, region: Region | None = FACE, files: Any = MINE) -> c.Redact:
    return c.Redact(text="Wajah orang.", attachment=file, region=region, files=files)


@pytest.mark.parametrize("by", [VERIFIER, COORDINATOR])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_file_is_covered_in_any_status(situation: str, by: Person) -> None:
    """By an event with its reason; the events still tell the report."""
    case = a_case_that_is(situation)

    after = case.do(cover(), by).do(cover(region=None), by)

    assert after.report.covers == (Cover(ONE, FACE), Cover(ONE))
    assert [(event.type, event.texts["text"]) for event in after.events[case.report.seq :]] == [
        ("redacted", "Wajah orang.")
    ] * 2
    assert fold(after.events) == after.report
    assert after.report.masks == case.report.masks


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (cover(), "done"),
        (cover(TWO, None), "done"),
        (cover(file_id(9)), "unknown-attachment"),
        (cover(files=(a_file(1, state=FileState.REJECTED),)), "unknown-attachment"),
        (cover(files=(a_file(1, type="application/pdf"),)), "region-of-picture"),
        (cover(region=None, files=(a_file(1, type="application/pdf"),)), "done"),
        (cover(region=Region(100, 100, 100, 400)), "empty-region"),
        (cover(region=Region(300, 100, 100, 400)), "empty-region"),
    ],
)
def test_only_a_region_of_a_picture_can_be_covered(command: c.Redact, said: str) -> None:
    """Of anything else the whole file is hidden."""
    assert answer_to(filed(), command, VERIFIER) == said


def test_the_same_is_covered_once() -> None:
    """A second click is no second copy."""
    assert answer_to(filed().do(cover(), VERIFIER), cover(), VERIFIER) == "nothing-to-change"


@pytest.mark.parametrize("by", [REPORTER, DLHK, OVERSIGHT])
def test_nobody_else_covers_anything(by: Person) -> None:
    """Least of all the agency whom the photo shows."""
    assert answer_to(filed().routed("dlhk"), cover(), by) == "not-yours"


# Who may add files at all


@pytest.mark.parametrize(
    ("situation", "by", "role"),
    [
        ("submitted", REPORTER, Role.REPORTER),
        ("hold_verifier", REPORTER, Role.REPORTER),
        ("answered", REPORTER, Role.REPORTER),
        ("closed", REPORTER, Role.REPORTER),
        ("archived", REPORTER, Role.REPORTER),
        ("merged", REPORTER, Role.REPORTER),
        ("referred", REPORTER, "wrong-status"),
        ("submitted", VERIFIER, "not-yours"),
        ("submitted", DLHK, "not-yours"),
        ("routed", officer_of("disperindag"), Role.AGENCY),
        ("answered", officer_of("disperindag"), Role.AGENCY),
        ("closed", officer_of("disperindag"), "wrong-status"),
        ("routed", DLHK, "not-yours"),
        ("routed", INTAKE, "not-yours"),
    ],
)
def test_files_are_added_where_something_said_could_name_them(
    situation: str, by: Person, role: str
) -> None:
    """Nobody fills a shelf from which nothing can be taken."""
    assert _role(a_case_that_is(situation), by) == role


def test_at_the_counter_files_are_added_for_an_agency_on_paper() -> None:
    """As the answer is entered on its behalf."""
    assert _role(filed().routed("satpolpp"), INTAKE) == Role.INTAKE


def test_every_command_that_names_files_can_have_them_added() -> None:
    """The table of commands is the only list of them."""
    attaching = {row.command for row in TABLE if issubclass(row.command, c.Attaching)}

    assert attaching == {c.Add, c.Reply, c.Supplement, c.Object, c.Appeal, c.Split, c.Respond}


def _role(case: Case, by: Person) -> str:
    try:
        return role_to_attach(case.report, by, DIRECTORY)
    except Refusal as refusal:
        return refusal.code


def test_a_file_as_it_lies_there_is_never_in_an_event() -> None:
    """Names and sealed places stay on the shelf: events are kept for good."""
    named = replace(MINE[0], name="KTP Sekar.jpg")

    case = filed().do(added(ONE, files=(named, MINE[1])), REPORTER)

    assert "Sekar" not in repr(case.events[-1])
