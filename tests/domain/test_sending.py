"""A notice goes from state to state; whatever happens, it is never sent a third time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import sending
from shared.domain.notice import Audience, Notice, NoticeState

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FINAL = (NoticeState.SENT, NoticeState.DELIVERED, NoticeState.FAILED, NoticeState.EXPIRED)


def a_notice(number: int = 1, **fields: Any) -> Notice:
    given = {
        "id": f"{number:032x}",
        "kind": "answered",
        "audience": Audience.REPORTER,
        "created_at": NOW,
        "next_attempt_at": NOW,
        "expires_at": NOW + timedelta(days=7),
        "code": "7K3M9QX2WDQ",
        "seq": 5,
    }
    return Notice(**(given | fields))


def under_way(notice: Notice | None = None) -> Notice:
    return sending.leased(notice or a_notice(), "lease", NOW)


def test_an_attempt_holds_the_notice_until_its_lease_ends() -> None:
    """Nobody else takes it meanwhile; after that anybody does."""
    leased = under_way()

    assert (leased.state, leased.attempts) == (NoticeState.SENDING, 1)
    assert not sending.is_due(leased, NOW + sending.LEASE - timedelta(seconds=1))
    assert sending.is_due(leased, NOW + sending.LEASE)


@pytest.mark.parametrize(
    ("after", "state", "reason"),
    [
        (sending.sent(under_way(), "p1", NOW), "sent", None),
        (sending.failed(under_way(), "bad-address"), "failed", "bad-address"),
        (sending.expired(a_notice(), "too-late"), "expired", "too-late"),
        (sending.spread(a_notice()), "spread", None),
    ],
)
def test_an_end_leaves_nothing_to_do(after: Notice, state: str, reason: str | None) -> None:
    """No sweep finds it again, and no lease is left over."""
    assert (after.state, after.reason) == (state, reason)
    assert (after.next_attempt_at, after.lease, after.lease_until) == (None, None, None)
    assert not sending.is_due(after, NOW + timedelta(days=1000))


def test_what_was_certainly_not_sent_is_tried_again_later_and_later() -> None:
    """From half a minute to a quarter of an hour, however long the outage lasts."""
    notice, waits = a_notice(), []
    for _ in range(9):
        notice = sending.again(under_way(notice), NOW)
        assert notice.next_attempt_at
        waits.append((notice.next_attempt_at - NOW).total_seconds())

    assert waits[:6] == sorted(waits[:6])
    assert 24 <= waits[0] <= 36
    assert all(720 <= wait <= 1080 for wait in waits[5:])
    assert (notice.state, notice.lost) == (NoticeState.QUEUED, 0)


def test_a_first_lost_answer_is_followed_by_one_repeat_and_a_second_by_none() -> None:
    """At most two of the same reach anybody."""
    lost_once = sending.taken_up(under_way())
    lost_twice = sending.taken_up(under_way(lost_once))

    assert (lost_once.state, lost_once.lost) == (NoticeState.QUEUED, 1)
    assert (lost_twice.state, lost_twice.reason) == (NoticeState.FAILED, "answer-lost")


def test_a_lost_answer_waits_for_what_the_provider_says_of_it() -> None:
    """Much longer than a lease: mostly it tells that it was delivered after all."""
    waiting = sending.answer_lost(under_way(), NOW)

    assert not sending.is_due(waiting, NOW + timedelta(hours=1))
    assert sending.told(waiting, NoticeState.DELIVERED, "p1").next_attempt_at is None


def test_a_loss_is_not_forgotten_over_a_night() -> None:
    """Put off or throttled in between, the next loss is still the second one."""
    lost_once = sending.taken_up(under_way())

    later = sending.put_off(lost_once, NOW + timedelta(hours=8))

    assert sending.taken_up(under_way(later)).state is NoticeState.FAILED


TOLD = {
    ("sending", "delivered"): "delivered",
    ("sent", "delivered"): "delivered",
    ("queued", "delivered"): "delivered",
    ("delivered", "delivered"): "delivered",
    ("failed", "delivered"): "failed",
    ("expired", "delivered"): "expired",
    ("sending", "failed"): "failed",
    ("sent", "failed"): "failed",
    ("delivered", "failed"): "failed",
    ("failed", "failed"): "failed",
    ("expired", "failed"): "expired",
}


@pytest.mark.parametrize(("states", "becomes"), TOLD.items(), ids=map("-".join, TOLD))
def test_results_may_come_in_any_order(states: tuple[str, str], becomes: str) -> None:
    """A mail that came back stays failed, whatever was or will be said of it."""
    was, told = map(NoticeState, states)

    after = sending.told(a_notice(state=was), told, "p1", "bounced")

    assert after.state == becomes
    assert sending.told(after, told, "p1", "bounced") == after


def test_a_notice_given_up_for_lost_answers_may_still_turn_out_delivered() -> None:
    """Nobody knew; now somebody does."""
    given_up = sending.failed(a_notice(lost=2), sending.ANSWER_LOST)

    assert sending.told(given_up, NoticeState.DELIVERED, "p1").state is NoticeState.DELIVERED


QUIET = {
    "Monday 20:59:59": None,
    "Monday 21:00:00": "Tuesday 07:00:00",
    "Monday 23:30:00": "Tuesday 07:00:00",
    "Tuesday 00:00:00": "Tuesday 07:00:00",
    "Tuesday 06:59:59": "Tuesday 07:00:00",
    "Tuesday 07:00:00": None,
}
DAYS = {"Monday": "2026-11-23", "Tuesday": "2026-11-24"}


@pytest.mark.parametrize(("at", "until"), QUIET.items(), ids=QUIET)
def test_nobody_is_woken_by_an_sms(at: str, until: str | None) -> None:
    """From nine in the evening to seven in the morning, by the clocks of the region."""
    assert sending.quiet_until(local(at), "Asia/Makassar") == (until and local(until))


def local(spoken: str) -> datetime:
    day, time = spoken.split()
    return datetime.fromisoformat(f"{DAYS[day]}T{time}+08:00").astimezone(UTC)


@given(st.integers(0, 2**128 - 1), st.integers(0, 40))
def test_the_wait_depends_on_the_notice_alone(number: int, attempts: int) -> None:
    """Two who look at it agree; two notices of one outage do not come back at the same moment."""
    notice = a_notice(number, attempts=attempts)

    assert sending.backoff(notice) == sending.backoff(replace(notice, state=NoticeState.SENT))
    assert timedelta(seconds=24) <= sending.backoff(notice) <= timedelta(minutes=18)


STEPS = st.lists(st.sampled_from(["again", "lost", "killed", "put_off"]), max_size=30)


@given(STEPS)
def test_whatever_happens_at_most_two_messages_may_have_gone_out(steps: list[str]) -> None:
    """Every attempt whose end nobody knows counts as one."""
    notice, maybe_sent = a_notice(), 0
    for step in steps:
        notice = sending.taken_up(notice)
        if notice.state is NoticeState.FAILED:
            break
        notice, unknown = _tried(sending.leased(notice, "lease", NOW), step)
        maybe_sent += unknown

    assert maybe_sent <= 2
    assert (notice.state in FINAL) == (notice.next_attempt_at is None)


def _tried(notice: Notice, step: str) -> tuple[Notice, int]:
    if step == "again":
        return sending.again(notice, NOW), 0
    if step == "put_off":
        return sending.put_off(notice, NOW), 0
    return (sending.answer_lost(notice, NOW), 1) if step == "lost" else (notice, 1)
