"""The demo: its data cover the workflow, and its stories come true on a real local cloud."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any, get_args

import pytest
from rich.console import Console

from emulator.demo import closing, silence, stories
from emulator.demo.cast import Cast, NobodyThere, Officer
from emulator.demo.performance import THREADS, Result, perform
from emulator.demo.stage import WrongCloud, stage_at
from emulator.demo.stories import Planned, Step
from emulator.demo.wording import Setting
from emulator.own_cloud import own_cloud
from infra import region_file
from shared.domain.routing import candidates, only_agency
from shared.edge.actions import OfficerActions, ReporterActions
from tests.emulators import CLOUD_OPTIONS

PLANNED = stories.planned()
STORIES = stories.stories()
DIRECTORY = region_file.read("badung").directory


def commands(actions: Any) -> set[str]:
    """The names in a union of actions, each of which says its own."""
    union = get_args(actions.model_fields["root"].annotation)
    return {get_args(each.model_fields["action"].annotation)[0] for each in union}


EVERY_COMMAND = commands(OfficerActions) | commands(ReporterActions) | {"support"}


def told(name: str) -> Planned:
    return next(each for each in PLANNED if each.story.name == name)


def test_there_are_three_hundred_reports() -> None:
    assert len(PLANNED) >= 300


def test_every_command_that_people_can_give_stands_in_a_story() -> None:
    assert {step.do for story in STORIES.values() for step in story.steps} == EVERY_COMMAND


def test_every_story_is_used() -> None:
    assert {each.story.name for each in PLANNED} == set(STORIES)


def test_no_body_stands_twice() -> None:
    bodies = Counter(each.fields["body"] for each in PLANNED)

    assert [body for body, count in bodies.items() if count > 1] == []


def start_of(planned: Planned) -> str:
    """Told by the region's own rules, so that a changed rule shows here and not in the demo."""
    fields = planned.fields
    found = candidates(
        DIRECTORY, category=fields.get("category"), area=fields.get("area"), text=fields["body"]
    )
    goes = not fields.get("about_official") and (fields.get("agency") or only_agency(found))
    return "routed" if goes else "submitted"


def test_the_system_leaves_each_report_where_its_story_starts() -> None:
    assert [each.number for each in PLANNED if each.story.starts != start_of(each)] == []


def test_nobody_asks_for_the_name_of_an_anonymous_reporter() -> None:
    asking = {name for name, told in STORIES.items() if "reveal" in {s.do for s in told.steps}}

    anonymous = [each for each in PLANNED if each.fields.get("anonymous")]
    assert [each.number for each in anonymous if each.story.name in asking] == []


OFFICES = ("dinkes", "dishub", "inspektorat")
CAST = Cast(
    tuple(
        Officer(f"{office}{number}", f"{office}{number}@x.example", frozenset({"agency"}), office,
                head=number == 0)
        for office in OFFICES for number in range(3)
    ),
    handlers=frozenset({"inspektorat"}),
)  # fmt: skip
SETTING = Setting(CAST, date(2026, 11, 27), ("AAA", "BBB"), number=3)
HELD = {"agency": {"id": "dinkes"}}


@pytest.mark.parametrize(
    ("fields", "view", "spoken"),
    [
        ({"on": 4}, {}, {"on": "2026-12-01"}),
        ({"by": 3, "text": "x"}, {}, {"by": "2026-11-30", "text": "x"}),
        ({"agency": "other"}, HELD, {"agency": "dishub"}),
        ({"agency": "suggested"}, {"suggestion": {"agency": "dinkes"}}, {"agency": "dinkes"}),
        ({"agency": "suggested"}, {"suggestion": {"agency": None, "others": [{"agency": "dinkes"}]},
                                   **HELD}, {"agency": "dinkes"}),
        ({"agency": "suggested"}, {"suggestion": {"agency": "damkar"}, **HELD},
         {"agency": "dishub"}),
        ({"agency": "satpolpp"}, {}, {"agency": "satpolpp"}),
        ({"into": "other"}, {}, {"into": "BBB"}),
        ({"officer": "me"}, {}, {"officer": "dinkes1"}),
        ({"solved": True, "satisfaction": 5}, {}, {"solved": True, "satisfaction": 5}),
    ],
)  # fmt: skip
def test_special_values_are_put_into_the_words_of_the_api(
    fields: dict[str, Any], view: dict[str, Any], spoken: dict[str, Any]
) -> None:
    me = CAST.named("agency", "dinkes", 0)

    action = SETTING.action(Step("agency", "act", fields), view, me)

    assert action == {"action": "act", **spoken}


def test_an_agencys_officers_take_turns_and_its_head_is_another() -> None:
    turns = [CAST.named("agency", "dinkes", number).id for number in range(3)]

    assert turns == ["dinkes1", "dinkes2", "dinkes1"]
    assert CAST.named("agency_head", "dinkes", 0).id == "dinkes0"


@pytest.mark.parametrize("who", ["agency", "agency_head", "verifier", "verifier2"])
def test_somebody_who_is_not_there_is_missed_by_name(who: str) -> None:
    with pytest.raises(NobodyThere, match=f"no {who} at damkar"):
        CAST.named(who, "damkar", 0)


def test_a_report_happened_so_many_days_before_today() -> None:
    planned = Planned(0, STORIES["waiting"], {"body": "Jalan rusak."}, occurred_days_ago=2)

    assert planned.message(date(2026, 3, 1))["occurred_on"] == "2026-02-27"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with own_cloud("--region", "badung", *CLOUD_OPTIONS) as running:
        yield running


@pytest.fixture(scope="module")
def result(url: str) -> Result:
    """One report of each story, in the order of the file."""
    sample = sorted({told(name).number for name in STORIES})
    stage = stage_at(url, "badung", connections=THREADS)
    return perform(stage, [PLANNED[number] for number in sample], Console(quiet=True))


@pytest.mark.xdist_group("demo")
def test_every_story_comes_true(result: Result) -> None:
    assert [
        (each.filed.planned.story.name, each.where, each.reason) for each in result.failures
    ] == []
    assert result.statuses.total() == len(STORIES)  # type: ignore[attr-defined]
    assert set(result.done) >= EVERY_COMMAND


@pytest.mark.xdist_group("demo")
def test_the_closing_says_what_happened_and_what_to_look_at(result: Result, url: str) -> None:
    console = Console(width=200, record=True, file=StringIO())
    console.print(closing.tables(result), closing.conclusion(result, url, stays=True))

    said = console.export_text()
    assert f"submit      {len(STORIES)}" in said
    assert f"{url}/api/reports/" in said


@pytest.mark.xdist_group("demo")
def test_another_regions_cloud_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(WrongCloud, match="the stories happen in sleman"):
        stage_at(url, "sleman", connections=1)


@pytest.mark.xdist_group("demo")
def test_of_an_agency_that_says_nothing_the_citizen_hears_on_time() -> None:
    """Told of each rung, and where else to go; in a cloud without stories, which it would move."""
    with own_cloud("--region", "badung", *CLOUD_OPTIONS) as url:
        silent = silence.play(stage_at(url, "badung", connections=1), Console(quiet=True))

    subjects = [each["subject"] for each in silent.messages]
    assert [event["type"] for event in silent.view["timeline"]][:2] == ["submitted", "routed"]
    assert any("terlewati" in each for each in subjects)
    assert "sudah lewat" in subjects[-1]
    console = Console(width=150, record=True, file=StringIO())
    console.print(silence.shown(silent))
    assert "inspectorate, coordinator" in console.export_text()
