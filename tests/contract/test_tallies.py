"""Tallies, cells and heads: in memory, and as they lie in the store."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from shared.adapters.firestore_heads import FirestoreHeads
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_scoreboard import FirestoreCells, FirestoreTallies
from shared.adapters.scoreboard_documents import SHARDS, shard_of
from shared.domain.scoreboard.cells import Cell, Counts, total
from shared.usecases.ports import Reports
from shared.usecases.scoreboard_ports import Cells, Heads, Tallies, Tally
from tests.builders import KEYS, a_code, begun, commit_of, journey
from tests.contract.conftest import everything_in
from tests.domain.builders import NOW
from tests.fakes.memory_scoreboard import MemoryHeads, MemoryScoreboard
from tests.fakes.memory_store import MemoryReports

if TYPE_CHECKING:
    from google.cloud.firestore import Client

CODE = a_code(1)
DAY, NEXT = date(2026, 11, 9), date(2026, 11, 10)
HERE = Cell(DAY, "dlhk", "sampah", "51.03.06", "complaint")
THERE = Cell(NEXT, "", "", "", "aspiration", confidential=True)
FIRST: Counts = {HERE: {"open:2026-11-02": 1, "held:2026-11-02": 1}, THERE: {"promises_open": 1}}
SECOND: Counts = {HERE: {"on_time": 1, "days:3": 1, "held_days": 3}}


@dataclass(frozen=True)
class Board:
    tallies: Tallies
    cells: Cells

    def counted(self, counts: Counts, code: str = CODE, seq: int = 1) -> None:
        assert self.tallies.replace(self.tallies.load(code), Tally(code, seq, counts))


@pytest.fixture(params=["memory", "firestore"])
def board(request: pytest.FixtureRequest) -> Board:
    if request.param == "memory":
        memory = MemoryScoreboard()
        return Board(memory, memory)
    store = request.getfixturevalue("store")
    return Board(FirestoreTallies(store), FirestoreCells(store))


def test_a_report_that_was_never_counted_has_an_empty_tally(board: Board) -> None:
    """And no cell anywhere."""
    assert board.tallies.load(CODE) == Tally(CODE)
    assert board.cells.between(DAY, NEXT) == {}


def test_a_tally_comes_back_as_it_was_counted(board: Board) -> None:
    """With the event up to which it was."""
    board.counted(FIRST, seq=7)

    found = board.tallies.load(CODE)

    assert replace(found, version=None) == Tally(CODE, 7, FIRST)
    assert board.cells.between(DAY, NEXT) == FIRST


def test_what_a_report_no_longer_counts_as_goes_back_down(board: Board) -> None:
    """Cell by cell and number by number."""
    board.counted(FIRST)
    board.counted(SECOND, seq=2)

    assert board.cells.between(DAY, NEXT) == SECOND


def test_a_report_that_counts_no_more_leaves_nothing(board: Board) -> None:
    """As while its clock stands."""
    board.counted(FIRST)
    board.counted({}, seq=2)

    assert board.cells.between(DAY, NEXT) == {}


def test_many_reports_add_up(board: Board) -> None:
    """In one cell and the same, wherever their documents lie."""
    codes = [a_code(number) for number in range(20)]
    for code in codes:
        board.counted(SECOND, code)

    assert board.cells.between(DAY, DAY) == total([SECOND] * 20)
    assert len({shard_of(code) for code in codes}) > SHARDS // 2


def test_days_are_asked_for_from_the_first_to_the_last(board: Board) -> None:
    """Both included."""
    board.counted(FIRST)

    assert set(board.cells.between(DAY, DAY)) == {HERE}
    assert set(board.cells.between(NEXT, NEXT)) == {THERE}
    assert board.cells.between(date(2026, 11, 11), date(2026, 12, 1)) == {}


def test_of_two_that_counted_from_the_same_tally_one_wins(board: Board) -> None:
    """The other one changes nothing."""
    for before, wanted in ((board.tallies.load(CODE), FIRST), (None, SECOND)):
        looked_at = before or board.tallies.load(CODE)
        board.counted(wanted)

        assert not board.tallies.replace(looked_at, Tally(CODE, 9, SECOND))

    assert board.cells.between(DAY, NEXT) == SECOND


def test_tally_and_cells_are_one_commit(store: "Client") -> None:
    """One without the other would be wrong for ever."""
    board = Board(FirestoreTallies(store), FirestoreCells(store))

    board.counted(FIRST)

    paths = set(everything_in(store))
    shard = shard_of(CODE)
    assert paths == {f"tallies/{CODE}", f"scoreboard/{DAY}.{shard}", f"scoreboard/{NEXT}.{shard}"}


# Heads


@dataclass(frozen=True)
class Archive:
    reports: Reports
    heads: Heads


@pytest.fixture(params=["memory", "firestore"])
def archive(request: pytest.FixtureRequest) -> Archive:
    if request.param == "memory":
        memory = MemoryReports()
        return Archive(memory, MemoryHeads(memory))
    store = request.getfixturevalue("store")
    return Archive(FirestoreReports(store, KEYS), FirestoreHeads(store))


def test_the_heads_are_those_of_the_last_events_between(archive: Archive) -> None:
    """One per report; later events and those before do not matter."""
    steps = journey(1)
    for decision in (*steps, begun(2, at=NOW - timedelta(seconds=1)), begun(3)):
        archive.reports.commit(commit_of(decision))

    found = archive.heads.between(NOW, NOW + timedelta(minutes=4))

    assert found == {a_code(1): steps[3].report.head, a_code(3): begun(3).report.head}


def test_many_events_are_read_to_the_end(store: "Client") -> None:
    """Page after page."""
    writer = store.bulk_writer()
    for number in range(1100):
        second = datetime(2026, 11, 9, 1, number // 60, number % 60, tzinfo=UTC)
        at = second.strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = store.document("reports", f"R{number}", "timeline", "000001")
        writer.create(entry, {"header": {"at": at}, "hash": f"{number:064x}"})
    writer.close()

    found = FirestoreHeads(store).between(
        datetime(2026, 11, 9, 1, tzinfo=UTC), datetime(2026, 11, 9, 2, tzinfo=UTC)
    )

    assert len(found) == 1100
