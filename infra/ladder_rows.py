"""Rows of the ladder as files write them, and how a region's own stand beside the shared ones."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from shared.domain.clocks import ClockKind
from shared.domain.ladder import Does, Ladder, LadderRow
from shared.domain.notice import Audience


def row(written: Mapping[str, Any]) -> LadderRow:
    return LadderRow(
        id=written["id"],
        clock=ClockKind(written["clock"]),
        kind=written["kind"],
        offset=written["offset"],
        does=Does(written["does"]),
        to=tuple(map(Audience, written["to"])),
        since=date.fromisoformat(written["from"]),
        routes=written.get("routes", False),
        offers_oversight=written.get("offers_oversight", False),
    )


def merged(shared: Iterable[LadderRow], own: Iterable[LadderRow]) -> Ladder:
    """From the first day of its own rows a region goes by these, for their clock and kind."""
    rows = tuple(own)
    days: dict[tuple[str, str], date] = {}
    for each in rows:
        key = each.clock, each.kind
        days[key] = min(each.since, days.get(key, each.since))
    kept = (each for each in shared if each.since < days.get((each.clock, each.kind), date.max))
    return Ladder((*kept, *rows))


def faults(ladder: Ladder) -> Iterator[str]:
    ids = Counter(each.id for each in ladder.rows)
    for id_ in (each for each, times in ids.items() if times > 1):
        yield f"{id_} stands twice; give each row an id of its own"
    places = Counter((each.clock, each.kind, each.since, each.offset) for each in ladder.rows)
    for clock, kind, since, offset in (each for each, times in places.items() if times > 1):
        yield f"two rows for {clock}, {kind}, offset {offset} from {since}; keep one of them"
