"""After a reorganisation the successor takes over what is open: once each, whatever breaks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from shared.domain import commands as c
from shared.domain.directory import Successor
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.usecases.ports import Commit, Committed, StoreAway
from shared.usecases.transferring import Progress, transferred
from tests.domain.builders import DIRECTORY, RULES
from tests.fakes.memory_store import MemoryReports
from tests.usecases.office import Contended, Office

TODAY, TOMORROW = date(2026, 11, 2), date(2026, 11, 3)


def an_office(reports: MemoryReports | None = None) -> Office:
    """Three reports of disperindag, one that has ended, and one of another agency."""
    office = Office(reports)
    for _ in range(4):
        office.act(office.filed(), c.Route(agency="disperindag"))
    *_, ended = office.reports.reports.values()
    office.act(ended, c.Withdraw(), REPORTER)
    office.act(office.filed(), c.Route(agency="dlhk"))
    return office


def open_ones(office: Office) -> list[Report]:
    found = (office.reports.reports[code] for code in sorted(office.reports.reports))
    return [report for report in found if report.is_open]


def moving(office: Office) -> Iterator[Progress]:
    return transferred(open_ones(office), rules=office.rules, desk=office.desk, stamp=office.stamp)


def run(office: Office) -> Progress:
    return list(moving(office))[-1]


def holders(office: Office) -> list[str]:
    return sorted(report.agency or "" for report in open_ones(office))


def with_one_successor(on: date) -> Office:
    heir = replace(DIRECTORY.agencies["disperindag"], succeeded_by=Successor("dkupp", on))
    agencies = {**DIRECTORY.agencies, "disperindag": heir}
    office = an_office()
    office.rules = replace(RULES, directory=replace(DIRECTORY, agencies=agencies))
    return office


def test_what_is_open_goes_to_whoever_has_taken_the_agencys_place() -> None:
    """Also where the successor was replaced itself; what others have stays, and what has ended."""
    office = an_office()

    assert run(office) == Progress(seen=4, moved=3)

    assert holders(office) == ["dkupp", "dkupp", "dkupp", "dlhk"]


@pytest.mark.parametrize(("on", "moved"), [(TODAY, 3), (TOMORROW, 0)])
def test_a_successor_takes_over_from_its_first_day_on(on: date, moved: int) -> None:
    office = with_one_successor(on)

    assert run(office).moved == moved


def test_each_change_of_hands_is_one_event_that_goes_out() -> None:
    office = with_one_successor(TODAY)
    run(office)

    told = [event.code for event in office.published if event.type == "report.transferred"]
    moved = [report.code for report in open_ones(office) if report.agency == "dkupp"]
    assert sorted(told) == sorted(moved)


def test_no_clock_moves() -> None:
    """The successor answers by the day that was promised to the reporter."""
    office = an_office()
    before = {report.code: report.clocks for report in open_ones(office)}
    run(office)

    assert {report.code: report.clocks for report in open_ones(office)} == before


def test_a_second_run_moves_nothing() -> None:
    office = an_office()
    run(office)

    assert run(office) == Progress(seen=4, moved=0)


class Dying(MemoryReports):
    """Ends like a killed process after so many commits, the last one standing or not."""

    left: int | None = None
    last_stands = False

    def commit(self, commit: Commit) -> Committed:
        if self.left == 0:
            if self.last_stands:
                super().commit(commit)
            raise StoreAway
        if self.left is not None:
            self.left -= 1
        return super().commit(commit)


@pytest.mark.parametrize("last_stands", [False, True])
@pytest.mark.parametrize("commits", range(6))
def test_a_run_that_was_killed_is_finished_by_the_next(commits: int, *, last_stands: bool) -> None:
    """Wherever it ended, also between two changes of hands: two events each, no more."""
    reports = Dying()
    office = an_office(reports)
    reports.left, reports.last_stands = commits, last_stands

    with pytest.raises(StoreAway):
        run(office)
    reports.left = None
    run(office)

    assert [report.times("transferred") for report in open_ones(office)] == [2, 2, 2, 0]


def test_two_runs_at_once_move_nothing_twice() -> None:
    """The second reads a report before the first has moved it."""
    office = with_one_successor(TODAY)
    slow = moving(office)
    next(slow)
    run(office)

    assert list(slow)[-1] == Progress(seen=4, moved=1)
    assert [report.times("transferred") for report in open_ones(office)] == [1, 1, 1, 0]


@pytest.mark.parametrize(("times", "progress"), [(1, (1, 1, 0)), (3, (1, 0, 1))])
def test_a_report_that_somebody_changes_meanwhile_is_decided_again(
    times: int, progress: tuple[int, int, int]
) -> None:
    """And left to the next run when it does not come to rest."""
    busy = Contended(c.Note(text="."))
    office = Office(busy)
    office.rules = with_one_successor(TODAY).rules
    office.act(office.filed(), c.Route(agency="disperindag"))
    busy.times = times

    assert run(office) == Progress(*progress)
