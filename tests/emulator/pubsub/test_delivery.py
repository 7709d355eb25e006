"""When again, and when no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.pubsub.delivery import (
    Backoff,
    DeadLetter,
    Lease,
    dead_letter_attributes,
    due_after,
    is_given_up,
    lease_of,
    original_attributes,
)


@pytest.mark.parametrize(
    ("minimum", "maximum", "waits"),
    [
        (10, 600, [10, 20, 40, 80, 160, 320, 600, 600]),
        (0, 600, [0, 0, 0]),
        (7, 7, [7, 7]),
        (0, 0, [0, 0]),
    ],
)
def test_backoff_doubles_up_to_its_maximum(minimum: int, maximum: int, waits: list[int]) -> None:
    backoff = Backoff(minimum, maximum)

    dues = [due_after(backoff, failures, 1000) for failures in range(1, len(waits) + 1)]

    assert dues == [1000 + wait for wait in waits]


def test_a_thousandth_failure_costs_nothing() -> None:
    assert Backoff(1, 600_000_000).after(10**6) == 600_000_000


@pytest.mark.parametrize(
    ("dead_letter", "failures", "given_up"),
    [
        (None, 1000, False),
        (DeadLetter("t", 5), 4, False),
        (DeadLetter("t", 5), 5, True),
        (DeadLetter("t", 5), 9, True),
    ],
)
def test_giving_up(dead_letter: DeadLetter | None, failures: int, given_up: bool) -> None:  # noqa: FBT001
    assert is_given_up(dead_letter, failures) is given_up


def test_a_dead_letter_keeps_its_own_attributes() -> None:
    dead = dead_letter_attributes({"a": "b"}, "projects/p/subscriptions/s", 5, 0)

    assert len(dead) == 5
    assert original_attributes(dead) == {"a": "b"}


@given(st.integers(0), st.integers(0), st.integers(0))
def test_an_ack_id_is_its_lease(subscription: int, message: int, number: int) -> None:
    lease = Lease(subscription, message, number)

    assert lease_of(lease.ack_id) == lease


@pytest.mark.parametrize("text", ["", "rubbish", "ä", "MTox", "YTpiOmM="])
def test_what_is_no_ack_id(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 of whichever part
        lease_of(text)
