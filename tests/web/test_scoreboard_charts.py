"""The charts: each part where it belongs, whatever the numbers and the names."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.edge.web.scoreboard_charts import (
    CHARTS,
    MOST_BARS,
    WIDTHS,
    Chart,
    every_month,
    groups_chart,
    months_chart,
    sizes,
)

NUMBERS = st.integers(0, 40_000)
WIDE = WIDTHS["wide"]


def group(id_: str, on_time: int, late: int, unanswered: int, name: str = "") -> dict[str, Any]:
    numbers = {"on_time": on_time, "late": late, "unanswered": unanswered}
    return {"id": id_, "name": name or id_, "due": on_time + late + unanswered, **numbers}


def board(*groups: dict[str, Any], since: str = "2026-11-01") -> dict[str, Any]:
    return {"from": since, "counted_to": "2026-11-30", "groups": list(groups)}


def _lies_within(chart: Chart) -> bool:
    return all(
        piece.x >= 0 and piece.x + piece.width <= chart.width
        and piece.y >= 0 and piece.y + piece.height <= chart.height
        for bar in chart.bars for piece in bar.pieces
    )  # fmt: skip


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=70), st.sampled_from([*WIDTHS]))
def test_all_that_is_drawn_lies_in_the_picture(
    numbers: list[tuple[int, int, int]], width: str
) -> None:
    """And it is as high as the page has been told."""
    found = board(*(group(f"a{n}", *of) for n, of in enumerate(numbers)))

    chart = groups_chart(found, WIDTHS[width], "id")

    assert _lies_within(chart)
    assert chart.height == sizes(found, found)["groups"]


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=12))
def test_columns_lie_in_the_picture(numbers: list[tuple[int, int, int]]) -> None:
    """A year at most, on the smallest phone."""
    months = (group(f"2026-{n + 1:02}", *of) for n, of in enumerate(numbers))
    found = board(*months, since="2026-01-01")

    chart = months_chart(found, WIDTHS["narrow"], "id")

    assert _lies_within(chart)
    assert chart.height == sizes(found, found)["months"]


@given(NUMBERS, NUMBERS, NUMBERS)
def test_parts_are_as_long_as_their_share(on_time: int, late: int, unanswered: int) -> None:
    """To two units of the picture, which is the gap between them."""
    found = board(group("a", on_time, late, unanswered))

    for bar in groups_chart(found, WIDE, "id").bars:
        for piece in bar.pieces:
            share = found["groups"][0][piece.series] / bar.due
            assert piece.width == pytest.approx(WIDE * share, abs=2.1)


def test_only_those_with_the_most_deadlines_are_drawn() -> None:
    """The largest first; sixty bars would say less."""
    found = board(*(group(f"a{n}", n, 0, 0) for n in range(62)))

    bars = groups_chart(found, WIDE, "id").bars

    assert [bar.due for bar in bars] == sorted(range(62), reverse=True)[:MOST_BARS]


def test_a_long_name_is_cut_where_it_would_meet_the_share() -> None:
    """The table beneath has it whole."""
    long = "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Anak"

    (bar,) = groups_chart(board(group("a", 1, 0, 0, long)), WIDTHS["narrow"], "id").bars

    assert bar.name.endswith("…")
    assert long.startswith(bar.name[:-1])
    assert len(bar.name) < 32


def test_a_month_without_deadlines_stands_between_the_others() -> None:
    """Its place is empty; the year is told where it begins."""
    found = board(group("2025-12", 1, 0, 0), group("2026-02", 2, 0, 0), since="2025-12-05")

    months = every_month(found | {"counted_to": "2026-02-10"}, "en")

    assert [(month["name"], month["due"], month["year"]) for month in months] == [
        ("December 2025", 1, 2025), ("January 2026", 0, 2026), ("February 2026", 2, None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_to_draw_is_an_empty_picture(name: str) -> None:
    assert CHARTS[name](board(), WIDE, "id").bars == ()
