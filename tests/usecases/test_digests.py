"""Each working day at eight, once: one notice for each agency, and one for the verifiers."""

from datetime import timedelta

import pytest

from shared.domain import commands as c
from shared.domain.notice import Audience
from shared.usecases.digests import add_digests, work_of
from shared.usecases.ports import Consumed, Query
from tests.domain.builders import COORDINATOR, DIRECTORY, RULES, local, officer_of
from tests.fakes.memory_notices import MemoryNotices
from tests.usecases.office import Office

MORNING = local("Mon 2026-11-02 08:00")


def of_everybody(_query: Query, most: int) -> int:
    """All have something to do."""
    return most


@pytest.fixture
def notices() -> MemoryNotices:
    return MemoryNotices()


def added(notices: MemoryNotices, at: str) -> int:
    return len(add_digests(local(at), rules=RULES, notices=notices, count=of_everybody))


EVERYBODY = len(DIRECTORY.agencies) + 1


@pytest.mark.parametrize(
    ("at", "number"),
    [
        ("Mon 2026-11-02 07:59", 0),
        ("Mon 2026-11-02 08:00", EVERYBODY),
        ("Mon 2026-11-02 23:59", EVERYBODY),
        ("Sat 2026-11-07 09:00", 0),
        ("Sun 2026-11-08 09:00", 0),
        ("Fri 2026-12-25 09:00", 0),
        ("Thu 2026-12-24 09:00", 0),
    ],
)
def test_they_are_written_from_eight_on_a_working_day(
    at: str, number: int, notices: MemoryNotices
) -> None:
    """Not on weekends, holidays and days of joint leave; late after an outage, but that day."""
    assert added(notices, at) == number


def test_they_are_written_once_a_day(notices: MemoryNotices) -> None:
    """The sweep comes every few minutes."""
    times = ["Mon 2026-11-02 08:00", "Mon 2026-11-02 08:05", "Tue 2026-11-03 08:00"]

    assert [added(notices, at) for at in times] == [EVERYBODY, 0, EVERYBODY]
    assert len(notices.known) == 2 * EVERYBODY
    assert notices.marks == {Consumed("digests", "2026-11-02"), Consumed("digests", "2026-11-03")}


def test_two_sweeps_at_once_write_them_once(notices: MemoryNotices) -> None:
    """Both looked before either wrote: the mark lets one through."""
    blind = MemoryNotices()
    blind.marks, blind.known = notices.marks, notices.known
    blind.load = lambda _id: None  # type: ignore[method-assign]

    added(notices, "Mon 2026-11-02 08:00")
    added(blind, "Mon 2026-11-02 08:00")

    assert len(notices.known) == EVERYBODY


def test_there_is_one_for_each_agency_and_one_for_the_verifiers(notices: MemoryNotices) -> None:
    """They tell of no single report."""
    written = add_digests(MORNING, rules=RULES, notices=notices, count=of_everybody)

    assert [(each.kind, each.audience, each.unit) for each in written] == [
        ("queue", Audience.VERIFIERS, None),
        *(("digest", Audience.AGENCY, agency) for agency in DIRECTORY.agencies),
    ]
    assert {(each.code, each.seq) for each in written} == {(None, None)}


def test_who_has_nothing_to_do_has_none_written(notices: MemoryNotices) -> None:
    """Each would be published, leased and put away again, every morning."""
    office = Office()
    office.act(office.filed(), c.Route(agency="dlhk"))

    written = add_digests(MORNING, rules=RULES, notices=notices, count=office.reports.count)

    assert [each.unit for each in written] == [None, "dlhk"]


def test_one_of_yesterday_is_not_sent_any_more(notices: MemoryNotices) -> None:
    """What it says would be wrong."""
    written = add_digests(MORNING, rules=RULES, notices=notices, count=of_everybody)

    assert {each.expires_at - each.created_at for each in written} == {timedelta(hours=12)}


# What goes in


class World(Office):
    def work(self, unit: str | None) -> list[str]:
        written = add_digests(MORNING, rules=RULES, notices=MemoryNotices(), count=of_everybody)
        notice = next(each for each in written if each.unit == unit)
        return [report.code for report in work_of(notice, self.reports)]


def test_an_agencys_work_is_what_it_has_to_respond_to() -> None:
    """Neither what waits for the reporter or the coordinator, nor what is another agency's."""
    world = World()
    mine, asked, others, contested = (world.filed() for _ in range(4))
    for report in (mine, asked, contested):
        world.act(report, c.Route(agency="dlhk"))
    world.act(others, c.Route(agency="dpupr"), COORDINATOR)
    dlhk = officer_of("dlhk")
    world.act(asked, c.Hold(text="Kapan?"), dlhk)
    world.act(contested, c.Forward(text="Entah."), dlhk)

    assert world.work("dlhk") == [mine.code]
    assert world.work("dpupr") == [others.code]


def test_the_verifiers_work_is_what_waits_for_verification() -> None:
    """A review that was asked for is among it."""
    world = World()
    new, routed = world.filed(), world.filed()
    world.act(routed, c.Route(agency="dlhk"))

    assert world.work(None) == [new.code]


def test_more_than_a_page_of_work_is_read_to_its_end() -> None:
    """Up to a thousand reports."""
    world = World()
    reports = [world.filed() for _ in range(230)]

    assert len(world.work(None)) == len(reports)
