"""The shared ladder and a region's own: which rows hold, and what is refused."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from infra import ladder_rows, region_file
from infra.region_file import INFRA
from shared.domain.ladder import Does, Ladder, LadderRow
from shared.domain.notice import Audience

# As the rules have it: clock, whom, and how many working days before or after.
DESIGN = {
    "verification": {-1: "verifiers", 0: "coordinator", 2: "inspectorate"},
    "decision": {0: "inspectorate"},
    "response": {-1: "agency", 0: "agency agency_head", 2: "inspectorate", 5: "coordinator"},
    "promise": {-1: "agency", 0: "agency agency_head", 2: "inspectorate", 5: "coordinator"},
    "reporter": {-3: "reporter", 0: "reporter"},
    "completion": {-3: "reporter", 0: "reporter"},
    "legal": {
        -1: "agency_head",
        -3: "agency_head",
        -10: "agency_head",
        0: "inspectorate coordinator",
    },
}


def row(id_: str, since: str = "2018-01-01", **fields: Any) -> LadderRow:
    written = {"clock": "response", "kind": "any", "offset": 0, "does": "escalate"}
    return ladder_rows.row(
        {**written, "id": id_, "to": ["coordinator"], "from": since, **fields},
    )


def test_the_shared_ladder_is_the_agreed_one() -> None:
    """Written a second time, by clock."""
    rows = region_file.read("badung").ladder.rows
    clocks = {each.clock for each in rows}

    assert {
        clock: {each.offset: " ".join(each.to) for each in rows if each.clock == clock}
        for clock in clocks
    } == DESIGN


def test_what_comes_with_a_rung_is_where_it_was_agreed() -> None:
    """Routing with the first late day of verifiers, the oversight file with the legal one."""
    rows = region_file.read("badung").ladder.rows

    assert [each.id for each in rows if each.routes] == ["verification+0"]
    assert [each.id for each in rows if each.offers_oversight] == ["legal+0"]
    expiring = [each.id for each in rows if each.does is Does.EXPIRE]
    assert expiring == ["reporter+0", "completion+0"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([], ["a", "b", "c", "s"]),
        ([row("x", "2019-01-01")], ["a", "b", "s", "x"]),
        ([row("x", "2020-01-01")], ["a", "b", "s", "x"]),
        ([row("x", "2020-01-02")], ["a", "b", "c", "s", "x"]),
        ([row("x", "2018-01-01")], ["s", "x"]),
        ([row("x", "2022-01-01"), row("y", "2018-01-01")], ["s", "x", "y"]),
        ([row("x", "2018-01-01", kind="supervisory")], ["a", "b", "c", "x"]),
        ([row("x", "2018-01-01", clock="legal")], ["a", "b", "c", "s", "x"]),
    ],
)
def test_a_regions_rows_replace_the_shared_ones_from_their_first_day(
    own: list[LadderRow], expected: list[str]
) -> None:
    """Of their clock and kind only; what held before that day stays for the clocks of then."""
    shared = [
        row("a"),
        row("b", offset=2),
        row("c", "2020-01-01"),
        row("s", kind="supervisory"),
    ]

    assert sorted(each.id for each in ladder_rows.merged(shared, own).rows) == expected


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("a"), row("a", "2020-01-01")], "a stands twice"),
        ([row("a"), row("b")], "two rows for response, any, offset 0 from 2018-01-01"),
    ],
)
def test_rows_that_contradict_each_other_are_named(rows: list[LadderRow], said: str) -> None:
    """Chance would choose between them."""
    assert [said in fault for fault in ladder_rows.faults(Ladder(tuple(rows)))] == [True]


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "Response 0"},
        {"clock": "lunch"},
        {"kind": "rumour"},
        {"offset": 61},
        {"offset": "0"},
        {"does": "shout"},
        {"to": []},
        {"to": ["mayor"]},
        {"to": ["coordinator", "coordinator"]},
        {"from": "soon"},
        {"does": "expire"},
        {"does": "expire", "clock": "reporter", "offset": -1},
        {"routes": True},
        {"routes": False, "clock": "verification"},
        {"surprise": 1},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    """By the schema, before anything is seeded."""
    schema = json.loads((INFRA / "schema/policy.json").read_text(encoding="utf-8"))
    written = yaml.safe_load((INFRA / "policy.yaml").read_text(encoding="utf-8"))
    policy = json.loads(json.dumps(written, default=str))
    [response] = [each for each in policy["ladder"] if each["id"] == "response+0"]
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(policy)

    response.update(fields)

    assert not validator.is_valid(policy)


def test_every_audience_has_an_office() -> None:
    """The words of the file are those of the notices."""
    told = {audience for each in region_file.read("badung").ladder.rows for audience in each.to}

    assert told == set(Audience)
