"""Who sees which file, and which copy of it."""

from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.attachment import Attachment, FileState
from shared.domain.file_visibility import Shown, shown
from shared.domain.report import Region
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import AnswerKind, Status
from shared.domain.visibility import Viewer
from tests.domain.builders import NOW, VERIFIER, Case, filed, officer_of
from tests.domain.files import a_file, file_id, proof_of, ready, shelf_of

PUBLIC, HOLDER, AGENCY, OFFICE = Viewer.PUBLIC, Viewer.REPORTER, Viewer.AGENCY, Viewer.OFFICE
DLHK, DPUPR = officer_of("dlhk"), officer_of("dpupr")
READERS = {PUBLIC: REPORTER, HOLDER: REPORTER, AGENCY: DLHK, OFFICE: VERIFIER}
TICKED = ready(a_file(1, public=True))
FACE, PLATE = Region(0, 0, 100, 100), Region(500, 500, 900, 900)


def taken_on(**fields: object) -> Case:
    return filed(**fields).routed("dlhk", VERIFIER)


def seen(
    case: Case, *files: Attachment, by: Viewer = PUBLIC, person: Person | None = None
) -> list[Shown]:
    reader = person or READERS[by]
    return list(shown(case.report, case.events, shelf_of(*files), by, reader, NOW))


def viewers_of(case: Case, file: Attachment) -> set[Viewer]:
    return {viewer for viewer in Viewer if seen(case, file, by=viewer)}


def covering(case: Case, *regions: Region | None) -> Case:
    for region in regions:
        command = c.Redact(text="Wajah.", attachment=TICKED.id, region=region, files=(TICKED,))
        case = case.do(command, VERIFIER)
    return case


def answered_with(case: Case, file: Attachment) -> Case:
    command = c.Respond(
        outcome=AnswerKind.SOLVED, text="Beres.", attachments=(file.id,), files=(file,)
    )
    return case.do(command, DLHK)


@pytest.mark.parametrize(
    ("case", "file", "viewers"),
    [
        (filed(), TICKED, {HOLDER, AGENCY, OFFICE}),
        (taken_on(), TICKED, {PUBLIC, HOLDER, AGENCY, OFFICE}),
        (filed().routed("dlhk"), TICKED, {HOLDER, AGENCY, OFFICE}),
        (taken_on(), ready(a_file(1)), {HOLDER, AGENCY, OFFICE}),
        (taken_on(), a_file(1, public=True), {HOLDER, AGENCY, OFFICE}),
        (
            taken_on(),
            a_file(1, public=True, state=FileState.REJECTED, reason="broken"),
            {HOLDER, AGENCY, OFFICE},
        ),
        (taken_on(secret=True), TICKED, {HOLDER, AGENCY, OFFICE}),
        (taken_on(anonymous=True), TICKED, {PUBLIC, HOLDER, AGENCY, OFFICE}),
        (filed().archived(), TICKED, {HOLDER, AGENCY, OFFICE}),
        (covering(taken_on(), None), TICKED, {HOLDER, AGENCY, OFFICE}),
        (covering(taken_on(), FACE), TICKED, {HOLDER, AGENCY, OFFICE}),
        (covering(taken_on(anonymous=True), FACE), TICKED, {HOLDER, OFFICE}),
        (covering(taken_on(anonymous=True), FACE, None), TICKED, {HOLDER, OFFICE}),
        (
            covering(taken_on(), FACE),
            replace(TICKED, covered=1),
            {PUBLIC, HOLDER, AGENCY, OFFICE},
        ),
        (covering(taken_on(), FACE, PLATE), replace(TICKED, covered=1), {HOLDER, AGENCY, OFFICE}),
    ],
)
def test_everybody_sees_what_its_owner_ticked_once_the_report_is_out(
    case: Case, file: Attachment, viewers: set[Viewer]
) -> None:
    """Only when ready, not hidden, and covered as often as somebody said."""
    assert viewers_of(case, file) == viewers


