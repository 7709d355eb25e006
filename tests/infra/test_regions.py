"""Region files, categories and policy rows hold together before anything is seeded from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

INFRA = Path(__file__).resolve().parents[2] / "infra"
REGIONS = sorted(path.stem for path in (INFRA / "regions").glob("*.yaml"))
PILOTS = {"badung", "sleman", "tangerang", "bali", "diy", "sumbar"}

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_SafeLoader):  # type: ignore[misc]
    """YAML keeps the last of two equal keys without a word; here the second one is an error."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  (PyYAML's own)
    ) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for key, count in Counter(keys).items() if count > 1]
        if twice:
            raise ValueError(f"written twice: {twice} in {node.start_mark}")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _plain(value: Any) -> Any:
    """The same as JSON has it: dates as ISO text, and no key that is not text."""
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value), f"a key is not text: {list(value)}"
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _read(path: str) -> Any:
    text = (INFRA / path).read_text(encoding="utf-8")
    return _plain(yaml.load(text, Loader=_StrictLoader))  # noqa: S506  (a safe loader)


def _region(name: str) -> Any:
    return _read(f"regions/{name}.yaml")


@cache
def _category_ids() -> tuple[str, ...]:
    return tuple(category["id"] for category in _read("categories.yaml")["categories"])


def _validate(document: Any, schema: str) -> None:
    rules = json.loads((INFRA / "schema" / schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    faults = [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in jsonschema.Draft202012Validator(rules).iter_errors(document)
    ]
    assert not faults, faults[:5]


def _twice(values: list[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _index(region: Any) -> dict[tuple[str, str], list[str]]:
    """Candidates by (category, area), in the order of the rules."""
    index: dict[tuple[str, str], list[str]] = {}
    for rule in region["rules"]:
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


def test_every_pilot_region_and_the_model_region_have_a_file() -> None:
    """Six pilots and one fictitious region to start from."""
    assert set(REGIONS) >= PILOTS | {"contoh"}


def test_the_categories_follow_their_schema() -> None:
    """A typing mistake in categories.yaml fails here, not while seeding."""
    _validate(_read("categories.yaml"), "categories.json")


def test_the_policy_follows_its_schema() -> None:
    """A typing mistake in policy.yaml fails here, not while seeding."""
    _validate(_read("policy.yaml"), "policy.json")


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_follows_its_schema(name: str) -> None:
    """Each region has exactly the agreed keys and shapes."""
    _validate(_region(name), "region.json")


def test_there_are_the_38_national_topics() -> None:
    """The superset starts from the list of SP4N-LAPOR!, complete."""
    assert len(_category_ids()) == 38
    assert not _twice(list(_category_ids()))


def test_every_category_has_keywords_and_an_english_name() -> None:
    """Suggesting a topic and serving visitors both need them."""
    for category in _read("categories.yaml")["categories"]:
        assert category["keywords"], category["id"]
        assert category["name_en"].strip(), category["id"]


def test_no_keyword_speaks_for_two_categories() -> None:
    """A word that suggests two topics suggests none."""
    categories = _read("categories.yaml")["categories"]
    words = [word for category in categories for word in category["keywords"]]
    assert not _twice(words)


def test_every_clock_of_every_kind_has_exactly_one_row_a_day() -> None:
    """Two rows of one clock, kind and first day would leave the deadline to chance."""
    rows = _read("policy.yaml")["rows"]
    assert not _twice([row["id"] for row in rows])
    assert not _twice([(row["clock"], row["kind"], row["from"]) for row in rows])


def test_every_clock_has_a_row_and_only_appreciation_has_no_legal_one() -> None:
    """A clock without a number could never be started."""
    rows = {(row["clock"], row["kind"]) for row in _read("policy.yaml")["rows"]}
    working = "verification decision response promise reporter completion completion_agency"
    for clock in working.split():
        assert (clock, "any") in rows
    assert {kind for clock, kind in rows if clock == "legal"} == {
        "complaint",
        "aspiration",
        "information_request",
        "supervisory",
    }


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_is_called_as_its_file(name: str) -> None:
    """Commands find a region by the file's name."""
    assert _region(name)["region"] == name


@pytest.mark.parametrize("name", REGIONS)
def test_ids_are_unique_in_a_region(name: str) -> None:
    """An id means one agency or body, so that a rule and a link mean one thing."""
    region = _region(name)
    assert not _twice([item["id"] for item in region["agencies"] + region["bodies"]])
    assert not _twice([cause["id"] for cause in region["causes"]])


@pytest.mark.parametrize("name", REGIONS)
def test_short_names_are_unique_and_at_most_20_characters(name: str) -> None:
    """Status lines name the agency by its short name alone."""
    shorts = [agency["short_name"] for agency in _region(name)["agencies"]]
    assert not _twice([short.casefold() for short in shorts])
    assert max(map(len, shorts)) <= 20


@pytest.mark.parametrize("name", REGIONS)
def test_every_parent_successor_and_handler_exists(name: str) -> None:
    """Escalation and reorganisation follow these links without looking back."""
    region = _region(name)
    known = {agency["id"] for agency in region["agencies"]}
    for agency in region["agencies"]:
        assert agency.get("parent") in known | {None}, agency["id"]
        assert (agency["succeeded_by"] or {}).get("agency") in known | {None}, agency["id"]
    assert set(region["handlers"]) <= known


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("link", ["parent", "successor"])
def test_parents_and_successors_never_run_in_a_circle(name: str, link: str) -> None:
    """Walking up to the top, or on to today's agency, always ends."""
    agencies = _region(name)["agencies"]
    above: dict[str, str | None] = {
        agency["id"]: (
            agency.get("parent")
            if link == "parent"
            else (agency["succeeded_by"] or {}).get("agency")
        )
        for agency in agencies
    }
    for start, first in above.items():
        steps, at = 0, first
        while at is not None:
            steps, at = steps + 1, above[at]
            assert steps <= len(above), start


@pytest.mark.parametrize("name", REGIONS)
def test_every_rule_names_a_known_category_area_and_agency_or_body(name: str) -> None:
    """A rule that points nowhere would lose a report."""
    region = _region(name)
    agencies = {agency["id"] for agency in region["agencies"]}
    bodies = {body["id"] for body in region["bodies"]}
    for rule in region["rules"]:
        assert rule["category"] in _category_ids(), rule
        assert rule["area"] in region["areas"], rule
        assert rule["agency"] in agencies if "agency" in rule else rule["body"] in bodies, rule


@pytest.mark.parametrize("name", REGIONS)
def test_no_rule_routes_to_an_agency_that_has_a_successor(name: str) -> None:
    """New reports go to the agency of today."""
    region = _region(name)
    gone = {agency["id"] for agency in region["agencies"] if agency["succeeded_by"]}
    assert not [rule for rule in region["rules"] if rule.get("agency") in gone]


@pytest.mark.parametrize("name", REGIONS)
def test_rule_numbers_ascend_from_one_and_no_rule_says_the_same_twice(name: str) -> None:
    """People cite a rule by its number."""
    rules = _region(name)["rules"]
    numbers = [rule["rule"] for rule in rules]
    assert numbers[0] == 1
    assert all(first < second for first, second in pairwise(numbers))
    assert not _twice([(r["category"], r["area"], r.get("agency"), r.get("body")) for r in rules])


@pytest.mark.parametrize("name", REGIONS)
def test_every_category_in_every_area_has_candidates_or_goes_to_verifiers(
    name: str, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """No report is lost: one agency, some candidates, an outside body, or the verifiers."""
    region = _region(name)
    index = _index(region)
    known = {f"agency:{item['id']}" for item in region["agencies"]}
    known |= {f"body:{item['id']}" for item in region["bodies"]}
    count: Counter[str] = Counter()
    for area in region["areas"]:
        for category in _category_ids():
            found = _candidates(index, category, area)
            assert set(found) <= known, (category, area, found)
            if len(found) == 1:
                count[found[0].split(":")[0]] += 1
            else:
                count["candidates" if found else "verifiers"] += 1
    for outcome, number in sorted(count.items()):
        record_testsuite_property(f"{name}: {outcome}", number)
    assert sum(count.values()) == len(region["areas"]) * 38


@pytest.mark.parametrize("name", REGIONS)
def test_every_category_is_ruled_for_the_whole_region_but_the_two_catch_alls(name: str) -> None:
    """Only the topics that say nothing about the matter are left to a person's reading."""
    region = _region(name)
    ruled = {rule["category"] for rule in region["rules"] if rule["area"] == region["code"]}
    assert set(_category_ids()) - ruled <= {"topik-khusus", "topik-lainnya"}


def test_rule_12_of_badung_sends_the_environment_to_dlhk_everywhere() -> None:
    """The main rule of the first region, in every one of its areas."""
    badung = _region("badung")
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


@pytest.mark.parametrize("name", REGIONS)
def test_every_area_lies_in_the_region_and_so_does_its_parent(name: str) -> None:
    """Areas are a tree with the region at its root, without gaps, in order."""
    region = _region(name)
    codes = list(region["areas"])
    assert codes[0] == region["code"]
    assert codes == sorted(codes)
    for code in codes[1:]:
        assert code.rpartition(".")[0] in region["areas"], code


@pytest.mark.parametrize("name", REGIONS)
def test_an_agency_with_an_area_serves_one_of_the_region(name: str) -> None:
    """A kecamatan office names its kecamatan by the code of the reports; no two name the same."""
    region = _region(name)
    served = [agency["area"] for agency in region["agencies"] if "area" in agency]
    assert set(served) <= set(region["areas"])
    assert not _twice(served)
    for agency in region["agencies"]:
        assert ("area" in agency) == (agency["kind"] in {"kecamatan", "kapanewon"}), agency["id"]


@pytest.mark.parametrize("name", REGIONS)
def test_no_mail_address_lies_outside_example(name: str) -> None:
    """A contact that nobody confirmed must not receive a citizen's report."""
    region = _region(name)
    for item in region["agencies"] + region["bodies"]:
        address = item["contact"].get("email")
        assert address is None or address.endswith(".example"), item["id"]


def test_the_fictitious_region_points_at_nothing_real() -> None:
    """A demonstration must not send anyone to a real office."""
    region = _region("contoh")
    hosts = region["origins"] + [body["contact"].get("web", "") for body in region["bodies"]]
    assert all(host.endswith(".example") for host in hosts)
    assert not [body["id"] for body in region["bodies"] if "phone" in body["contact"]]


@pytest.mark.parametrize("name", REGIONS)
def test_a_region_can_refer_a_report_about_its_own_inspectorate(name: str) -> None:
    """When the handler is accused, the level above or the ombudsman takes the report."""
    bodies = {body["id"] for body in _region(name)["bodies"]}
    assert "ombudsman" in bodies
    assert bodies & {"inspektorat-provinsi", "itjen-kemendagri"}
