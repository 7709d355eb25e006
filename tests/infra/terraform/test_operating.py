"""docs/operating.md, the alarms and the log lines say the same."""

import re
from collections.abc import Callable

import pytest

from infra.manifest import ROOT
from tests.infra.terraform.workspace import Plan, Workspace

PAGE = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
_MESSAGE = re.compile(r'jsonPayload\.message = "([^"]+)"')


@pytest.fixture(scope="module")
def plan(plan_of: Callable[[str], Plan]) -> Plan:
    return plan_of("badung")


def test_every_alarm_has_its_section_and_every_section_an_alarm(plan: Plan) -> None:
    """Whoever is woken finds where to begin."""
    alarms = plan.all_of("google_monitoring_alert_policy").values()
    links = {link["url"] for each in alarms for link in each["documentation"][0]["links"]}

    assert {link.split("#")[1] for link in links} == set(SECTIONS)


@pytest.mark.parametrize("alarm", SECTIONS)
def test_a_section_says_the_first_three_things_to_look_at(alarm: str) -> None:
    """Not two, and not a chapter."""
    assert re.findall(r"^(\d)\. ", SECTIONS[alarm], re.MULTILINE) == ["1", "2", "3"]


def test_metrics_count_lines_that_the_code_writes(plan: Plan) -> None:
    """A metric of a message that nobody writes would be zero for ever."""
    filters = (each["filter"] for each in plan.all_of("google_logging_metric").values())
    counted = {message for each in filters for message in _MESSAGE.findall(each)}
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
    )

    written = set(re.findall(r'log\.write\(\s*logging\.\w+,\s*"([^"]+)"', code))

    assert len(counted) > 4
    assert counted <= written


def test_every_file_of_terraform_is_explained(workspace: Workspace) -> None:
    """The table names each, and none that is not there."""
    table = PAGE[PAGE.index("## What each file is") : PAGE.index("## Keys")]
    there = {path.name for path in (ROOT / "infra").glob("*.tf")}

    assert set(re.findall(r"`(\w+\.tf)`", table)) == there - {"backend.tf", "versions.tf"}


def test_the_commands_name_modules_that_exist(workspace: Workspace) -> None:
    """What is told to be typed can be typed."""
    modules = set(re.findall(r"-chdir=(\S+)", PAGE))
    files = re.findall(r"-var-file=(\S+)", PAGE)

    assert modules == {"infra", "infra/project", "infra/aws"}
    assert all((workspace.infra / name).exists() for name in files)