def test_nothing_of_an_archived_or_secret_report_is_out() -> None:
    """Whatever was ticked."""
    report = taken_on().report
    for changes in ({"status": Status.ARCHIVED}, {"secret": True}, {"published": False}):
        case = replace(taken_on(), report=replace(report, **changes))
        assert PUBLIC not in viewers_of(case, TICKED)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (ready(proof_of("dlhk", public=True)), {AGENCY, OFFICE}, {PUBLIC, HOLDER, AGENCY, OFFICE}),
        (ready(proof_of("dlhk")), {AGENCY, OFFICE}, {HOLDER, AGENCY, OFFICE}),
        (proof_of("dlhk", public=True), {AGENCY, OFFICE}, {HOLDER, AGENCY, OFFICE}),
    ],
)
def test_an_agencys_file_is_a_draft_until_its_answer_names_it(
    file: Attachment, before: set[Viewer], after: set[Viewer]
) -> None:
    """Then the reporter sees it, and everybody when it is ticked."""
    case = taken_on()

    assert viewers_of(case, file) == before
    assert viewers_of(answered_with(case, file), file) == after


def test_another_agency_sees_an_answers_files_but_no_drafts() -> None:
    """It may have the report next."""
    case, file = taken_on(), ready(proof_of("dlhk"))

    assert not seen(case, file, by=AGENCY, person=DPUPR)
    assert seen(answered_with(case, file), file, by=AGENCY, person=DPUPR)


def test_the_public_gets_the_covered_copy_and_others_the_first() -> None:
    """The agency of an anonymous report too: a face would tell who reported."""
    file = replace(TICKED, covered=2)
    leaves = {}
    for name, fields in (("named", {}), ("anonymous", {"anonymous": True})):
        case = covering(taken_on(**fields), FACE, PLATE)
        for viewer in Viewer:
            (each,) = seen(case, file, by=viewer)
            leaves[name, viewer] = each.leaves["small"]

    assert {each for each, leaf in leaves.items() if leaf == "public2-small"} == {
        ("named", PUBLIC),
        ("anonymous", PUBLIC),
        ("anonymous", AGENCY),
    }
    assert set(leaves.values()) == {"small", "public2-small"}


@pytest.mark.parametrize(
    ("file", "leaves"),
    [
        (TICKED, {"small": "small", "medium": "medium", "large": "large"}),
        (ready(a_file(1, type="application/pdf")), {"file": "file"}),
        (ready(a_file(1, type="video/mp4")), {"file": "file"}),
        (a_file(1), {}),
        (a_file(1, state=FileState.REJECTED), {}),
    ],
)
def test_what_may_be_fetched_is_what_there_is(file: Attachment, leaves: dict[str, str]) -> None:
    """Three sizes of a picture, the whole of anything else, nothing of what is not ready."""
    assert [dict(each.leaves) for each in seen(taken_on(), file, by=HOLDER)] == [leaves]


@pytest.mark.parametrize(
    ("viewer", "anonymous", "file", "named"),
    [
        (PUBLIC, False, TICKED, False),
        (HOLDER, True, TICKED, True),
        (AGENCY, False, TICKED, True),
        (AGENCY, True, TICKED, False),
        (AGENCY, True, ready(proof_of("dlhk")), True),
        (OFFICE, True, TICKED, True),
    ],
)
def test_a_files_name_is_for_its_owner_and_officers(
    viewer: Viewer, *, anonymous: bool, file: Attachment, named: bool
) -> None:
    """It may say who reported."""
    assert [each.named for each in seen(taken_on(anonymous=anonymous), file, by=viewer)] == [named]


def test_the_first_event_that_names_a_file_is_told() -> None:
    """Whatever names it again."""
    case = taken_on()
    for _ in range(2):
        case = case.do(c.Add(text="Foto.", attachments=(TICKED.id,), files=(TICKED,)), REPORTER)

    assert [each.seq for each in seen(case, TICKED, ready(a_file(2)), by=HOLDER)] == [3, None]
    assert file_id(1) == TICKED.id
