"""How a notice goes from state to state: queued → sending → sent → delivered, failed or expired.

Every attempt holds a lease. A lease that runs out without a result is a lost answer: the message
may have gone out. After the first such loss it is sent once more, after the second never again.
What was certainly not sent (throttled, away) is tried again for as long as it is worth sending.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain.notice import Notice, NoticeState

# Longer than the function may run: nobody takes over from somebody who is still at it.
LEASE = timedelta(minutes=5)
# Longer than most outages, and than most providers need to tell that it was delivered after all.
_AFTER_A_LOST_ANSWER = timedelta(minutes=75)
# A second message is a nuisance, a missing one a harm; a third helps nobody.
_MOST_LOST = 2
_BACKOFF = (30, 60, 120, 300, 600, 900)
_JITTER = 0.2
_FIRST_PUSH_BACK = timedelta(minutes=1)
_MOST_DOUBLINGS = 11
_ID_DIGITS = 8

_QUIET_FROM, _QUIET_UNTIL = time(21), time(7)

ANSWER_LOST = "answer-lost"
# A result ends the waiting, also for an answer that was lost; a later one never makes it better.
_OPEN = frozenset({NoticeState.QUEUED, NoticeState.SENDING, NoticeState.SENT})
_OVERRULED_BY: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.DELIVERED: _OPEN,
    NoticeState.FAILED: _OPEN | {NoticeState.DELIVERED},
}


def is_due(notice: Notice, now: datetime) -> bool:
    """Queued and its time has come, or left lying by an attempt that did not end."""
    return notice.next_attempt_at is not None and notice.next_attempt_at <= now


def taken_up(notice: Notice) -> Notice:
    """What an attempt left lying is queued again; failed when the second answer was lost too."""
    if notice.state is not NoticeState.SENDING:
        return notice
    again_ = replace(notice, state=NoticeState.QUEUED, lost=notice.lost + 1)
    return failed(again_, ANSWER_LOST) if again_.lost >= _MOST_LOST else again_


def leased(notice: Notice, lease: str, now: datetime) -> Notice:
    return replace(
        notice,
        state=NoticeState.SENDING,
        attempts=notice.attempts + 1,
        lease=lease,
        lease_until=now + LEASE,
        next_attempt_at=now + LEASE,
    )


def sent(notice: Notice, provider_id: str, now: datetime) -> Notice:
    return _ended(notice, NoticeState.SENT, provider_id=provider_id, sent_at=now)


def again(notice: Notice, now: datetime) -> Notice:
    """Certainly not sent: it waits longer each time, and not all at the same moment."""
    return _waiting(notice, now + backoff(notice))


def pushed_back(notice: Notice, now: datetime) -> Notice:
    """Something is wrong with it, perhaps until the next release: each pause is twice the last.

    So it costs the others nothing, and expires after a dozen attempts.
    """
    pause = _FIRST_PUSH_BACK * 2 ** min(notice.attempts, _MOST_DOUBLINGS)
    return replace(notice, attempts=notice.attempts + 1, next_attempt_at=now + pause)


def answer_lost(notice: Notice, now: datetime) -> Notice:
    """Perhaps sent: the lease stays with this attempt until it is nearly sure what became of it."""
    until = now + _AFTER_A_LOST_ANSWER
    return replace(notice, lease_until=until, next_attempt_at=until)


def put_off(notice: Notice, until: datetime) -> Notice:
    return _waiting(notice, until)


def failed(notice: Notice, reason: str) -> Notice:
    return _ended(notice, NoticeState.FAILED, reason=reason)


def expired(notice: Notice, reason: str) -> Notice:
    return _ended(notice, NoticeState.EXPIRED, reason=reason)


def spread(notice: Notice) -> Notice:
    return _ended(notice, NoticeState.SPREAD)


def told(notice: Notice, state: NoticeState, provider_id: str, reason: str | None = None) -> Notice:
    """What the provider says became of it, in any order and any number of times."""
    if notice.state not in _OVERRULED_BY[state] and notice.reason != ANSWER_LOST:
        return notice
    return _ended(notice, state, provider_id=provider_id, reason=reason)


def backoff(notice: Notice) -> timedelta:
    """The jitter comes from the id: the same notice always waits the same."""
    seconds = _BACKOFF[min(max(notice.attempts, 1), len(_BACKOFF)) - 1]
    share = int(notice.id[:_ID_DIGITS], 16) / 16**_ID_DIGITS
    return timedelta(seconds=round(seconds * (1 + _JITTER * (2 * share - 1))))


def quiet_until(now: datetime, zone: str) -> datetime | None:
    """The next 07:00 when people sleep now; None by day."""
    local = now.astimezone(ZoneInfo(zone))
    if _QUIET_UNTIL <= local.time() < _QUIET_FROM:
        return None
    day = local.date() + timedelta(days=local.time() >= _QUIET_FROM)
    return datetime.combine(day, _QUIET_UNTIL, local.tzinfo).astimezone(now.tzinfo)


def _waiting(notice: Notice, until: datetime) -> Notice:
    return replace(
        notice, state=NoticeState.QUEUED, lease=None, lease_until=None, next_attempt_at=until
    )


def _ended(notice: Notice, state: NoticeState, **changes: Any) -> Notice:
    return replace(
        notice, state=state, lease=None, lease_until=None, next_attempt_at=None, **changes
    )
