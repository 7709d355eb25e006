"""A lost receipt is renewed by whoever reads the contact on file, and by nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain import commands as c
from shared.domain.notice import Audience, Channel, Notice, NoticeState
from shared.domain.renewal import Renewal, one_time_code
from shared.usecases.access import report_of_holder
from shared.usecases.failures import (
    IdempotencyMismatch,
    NoSuchReport,
    TooManyAsked,
    TooManyTries,
    WrongOneTimeCode,
    WrongReceipt,
)
from shared.usecases.ports import Commit, Committed, Identity, StoreAway
from shared.usecases.renewing import Exchange, LostReceipt, ask_for_code, renew_receipt
from shared.usecases.saving import Attempt
from tests.builders import IDENTITY, KEYS, a_code
from tests.fakes.memory_records import MemoryTries
from tests.fakes.memory_renewals import MemoryRenewals
from tests.fakes.memory_store import MemoryReports
from tests.usecases.office import KEY, Contended, Office, an_attempt

MAIL, PHONE, OTHER = str(IDENTITY.email), str(IDENTITY.phone), "stranger@example.org"
FROM, ELSEWHERE = "203.0.113.7", "198.51.100.9"


class Counting(MemoryReports):
    """Notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> object:
        found = super().__getattribute__(name)
        if name in ("load", "identity", "load_with_receipt", "commit", "timeline", "repeatable"):
            super().__getattribute__("calls").append(name)
        return found


class Counter:
    """Where people come who have lost a receipt."""

    def __init__(self, reports: MemoryReports | None = None) -> None:
        self.office = Office(reports)
        self.store = self.office.reports
        self.renewals, self.tries = MemoryRenewals(self.store), MemoryTries()
        self.filed = self.office.file()
        self.give(IDENTITY)

    @property
    def code(self) -> str:
        return self.filed.report.code

    def give(self, identity: Identity) -> None:
        on_file = self.store.reporters[self.code]
        self.store.reporters[self.code] = replace(on_file, identity=identity)

    def lost(self, address: str = FROM, code: str | None = None) -> LostReceipt:
        return LostReceipt(code or self.code, address, self.renewals, self.tries)

    def ask(self, contact: str = MAIL, address: str = FROM) -> Notice:
        stamp, desk = self.office.stamp(), self.office.desk
        ask_for_code(contact, self.lost(address), stamp=stamp, desk=desk)
        return self.renewals.notices[-1]

    def sent(self) -> str:
        """What stands in the message."""
        renewal = self.renewals.load(self.code)
        assert renewal
        return one_time_code(self.code, renewal.nonce, KEYS.secret)

    def renew(self, typed: str, address: str = FROM, attempt: Attempt | None = None) -> str:
        exchange = Exchange(typed, self.lost(address), attempt)
        stamp, desk = self.office.stamp(), self.office.desk
        return renew_receipt(exchange, rules=self.office.rules, stamp=stamp, desk=desk)

    def opens(self, receipt: str) -> bool:
        try:
            report_of_holder(
                self.code,
                receipt,
                address=ELSEWHERE,
                now=self.office.now,
                reports=self.store,
                keys=KEYS,
                tries=MemoryTries(),
            )
        except WrongReceipt:
            return False
        return True

    def later(self, **span: float) -> None:
        self.office.now += timedelta(**span)


@pytest.fixture
def counter() -> Counter:
    return Counter()


def refused(counter: Counter, typed: str, address: str = FROM) -> type[Exception]:
    with pytest.raises((WrongOneTimeCode, TooManyTries)) as failure:
        counter.renew(typed, address)
    return failure.type


# Asking


@pytest.mark.parametrize(
    ("contact", "channel"),
    [(MAIL, Channel.EMAIL), (MAIL.upper(), Channel.EMAIL), (PHONE, Channel.SMS)],
)
def test_a_code_goes_to_the_contact_on_file(
    counter: Counter, contact: str, channel: Channel
) -> None:
    """There where it was asked for; the notice holds neither the contact nor the code."""
    notice = counter.ask(contact)

    assert (notice.kind, notice.audience, notice.channel, notice.state) == (
        *("one_time_code", Audience.REPORTER),
        *(channel, NoticeState.QUEUED),
    )
    assert notice.expires_at == counter.office.now + timedelta(minutes=30)
    assert not {MAIL, PHONE, counter.sent()} & {str(value) for value in vars_of(notice)}


def vars_of(notice: Notice) -> list[object]:
    return [getattr(notice, name) for name in Notice.__slots__]


@pytest.mark.parametrize("identity", [IDENTITY, Identity(), Identity(name=OTHER)])
def test_any_other_contact_gets_nothing(counter: Counter, identity: Identity) -> None:
    """Whether there is another contact on file, or none: the notice is over before it begins."""
    counter.give(identity)

    notice = counter.ask(OTHER)

    assert (notice.state, notice.next_attempt_at) == (NoticeState.EXPIRED, None)
    assert refused(counter, counter.sent()) is WrongOneTimeCode


