"""However events come – twice, late, in any order, not at all – a report counts as what it is."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.scoreboard.cells import total
from shared.domain.scoreboard.contribution import contribution
from shared.domain.workflow import Decision
from shared.usecases.counting import count_report
from shared.usecases.failures import NoSuchReport, StillChanging
from shared.usecases.scoreboard_ports import Tally
from tests.builders import a_code, commit_of, journey
from tests.domain.builders import RULES
from tests.fakes.memory_scoreboard import MemoryScoreboard
from tests.fakes.memory_store import MemoryReports

REPORTS = 3
JOURNEYS = {number: journey(number) for number in range(REPORTS)}
STEPS = len(JOURNEYS[0])


class Town:
    def __init__(self) -> None:
        self.reports, self.board = MemoryReports(), MemoryScoreboard()
        self.waiting = {number: list[Decision](steps) for number, steps in JOURNEYS.items()}

    def goes_on(self, number: int) -> None:
        if self.waiting[number]:
            self.reports.commit(commit_of(self.waiting[number].pop(0)))

    def hears_of(self, number: int) -> None:
        """Of any event of the report: it is loaded as it is now."""
        if a_code(number) in self.reports.reports:
            count_report(a_code(number), rules=RULES, reports=self.reports, tallies=self.board)

    def counts_what_is(self) -> bool:
        found = (contribution(report, RULES) for report in self.reports.reports.values())
        return self.board.cells == total(found)


turns = st.lists(
    st.tuples(st.integers(0, REPORTS - 1), st.sampled_from(["happens", "is heard"])), max_size=90
)


@given(turns)
def test_the_cells_are_the_sum_of_the_reports_in_whatever_order_events_are_heard(
    taken: Sequence[tuple[int, str]],
) -> None:
    """Some were never heard of: the last one of each report is enough."""
    town = Town()
    for number, what in taken:
        (town.goes_on if what == "happens" else town.hears_of)(number)

    for number in range(REPORTS):
        town.hears_of(number)

    assert town.counts_what_is()


@given(st.permutations(range(REPORTS * STEPS)))
def test_events_heard_after_the_fact_in_any_order_count_the_same(order: Sequence[int]) -> None:
    """As after an outage, with everything delivered twice."""
    town = Town()
    for number in [each for each in range(REPORTS) for _ in range(STEPS)]:
        town.goes_on(number)

    for event in (*order, *order):
        town.hears_of(event % REPORTS)

    assert town.counts_what_is()


def test_what_counts_the_same_is_not_written_again() -> None:
    """A second delivery costs two reads."""
    town = Town()
    for _ in range(STEPS):
        town.goes_on(0)
    town.hears_of(0)
    before = town.board.load(a_code(0)).version

    town.hears_of(0)

    assert town.board.load(a_code(0)).version == before


def test_two_that_count_at_once_count_once() -> None:
    """The slower one finds the tally changed, looks again and has nothing to add."""
    town = Town()
    for _ in range(STEPS):
        town.goes_on(0)
    racing = _Racing(town, losing=1)

    count_report(a_code(0), rules=RULES, reports=town.reports, tallies=racing)

    assert town.counts_what_is()
    assert racing.lost == 1


def test_who_loses_three_times_is_delivered_again() -> None:
    """Backoff of the subscription parts them."""
    town = Town()
    for _ in range(STEPS):
        town.goes_on(0)

    with pytest.raises(StillChanging):
        count_report(a_code(0), rules=RULES, reports=town.reports, tallies=_Unlucky(town, losing=3))


def test_a_report_that_is_not_there_yet_is_delivered_again() -> None:
    """The consumer parks it later, when it will not appear any more."""
    town = Town()

    with pytest.raises(NoSuchReport):
        count_report("7K3M9QX2WDQ", rules=RULES, reports=town.reports, tallies=town.board)


class _Racing:
    """Another one counts the same report between our look and our commit."""

    def __init__(self, town: Town, losing: int) -> None:
        self._town, self._losing = town, losing
        self.lost = 0

    def load(self, code: str) -> Tally:
        return self._town.board.load(code)

    def replace(self, before: Tally, after: Tally) -> bool:
        if self.lost < self._losing:
            self.lost += 1
            self._overtake(after.code)
        return self._town.board.replace(before, after)

    def _overtake(self, code: str) -> None:
        count_report(code, rules=RULES, reports=self._town.reports, tallies=self._town.board)


class _Unlucky(_Racing):
    def _overtake(self, code: str) -> None:
        """Each time it counted as something else."""
        board = self._town.board
        board.replace(board.load(code), Tally(code))
