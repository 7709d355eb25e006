"""One notice on its way: looked at, a lease, the handing over, the result.

Whenever this is killed, what is stored says where to go on: a lease that runs out is looked at
again by the sweep, and every step is a compare-and-set, so that of two who try one goes on.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import sending
from shared.domain.events import Stamp
from shared.domain.notice import Channel, Notice
from shared.domain.scene import Rules
from shared.usecases.notice_ports import (
    AnswerLost,
    Mail,
    RefusedByProvider,
    Text,
    TryAgain,
    queued,
)
from shared.usecases.ports import StoreAway
from shared.usecases.post_office import Decided, Outcome, PostOffice
from shared.usecases.saving import publish
from shared.usecases.screening import Ready, Screen

_PAGE = 100
# Each mostly waits for an answer of the provider or of the store.
_THREADS = 8


def send(notice_id: str, *, rules: Rules, stamp: Stamp, office: PostOffice) -> Outcome:
    """Raises StoreAway only; whatever else happens to it is written into the notice."""
    notice = office.notices.load(notice_id)
    if notice is None:
        return Outcome.NOTHING_TO_DO
    return _sent(notice, rules, stamp, office)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is due goes out: put off, tried before, or left lying by somebody who was killed.

    `is_over`: whether the time is up. `tell` hears of each notice that failed: its id and why.
    """

    rules: Rules
    stamp: Stamp
    office: PostOffice
    is_over: Callable[[], bool]
    tell: Callable[[str, Exception], None]

    def run(self) -> Counter[Outcome]:
        """Raises StoreAway: nothing is lost, the next sweep finds the same notices due."""
        outcomes: Counter[Outcome] = Counter()
        with ThreadPoolExecutor(_THREADS) as pool:
            while not self.is_over():
                page = self.office.notices.due(self.stamp.at, _PAGE)
                outcomes.update(pool.map(self._one, page))
                if len(page) < _PAGE:
                    break
        return outcomes

    def _one(self, notice: Notice) -> Outcome:
        if self.is_over():
            return Outcome.NOTHING_TO_DO
        try:
            return _sent(notice, self.rules, self.stamp, self.office)
        except StoreAway:
            raise
        except Exception as failure:  # noqa: BLE001 - told, without its words
            self.office.notices.change(notice, sending.pushed_back(notice, self.stamp.at))
            self.tell(notice.id, failure)
            return Outcome.FAILED


def _sent(notice: Notice, rules: Rules, stamp: Stamp, office: PostOffice) -> Outcome:
    if not sending.is_due(notice, stamp.at):
        return Outcome.NOTHING_TO_DO
    taken = sending.taken_up(notice)
    ready = Screen(rules, stamp.at, office).passed(taken)
    if isinstance(ready, Decided):
        return _stored(taken, ready, office)
    lease = stamp.random_hex(f"lease:{notice.id}", 0)
    wanted = replace(sending.leased(taken, lease, stamp.at), channel=ready.recipient.channel)
    mine = office.notices.change(taken, wanted)
    if mine is None:
        return Outcome.SOMEBODY_ELSE
    # Killed after it, or the store away: the lease runs out, and counts as an answer that was lost.
    return _stored(mine, _handed_over(mine, ready, stamp.at, office), office)


def _handed_over(notice: Notice, ready: Ready, now: datetime, office: PostOffice) -> Decided:
    try:
        provider_id = _given_to_the_provider(notice, ready, office)
    except TryAgain:
        return Decided(Outcome.AGAIN, sending.again(notice, now))
    except AnswerLost:
        return Decided(Outcome.ANSWER_LOST, sending.answer_lost(notice, now))
    except RefusedByProvider as refusal:
        return Decided(Outcome.FAILED, sending.failed(notice, refusal.reason))
    return Decided(Outcome.SENT, sending.sent(notice, provider_id, now))


def _given_to_the_provider(notice: Notice, ready: Ready, office: PostOffice) -> str:
    message, to = ready.message, ready.recipient.address
    if ready.recipient.channel is Channel.SMS:
        return office.texter.send(to, Text(notice.kind, message.sms or ""))
    mail = Mail(
        notice=notice.id,
        kind=notice.kind,
        subject=message.subject,
        text=message.text,
        html=message.html,
        unsubscribe=office.composer.unsubscribe(notice),
    )
    return office.mailer.send(to, mail)


def _stored(notice: Notice, decided: Decided, office: PostOffice) -> Outcome:
    if office.notices.change(notice, decided.after, decided.adding) is None:
        return Outcome.SOMEBODY_ELSE
    publish(map(queued, decided.adding), office.outbox, office.publisher)
    return decided.outcome
