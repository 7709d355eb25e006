"""Numbers that just add up: cells, differences, histograms."""

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.scoreboard.cells import Cell, Counts, cell_of, difference, total
from shared.domain.scoreboard.histogram import bucket_of, percentile

# Cells


counts_ = st.dictionaries(
    st.builds(
        Cell,
        day=st.dates(date(2026, 11, 1), date(2026, 11, 5)),
        agency=st.sampled_from(["a", "b", ""]),
        category=st.sampled_from(["sampah", ""]),
        area=st.just("51.03.06"),
        kind=st.just("complaint"),
        confidential=st.booleans(),
    ),
    st.dictionaries(st.sampled_from(["on_time", "days:3", "held_days"]), st.integers(1, 5)),
    max_size=4,
)


@given(counts_, counts_)
def test_a_difference_leads_from_one_count_to_the_other(before: Counts, after: Counts) -> None:
    """What a report leaves behind goes down to nothing, and nothing is left of it."""
    assert total([before, difference(before, after)]) == total([after])


@given(st.lists(counts_, max_size=4), st.randoms())
def test_the_order_of_adding_up_does_not_matter(parts: list[Counts], chance: Any) -> None:
    """Shards, days and reports come in any."""
    shuffled = sorted(parts, key=lambda _: chance.random())

    assert total(shuffled) == total([total(parts[:2]), total(parts[2:])])


@given(counts_)
def test_a_cell_is_read_back_from_its_key(counts: Counts) -> None:
    """Whatever it is of."""
    assert [cell_of(each.key) for each in counts] == list(counts)


# Working days in buckets


def test_under_twenty_days_the_histogram_is_exact() -> None:
    """There a day more or less is seen by people."""
    assert [bucket_of(days) for days in range(20)] == list(range(20))
    assert [percentile({days: 1}, 50) for days in range(20)] == list(range(20))


@given(st.lists(st.integers(0, 3000), min_size=1), st.sampled_from([50, 90]))
def test_a_percentile_is_never_too_short_and_at_most_a_tenth_too_long(
    days: list[int], share: int
) -> None:
    """Against the days themselves, sorted (nearest rank)."""
    exact = sorted(days)[-(-len(days) * share // 100) - 1]
    histogram: dict[int, int] = {}
    for each in days:
        histogram[bucket_of(each)] = histogram.get(bucket_of(each), 0) + 1

    read = percentile(histogram, share)

    assert read is not None
    assert exact <= read <= exact * 1.1


def test_nothing_has_no_percentile() -> None:
    """Not nought days: none."""
    assert percentile({}, 50) is None
    assert percentile({3: 0}, 90) is None


@given(st.lists(st.integers(0, 200)), st.lists(st.integers(0, 200)))
def test_merged_histograms_are_the_histogram_of_all(one: list[int], other: list[int]) -> None:
    """So cells can be added up in any way without a look at the days behind them."""
    merged = Counter(map(bucket_of, one)) + Counter(map(bucket_of, other))

    assert merged == Counter(map(bucket_of, one + other))
    assert percentile(merged, 90) == percentile(Counter(map(bucket_of, other + one)), 90)
