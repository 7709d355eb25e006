"""Who takes back which file, and from when on nobody does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import commands as c
from shared.domain.attachment import Attachment, FileState
from shared.domain.refusals import Refusal
from shared.domain.report import Region
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import AnswerKind, Role
from shared.domain.taking_back import may_take_back, named, taken_back
from tests.domain.builders import COORDINATOR, VERIFIER, filed, officer_of
from tests.domain.files import a_file, file_id, proof_of, ready, shelf_of

DLHK, DINKES = officer_of("dlhk"), officer_of("dinkes")
INTAKE = Person(frozenset({Role.INTAKE}), "intake")
PAPER = a_file(owner=Role.INTAKE)
PHOTOS = (ready(a_file(1)), ready(a_file(2)))
FACE = Region(0, 0, 9, 9)


def told(file: Attachment, person: Person) -> str:
    """`gone`, or the code of the refusal."""
    try:
        after = taken_back(shelf_of(file, a_file(2)), file.id, person)
    except Refusal as refusal:
        return refusal.code
    assert [each.id for each in after.files] == [file_id(2)]
    return "gone"


@pytest.mark.parametrize(
    ("file", "person", "said"),
    [
        (a_file(), REPORTER, "gone"),
        (ready(a_file()), REPORTER, "gone"),
        (a_file(state=FileState.REJECTED), REPORTER, "gone"),
        (ready(a_file(named=True)), REPORTER, "named-attachment"),
        (a_file(named=True), REPORTER, "named-attachment"),
        (a_file(), DLHK, "not-yours"),
        (a_file(), VERIFIER, "not-yours"),
        (a_file(named=True), COORDINATOR, "not-yours"),
        (proof_of("dlhk"), DLHK, "gone"),
        (ready(proof_of("dlhk", named=True)), DLHK, "named-attachment"),
        (proof_of("dlhk"), DINKES, "not-yours"),
        (proof_of("dlhk"), REPORTER, "not-yours"),
        (proof_of("dlhk"), COORDINATOR, "not-yours"),
        (PAPER, INTAKE, "gone"),
        (PAPER, COORDINATOR, "not-yours"),
        (PAPER, REPORTER, "not-yours"),
    ],
)
def test_a_file_is_its_sides_to_take_back_until_it_is_named(
    file: Attachment, person: Person, said: str
) -> None:
    """In whatever state; what may be done is what is offered."""
    assert told(file, person) == said
    assert may_take_back(file, person) == (said == "gone")


def test_what_is_not_there_is_no_reason_to_say_no() -> None:
    """Taken back before, or never there: for whoever asks."""
    shelf = shelf_of(a_file(1))

    assert taken_back(shelf, file_id(9), DLHK) == shelf


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (c.Add(text="Foto.", attachments=(file_id(1),), files=PHOTOS), REPORTER),
        (c.Redact(text="Wajah.", attachment=file_id(1), files=PHOTOS), VERIFIER),
        (c.Redact(text="Wajah.", attachment=file_id(1), region=FACE, files=PHOTOS), VERIFIER),
        (c.Redact(text="Nama.", end=3, length=9), VERIFIER),
    ],
)
def test_words_and_covers_name_a_file(command: c.Command, by: Person) -> None:
    """That one, and no other."""
    case = filed().do(command, by)

    after = named(shelf_of(*PHOTOS), case.events)

    is_about_file = not isinstance(command, c.Redact) or command.attachment is not None
    assert [file.named for file in after.files] == [is_about_file, False]


def test_an_answer_names_its_proof() -> None:
    proof = ready(proof_of("dlhk"))
    answer = c.Respond(
        outcome=AnswerKind.SOLVED, text="Beres.", attachments=(proof.id,), files=(proof,)
    )
    routed = filed().routed("dlhk", VERIFIER)

    case = routed.do(answer, DLHK)

    assert not named(shelf_of(proof), routed.events).files[0].named
    assert named(shelf_of(proof), case.events).files[0].named


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([REPORTER, DLHK, VERIFIER]))))
def test_no_order_of_asking_takes_more(asked: list[tuple[int, Person]]) -> None:
    """What is named stays, and so does what is another side's."""
    shelf = shelf_of(a_file(1), a_file(2), a_file(3, named=True), proof_of("dlhk", 4), a_file(5))

    for number, person in asked:
        try:
            shelf = taken_back(shelf, file_id(number), person)
        except Refusal:
            continue

    gone = {file_id(n) for n in range(1, 6)} - {file.id for file in shelf.files}
    reporters = {file_id(n) for n, person in asked if person is REPORTER and n in {1, 2, 5}}
    officers = {file_id(n) for n, person in asked if person is DLHK and n == 4}
    assert gone == reporters | officers
