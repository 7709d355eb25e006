"""Links to files: one copy of one file, for an hour at most."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.file_links import PATH, FileLink, file_link, linked_file
from tests.domain.builders import CODE
from tests.domain.files import file_id

NOW = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
ID = file_id(1)


def token(leaf: str = "small", type_: str = "image/jpeg", now: datetime = NOW) -> str:
    return file_link(CODE, ID, leaf, type_, key=KEY, now=now).removeprefix(PATH)


def opened(text: str, now: datetime = NOW, *keys: bytes) -> FileLink | None:
    return linked_file(text, keys=keys or (KEY,), now=now)


@pytest.mark.parametrize(
    ("leaf", "type_", "ending", "is_picture"),
    [
        ("small", "image/heic", "webp", True),
        ("public2-large", "image/png", "webp", True),
        ("file", "application/pdf", "pdf", False),
        ("file", "video/mp4", "mp4", False),
    ],
)
def test_a_link_names_its_copy(leaf: str, type_: str, ending: str, *, is_picture: bool) -> None:
    """And what it is called after the dot."""
    link = opened(token(leaf, type_))

    assert link
    assert (link.object_name, link.ending) == (f"kept/{CODE}/{ID}/{leaf}", ending)
    assert link.is_picture is is_picture


@given(st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_link_lives_for_half_an_hour_to_an_hour(later: timedelta) -> None:
    """Whenever it was made."""
    made_at = NOW + later
    text = token(now=made_at)

    assert opened(text, made_at + timedelta(minutes=30))
    assert opened(text, made_at + timedelta(minutes=60)) is None


def test_links_of_the_same_half_hour_are_the_same() -> None:
    """So that a browser keeps its pictures."""
    assert token() == token(now=NOW + timedelta(minutes=19))
    assert token() != token(now=NOW + timedelta(minutes=20))


def test_a_rotated_key_still_opens_what_it_made() -> None:
    """As long as it is in the ring."""
    assert opened(token(), NOW, OTHER_KEY) is None
    assert opened(token(), NOW, OTHER_KEY, KEY)


@given(st.integers(0, 90), st.characters(codec="ascii"))
def test_a_changed_link_opens_nothing(at: int, character: str) -> None:
    """Neither another size nor another hour."""
    text = token()
    changed = text[:at] + character + text[at + 1 :]

    assert (opened(changed) is None) is (changed != text)


@given(st.text(max_size=300))
def test_no_text_that_is_none_is_taken_for_a_link(text: str) -> None:
    """Anybody writes addresses."""
    assert opened(text) is None
