"""Notices and addresses to be left alone: the fakes and the real store answer alike."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from shared.adapters.firestore_bounces import FirestoreBounces
from shared.adapters.firestore_notices import FirestoreNotices
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.domain import sending
from shared.domain.notice import Channel, Notice, NoticeState
from shared.usecases.notice_ports import Bounces, Notices, queued
from shared.usecases.ports import Committed, Consumed, Keys, Outbox, StoreAway
from tests.builders import KEYS
from tests.contract.conftest import everything_in
from tests.contract.lossy import LossyLine
from tests.domain.test_sending import NOW, a_notice
from tests.fakes.memory_notices import MemoryBounces, MemoryNotices

if TYPE_CHECKING:
    from google.cloud.firestore import Client

MARK = Consumed("write_notices", "e1")
ADDRESS = "sekar@example.org"


@dataclass(frozen=True)
class Room:
    notices: Notices
    outbox: Outbox
    bounces: Bounces

    def added(self, number: int = 1, **fields: Any) -> Notice:
        notice = a_notice(number, **fields)
        self.notices.add([notice], Consumed("test", notice.id))
        return self.loaded(notice)

    def loaded(self, notice: Notice) -> Notice:
        found = self.notices.load(notice.id)
        assert found
        return found

    def waiting(self) -> list[str]:
        pages = self.outbox.before(NOW + timedelta(days=1), 100)
        return sorted(event.id for page in pages for event in page)


@pytest.fixture(params=["memory", "firestore"])
def room(request: pytest.FixtureRequest) -> Room:
    if request.param == "memory":
        notices = MemoryNotices()
        return Room(notices, notices.outbox, MemoryBounces())
    store = request.getfixturevalue("store")
    return Room(FirestoreNotices(store), FirestoreOutbox(store), FirestoreBounces(store, KEYS))


def test_notices_are_added_with_what_tells_the_sender_of_them(room: Room) -> None:
    """One commit: the mark, the notices, an outbox entry for each."""
    notices = [a_notice(1), a_notice(2, code=None, seq=None, unit="dlhk")]

    answer = room.notices.add(notices, MARK)

    assert answer is Committed.NOW
    assert [room.loaded(each) for each in notices] == notices
    (page,) = room.outbox.before(NOW + timedelta(days=1), 100)
    assert {event.id: event for event in page} == {each.id: queued(each) for each in notices}


def test_the_same_event_adds_nothing_a_second_time(room: Room) -> None:
    """Whatever became of its notices since."""
    notice = room.added()
    room.notices.add([a_notice(2)], MARK)
    room.notices.change(notice, sending.sent(notice, "p1", NOW))

    assert room.notices.add([notice, a_notice(3)], MARK) is Committed.SEEN_BEFORE
    assert room.loaded(notice).state is NoticeState.SENT
    assert room.notices.load(a_notice(3).id) is None


def test_a_known_notice_stays_as_it_is(room: Room) -> None:
    """Its mark may have been swept away; what was sent is not queued again."""
    sent = room.added()
    room.notices.change(sent, sending.sent(sent, "p1", NOW))

    answer = room.notices.add([a_notice(1), a_notice(2)], MARK)

    assert (answer, room.loaded(sent).state) == (Committed.NOW, NoticeState.SENT)
    assert room.loaded(a_notice(2)).state is NoticeState.QUEUED


def test_marks_without_notices_are_marks(room: Room) -> None:
    """An event that concerns nobody is done as well."""
    assert room.notices.add([], MARK) is Committed.NOW
    assert room.notices.add([a_notice()], MARK) is Committed.SEEN_BEFORE


def test_a_change_comes_out_as_it_went_in(room: Room) -> None:
    """Every field, and the notice can be changed again at once."""
    notice = room.added()
    leased = sending.leased(notice, "lease", NOW)

    mine = room.notices.change(notice, replace(leased, channel=Channel.SMS))
    assert mine
    done = room.notices.change(mine, sending.sent(mine, "p1", NOW))

    assert (done, room.loaded(notice)) == (sending.sent(mine, "p1", NOW), done)


def test_of_two_changes_to_what_both_read_one_stands(room: Room) -> None:
    """The other learns that somebody was faster."""
    notice = room.added()
    first = sending.leased(notice, "lease of one", NOW)
    second = sending.leased(notice, "lease of another", NOW)

    answers = [room.notices.change(notice, each) for each in (first, second)]

    assert answers == [first, None]
    assert room.loaded(notice).lease == "lease of one"


def test_of_many_who_race_for_a_lease_one_has_it(room: Room) -> None:
    """Really at once."""
    notice = room.added()
    had: list[Notice] = []

    def race(number: int) -> None:
        if mine := room.notices.change(notice, sending.leased(notice, f"lease {number}", NOW)):
            had.append(mine)

    racers = [Thread(target=race, args=(number,)) for number in range(6)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert [room.loaded(notice)] == had


def test_what_a_change_adds_is_added_with_it_or_not_at_all(room: Room) -> None:
    """A copy for each person, in place of the one for all."""
    notice = room.added()
    copies = [a_notice(number, officer=f"o{number}") for number in (7, 8)]

    room.notices.change(notice, sending.spread(notice), copies)
    room.notices.change(notice, sending.spread(notice), [a_notice(9)])

    assert [room.loaded(each) for each in copies] == copies
    assert room.notices.load(a_notice(9).id) is None
    assert room.waiting() == sorted(each.id for each in (notice, *copies))


def test_the_sweep_finds_what_is_due_the_longest_first(room: Room) -> None:
    """And nothing that has come to its end."""
    late, early, _future = (
        room.added(number, next_attempt_at=NOW + timedelta(minutes=minutes))
        for number, minutes in ((1, -1), (2, -9), (3, 1))
    )
    ended = room.added(4)
    room.notices.change(ended, sending.sent(ended, "p1", NOW))

    assert room.notices.due(NOW, 10) == (early, late)
    assert room.notices.due(NOW, 1) == (early,)


def test_what_was_found_due_can_be_changed(room: Room) -> None:
    """It carries its version."""
    room.added()
    (found,) = room.notices.due(NOW, 10)

    assert room.notices.change(found, sending.leased(found, "lease", NOW))


def test_a_notice_is_found_by_what_its_provider_calls_it(room: Room) -> None:
    """None where nobody was told of such a message."""
    notice = room.added()
    room.notices.change(notice, sending.sent(notice, "p1", NOW))

    found = room.notices.by_provider_id("p1")

    assert found == room.loaded(notice)
    assert room.notices.by_provider_id("p2") is None


def test_a_reports_notices_are_listed_in_their_order(room: Room) -> None:
    """Its own, and of no other report."""
    second, first = (
        room.added(n, created_at=NOW + timedelta(hours=h)) for n, h in ((1, 2), (2, 1))
    )
    room.added(3, code="0000000000A")

    assert room.notices.of_report(first.code or "") == (first, second)


def test_an_address_to_leave_alone_is_known_in_any_spelling(room: Room) -> None:
    """And others are not taken for it."""
    room.bounces.refuse(ADDRESS, "bounced", NOW)
    room.bounces.refuse(ADDRESS, "left", NOW)

    assert room.bounces.is_refused(" Sekar@Example.ORG ")
    assert not room.bounces.is_refused("other@example.org")


# What only the real store can show


def test_no_address_is_kept(store: "Client") -> None:
    """Only its MAC; the reason and the time tell nobody who it was."""
    FirestoreBounces(store, KEYS).refuse(ADDRESS, "bounced", NOW)

    ((path, document),) = everything_in(store).items()

    assert "sekar" not in f"{path} {document}".lower()
    assert document == {"reason": "bounced", "at": NOW}


def test_a_rotated_key_forgets_no_address(store: "Client") -> None:
    """For as long as the old one is in the ring."""
    FirestoreBounces(store, Keys("k1", KEYS.secrets)).refuse(ADDRESS, "bounced", NOW)

    assert FirestoreBounces(store, Keys("k2", KEYS.secrets)).is_refused(ADDRESS)


def test_a_newer_notice_is_readable_by_an_older_deployment(store: "Client") -> None:
    """Fields that it does not know yet are left alone."""
    notices = FirestoreNotices(store)
    notices.add([a_notice()], MARK)
    store.document("notices", a_notice().id).update({"priority": 1})

    assert notices.load(a_notice().id) == a_notice()


@pytest.fixture
def line(store: "Client", monkeypatch: pytest.MonkeyPatch) -> Iterator[LossyLine]:
    """Between a second client and the store; `store` made sure that there is one."""
    import os  # noqa: PLC0415

    between = LossyLine(os.environ["FIRESTORE_EMULATOR_HOST"])
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", between.address)
    yield between
    between.close()


def test_a_lease_whose_answer_was_lost_is_still_had(
    store: "Client", project: str, line: LossyLine
) -> None:
    """The client sends the commit once more and is refused; what lies there is its own."""
    from google.cloud.firestore import Client  # noqa: PLC0415

    FirestoreNotices(store).add([a_notice()], MARK)
    notices = FirestoreNotices(Client(project=project))
    notice = notices.load(a_notice().id)
    assert notice
    line.lose_the_next_answer()

    mine = notices.change(notice, sending.leased(notice, "lease", NOW))

    assert line.cuts == 1
    assert mine
    assert notices.change(mine, sending.sent(mine, "p1", NOW))


def test_contention_is_met_by_trying_again(
    store: "Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail is out by then: a result that is not stored would send it a second time."""
    from google.api_core.exceptions import Aborted  # noqa: PLC0415
    from google.cloud.firestore import WriteBatch  # noqa: PLC0415

    notices = FirestoreNotices(store)
    notices.add([a_notice()], MARK)
    notice = notices.load(a_notice().id)
    assert notice
    commits = iter([Aborted("contention"), None])
    really = WriteBatch.commit

    def commit(batch: WriteBatch, **options: Any) -> Any:
        if refusal := next(commits):
            raise refusal
        return really(batch, **options)

    monkeypatch.setattr(WriteBatch, "commit", commit)

    assert notices.change(notice, sending.sent(notice, "p1", NOW))
    assert notices.load(notice.id) == sending.sent(notice, "p1", NOW)


def test_a_store_that_is_away_says_so(project: str) -> None:
    """Nothing was decided; the same may be tried again."""
    from google.cloud.firestore import Client  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1")
        notices = FirestoreNotices(Client(project=project))

        with pytest.raises(StoreAway):
            notices.add([a_notice()], MARK)
