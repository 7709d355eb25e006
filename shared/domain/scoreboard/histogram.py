"""Working days in buckets: exact under twenty, to one tenth beyond. Histograms just add up."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise

_LONGEST = 10_000


def _first_days() -> Iterator[int]:
    """A bucket is as wide as a tenth of its first day, and never narrower than a day."""
    day = 0
    while day <= _LONGEST:
        yield day
        day += max(1, day // 10)


_FIRST_DAYS = tuple(_first_days())
_LAST_DAYS = {first: following - 1 for first, following in pairwise(_FIRST_DAYS)}


def bucket_of(days: int) -> int:
    """The first day of the bucket."""
    return _FIRST_DAYS[bisect_right(_FIRST_DAYS, days) - 1]


def percentile(histogram: Mapping[int, int], share: int) -> int | None:
    """The days within which `share` of a hundred were done (nearest rank); None: there were none.

    The last day of the bucket: never shorter than it was, and at most a tenth longer.
    """
    rank = -(-sum(histogram.values()) * share // 100)
    seen = 0
    for first in sorted(histogram):
        seen += histogram[first]
        if seen >= rank > 0:
            return _LAST_DAYS.get(first, first)
    return None
