"""What the public reads of the cells: sums, ages, ranks, and what is left out."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.scoreboard.cells import Cell, Counts
from shared.domain.scoreboard.histogram import bucket_of, percentile
from shared.domain.scoreboard.period import Period
from shared.domain.scoreboard.reading import By, Row, of_agency, rows
from shared.domain.scoreboard.reading import total as total_row
from shared.domain.scoreboard.wording import COLUMNS, KINDS, PRINCIPLES, name_of_none
from shared.domain.statuses import Kind
from shared.usecases.scoreboard import _numbers
from tests.domain.builders import calendar, day

CALENDAR = calendar()
FINER = (By.CATEGORY, By.AREA, By.KIND)
DUE = day("Mon 2026-11-09")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), today=day("Tue 2026-12-01"))


def cell(agency: str = "dlhk", at: date = DUE, **others: Any) -> Cell:
    parts = {"category": "sampah", "area": "51.03.06", "kind": "complaint"} | others
    return Cell(at, agency, **parts)


def shown(counts: Counts, by: By = By.AGENCY, period: Period = NOVEMBER) -> dict[str, Row]:
    return {row.id: row for row in rows(counts, by, period, CALENDAR)}


def test_days_and_cells_are_added_up_by_group() -> None:
    """By whichever was asked for."""
    counts = {
        cell(): {"on_time": 2, "late": 1},
        cell(at=DUE + timedelta(days=1)): {"unanswered": 1},
        cell(category="jalan", area="", kind="aspiration"): {"on_time": 4},
        cell("dinkes"): {"on_time": 8},
    }

    assert {id_: row.due for id_, row in shown(counts).items()} == {"dlhk": 8, "dinkes": 8}
    assert {id_: row.due for id_, row in shown(counts, By.CATEGORY).items()} == {
        "sampah": 12,
        "jalan": 4,
    }
    assert set(shown(counts, By.AREA)) == {"51.03.06", ""}
    assert set(shown(counts, By.KIND)) == {"complaint", "aspiration"}
    assert {id_: row.due for id_, row in shown(counts, By.MONTH).items()} == {"2026-11": 16}


def test_an_open_deadline_is_unanswered_once_its_day_is_over() -> None:
    """On the due day itself it may still be kept."""
    counts = {cell(): {"open:2026-11-02": 1, "held:2026-11-03": 1}}

    on_the_day = shown(counts, period=Period(DUE, DUE, today=DUE))
    next_day = shown(counts, period=Period(DUE, DUE, today=DUE + timedelta(days=1)))["dlhk"]

    assert on_the_day == {}
    assert (next_day.due, next_day["unanswered"], next_day["overdue_now"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("today", "age", "held"),
    [("Tue 2026-11-10", 6, 5), ("Sat 2026-11-14", 9, 8), ("Fri 2027-01-01", 41, 40)],
)
def test_open_deadlines_grow_older_while_nobody_counts_anything(
    today: str, age: int, held: int
) -> None:
    """In working days, from the day they run since."""
    counts = {cell(): {"open:2026-11-02": 1, "held:2026-11-03": 1}}

    row = shown(counts, period=Period(DUE, DUE, today=day(today)))["dlhk"]

    assert (row.median_days, row["held_days"]) == (percentile({bucket_of(age): 1}, 50), held)


def test_today_and_what_lies_ahead_are_left_out() -> None:
    """An answer given early would else count without those that are still awaited."""
    counts = {cell(): {"on_time": 1}, cell("dinkes", DUE + timedelta(days=1)): {"on_time": 1}}

    assert set(shown(counts, period=Period(DUE, date(2027, 1, 1), DUE + timedelta(days=1)))) == {
        "dlhk"
    }


def test_promises_are_due_whether_kept_broken_or_forgotten() -> None:
    """One that is still open after its day is not kept."""
    counts = {cell(): {"promises_kept": 3, "promises_broken": 2, "promises_open": 1}}

    row = shown(counts)["dlhk"]

    assert (row["promises_due"], row["promises_kept"], row.due) == (6, 3, 0)


def test_satisfaction_is_an_average_of_those_who_said() -> None:
    """Of nobody there is none."""
    counts = {cell(): {"satisfaction_sum": 13, "satisfaction_n": 3}, cell("dinkes"): {"late": 1}}

    assert [row.satisfaction for row in shown(counts).values()] == [None, 4.33]


# Ranks


def test_under_ten_reports_there_is_no_rank() -> None:
    """Nor is nobody ranked for what nobody had."""
    counts = {
        cell("a"): {"on_time": 9, "late": 1, "reports": 10},
        cell("b"): {"on_time": 10, "reports": 10},
        cell("c"): {"on_time": 9, "reports": 9},
        cell("d"): {"on_time": 18, "late": 2, "reports": 20},
        cell("e"): {"late": 10, "reports": 10},
        cell(""): {"on_time": 10, "reports": 10},
    }

    assert {id_: row.rank for id_, row in shown(counts).items()} == {
        "": None, "a": 2, "b": 1, "c": None, "d": 2, "e": 4,
    }  # fmt: skip


# What is left out


@pytest.mark.parametrize(
    ("reports", "period", "due"),
    [
        (3, NOVEMBER, 5),
        (2, NOVEMBER, 1),
        (3, Period(date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 1)), 1),
        (3, Period(date(2026, 11, 1), date(2026, 11, 29), date(2026, 12, 1)), 1),
        (3, Period(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30)), 1),
        (3, Period(date(2026, 9, 1), date(2027, 1, 31), date(2026, 12, 20)), 5),
    ],
)
def test_few_confidential_reports_are_left_out(reports: int, period: Period, due: int) -> None:
    """Under three in a month; and of a month that is not whole, or not over, all of them."""
    counts = {
        cell(): {"on_time": 1, "reports": 1},
        cell(confidential=True): {"late": 4, "reports": reports},
    }

    assert shown(counts, period=period)["dlhk"].due == due


def test_each_group_and_month_has_to_have_enough_confidential_reports() -> None:
    """Two here and one there say whose they are as well as one does."""
    december = Period(date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1))
    counts = {
        cell("a", confidential=True): {"late": 2, "reports": 2},
        cell("a", date(2026, 12, 1), confidential=True): {"late": 2, "reports": 2},
        cell("b", confidential=True): {"late": 1, "reports": 1},
    }

    assert shown(counts, period=december) == {}
    assert shown(counts, By.KIND, december)["complaint"].due == 3


def test_a_month_shows_what_its_agencies_show() -> None:
    """Else the two, held against each other, would tell of one report of one agency."""
    counts = {
        cell("a", confidential=True): {"late": 3, "reports": 3},
        cell("b", confidential=True): {"late": 1, "reports": 1},
    }

    assert shown(counts, By.MONTH)["2026-11"].due == sum(row.due for row in shown(counts).values())


def test_months_have_no_rank() -> None:
    """They are a row and no contest."""
    counts = {cell(): {"on_time": 20, "reports": 20}}

    assert (shown(counts, By.MONTH)["2026-11"].rank, shown(counts)["dlhk"].rank) == (None, 1)


@pytest.mark.parametrize(("by", "due"), [(By.AGENCY, 5), (By.MONTH, 5), *((b, 1) for b in FINER)])
def test_an_agency_broken_down_further_leaves_out_what_is_confidential(by: By, due: int) -> None:
    """Three of an agency may show; which of them is about what would be told by the parts."""
    counts = {
        cell(): {"on_time": 1, "reports": 1},
        cell(confidential=True): {"late": 4, "reports": 4},
        cell("dinkes"): {"late": 8, "reports": 8},
    }

    found = shown(of_agency(counts, "dlhk", by), by)

    assert sum(row.due for row in found.values()) == due


def test_the_total_holds_what_the_groups_show() -> None:
    """Else subtraction would tell what was left out."""
    counts = {
        cell("a"): {"late": 1, "reports": 1},
        cell("b", confidential=True): {"late": 2, "reports": 2},
    }

    assert total_row(counts, By.AGENCY, NOVEMBER, CALENDAR).due == 1


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_no_choice_of_days_tells_apart_fewer_than_three_confidential_reports(
    first: int, second: int, today: int
) -> None:
    """Whatever two periods are held against each other, they differ by whole months."""
    counts: Counts = {
        cell(at=date(2026, 11, 1) + timedelta(days=n), confidential=True): {
            "late": 1,
            "reports": 1,
        }
        for n in range(30)
    }
    start, now = date(2026, 11, 1), date(2026, 11, 1) + timedelta(days=today)
    periods = (Period(start + timedelta(days=n), date(2026, 11, 30), now) for n in (first, second))

    seen = [sum(row.due for row in shown(counts, period=each).values()) for each in periods]

    assert abs(seen[0] - seen[1]) in (0, 30)


# Words


def test_every_number_that_is_shown_is_explained() -> None:
    """And nothing else."""
    shown_ = _numbers(total_row({}, By.AGENCY, NOVEMBER, CALENDAR))

    assert set(COLUMNS) == {*shown_, "rank"}


@pytest.mark.parametrize("pair", [*PRINCIPLES, *COLUMNS.values()], ids=lambda pair: pair[1][:30])
def test_it_is_explained_in_both_languages(pair: tuple[str, str]) -> None:
    """Two finished sentences."""
    assert pair[0] != pair[1]
    assert all(text.endswith(".") for text in pair)


def test_every_group_has_a_name() -> None:
    """Even the one of reports without such a thing; a kind is never missing."""
    assert set(KINDS) == {kind.value for kind in Kind}
    for by in (By.AGENCY, By.CATEGORY, By.AREA):
        assert name_of_none(by, "id") != name_of_none(by, "en")
