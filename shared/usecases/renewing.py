"""A lost receipt: a one-time code to the contact on file makes a new one.

Nobody learns from an answer, nor from how long it takes, whether that was the contact on file, or
whether there is one: what fits and what does not makes the very same calls.
"""

from dataclasses import dataclass
from typing import NoReturn

from shared.domain.commands import Renew
from shared.domain.events import Stamp
from shared.domain.notice import Audience, Channel, Notice
from shared.domain.receipts import derived_receipt, is_holder, mark_receipt, random_receipt
from shared.domain.renewal import VALID_FOR, Renewal, asked, nothing_asked, opens, tried
from shared.domain.scene import SYSTEM, Rules
from shared.domain.sending import expired
from shared.domain.workflow import decide
from shared.usecases.acting import loaded
from shared.usecases.failures import StillChanging, TooManyAsked, TooManyTries, WrongOneTimeCode
from shared.usecases.notice_ports import queued
from shared.usecases.ports import (
    Commit,
    Committed,
    Identity,
    Repeatable,
    StoreAway,
)
from shared.usecases.receipt_ports import Renewals, Tries
from shared.usecases.saving import Attempt, Desk

KIND = "one_time_code"

_ASKED_AN_HOUR = 10
_WRONG_AN_HOUR = 5
_TRIES = 3
# Entropy of one request is cut into pieces that must not overlap: nonce, receipt, event ids.
_NONCE = slice(0, 8)
_RECEIPT = slice(8, 32)
_EVENTS = slice(32, 64)


@dataclass(frozen=True, slots=True)
class LostReceipt:
    """Of which report, says whom at which address; and where that is looked up and counted."""

    code: str
    address: str
    renewals: Renewals
    tries: Tries


@dataclass(frozen=True, slots=True)
class Exchange:
    """A one-time code as it was typed, for a new receipt."""

    typed: str
    lost: LostReceipt
    attempt: Attempt | None = None


def ask_for_code(contact: str, lost: LostReceipt, *, stamp: Stamp, desk: Desk) -> None:
    if lost.tries.asked(lost.address, stamp.at) > _ASKED_AN_HOUR:
        raise TooManyAsked
    loaded(desk.reports, lost.code)
    channel = _channel_of(contact, desk.reports.identity(lost.code))
    for _ in range(_TRIES):
        before = lost.renewals.load(lost.code) or nothing_asked(stamp.at)
        after = asked(before, stamp.entropy[_NONCE].hex(), stamp.at) if channel else before
        notice = _notice(lost.code, channel, stamp)
        if after is before:
            notice = expired(notice, "nothing-to-send")
        if lost.renewals.ask(lost.code, after, notice):
            desk.publish((queued(notice),))
            return
    raise StoreAway


def renew_receipt(exchange: Exchange, *, rules: Rules, stamp: Stamp, desk: Desk) -> str:
    """The new receipt; with it the old one is dead. The same request again shows it again."""
    attempt = exchange.attempt
    earlier = desk.earlier(attempt, stamp.at)
    if attempt and earlier and earlier.is_fresh(stamp.at):
        return _as_before(earlier, attempt, desk)
    try:
        return _exchanged(exchange, earlier, rules, stamp, desk)
    except (WrongOneTimeCode, TooManyTries):
        # The same request may have used it up since we looked.
        first = desk.earlier(attempt, stamp.at)
        if attempt and first and first.is_fresh(stamp.at):
            return _as_before(first, attempt, desk)
        raise


def _exchanged(
    exchange: Exchange, expired_: Repeatable | None, rules: Rules, stamp: Stamp, desk: Desk
) -> str:
    code, attempt = exchange.lost.code, exchange.attempt
    for _ in range(_TRIES):
        renewal = _counted(exchange.lost, stamp)
        if renewal is None:
            continue
        keys = desk.keys.secrets.values()
        if not opens(exchange.typed, renewal, code=code, keys=keys, now=stamp.at):
            _refuse(exchange.lost, stamp)
        commit, receipt = _renewed(code, attempt, rules, stamp, desk)
        answer = desk.commit(commit, attempt=attempt, expired=expired_, now=stamp.at)
        if answer is Committed.NOW:
            return receipt
        if answer is Committed.SEEN_BEFORE:
            raise WrongOneTimeCode
    raise StillChanging


def _channel_of(contact: str, identity: Identity) -> Channel | None:
    on_file = {Channel.EMAIL: identity.email or "", Channel.SMS: identity.phone or ""}
    asked_for = contact.casefold()
    return next((way for way, held in on_file.items() if held.casefold() == asked_for), None)


def _notice(code: str, channel: Channel | None, stamp: Stamp) -> Notice:
    return Notice(
        id=stamp.random_hex("notice", 0),
        kind=KIND,
        audience=Audience.REPORTER,
        created_at=stamp.at,
        next_attempt_at=stamp.at,
        expires_at=stamp.at + VALID_FOR,
        code=code,
        channel=channel,
    )


def _counted(lost: LostReceipt, stamp: Stamp) -> Renewal | None:
    """Counted before it is looked at: many guesses at once are not one guess.

    None: changed meanwhile.
    """
    renewal = tried(lost.renewals.load(lost.code) or nothing_asked(stamp.at))
    return renewal if lost.renewals.change(lost.code, renewal) else None


def _refuse(lost: LostReceipt, stamp: Stamp) -> NoReturn:
    if lost.tries.wrong(lost.address, stamp.at) > _WRONG_AN_HOUR:
        raise TooManyTries
    raise WrongOneTimeCode


def _renewed(
    code: str, attempt: Attempt | None, rules: Rules, stamp: Stamp, desk: Desk
) -> tuple[Commit, str]:
    report = loaded(desk.reports, code)
    events = Stamp(stamp.at, stamp.entropy[_EVENTS])
    decision = decide(report, Renew(), person=SYSTEM, rules=rules, stamp=events)
    receipt = random_receipt(stamp.entropy[_RECEIPT])
    if attempt:
        receipt = _derived(desk.keys.secret, code, attempt, decision.report.seq)
    mark = mark_receipt(receipt, code=code, key_id=desk.keys.current, key=desk.keys.secret)
    return Commit((decision,), receipt=mark), receipt


def _derived(key: bytes, code: str, attempt: Attempt, seq: int) -> str:
    """The number of the event keeps it apart from any receipt that the same key made before."""
    return derived_receipt(key, code=code, idempotency_key=f"{attempt.key}.{seq}")


def _as_before(record: Repeatable, attempt: Attempt, desk: Desk) -> str:
    """Only while it is the receipt: a dead one is not shown again."""
    _, mark = desk.reports.load_with_receipt(record.code)
    made = (_derived(key, record.code, attempt, record.seq) for key in desk.keys.secrets.values())
    for receipt in made:
        if mark and is_holder(receipt, mark, code=record.code, keys=desk.keys.secrets):
            return receipt
    raise WrongOneTimeCode
