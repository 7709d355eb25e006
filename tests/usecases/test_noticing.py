"""An event becomes notices once, however often and whenever it comes."""

from collections.abc import Iterable

import pytest

from shared.domain import commands as c
from shared.domain.notice import Notice
from shared.domain.report import Report
from shared.usecases.failures import NoSuchReport
from shared.usecases.noticing import TOLD, Bureau, write_notices
from shared.usecases.ports import Committed, Consumed, StoreAway
from tests.domain.builders import EXPLAINED, officer_of
from tests.fakes.memory_notices import MemoryNotices
from tests.usecases.office import Office


class World(Office):
    """An office whose events are told of."""

    def __init__(self, *, away: bool = False) -> None:
        super().__init__(away=away)
        self.notices = MemoryNotices(self.reports.outbox)
        self.bureau = Bureau(self.reports, self.notices, self.reports.outbox, self.publisher)

    def told(self, report: Report, seq: int | None = None, event_id: str = "") -> list[str]:
        """The kinds that were written for that event, by default the last one."""
        seq = seq or self.stored(report).seq
        written = write_notices(
            report.code,
            seq,
            event_id=event_id or self.reports.timelines[report.code, seq].id,
            rules=self.rules,
            now=self.now,
            bureau=self.bureau,
        )
        return [each.kind for each in written]

    @property
    def kept(self) -> list[Notice]:
        return list(self.notices.known.values())


class Dying(MemoryNotices):
    """The store takes the first commit, and its answer is lost."""

    answers = False

    def add(self, notices: Iterable[Notice], consumed: Consumed) -> Committed:
        answer = super().add(notices, consumed)
        if not self.answers:
            self.answers = True
            raise StoreAway
        return answer


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def routed(world: World) -> Report:
    return world.act(world.filed(), c.Route(agency="dlhk", text="Silakan."))


def test_what_follows_from_an_event_is_written_and_published(world: World, routed: Report) -> None:
    """Mark, notices and outbox entries in one commit; then they are on their way."""
    kinds = world.told(routed)

    assert kinds == ["routed", "new_report"]
    assert [each.kind for each in world.kept] == kinds
    queued = [each for each in world.published if each.type == "notice.queued"]
    assert [each.id for each in queued] == [each.id for each in world.kept]
    assert world.reports.outbox.waiting == {}


def test_a_wire_event_of_a_notice_says_which_and_nothing_else(world: World, routed: Report) -> None:
    """Consumers load the rest."""
    world.told(routed)

    wire = world.published[-1]
    assert (wire.type, wire.code, wire.seq) == ("notice.queued", routed.code, 2)


def test_an_event_delivered_twice_is_told_once(world: World, routed: Report) -> None:
    """The mark says that it is done."""
    assert world.told(routed) == ["routed", "new_report"]
    before = list(world.kept)

    assert world.told(routed) == []
    assert world.kept == before


def test_an_event_that_comes_again_under_another_mark_writes_nothing_new(
    world: World, routed: Report
) -> None:
    """A redrive after the mark expired: the ids are the same."""
    world.told(routed)
    before = list(world.kept)
    world.notices.marks.clear()

    world.told(routed)

    assert world.kept == before


def test_an_event_that_concerns_nobody_leaves_no_trace(world: World, routed: Report) -> None:
    """Not even a mark: it would only be thrown away again."""
    noted = world.act(routed, c.Note(text="Truk rusak."))

    assert world.told(noted) == []
    assert world.notices.marks == set()


def test_events_may_come_in_any_order(world: World, routed: Report) -> None:
    """The answer before the routing: each tells its own, to whom it still concerns."""
    answered = world.act(routed, EXPLAINED, officer_of("dlhk"))

    assert world.told(answered, 3) == ["answered"]
    assert world.told(answered, 2) == ["routed", "new_report"]
    assert world.told(answered, 1) == ["received"]
    assert len({each.id for each in world.kept}) == 4


def test_a_late_event_does_not_reach_an_agency_that_gave_the_report_away(
    world: World, routed: Report
) -> None:
    """What it would read is no longer its business."""
    world.act(routed, c.Forward(agency="dpupr", text="Jalan."), officer_of("dlhk"))

    assert world.told(routed, 2) == ["routed"]


def test_an_event_of_no_report_comes_again(world: World) -> None:
    """Its commit may not be seen everywhere yet; the edge decides for how long."""
    with pytest.raises(NoSuchReport):
        write_notices(
            "7K3M9QX2WDQ", 1, event_id="e", rules=world.rules, now=world.now, bureau=world.bureau
        )


def test_an_event_ahead_of_its_report_comes_again(world: World, routed: Report) -> None:
    """The same, for a report that is there already."""
    with pytest.raises(NoSuchReport):
        world.told(routed, 3, "e")


def test_killed_before_publishing_the_relay_has_it() -> None:
    """The outbox entries are in the commit."""
    world = World(away=True)
    report = world.filed()

    assert world.told(report) == ["received"]

    waiting = [each.type for each in world.reports.outbox.waiting.values()]
    assert waiting == ["report.submitted", "notice.queued"]


def test_killed_after_the_commit_nothing_is_told_twice(world: World) -> None:
    """The answer is lost, the event comes again: the mark is there."""
    report = world.filed()
    world.notices = Dying()
    world.bureau = Bureau(world.reports, world.notices, world.notices.outbox, world.publisher)

    with pytest.raises(StoreAway):
        world.told(report)

    assert world.told(report) == []
    assert [each.kind for each in world.kept] == ["received"]
    assert [each.type for each in world.notices.outbox.waiting.values()] == ["notice.queued"]


def test_it_marks_in_its_own_name(world: World) -> None:
    """Other consumers of the same event are not held up."""
    report = world.filed()
    world.told(report, event_id="e1")

    assert world.notices.marks == {Consumed("write_notices", "e1")}


def test_the_types_it_asks_for_are_wire_types() -> None:
    """As the topic names them."""
    assert "report.submitted" in TOLD
    assert not {"report.noted", "report.redacted", "report.accepted"} & TOLD