@pytest.mark.parametrize("step", ["ask", "renew"])
def test_what_fits_and_what_does_not_make_the_same_calls(step: str) -> None:
    """As many reads, writes and publishes: the time it takes tells nothing."""
    calls = []
    for contact in (MAIL, OTHER):
        counter = Counter(Counting())
        if step == "renew":
            counter.ask(contact)
        before = len(counter.store.calls), len(counter.office.published)
        if step == "ask":
            counter.ask(contact)
        else:
            refused(counter, "00000000")
        made = counter.store.calls[before[0] :]
        renewal = counter.renewals.load(counter.code)
        assert renewal
        calls.append((made, len(counter.office.published) - before[1], renewal.version))

    assert calls[0] == calls[1]


def test_a_notice_is_told_to_the_sender_at_once(counter: Counter) -> None:
    """By its id; when Pub/Sub is away, the outbox keeps it."""
    notice = counter.ask()
    assert [wire.type for wire in counter.office.published][-1] == "notice.queued"
    assert notice.id not in counter.store.outbox.waiting

    counter.office.publisher.away = True
    counter.later(minutes=10)
    assert counter.ask().id in counter.store.outbox.waiting


def test_asking_again_soon_sends_nothing(counter: Counter) -> None:
    """Nobody's mailbox is filled by others; the code that was sent still works."""
    counter.ask()
    sent = counter.sent()
    counter.later(minutes=9)

    assert counter.ask().state is NoticeState.EXPIRED
    assert counter.opens(counter.renew(sent))


def test_a_new_code_takes_the_place_of_the_old_one(counter: Counter) -> None:
    """One at a time."""
    counter.ask()
    first = counter.sent()
    counter.later(minutes=10)
    assert counter.ask().state is NoticeState.QUEUED

    assert refused(counter, first) is WrongOneTimeCode
    assert counter.opens(counter.renew(counter.sent()))


def test_a_stranger_who_asks_spoils_nothing(counter: Counter) -> None:
    """Neither before nor after the holder: the code that was sent works."""
    counter.ask(OTHER, ELSEWHERE)
    assert counter.ask().state is NoticeState.QUEUED
    counter.ask(OTHER, ELSEWHERE)

    assert counter.opens(counter.renew(counter.sent()))


def test_ten_questions_an_hour_are_enough_for_one_address(counter: Counter) -> None:
    """Right or wrong; another address still may, and so may this one an hour later."""
    for number in range(10):
        counter.ask((MAIL, OTHER)[number % 2])

    with pytest.raises(TooManyAsked):
        counter.ask()
    counter.ask(address=ELSEWHERE)
    counter.later(hours=1)
    counter.ask()


def test_a_report_that_is_not_there_says_so(counter: Counter) -> None:
    """That much everybody may know."""
    lost, stamp = counter.lost(code=a_code(99)), counter.office.stamp()

    with pytest.raises(NoSuchReport):
        ask_for_code(MAIL, lost, stamp=stamp, desk=counter.office.desk)


# Exchanging


def test_the_new_receipt_opens_and_the_old_one_is_dead(counter: Counter) -> None:
    """At once, with an event that everybody can count and nobody can read a secret from."""
    counter.ask()

    receipt = counter.renew(counter.sent())

    assert counter.opens(receipt)
    assert not counter.opens(counter.filed.receipt)
    last = counter.store.timeline(counter.code, 2)[-1]
    assert (last.type, last.by) == ("receipt_renewed", "system")
    assert counter.office.published[-1].type == "report.receipt_renewed"


def test_a_code_works_once(counter: Counter) -> None:
    """What made a receipt is used up."""
    counter.ask()
    code = counter.sent()
    counter.renew(code)

    assert counter.renewals.load(counter.code) is None
    assert refused(counter, code) is WrongOneTimeCode


def test_five_wrong_codes_use_it_up(counter: Counter) -> None:
    """From wherever they came; the right one comes too late then."""
    counter.ask()
    for number in range(5):
        assert refused(counter, "00000000", f"192.0.2.{number}") is WrongOneTimeCode

    assert refused(counter, counter.sent(), ELSEWHERE) is WrongOneTimeCode


def test_who_goes_on_guessing_has_to_wait(counter: Counter) -> None:
    """The sixth from one address, whether or not anything was ever sent."""
    found = [refused(counter, "00000000") for _ in range(6)]

    assert found == [WrongOneTimeCode] * 5 + [TooManyTries]


def test_a_holder_who_guessed_wrong_can_ask_again(counter: Counter) -> None:
    """The right code works from an address that has to wait with wrong ones."""
    counter.ask()
    for _ in range(6):
        refused(counter, "00000000")
    counter.later(minutes=10)
    counter.ask()

    assert counter.opens(counter.renew(counter.sent()))


def test_the_same_exchange_again_shows_the_same_receipt(counter: Counter) -> None:
    """With an Idempotency-Key; nothing happens a second time."""
    counter.ask()
    code = counter.sent()

    receipts = {counter.renew(code, attempt=an_attempt()) for _ in range(3)}

    assert len(receipts) == 1
    assert counter.opens(*receipts)
    assert counter.store.reports[counter.code].seq == 2


