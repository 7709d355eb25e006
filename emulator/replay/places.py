"""Districts and villages of an export, under invented codes in the form of the Kemendagri codes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emulator.replay.naming import folded
from emulator.replay.rows import Row

# 99 is no province.
CODE = "99.71"
_MOST_DISTRICTS = 99


@dataclass(frozen=True, slots=True)
class Places:
    """By folded names: districts alone, villages with their district."""

    districts: Mapping[str, str]
    villages: Mapping[tuple[str, str], str]

    def area_of(self, row: Row) -> str | None:
        """The village where it is known, else the district."""
        district = folded(row.district)
        village = self.villages.get((district, folded(row.village)))
        return village or self.districts.get(district)


def known(areas: Mapping[str, str]) -> Places:
    """From a directory's areas, code → name: `99.71.06` is a district, `99.71.06.1003` in it."""
    districts = {code: folded(name) for code, name in areas.items() if code.count(".") == 2}  # noqa: PLR2004
    villages = {
        (districts[code[:8]], folded(name)): code
        for code, name in areas.items()
        if code[:8] in districts and code not in districts
    }
    return Places({name: code for code, name in districts.items()}, villages)


def areas(rows: Iterable[Row]) -> dict[str, str]:
    """Code → name as most rows spell it; in the order of the names, so always the same."""
    spellings = _spellings(rows)
    districts = sorted({district for district, _ in spellings})[:_MOST_DISTRICTS]
    found: dict[str, str] = {}
    for number, district in enumerate(districts, 1):
        code = f"{CODE}.{number:02}"
        found[code] = _usual(spellings[district, ""])
        villages = sorted(name for among, name in spellings if among == district and name)
        for place, village in enumerate(villages, 1001):
            found[f"{code}.{place}"] = _usual(spellings[district, village])
    return found


def _spellings(rows: Iterable[Row]) -> dict[tuple[str, str], Counter[str]]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        district, village = folded(row.district), folded(row.village)
        if district:
            found.setdefault((district, ""), Counter())[row.district] += 1
            if village:
                found.setdefault((district, village), Counter())[row.village] += 1
    return found


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
