"""What may be attached: limits of each side, states of a file, names that can do no harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.attachment import (
    NO_FILES,
    REASONS,
    UPLOAD_WITHIN,
    Attachment,
    FileLimits,
    FileState,
    Shelf,
    announced,
    covered,
    erased,
    kept_name,
    processed,
    public_leaf,
    rejected,
    twin,
)
from shared.domain.file_names import LONGEST_NAME, clean_name, known_type
from shared.domain.file_reasons import NOT_STORED, reason_sentence
from shared.domain.refusals import UnableTo
from tests.domain.builders import NOW, RULES
from tests.domain.files import EXTENTS, MIB, a_file, file_id, proof_of, ready, shelf_of

LIMITS = RULES.file_limits(NOW)
LATER = NOW + UPLOAD_WITHIN


def refused_as(shelf: Shelf, file: Attachment, limits: FileLimits = LIMITS) -> str:
    """`taken`, or the code of the refusal."""
    try:
        announced(shelf, file, limits, NOW)
    except UnableTo as refusal:
        return refusal.code
    return "taken"


def full(count: int, **fields: object) -> Shelf:
    return shelf_of(*(a_file(number, **fields) for number in range(count)))


# Limits


def test_a_region_takes_ten_files_of_twenty_and_sixty_mebibytes() -> None:
    """Photos, PDF and MP4; the numbers stand in policy.yaml."""
    assert (LIMITS.files, LIMITS.each, LIMITS.together) == (10, 20 * MIB, 60 * MIB)
    assert {each.rpartition("/")[2] for each in LIMITS.types} == {
        *("jpeg", "png", "webp", "heic", "pdf", "mp4")
    }


def test_the_newest_row_in_force_counts_and_without_one_nothing_is_taken() -> None:
    """A row of tomorrow is none of today."""
    today = RULES.today(NOW)
    rows = [replace(LIMITS, files=n, since=today + timedelta(days=n - 3)) for n in (1, 3, 4)]

    assert replace(RULES, files=tuple(rows)).file_limits(NOW).files == 3
    assert replace(RULES, files=()).file_limits(NOW) == NO_FILES
    assert refused_as(shelf_of(), a_file(), NO_FILES) == "type-not-accepted"


@pytest.mark.parametrize(
    ("shelf", "file", "said"),
    [
        (full(9), a_file(99), "taken"),
        (full(10), a_file(99), "too-many-files"),
        (full(10), a_file(3), "taken"),
        (full(10), proof_of("dlhk", 99), "taken"),
        (full(9, state=FileState.REJECTED), a_file(99), "taken"),
        (full(12, state=FileState.REJECTED), a_file(99), "taken"),
        (full(10, at=NOW - UPLOAD_WITHIN), a_file(99), "taken"),
        (full(10, at=NOW - UPLOAD_WITHIN, state=FileState.READY), a_file(99), "too-many-files"),
        (full(0), a_file(1, size=20 * MIB), "taken"),
        (full(0), a_file(1, size=20 * MIB + 1), "file-too-large"),
        (full(4, size=12 * MIB), a_file(99, size=12 * MIB), "taken"),
        (full(4, size=12 * MIB), a_file(99, size=12 * MIB + 1), "files-too-large-together"),
        (full(4, size=12 * MIB), proof_of("dlhk", 99, size=20 * MIB), "taken"),
        (full(0), a_file(1, type="image/svg+xml"), "type-not-accepted"),
        (full(0), a_file(1, type="application/zip"), "type-not-accepted"),
    ],
)
def test_each_limit_refuses_by_its_own_name(shelf: Shelf, file: Attachment, said: str) -> None:
    """Of one side only: nobody fills up the other's. What is refused or over counts no more."""
    assert refused_as(shelf, file) == said


def test_what_is_over_is_dropped_with_the_next_announcement() -> None:
    """And of refused ones the last ten stay: the document cannot grow."""
    gone = [a_file(number, at=NOW - UPLOAD_WITHIN) for number in (1, 2)]
    refused = [a_file(number, state=FileState.REJECTED) for number in range(10, 25)]

    after = announced(shelf_of(*gone, *refused), a_file(99), LIMITS, NOW)

    assert [file.id for file in after.files] == [file_id(n) for n in (*range(15, 25), 99)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 21 * MIB), st.booleans())))
def test_no_order_of_announcements_passes_a_limit(sent: list[tuple[int, int, bool]]) -> None:
    """Whoever announces what again, or in whatever order."""
    shelf = shelf_of()
    for number, size, is_proof in sent:
        make: Callable[..., Attachment] = (
            (lambda n, **kw: proof_of("dlhk", n + 50, **kw)) if is_proof else a_file
        )
        try:
            shelf = announced(shelf, make(number, size=size), LIMITS, NOW)
        except UnableTo:
            continue
    for is_reporters in (True, False):
        side = [file for file in shelf.files if file.is_reporters is is_reporters]
        assert len(side) <= LIMITS.files
        assert sum(file.size for file in side) <= LIMITS.together
    assert len({file.id for file in shelf.files}) == len(shelf.files)