def test_another_exchange_with_the_same_key_is_refused(counter: Counter) -> None:
    """One key is for one request."""
    counter.ask()
    counter.renew(counter.sent(), attempt=an_attempt())

    with pytest.raises(IdempotencyMismatch):
        counter.renew("00000000", attempt=an_attempt(b"another"))


def test_a_receipt_that_died_since_is_not_shown_again(counter: Counter) -> None:
    """The request that made it is answered as one that comes too late."""
    counter.ask()
    code = counter.sent()
    counter.renew(code, attempt=an_attempt())
    counter.later(minutes=31)
    counter.ask()
    counter.renew(counter.sent())

    with pytest.raises(WrongOneTimeCode):
        counter.renew(code, attempt=an_attempt())


def test_the_key_of_the_filing_makes_another_receipt(counter: Counter) -> None:
    """A client that used one key for everything, long ago: the dead one never comes back."""
    counter.filed = counter.office.file(an_attempt())
    counter.give(IDENTITY)
    counter.later(days=8)
    counter.ask()

    receipt = counter.renew(counter.sent(), attempt=an_attempt(b"renewal"))

    assert receipt != counter.filed.receipt
    assert not counter.opens(counter.filed.receipt)


# Together, and killed between


class Meanwhile(MemoryRenewals):
    """Something happens between what is read and what is written."""

    def __init__(self, reports: MemoryReports) -> None:
        super().__init__(reports)
        self.happens: list[Callable[[], object]] = []

    def load(self, code: str) -> Renewal | None:
        found = super().load(code)
        if self.happens:
            self.happens.pop()()
        return found


@pytest.fixture
def busy() -> Counter:
    counter = Counter()
    counter.renewals = Meanwhile(counter.store)
    return counter


def meanwhile(counter: Counter, *happens: Callable[[], object]) -> None:
    assert isinstance(counter.renewals, Meanwhile)
    counter.renewals.happens = list(happens)


def test_two_who_ask_at_once_get_one_code(busy: Counter) -> None:
    """The later one finds that it was sent a moment ago."""
    meanwhile(busy, busy.ask)
    busy.ask()

    states = [notice.state for notice in busy.renewals.notices]
    assert states == [NoticeState.QUEUED, NoticeState.EXPIRED]
    assert busy.opens(busy.renew(busy.sent()))


def test_many_guesses_at_once_are_not_one_guess(busy: Counter) -> None:
    """Each is counted before it is looked at."""
    busy.ask()
    meanwhile(busy, *[lambda: refused(busy, "00000000", ELSEWHERE)] * 2)

    refused(busy, "00000000")

    renewal = busy.renewals.load(busy.code)
    assert renewal
    assert renewal.tries == 3


def test_of_two_with_the_right_code_one_gets_a_receipt(busy: Counter) -> None:
    """The other one's code is used up."""
    busy.ask()
    code, first = busy.sent(), list[str]()
    meanwhile(busy, lambda: first.append(busy.renew(code, ELSEWHERE)))

    assert refused(busy, code) is WrongOneTimeCode
    assert busy.opens(*first)


def test_the_same_exchange_twice_at_once_shows_one_receipt(busy: Counter) -> None:
    """Both come with the same Idempotency-Key."""
    busy.ask()
    code, first = busy.sent(), list[str]()
    meanwhile(busy, lambda: first.append(busy.renew(code, attempt=an_attempt())))

    second = busy.renew(code, attempt=an_attempt())

    assert [second] == first
    assert busy.opens(second)


class Dying(MemoryReports):
    """The machine is gone right before, or right after, the commit of a new receipt."""

    dies = ""

    def commit(self, commit: Commit) -> Committed:
        if commit.receipt and self.dies == "before":
            raise StoreAway
        answer = super().commit(commit)
        if commit.receipt and self.dies == "after":
            raise StoreAway
        return answer


@pytest.mark.parametrize("moment", ["before", "after"])
def test_who_was_cut_off_sends_the_same_again(moment: str) -> None:
    """Nothing half done: the old receipt works until the new one does."""
    store = Dying()
    counter = Counter(store)
    counter.ask()
    code, store.dies = counter.sent(), moment
    with pytest.raises(StoreAway):
        counter.renew(code, attempt=an_attempt())
    assert counter.opens(counter.filed.receipt) is (moment == "before")
    store.dies = ""

    receipt = counter.renew(code, attempt=an_attempt())

    assert counter.opens(receipt)
    assert counter.store.reports[counter.code].seq == 2


def test_a_report_that_moves_on_meanwhile_does_not_mind() -> None:
    """The exchange is decided anew."""
    store = Contended(c.Note(text="Ditelepon."))
    counter = Counter(store)
    counter.ask()
    store.times = 1

    assert counter.opens(counter.renew(counter.sent()))
    assert [event.type for event in store.timeline(counter.code, 3)][1:] == [
        *("noted", "receipt_renewed")
    ]


def test_marks_are_all_that_is_kept(counter: Counter) -> None:
    """Neither the code nor the receipt."""
    counter.ask()
    code = counter.sent()
    receipt = counter.renew(code)

    everything = f"{vars(counter.store)} {counter.renewals.notices}"
    assert receipt not in everything
    assert code not in everything
    assert KEY not in everything
