"""Moving clocks to a new calendar: what the preview says is what is done, once, whatever breaks."""

from collections.abc import Iterator
from itertools import islice

import pytest

from infra import rescheduling
from infra.rescheduling import Preview, Progress
from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.usecases.ports import Commit, Committed, StoreAway
from tests.domain.builders import NOW, RULES, with_late_holiday
from tests.fakes.memory_store import MemoryReports
from tests.usecases.office import Contended, Office

LATER = with_late_holiday("Thu 2026-11-05")


class Dying(MemoryReports):
    """Ends like a killed process after so many commits, the last one standing or not."""

    def __init__(self) -> None:
        super().__init__()
        self.commits_left: int | None = None
        self.last_stands = False

    def commit(self, commit: Commit) -> Committed:
        if self.commits_left == 0:
            if self.last_stands:
                super().commit(commit)
            raise StoreAway
        if self.commits_left is not None:
            self.commits_left -= 1
        return super().commit(commit)


def an_office(reports: MemoryReports | None = None) -> Office:
    """Four open reports and one that has ended."""
    office = Office(reports)
    first, held, ended, *_ = (office.filed() for _ in range(5))
    office.act(first, c.Route(agency="dlhk"))
    office.act(held, c.Hold(text="Di mana?"))
    office.act(ended, c.Withdraw(), REPORTER)
    return office


def in_order(office: Office) -> list[Report]:
    """As the store pages them: open ones by code."""
    found = (office.reports.reports[code] for code in sorted(office.reports.reports))
    return [report for report in found if report.is_open]


def run(office: Office) -> Progress:
    last = Progress()
    for last in moving(office):  # noqa: B007
        pass
    return last


def moving(office: Office) -> Iterator[Progress]:
    return rescheduling.moved(
        in_order(office), rules=LATER, desk=office.desk, now=lambda: office.now
    )


def times_moved(office: Office) -> list[int]:
    return [report.times("rescheduled") for report in in_order(office)]


def due_times(office: Office) -> dict[str, list[object]]:
    return {report.code: [run.due_at for run in report.clocks] for report in in_order(office)}


def test_the_preview_tells_what_would_move_and_by_how_much() -> None:
    """By clock and days; the weekend makes one working day three."""
    found = rescheduling.preview(in_order(an_office()), LATER, NOW)

    assert (found.open, found.behind, found.moving) == (4, 4, 3)
    assert found.shifts == {("verification", 1): 2, ("legal", 3): 3, ("response", 1): 1}


def test_the_preview_writes_nothing() -> None:
    """Looking is free, as often as one likes."""
    office = an_office()
    before = dict(office.reports.reports)

    rescheduling.preview(in_order(office), LATER, NOW)

    assert office.reports.reports == before


def test_what_was_foretold_is_what_is_done() -> None:
    """The same decision, committed."""
    office = an_office()
    foretold = rescheduling.preview(in_order(office), LATER, NOW)

    done = run(office)

    assert done == Progress(seen=4, moved=foretold.behind, left=0)
    assert rescheduling.preview(in_order(office), LATER, NOW) == Preview(4, 0, 0, {})


def test_every_open_report_is_moved_by_one_event_that_goes_out() -> None:
    """What has ended keeps what it was judged by."""
    office = an_office()
    run(office)

    told = [event for event in office.published if event.type == "report.rescheduled"]
    ended = [report for report in office.reports.reports.values() if not report.is_open]
    assert sorted(event.code for event in told) == [report.code for report in in_order(office)]
    assert [report.times("rescheduled") for report in ended] == [0]


@pytest.mark.parametrize("last_stands", [False, True])
@pytest.mark.parametrize("commits", [0, 1, 2, 3])
def test_a_run_that_was_killed_is_finished_by_the_next(commits: int, *, last_stands: bool) -> None:
    """Wherever it ended: each is moved once, and all end up as if nothing had happened."""
    reports, undisturbed = Dying(), an_office()
    office = an_office(reports)
    reports.commits_left, reports.last_stands = commits, last_stands

    with pytest.raises(StoreAway):
        run(office)
    reports.commits_left = None
    run(office)
    run(undisturbed)

    assert times_moved(office) == [1, 1, 1, 1]
    assert due_times(office) == due_times(undisturbed)


def test_two_runs_at_once_move_nobody_twice() -> None:
    """The second reads a report before the first has moved it."""
    office = an_office()
    slow = rescheduling.moved(
        in_order(office), rules=LATER, desk=office.desk, now=lambda: office.now
    )
    next(slow)

    run(office)
    rest = list(islice(slow, 3))

    assert times_moved(office) == [1, 1, 1, 1]
    assert rest[-1] == Progress(seen=4, moved=1, left=0)


def test_a_report_that_somebody_changes_meanwhile_is_decided_again() -> None:
    """And left to the next run when it does not come to rest."""
    restless = Contended(c.Note(text="."))
    office = Office(restless)
    office.filed()

    restless.times = 1
    assert run(office) == Progress(seen=1, moved=1, left=0)

    busy = Contended(c.Note(text="."))
    office = Office(busy)
    office.filed()
    busy.times = 3
    assert run(office) == Progress(seen=1, moved=0, left=1)
    assert run(office) == Progress(seen=1, moved=1, left=0)


def test_what_is_filed_meanwhile_goes_by_the_new_version_at_once() -> None:
    """Nobody has to move it."""
    office = an_office()
    steps = moving(office)
    next(steps)
    office.rules = LATER

    new = office.filed()

    assert not rescheduling.is_behind(new, LATER)
    assert new.clock(ClockKind.LEGAL)
    assert new.clocks[0].calendar == LATER.calendar.version


def test_a_report_that_ends_meanwhile_is_passed_by() -> None:
    """It was open when its page was read."""
    office = an_office()
    steps = moving(office)
    last = in_order(office)[-1]
    office.act(last, c.Withdraw(), REPORTER)

    *_, done = steps

    assert done == Progress(seen=4, moved=3, left=0)


def test_the_rules_under_another_calendar_keep_the_versions_that_clocks_name() -> None:
    """A clock that ended is still explained by its own."""
    rules = rescheduling.under(RULES, LATER.calendar)

    assert rules.calendar == LATER.calendar
    assert set(rules.calendars) == {RULES.calendar.version, LATER.calendar.version}
    assert (rules.directory, rules.policy) == (RULES.directory, RULES.policy)


def test_a_question_that_a_verifier_asked_waits_as_long_as_before() -> None:
    """Its days are calendar days; only the clocks that stand take the version."""
    office = an_office()
    held = next(report for report in in_order(office) if report.hold)

    run(office)

    after = office.stored(held)
    assert after.clock(ClockKind.COMPLETION) is not None
    assert [run.due_at for run in after.clocks] == [run.due_at for run in held.clocks]
