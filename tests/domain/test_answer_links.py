"""Links in messages: they open just one answer, for two weeks, for one report."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.answer_links import (
    ANSWERS,
    VALID_FOR,
    Links,
    answer_token,
    answered_event,
    leave_token,
    left_notice,
    may_be_answered,
)
from shared.domain.codes import UnreadableCode, parse_code
from tests.domain.builders import CODE, OTHER_CODE, a_case_that_is, supervisory

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOTICE = "a" * 32


def event_of(token: str, code: str = CODE, now: datetime = NOW, *keys: bytes) -> int | None:
    return answered_event(token, code, keys=keys or (KEY,), now=now)


@given(st.integers(1, 999_999), st.timedeltas(timedelta(0), VALID_FOR))
def test_a_token_names_its_event_for_two_weeks(seq: int, later: timedelta) -> None:
    """And within the hour after them no longer."""
    token = answer_token(CODE, seq, key=KEY, now=NOW)

    assert event_of(token, CODE, NOW + later) == seq
    assert event_of(token, CODE, NOW + VALID_FOR + timedelta(hours=1)) is None


def test_a_token_is_of_one_report_and_one_key() -> None:
    """A rotated key still counts while it is in the ring."""
    token = answer_token(CODE, 5, key=KEY, now=NOW)

    assert event_of(token, OTHER_CODE) is None
    assert event_of(token, CODE, NOW, OTHER_KEY) is None
    assert event_of(token, CODE, NOW, OTHER_KEY, KEY) == 5


@given(st.text(max_size=80))
def test_no_text_that_is_none_is_taken_for_a_token(text: str) -> None:
    """It comes from a header that anybody writes."""
    assert event_of(text) is None
    assert left_notice(text, keys=(KEY,)) is None


@given(st.integers(0, 40), st.characters(codec="ascii"))
def test_a_changed_token_opens_nothing(at: int, character: str) -> None:
    """Neither another event nor another hour."""
    token = answer_token(CODE, 12, key=KEY, now=NOW)
    changed = token[:at] + character + token[at + 1 :]

    assert event_of(changed) is None or changed == token


def test_a_token_leaves_room_in_an_sms() -> None:
    """For the first hundred thousand events of a report."""
    assert len(answer_token(CODE, 99_999, key=KEY, now=NOW)) <= 26


def test_a_link_to_leave_is_of_one_notice_and_answers_nothing() -> None:
    """Each kind of link has its own purpose."""
    token = leave_token(NOTICE, key=KEY)

    assert left_notice(token, keys=(OTHER_KEY, KEY)) == NOTICE
    assert left_notice(answer_token(CODE, 5, key=KEY, now=NOW), keys=(KEY,)) is None
    assert event_of(token) is None


CLASSES = {
    "held": {"supplement"},
    "answered": {"reply", "confirm"},
    "reminded": {"supplement", "reply", "confirm"},
    "confirmed": {"object"},
    "withdrawn": None,
    "expired": {"object", "appeal"},
    "archived": {"appeal"},
    "submitted": None,
    "routed": None,
}


@pytest.mark.parametrize(("event", "actions"), CLASSES.items(), ids=CLASSES)
def test_an_event_is_answered_by_its_own_actions(event: str, actions: set[str] | None) -> None:
    """Never by withdrawing or adding, for which one needs the receipt."""
    assert ANSWERS.get(event) == actions
    assert may_be_answered(a_case_that_is("answered").report, event) is (actions is not None)


def test_no_link_answers_for_a_confidential_report() -> None:
    """Mails are read by others too."""
    assert not may_be_answered(a_case_that_is("answered", secret=True).report, "answered")
    assert not may_be_answered(supervisory().report, "answered")


def test_links_lead_to_the_report_and_to_its_answer() -> None:
    """The code as people read it; without a token the answer is on the report's page."""
    with_token, without = Links("https://x.example", "t"), Links("https://x.example")

    assert with_token.answer(CODE) == "https://x.example/r/7K3M9QX2WD-Q?answer=t"
    assert without.answer(CODE) == without.report(CODE) == "https://x.example/r/7K3M9QX2WD-Q"
    assert with_token.desk(CODE) == "https://x.example/desk/7K3M9QX2WD-Q"


def test_the_code_of_a_link_is_readable_again() -> None:
    """It is the form that people type as well."""
    try:
        assert parse_code(Links("").report(CODE).removeprefix("/r/")) == CODE
    except UnreadableCode:
        pytest.fail("the link shows a code that cannot be read")
