from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import commands as c
from shared.domain.renewal import (
    VALID_FOR,
    Renewal,
    asked,
    nothing_asked,
    one_time_code,
    opens,
    tried,
)
from shared.domain.scene import SYSTEM
from tests.domain.builders import CODE, NOW, OTHER_CODE, SITUATIONS, a_case_that_is

KEY, OLD_KEY = b"2" * 32, b"1" * 32
NONCE = "00ff00ff00ff00ff"
SENT = one_time_code(CODE, NONCE, KEY)
nonces = st.binary(min_size=8, max_size=8).map(bytes.hex)


def begun(now: datetime = NOW) -> Renewal:
    return asked(nothing_asked(now), NONCE, now)


def typed(code: str, renewal: Renewal, *, minutes: float = 1) -> bool:
    now = NOW + timedelta(minutes=minutes)
    return opens(code, tried(renewal), code=CODE, keys=(OLD_KEY, KEY), now=now)


# The code


def test_a_one_time_code_is_the_documented_one() -> None:
    """HMAC-SHA256 over "one-time", report and nonce between zero bytes, as eight digits."""
    assert one_time_code("7K3M9QX2WDQ", "00ff", b"secret") == "90004605"


@given(nonce=nonces, other=nonces)
def test_every_nonce_makes_its_own_eight_digits(nonce: str, other: str) -> None:
    """The same again for the same, and only the digits themselves open."""
    made, again = (one_time_code(CODE, each, KEY) for each in (nonce, other))

    assert made.isdecimal()
    assert len(made) == 8
    assert nonce != other or made == again


def test_the_code_of_one_report_is_not_that_of_another() -> None:
    """Nor is one made with another key."""
    assert len({SENT, one_time_code(OTHER_CODE, NONCE, KEY), one_time_code(CODE, NONCE, b"3")}) == 3


@pytest.mark.parametrize("form", ["{0}{1}", "{0} {1}", " {0}-{1}\n", "{0}\u00a0–\u00a0{1}"])
def test_a_code_is_read_however_it_was_typed(form: str) -> None:
    """As it stands in the message, grouped or not."""
    assert typed(form.format(SENT[:4], SENT[4:]), begun())


@pytest.mark.parametrize("text", ["", SENT[:7], SENT + "0", "x" + SENT[1:], "00000000"])
def test_anything_else_opens_nothing(text: str) -> None:
    """Too short, too long, another number."""
    assert not typed(text, begun())


def test_a_rotated_key_still_opens() -> None:
    """Sent under the old key, typed when there is a new one."""
    assert typed(one_time_code(CODE, NONCE, OLD_KEY), begun())


# How long, and how often


@pytest.mark.parametrize(
    ("minutes", "works"), [(0, True), (29.99, True), (30, False), (600, False)]
)
def test_a_code_is_valid_for_thirty_minutes(minutes: float, works: bool) -> None:  # noqa: FBT001
    """Whatever the store's broom has swept by then."""
    assert typed(SENT, begun(), minutes=minutes) is works


def test_five_tries_are_all() -> None:
    """The sixth finds nothing, not even when it is right."""
    renewal, found = begun(), []
    for _ in range(6):
        found.append(typed(SENT, renewal))
        renewal = tried(renewal)

    assert found == [True] * 5 + [False]


@given(text=st.text(max_size=9) | st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_where_nothing_was_sent_nothing_opens(text: str) -> None:
    """Whoever asked with another contact has no code to guess."""
    assert not typed(text, nothing_asked(NOW + VALID_FOR))
    assert not typed(one_time_code(CODE, "", KEY), nothing_asked(NOW + VALID_FOR))


@pytest.mark.parametrize(
    ("minutes", "anew"), [(0, False), (9, False), (10, True), (29, True), (31, True)]
)
def test_a_new_code_takes_ten_minutes(minutes: int, anew: bool) -> None:  # noqa: FBT001
    """Then it takes the place of the old one, with tries of its own: one at a time."""
    used = tried(tried(begun()))

    after = asked(used, "another", NOW + timedelta(minutes=minutes))

    assert (after is used) is not anew
    assert not anew or (after.nonce, after.tries) == ("another", 0)


def test_where_nothing_was_sent_a_code_can_be_sent_at_once() -> None:
    """A stranger's question holds nobody up."""
    after = asked(tried(nothing_asked(NOW)), NONCE, NOW)

    assert (after.nonce, after.expires_at, after.tries) == (NONCE, NOW + VALID_FOR, 0)


# The report


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_renewed_receipt_is_an_event_that_changes_nothing_else(situation: str) -> None:
    """In any status; an answer that an officer is just typing stays valid."""
    case = a_case_that_is(situation)

    after = case.do(c.Renew(), SYSTEM)

    event = after.events[-1]
    assert (event.type, event.by, event.changes, event.texts, event.facts) == (
        *("receipt_renewed", "system"),
        *({}, {}, {}),
    )
    assert after.report.revision == case.report.revision
    assert (after.report.status, after.report.clocks) == (case.report.status, case.report.clocks)
