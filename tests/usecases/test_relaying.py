"""The sweep: what is old goes out, what is refused stays, and neither holds up the other."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import pytest

from shared.usecases.ports import WireEvent
from shared.usecases.relaying import Swept, sweep, waited
from tests.domain.builders import NOW
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.recording_publisher import RecordingPublisher


class ChoosyPublisher(RecordingPublisher):
    """Never takes these."""

    def __init__(self, *refused: str) -> None:
        super().__init__()
        self.refused = refused

    def publish(self, events: Iterable[WireEvent]) -> tuple[str, ...]:
        return super().publish([event for event in events if event.id not in self.refused])


def outbox_of(**seconds: float) -> MemoryOutbox:
    """Entries by id, each as old as that."""
    outbox = MemoryOutbox()
    for id_, age in seconds.items():
        at = NOW - timedelta(seconds=age)
        outbox.waiting[id_] = WireEvent(id_, "report.submitted", "7K3M9QX2WDQ", 1, at)
    return outbox


def test_what_is_over_a_minute_old_goes_out_oldest_first() -> None:
    """And is forgotten."""
    outbox, publisher = outbox_of(newer=61, older=90), RecordingPublisher()

    swept = sweep(NOW, outbox=outbox, publisher=publisher)

    assert swept == Swept(published=2, left=0)
    assert [event.id for event in publisher.published] == ["older", "newer"]
    assert outbox.waiting == {}


@pytest.mark.parametrize("seconds", [0, 1, 60])
def test_what_is_younger_stays(seconds: float) -> None:
    """Its own request still has it in hand."""
    outbox, publisher = outbox_of(young=seconds), RecordingPublisher()

    assert sweep(NOW, outbox=outbox, publisher=publisher) == Swept(published=0, left=0)
    assert publisher.published == []


def test_while_the_publisher_is_away_everything_stays() -> None:
    """The next minute tries again."""
    outbox = outbox_of(one=61, two=62)

    assert sweep(NOW, outbox=outbox, publisher=RecordingPublisher(away=True)).left == 2
    assert sweep(NOW, outbox=outbox, publisher=RecordingPublisher()).published == 2


def test_twice_does_no_harm() -> None:
    """The second finds nothing."""
    outbox, publisher = outbox_of(one=61), RecordingPublisher()

    sweep(NOW, outbox=outbox, publisher=publisher)
    sweep(NOW, outbox=outbox, publisher=publisher)

    assert len(publisher.published) == 1


def test_an_entry_that_is_refused_holds_up_nobody() -> None:
    """It stays at the head; those behind it go out."""
    outbox, publisher = outbox_of(bad=99, good=61), ChoosyPublisher("bad")

    swept = sweep(NOW, outbox=outbox, publisher=publisher)

    assert swept == Swept(published=1, left=1)
    assert list(outbox.waiting) == ["bad"]


def test_a_sweep_takes_page_after_page() -> None:
    """As long as its time limit allows: ten pages of a hundred; the rest is the next minute's."""
    outbox = outbox_of(**{f"e{number}": 61 + number for number in range(1030)})

    counts = [sweep(NOW, outbox=outbox, publisher=RecordingPublisher()).published for _ in range(3)]

    assert counts == [1000, 30, 0]


def test_a_page_that_stays_holds_up_nobody() -> None:
    """What is refused for good lies at the head for ever."""
    stuck = {f"stuck{number}": 1000 + number for number in range(100)}
    outbox = outbox_of(**stuck, fresh=61)

    swept = sweep(NOW, outbox=outbox, publisher=ChoosyPublisher(*stuck))

    assert swept == Swept(published=1, left=100)


def test_how_long_the_oldest_entry_waits_is_known() -> None:
    """An empty outbox waits for nothing."""
    assert waited(NOW, outbox=outbox_of(one=61, two=900)) == timedelta(seconds=900)
    assert waited(NOW, outbox=outbox_of()) == timedelta(0)


class PartlyReadable(MemoryOutbox):
    """Its first pages hold nothing that can be read."""

    def before(self, at: datetime, size: int) -> Iterator[tuple[WireEvent, ...]]:
        yield from [()] * 3
        yield from super().before(at, size)


def test_pages_that_nobody_can_read_hold_up_nobody() -> None:
    """They are empty, which is no refusal."""
    outbox = PartlyReadable()
    outbox.waiting = outbox_of(fresh=61).waiting

    assert sweep(NOW, outbox=outbox, publisher=RecordingPublisher()).published == 1
