"""Which reports the sweep is given, in which order, and how one is put off."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from shared.adapters.firestore_due import FirestoreDue
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.report_documents import FAR
from shared.domain import commands as c
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.usecases.due_ports import Due
from tests.builders import begun, commit_of, routed, then
from tests.contract.conftest import World
from tests.domain.builders import NOW, VERIFIER

if TYPE_CHECKING:
    from google.cloud.firestore import Client

ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)


def kept(world: World, number: int, *, hours: float = 0) -> Report:
    """Report `number`, filed so much later than the first."""
    filed = begun(number, at=NOW + timedelta(hours=hours))
    world.reports.commit(commit_of(filed))
    return filed.report


def tick_of(number: int = 1, *, hours: float = 0) -> datetime:
    tick = begun(number, at=NOW + timedelta(hours=hours)).next_tick_at
    assert tick
    return tick


def pages(world: World, at: datetime, size: int = 100) -> list[list[str]]:
    return [[due.code for due in page] for page in world.due.due(at, size)]


def only(world: World, at: datetime = ALWAYS) -> Due:
    [[due]] = [list(page) for page in world.due.due(at, 100)]
    return due


def test_a_report_is_due_from_its_tick_on(world: World) -> None:
    """To the second, and as it is stored."""
    report = kept(world, 1)

    assert pages(world, tick_of() - timedelta(seconds=1)) == [[]]
    assert pages(world, tick_of()) == [[report.code]]
    assert only(world).report == report


def test_the_longest_due_comes_first(world: World) -> None:
    """Whatever the order of filing."""
    newer, oldest, middle = (kept(world, n, hours=hours) for n, hours in [(1, 72), (2, 0), (3, 26)])

    assert pages(world, ALWAYS) == [[oldest.code, middle.code, newer.code]]


@pytest.mark.parametrize(("size", "lengths"), [(2, [2, 2, 1]), (5, [5, 0]), (6, [5])])
def test_pages_hold_everything_once(world: World, size: int, lengths: list[int]) -> None:
    """Also where many are due at the same moment."""
    codes = {kept(world, number).code for number in range(1, 6)}

    found = pages(world, ALWAYS, size)

    assert [len(page) for page in found] == lengths
    assert sorted(code for page in found for code in page) == sorted(codes)


def test_what_was_put_off_meanwhile_does_not_come_twice(world: World) -> None:
    """The next page goes on behind the last one, whatever became of it."""
    for number in range(1, 5):
        kept(world, number)
    seen: list[str] = []

    for page in world.due.due(tick_of(), 2):
        for due in page:
            seen.append(due.code)
            world.due.put_off(due, tick_of() + timedelta(minutes=5), 1)

    assert len(seen) == len(set(seen)) == 4


def test_a_finished_report_is_never_due(world: World) -> None:
    """Nor one that nothing is to be done about."""
    report = kept(world, 1)
    world.reports.commit(commit_of(then(report, c.Withdraw(), REPORTER)))

    assert pages(world, ALWAYS) == [[]]


def test_a_report_put_off_is_due_later_and_its_failures_count(world: World) -> None:
    """Nothing else of it moves."""
    report = kept(world, 1)
    later = tick_of() + timedelta(hours=3)

    world.due.put_off(only(world), later, 2)

    assert pages(world, later - timedelta(seconds=1)) == [[]]
    assert (only(world, later).failures, only(world, later).report) == (2, report)
    assert world.reports.load(report.code) == report


def test_a_report_may_be_put_off_for_good(world: World) -> None:
    """Until somebody decides on it."""
    kept(world, 1)

    world.due.put_off(only(world), None, 0)

    assert pages(world, ALWAYS) == [[]]


def test_a_decision_sets_the_tick_anew(world: World) -> None:
    """And forgets the failures."""
    report = kept(world, 1)
    world.due.put_off(only(world), ALWAYS, 3)
    routing = routed(report)
    world.reports.commit(commit_of(routing))

    assert routing.next_tick_at
    assert pages(world, routing.next_tick_at) == [[report.code]]
    assert only(world).failures == 0


def test_a_report_that_changed_meanwhile_is_not_put_off(world: World) -> None:
    """Its new tick may be nearer."""
    report = kept(world, 1)
    stale = only(world)
    world.reports.commit(commit_of(then(report, c.Note(text="Sebentar."), VERIFIER)))

    world.due.put_off(stale, ALWAYS + timedelta(days=1), 1)

    assert (only(world).code, only(world).failures) == (report.code, 0)


def test_a_report_is_read_again_as_it_is_now(world: World) -> None:
    """What came between is in it."""
    report = kept(world, 1)
    stale = only(world)
    noted = then(report, c.Note(text="Sebentar."), VERIFIER)
    world.reports.commit(commit_of(noted))

    again = world.due.again(stale)

    assert again
    assert again.report == noted.report
    assert world.due.again(Due("0000000000A", None)) is None


@pytest.mark.parametrize("broken", [{"status": "nonsense"}, {"clocks": [{"kind": 7}]}, {"kind": 1}])
def test_what_cannot_be_read_is_handed_on_by_its_code(
    store: "Client", stored: FirestoreReports, broken: dict[str, Any]
) -> None:
    """And can be put off like any other."""
    filed = begun()
    stored.commit(commit_of(filed))
    document = store.document("reports", filed.report.code)
    document.update(broken)
    reports = FirestoreDue(store)

    [[due]] = [list(page) for page in reports.due(ALWAYS, 10)]
    reports.put_off(due, None, 1)

    assert (due.code, due.report) == (filed.report.code, None)
    after = document.get().to_dict() or {}
    assert (after["next_tick_at"], after["tick_failures"]) == (FAR, 1)
    assert {name: after[name] for name in broken} == broken


def test_a_report_that_is_gone_is_not_put_off(store: "Client", stored: FirestoreReports) -> None:
    """Nor does it come back as two fields."""
    filed = begun()
    stored.commit(commit_of(filed))
    reports = FirestoreDue(store)
    [[due]] = [list(page) for page in reports.due(ALWAYS, 10)]
    document = store.document("reports", filed.report.code)
    document.delete()

    reports.put_off(due, ALWAYS, 1)

    assert not document.get().exists
