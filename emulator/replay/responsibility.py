"""Who answered what, where: the export's own majority as routing rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from emulator.replay.naming import folded
from emulator.replay.places import CODE, Places
from emulator.replay.rows import Row

# One agency with this share of a topic has it alone; agencies with half of that share it.
_LEADING = 0.6
_STRONG = _LEADING / 2
_VILLAGE_OFFICE, _DISTRICT_OFFICE = "kelurahan", "kecamatan"


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """A topic in an area is this agency's."""

    topic: str
    area: str
    agency: str


def duties(rows: Iterable[Row], places: Places) -> tuple[Duty, ...]:
    by_topic: dict[str, list[Row]] = {}
    for row in rows:
        if row.topic and row.agency:
            by_topic.setdefault(row.topic, []).append(row)
    found = {duty for topic, own in by_topic.items() for duty in _of_topic(topic, own, places)}
    return tuple(sorted(found))


def _of_topic(topic: str, rows: list[Row], places: Places) -> Iterator[Duty]:
    """Offices named after their place count together: the place decides which of them it is."""
    answering = Counter(_office(row) or row.agency for row in rows)
    for agency in _strong(answering):
        if agency in (_VILLAGE_OFFICE, _DISTRICT_OFFICE):
            yield from _by_place(topic, [row for row in rows if _office(row) == agency], places)
        else:
            yield Duty(topic, CODE, agency)


def _strong(answering: Mapping[str, int]) -> list[str]:
    total = sum(answering.values())
    ranked = sorted(answering, key=lambda agency: (-answering[agency], agency))
    if answering[ranked[0]] >= _LEADING * total:
        return ranked[:1]
    return [agency for agency in ranked if answering[agency] >= _STRONG * total]


def _by_place(topic: str, rows: Iterable[Row], places: Places) -> Iterator[Duty]:
    for row in rows:
        village = places.area_of(row)
        if village:
            whole = _office(row) == _DISTRICT_OFFICE
            yield Duty(
                topic, places.districts[folded(row.district)] if whole else village, row.agency
            )


def _office(row: Row) -> str | None:
    """The office of the row's own village or district, also where its name says both."""
    agency, village, district = folded(row.agency), folded(row.village), folded(row.district)
    if village and agency in (
        _VILLAGE_OFFICE + village,
        _VILLAGE_OFFICE + village + district,
    ):
        return _VILLAGE_OFFICE
    if district and agency == _DISTRICT_OFFICE + district:
        return _DISTRICT_OFFICE
    return None
