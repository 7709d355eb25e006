"""The ladder's sweep on fakes: everything due, oldest first, each rung once, nobody starved."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from shared.domain import commands as c
from shared.domain.events import fold
from shared.domain.report import Report
from shared.domain.statuses import Outcome, Status
from shared.usecases.ports import Commit, Committed, StoreAway
from shared.usecases.sweeping import Sweep, Swept, Unreadable
from tests.domain.builders import EXPLAINED, local, officer_of
from tests.fakes.memory_due import MemoryDue
from tests.fakes.memory_store import MemoryReports, Tick
from tests.usecases.office import Office

# Filed on Monday, 2 November at ten, not routed: verification ends on Thursday night.
REMINDED, ESCALATED = local("Wed 2026-11-04 08:00"), local("Fri 2026-11-06 08:00")
A_MONTH_LATER = local("Fri 2026-12-04 09:00")


class Killed(BaseException):
    """The process ends: no handler sees it."""


class Fragile(MemoryReports):
    """Before each commit something happens: `breaks` may raise."""

    def __init__(self) -> None:
        super().__init__()
        self.breaks: Callable[[Commit], object] = lambda _: None

    def commit(self, commit: Commit) -> Committed:
        self.breaks(commit)
        return super().commit(commit)


@pytest.fixture
def office() -> Office:
    return Office(Fragile())


def filed(office: Office, number: int) -> list[Report]:
    """Of nobody: no agency, no category, no area."""
    return [office.filed(body=f"Mohon dibantu {nth}.") for nth in range(number)]


def sweep_of(
    office: Office,
    at: datetime,
    *,
    is_over: Callable[[], bool] = lambda: False,
    told: Callable[[str, Exception], None] = lambda *_: None,
    due: MemoryDue | None = None,
) -> Sweep:
    office.now = at
    return Sweep(office.rules, office.stamp(), office.desk, due or office.due, is_over, told)


def climbed(office: Office, report: Report) -> list[str]:
    """The rungs told of, as the timeline has them."""
    events = office.reports.timeline(report.code, office.stored(report).seq)
    assert fold(events) == office.stored(report)
    return [event.facts["rung"] for event in events if "rung" in event.facts]


def test_what_is_due_is_told_of_once(office: Office) -> None:
    """A second sweep at the same time finds nothing to do."""
    [report] = filed(office, 1)

    first, second = sweep_of(office, REMINDED).run(), sweep_of(office, REMINDED).run()

    assert (first, second) == (Swept(1, first.events), Swept())
    assert dict(first.events) == {"reminded": 1}
    assert climbed(office, report) == ["verification-1#1"]


def test_what_is_not_due_is_not_looked_at(office: Office) -> None:
    """A second before eight."""
    [report] = filed(office, 1)

    assert sweep_of(office, REMINDED - timedelta(seconds=1)).run() == Swept()
    assert climbed(office, report) == []


def test_the_events_are_published(office: Office) -> None:
    """Notices follow at once."""
    filed(office, 30)
    office.publisher.published.clear()

    sweep_of(office, ESCALATED).run()

    assert [event.type for event in office.published] == ["report.escalated"] * 30
    assert not office.reports.outbox.waiting


def test_while_pubsub_is_away_the_outbox_keeps_them(office: Office) -> None:
    """The relay sends them later; the rungs stand."""
    filed(office, 3)
    office.reports.outbox.waiting.clear()
    office.publisher.away = True

    assert sweep_of(office, ESCALATED).run().reports == 3
    assert len(office.reports.outbox.waiting) == 3


def test_an_unanswered_answer_is_closed(office: Office) -> None:
    """Ten working days, and the morning after."""
    report = office.filed(category="sampah", area="51.03.06")
    office.act(report, c.Route(agency="dlhk"))
    office.act(report, EXPLAINED, officer_of("dlhk"))

    sweep_of(office, local("Wed 2026-11-11 08:00")).run()
    sweep_of(office, local("Tue 2026-11-17 08:00")).run()

    stored = office.stored(report)
    assert (stored.status, stored.outcome) == (Status.CLOSED, Outcome.NO_REPLY)
    assert office.reports.ticks[report.code].at.year == 9999


# Errors known from elsewhere


def test_only_the_newest_hundred_are_examined(office: Office) -> None:
    """All of them are, however many: page after page, the longest due first."""
    reports = filed(office, 450)

    swept = sweep_of(office, ESCALATED).run()

    assert swept.reports == 450
    assert {tuple(climbed(office, report)) for report in reports} == {("verification+0#1",)}


def test_nobodys_report_never_escalates(office: Office) -> None:
    """It has no agency, no officer and no area, and climbs like any other."""
    [report] = filed(office, 1)

    for at in (REMINDED, ESCALATED, local("Tue 2026-11-10 08:00")):
        sweep_of(office, at).run()

    assert office.stored(report).agency is None
    assert climbed(office, report) == ["verification-1#1", "verification+0#1", "verification+2#1"]


def test_two_sweepers_escalate_twice(office: Office) -> None:
    """Both have read the same reports; the slower one finds each rung taken, and leaves it."""
    reports = filed(office, 60)
    other, both = sweep_of(office, ESCALATED), [Swept()]
    once = iter([lambda: both.append(other.run())])
    office.reports.breaks = lambda _: next(once, lambda: None)()

    both.append(sweep_of(office, ESCALATED).run())

    assert sum(each.reports for each in both) == len(reports)
    assert {tuple(climbed(office, report)) for report in reports} == {("verification+0#1",)}


def test_sweepers_at_the_very_same_time_share_the_work(office: Office) -> None:
    """Whoever is first with a report; nothing is left and nothing is doubled."""
    reports = filed(office, 130)
    sweeps = [sweep_of(office, ESCALATED) for _ in range(3)]

    with ThreadPoolExecutor(len(sweeps)) as pool:
        swept = list(pool.map(Sweep.run, sweeps))

    assert sum(each.reports for each in swept) == len(reports)
    assert {tuple(climbed(office, report)) for report in reports} == {("verification+0#1",)}


# Killed, late, out of time


@pytest.mark.parametrize("commits", range(5))
def test_a_sweep_that_is_killed_is_finished_by_the_next_one(office: Office, commits: int) -> None:
    """Between any two groups: what is done stays done, the rest is still due."""
    reports = filed(office, 110)
    numbers = count()

    def die(_: Commit) -> None:
        if next(numbers) >= commits:
            raise Killed

    office.reports.breaks = die
    with pytest.raises(Killed):
        sweep_of(office, ESCALATED).run()
    office.reports.breaks = lambda _: None
    done = sum(bool(climbed(office, report)) for report in reports)

    assert sweep_of(office, ESCALATED).run().reports == len(reports) - done
    assert {tuple(climbed(office, report)) for report in reports} == {("verification+0#1",)}


def test_a_month_later_only_the_highest_rung_is_told_of(office: Office) -> None:
    """Nobody gets four mails about the same silence."""
    [report] = filed(office, 1)

    swept = sweep_of(office, A_MONTH_LATER).run()

    assert dict(swept.events) == {"escalated": 2}
    assert climbed(office, report) == ["verification+2#1", "legal+0#1"]
    assert {"verification-1#1", "verification+0#1"} < set(office.stored(report).rungs)
    assert sweep_of(office, A_MONTH_LATER).run() == Swept()


def test_when_the_time_is_up_the_rest_waits_for_the_next_tick(office: Office) -> None:
    """Nothing is begun that could not be finished; the longest due went first."""
    reports = filed(office, 100)
    asked = count()

    cut_short = sweep_of(office, ESCALATED, is_over=lambda: next(asked) >= 2).run()
    rest = sweep_of(office, ESCALATED).run()

    assert cut_short.reports == 50
    assert cut_short.left == 50
    assert rest.reports == 50
    assert {tuple(climbed(office, report)) for report in reports} == {("verification+0#1",)}


def test_while_the_store_is_away_nothing_is_blamed_on_a_report(office: Office) -> None:
    """The sweep ends; the next one finds everything as it was."""
    reports = filed(office, 30)

    class Away(MemoryDue):
        def again(self, *_: object) -> None:
            raise StoreAway

        put_off = again

    def away(_: Commit) -> None:
        raise StoreAway

    office.reports.breaks = away
    told: list[str] = []
    with pytest.raises(StoreAway):
        sweep_of(
            office, ESCALATED, due=Away(office.reports), told=lambda code, _: told.append(code)
        ).run()
    office.reports.breaks = lambda _: None

    assert told == []
    assert sweep_of(office, ESCALATED).run().reports == len(reports)


# A report that fails


def _unreadable(office: Office, report: Report) -> None:
    office.due.unreadable.add(report.code)


def _of_no_calendar(office: Office, report: Report) -> None:
    clocks = tuple(replace(run, calendar="lost") for run in report.clocks)
    office.reports.reports[report.code] = replace(report, clocks=clocks)


def _refused_by_the_store(office: Office, report: Report) -> None:
    def refuse(commit: Commit) -> None:
        if report.code in {decision.report.code for decision in commit.decisions}:
            raise ValueError("too large: " + report.body)

    office.reports.breaks = refuse


POISON = pytest.mark.parametrize("poison", [_unreadable, _of_no_calendar, _refused_by_the_store])


@POISON
def test_a_report_that_fails_cannot_starve_the_others(
    office: Office, poison: Callable[[Office, Report], None]
) -> None:
    """First in line, it is put off, counted and told of; all behind it climb."""
    first, *others = filed(office, 80)
    poison(office, first)
    told: list[tuple[str, Exception]] = []

    swept = sweep_of(office, ESCALATED, told=lambda *failed: told.append(failed)).run()

    assert (swept.reports, swept.failed) == (79, 1)
    assert [code for code, _ in told] == [first.code]
    assert {tuple(climbed(office, report)) for report in others} == {("verification+0#1",)}
    assert office.reports.ticks[first.code] == Tick(ESCALATED + timedelta(minutes=5), 1)


def test_each_failure_doubles_the_pause(office: Office) -> None:
    """To a day at most, so that a mended report is not forgotten."""
    [report] = filed(office, 1)
    _unreadable(office, report)
    pauses = []

    for _ in range(11):
        at = max(office.reports.ticks[report.code].at, ESCALATED)
        sweep_of(office, at).run()
        pauses.append((office.reports.ticks[report.code].at - at) // timedelta(minutes=1))

    assert pauses[:4] == [5, 10, 20, 40]
    assert pauses[-2:] == [1280, 1280]


def test_a_mended_report_climbs_and_its_failures_are_forgotten(office: Office) -> None:
    """The count starts anew."""
    [report] = filed(office, 1)
    _unreadable(office, report)
    sweep_of(office, ESCALATED).run()
    office.due.unreadable.clear()

    sweep_of(office, ESCALATED + timedelta(minutes=5)).run()

    assert climbed(office, report) == ["verification+0#1"]
    assert office.reports.ticks[report.code].failures == 0


def test_a_report_that_cannot_even_be_put_off_starves_nobody(office: Office) -> None:
    """It is told of in each sweep; the others climb."""

    class Stuck(MemoryDue):
        def put_off(self, *_: object) -> None:
            raise ValueError

    reports = filed(office, 40)
    stuck = Stuck(office.reports)
    stuck.unreadable.add(reports[0].code)
    told: list[Exception] = []

    swept = sweep_of(office, ESCALATED, due=stuck, told=lambda _, why: told.append(why)).run()

    assert (swept.reports, swept.failed) == (39, 1)
    assert [type(why) for why in told] == [ValueError]


def test_a_person_who_was_faster_is_not_overruled(office: Office) -> None:
    """The report as it is now has its agency; the rung of the old clock is gone."""
    [report, other] = filed(office, 2)
    faster = iter([lambda: office.act(report, c.Route(agency="dlhk"))])
    office.reports.breaks = lambda _: next(faster, lambda: None)()

    swept = sweep_of(office, ESCALATED).run()

    assert swept == Swept(1, swept.events)
    assert climbed(office, report) == []
    assert climbed(office, other) == ["verification+0#1"]


def test_a_tick_without_anything_due_is_set_right(office: Office) -> None:
    """An older version of the rules left it; no event tells of nothing."""
    [report] = filed(office, 1)
    office.reports.ticks[report.code] = Tick(local("Mon 2026-11-02 12:00"))

    swept = sweep_of(office, local("Mon 2026-11-02 12:05")).run()

    assert swept == Swept()
    assert office.reports.ticks[report.code].at == REMINDED
    assert office.stored(report) == report


def test_failures_are_told_without_what_was_written(office: Office) -> None:
    """What is handed on is the code and the exception, which the edge cuts to its place."""
    [report] = filed(office, 1)
    _unreadable(office, report)
    told: list[tuple[str, str]] = []

    sweep_of(office, ESCALATED, told=lambda code, why: told.append((code, repr(why)))).run()

    assert told == [(report.code, repr(Unreadable()))]
