"""A region's rules lose no report: category and area lead to somebody who takes it."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from tests.infra.regions.files import category_ids, every_region, region, twice


def _index(written: Any) -> dict[tuple[str, str], list[str]]:
    """Candidates by (category, area), in the order of the rules."""
    index: dict[tuple[str, str], list[str]] = {}
    for rule in written["rules"]:
        target = f"agency:{rule['agency']}" if "agency" in rule else f"body:{rule['body']}"
        index.setdefault((rule["category"], rule["area"]), []).append(target)
    return index


def _candidates(index: dict[tuple[str, str], list[str]], category: str, area: str) -> list[str]:
    """The targets of the longest area that is the report's own or a dot-prefix of it."""
    parts = area.split(".")
    for length in range(len(parts), 0, -1):
        found = index.get((category, ".".join(parts[:length])))
        if found:
            return found
    return []


@every_region
def test_every_rule_names_a_known_category_area_and_agency_or_body(name: str) -> None:
    """A rule that points nowhere would lose a report."""
    written = region(name)
    agencies = {agency["id"] for agency in written["agencies"]}
    bodies = {body["id"] for body in written["bodies"]}
    for rule in written["rules"]:
        assert rule["category"] in category_ids(), rule
        assert rule["area"] in written["areas"], rule
        assert rule["agency"] in agencies if "agency" in rule else rule["body"] in bodies, rule


@every_region
def test_no_rule_routes_to_an_agency_that_has_a_successor(name: str) -> None:
    """New reports go to the agency of today."""
    written = region(name)
    gone = {agency["id"] for agency in written["agencies"] if agency["succeeded_by"]}
    assert not [rule for rule in written["rules"] if rule.get("agency") in gone]


@every_region
def test_rule_numbers_ascend_from_one_and_no_rule_says_the_sametwice(name: str) -> None:
    """People cite a rule by its number."""
    rules = region(name)["rules"]
    numbers = [rule["rule"] for rule in rules]
    assert numbers[0] == 1
    assert all(first < second for first, second in pairwise(numbers))
    assert not twice([(r["category"], r["area"], r.get("agency"), r.get("body")) for r in rules])


@every_region
def test_every_category_in_every_area_has_candidates_or_goes_to_verifiers(
    name: str, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """No report is lost: one agency, some candidates, an outside body, or the verifiers."""
    written = region(name)
    index = _index(written)
    known = {f"agency:{item['id']}" for item in written["agencies"]}
    known |= {f"body:{item['id']}" for item in written["bodies"]}
    count: Counter[str] = Counter()
    for area in written["areas"]:
        for category in category_ids():
            found = _candidates(index, category, area)
            assert set(found) <= known, (category, area, found)
            if len(found) == 1:
                count[found[0].split(":")[0]] += 1
            else:
                count["candidates" if found else "verifiers"] += 1
    for outcome, number in sorted(count.items()):
        record_testsuite_property(f"{name}: {outcome}", number)
    assert sum(count.values()) == len(written["areas"]) * 38


@every_region
def test_every_category_is_ruled_for_the_whole_region_but_the_two_catch_alls(name: str) -> None:
    """Only the topics that say nothing about the matter are left to a person's reading."""
    written = region(name)
    ruled = {rule["category"] for rule in written["rules"] if rule["area"] == written["code"]}
    assert set(category_ids()) - ruled <= {"topik-khusus", "topik-lainnya"}


def test_rule_12_of_badung_sends_the_environment_to_dlhk_everywhere() -> None:
    """The main rule of the first region, in every one of its areas."""
    badung = region("badung")
    rule = next(rule for rule in badung["rules"] if rule["rule"] == 12)
    assert rule == {
        "rule": 12,
        "category": "lingkungan-hidup-dan-kehutanan",
        "area": "51.03",
        "agency": "dlhk",
    }
    index = _index(badung)
    for area in badung["areas"]:
        assert _candidates(index, rule["category"], area) == ["agency:dlhk"]