# The same again


@pytest.mark.parametrize(
    ("there", "is_twin"),
    [
        (a_file(1), True),
        (a_file(1, name="lain.jpg"), True),
        (a_file(1, public=True), False),
        (a_file(1, size=2), False),
        (a_file(1, type="image/png"), False),
        (ready(a_file(1)), False),
        (a_file(1, state=FileState.REJECTED), False),
        (a_file(1, at=NOW - UPLOAD_WITHIN / 2), False),
        (proof_of("dlhk", 1), False),
    ],
)
def test_the_same_content_is_announced_once_while_it_is_awaited(
    there: Attachment, *, is_twin: bool
) -> None:
    """A page that was closed halfway finds its place again, unless its time is nearly over."""
    new = replace(a_file(1), id=file_id(2))

    assert (twin(shelf_of(there), new, NOW) == there) is is_twin


# States


def test_a_file_is_done_once() -> None:
    """A redelivered upload changes nothing any more."""
    shelf = processed(shelf_of(a_file(1)), file_id(1), type_="image/png", sizes=EXTENTS)

    assert (shelf.files[0].state, shelf.files[0].type) == (FileState.READY, "image/png")
    assert processed(shelf, file_id(1), type_="image/jpeg") == shelf
    assert rejected(shelf, file_id(1), "broken") == shelf


def test_a_rejection_has_its_reason_and_ends_with_its_day() -> None:
    """Until then its owner reads it."""
    shelf = rejected(shelf_of(a_file(1)), file_id(1), "broken")

    assert [file.reason for file in shelf.present(NOW)] == ["broken"]
    assert shelf.find(file_id(1), LATER) is None


def test_what_is_not_there_is_not_made_by_processing_it() -> None:
    """An upload of what was erased or is over."""
    assert processed(shelf_of(), file_id(1), type_="image/jpeg") == shelf_of()
    assert rejected(shelf_of(), file_id(1), "broken") == shelf_of()


def test_covers_are_counted_forward_only() -> None:
    """A late redelivery of the first does not take back the second."""
    shelf = shelf_of(ready(a_file(1)), ready(a_file(2)))
    for number in (2, 1):
        shelf = covered(shelf, file_id(1), number)

    assert [file.covered for file in shelf.files] == [2, 0]


def test_nothing_of_a_file_is_left_when_it_is_erased() -> None:
    """The place of the shelf stays, so that nobody takes it for a new one."""
    shelf = replace(shelf_of(ready(a_file())), version="v1")

    assert (erased(shelf).files, erased(shelf).version) == ((), "v1")


# Names


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Sekar\\foto.jpg", "foto.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\x1b[31m.png", "ab[31m.png"),
        ("  dua \t kata\n.png ", "dua kata .png"),
        (".htaccess", "htaccess"),
        ("\ufeff\u200b", ""),
        ("a/", ""),
        (". .foto", "foto"),
        ("x" * 300, "x" * LONGEST_NAME),
        ("x" * 99 + " foto", "x" * 99),
        ("\u0301\u0327" * 100_000 + "/foto.jpg", "foto.jpg"),
    ],
)
def test_a_name_leads_nowhere_and_reads_as_it_is(name: str, clean: str) -> None:
    """No path, no control character, no turned direction."""
    assert clean_name(name) == clean


@given(st.text())
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    """Whatever it was made of."""
    clean = clean_name(name)

    assert clean_name(clean) == clean
    assert not set(clean) & set("/\\\n\r\0")
    assert len(clean) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        ("image/jpeg", "image/jpeg"),
        ("IMAGE/JPG", "image/jpeg"),
        ("image/heif", "image/heic"),
        ("application/pdf; charset=binary", "application/pdf"),
        ("", ""),
    ],
)
def test_a_type_has_one_name(declared: str, known: str) -> None:
    """Phones and browsers use several."""
    assert known_type(declared) == known


def test_copies_have_names_that_say_what_they_are() -> None:
    """The same for everybody who works on the file."""
    assert kept_name("C", "i", public_leaf("small", 0)) == "kept/C/i/small"
    assert kept_name("C", "i", public_leaf("small", 2)) == "kept/C/i/public2-small"


# Words


@pytest.mark.parametrize("reason", [*REASONS, NOT_STORED])
def test_every_reason_has_a_sentence_in_both_languages(reason: str) -> None:
    """One that its owner can act on."""
    assert reason_sentence(reason, "id") != reason_sentence(reason, "en")
