"""A new region needs nothing but its own files: no line of code, of Terraform or of a test."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from google.cloud.firestore import Client
from rich.console import Console

from emulator.own_cloud import own_cloud
from infra.commands import preflight
from infra.commands.deploy import Deployment
from infra.commands.first_officer import add_first
from infra.region_file import INFRA
from infra.terraform import Terraform
from infra.tfvars import FOLDERS
from tests.emulators import ON_GOOGLE
from tests.infra.terraform.rules.every import RULES
from tests.infra.terraform.workspace import Workspace

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulator has one database only")

NEW = "cemara"
PROJECT = "pemkab-cemara-lapor"
# What an operator changes in the copies, in the order in which docs/operating.md names it.
YAML = {"contoh": NEW, "Kota Contoh": "Kabupaten Cemara", "99.71": "98.05", "Jakarta": "Jayapura"}
TFVARS = {"tanggap-badung": PROJECT, "badung": NEW}


def written(template: Path, changes: Mapping[str, str], to: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    to.write_text(text, encoding="utf-8")


@pytest.fixture
def regional(changeable: Workspace) -> Workspace:
    """The infra folder with three files more."""
    infra = changeable.infra
    written(INFRA / "regions/contoh.yaml", YAML, infra / f"regions/{NEW}.yaml")
    for folder in FOLDERS:
        written(INFRA / folder / "badung.tfvars", TFVARS, infra / folder / f"{NEW}.tfvars")
    return changeable


@pytest.fixture
def desk(regional: Workspace) -> Iterator[str]:
    with own_cloud("--region", NEW, "--infra", str(regional.infra)) as url:
        yield url


@pytest.fixture
def database(project: str, emulators: Mapping[str, str]) -> Iterator[Client]:
    client = Client(project=project, database=f"tanggap-{NEW}")
    yield client
    client.close()


def test_its_plan_holds_every_rule(regional: Workspace) -> None:
    """And that of its project is one, too."""
    plan = regional.plan(NEW)

    assert [offence for rule in RULES for offence in rule(plan)] == []
    assert regional.plan_of_project(NEW).of("google_billing_budget.month")


def test_what_is_not_ready_is_said_of_it(regional: Workspace) -> None:
    """Before anything of it stands in a cloud."""
    case = preflight.case_of(NEW, regional.infra)

    said = {finding.how for finding in preflight.on_paper_findings(case)}

    assert f"contact in infra/regions/{NEW}.yaml, then seed" in said
    assert case.settings["project"] == PROJECT


def test_it_is_deployed_seeded_and_answers_and_has_its_admin(
    regional: Workspace, desk: str, database: Client, tmp_path: Path
) -> None:
    """From its files to a person who may sign in, by the commands that an operator types."""
    screen, given = io.StringIO(), list[tuple[str, str]]()

    def opened(project: str, name: str) -> Client:
        given.append((project, name))
        return database

    done = Deployment(
        region=NEW,
        state=str(tmp_path),
        archive=regional.archive,
        terraform=Terraform(regional.infra, regional.environment, quiet=True),
        ask=lambda _: None,
        database=opened,
        console=Console(file=screen, width=200),
        url=desk,
    ).run()

    assert done, screen.getvalue()
    assert given == [(PROJECT, f"tanggap-{NEW}")]
    assert add_first(database, NEW, "admin@cemara.example", "Yosephina").name == "Yosephina"
