"""Plan and deploy, as an operator runs them: Terraform for real, the cloud's parts stood in for."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from rich.console import Console

from emulator.own_cloud import own_cloud
from infra.asking import Declined, asked
from infra.commands import plan
from infra.commands.deploy import Deployment
from infra.smoke import smoke
from infra.terraform import Terraform, TerraformStopped
from shared.adapters.firestore_region import FirestoreRegion
from tests.emulators import ON_GOOGLE
from tests.infra.terraform.workspace import Workspace

if TYPE_CHECKING:
    from google.cloud.firestore import Client

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulator has one database only")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk of the region, where the deployed one would be."""
    with own_cloud("--region", "badung") as url:
        yield url


@dataclass
class Operator:
    """Sits at a terminal, says yes to everything unless told otherwise."""

    workspace: Workspace
    states: Path
    database: Callable[[str, str], "Client"]
    says_no_to: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, question: str) -> None:
        self.asked.append(question)
        if question == self.says_no_to:
            raise Declined("Stopped; nothing more was changed.")

    def deploys(self, url: str, archive: Path | None = None) -> tuple[bool, str]:
        screen = io.StringIO()
        deployment = Deployment(
            region="badung",
            state=str(self.states),
            archive=archive or self.workspace.archive,
            terraform=self.terraform,
            ask=self.answer,
            database=self.database,
            console=Console(file=screen, width=200),
            url=url,
        )
        return deployment.run(), screen.getvalue()

    @property
    def terraform(self) -> Terraform:
        return Terraform(self.workspace.infra, self.workspace.environment, quiet=True)


@pytest.fixture
def operator(
    changeable: Workspace, tmp_path: Path, emulators: Mapping[str, str]
) -> Iterator[Operator]:
    from google.cloud.firestore import Client  # noqa: PLC0415 as everywhere

    # Every test a project of its own: the name of the deployed one is always the same.
    client = Client(project=f"test-{uuid4().hex[:12]}", database="tanggap-badung")
    given: list[tuple[str, str]] = []

    def database(project: str, name: str) -> Any:
        given.append((project, name))
        return client

    yield Operator(changeable, tmp_path, database)
    assert set(given) <= {("tanggap-badung", "tanggap-badung")}
    client.close()


def test_a_first_deployment_plans_asks_applies_seeds_and_looks(
    operator: Operator, desk: str
) -> None:
    """One command from nothing to a desk that answers."""
    answers, said = operator.deploys(desk)

    assert answers
    assert operator.asked == ["Apply this plan?", "Write this?"]
    assert FirestoreRegion(operator.database("tanggap-badung", "tanggap-badung")).rules()
    assert re.search(r"\d+ made, 0 changed, 0 taken away", said)
    assert said.count("as it should be") == 4
    assert "Back to what ran before" not in said


def test_a_release_says_how_to_go_back_and_going_back_is_a_deployment(
    operator: Operator, desk: str, tmp_path: Path
) -> None:
    """With the archive that ran before, by its generation."""
    operator.deploys(desk)
    release = tmp_path / "release.zip"
    release.write_bytes(operator.workspace.archive.read_bytes() + b"another")

    answers, said = operator.deploys(desk, release)
    assert answers
    before = re.search(r"gcloud storage cp 'gs://(\S+?)/(\S+?\.zip)#\S+' build/before\.zip", said)
    assert before
    assert f"make deploy REGION=badung STATE={operator.states} ARCHIVE=build/before.zip" in said

    operator.deploys(desk)
    archive = operator.terraform.outputs()["archive"]
    assert (archive["bucket"], archive["name"]) == before.groups()


def test_a_second_deployment_of_the_same_asks_nothing(operator: Operator, desk: str) -> None:
    """Idempotent from end to end: it only looks whether all answers."""
    operator.deploys(desk)
    operator.asked.clear()

    answers, said = operator.deploys(desk)

    assert answers
    assert operator.asked == []
    assert "Nothing to change" in said
    assert "Nothing to do: the database holds badung" in said


def test_a_first_deployment_that_broke_off_is_begun_again(operator: Operator, desk: str) -> None:
    """It goes on where it stopped: a cloud is slow to know what it was just given."""
    given = operator.workspace.archive
    plan.planned(operator.terraform, "badung", state=str(operator.states), archive=given)
    some = ("-target=google_compute_address.front_door", "-var-file=regions/badung.tfvars")
    operator.workspace.run("apply", "-auto-approve", f"-var=archive={given}", *some)
    assert "archive" not in operator.terraform.outputs()

    answers, said = operator.deploys(desk)

    assert answers
    assert "Back to what ran before" not in said


def test_without_a_yes_nothing_is_applied(operator: Operator, desk: str) -> None:
    """Neither cloud nor directory."""
    operator.says_no_to = "Apply this plan?"

    with pytest.raises(Declined):
        operator.deploys(desk)

    assert operator.terraform.outputs() == {}


def test_a_desk_that_does_not_answer_is_told_of_and_what_it_may_wait_for(
    operator: Operator,
) -> None:
    """A first deployment has no certificate yet."""
    answers, said = operator.deploys("http://127.0.0.1:1")

    assert not answers
    assert said.count("ConnectionError") == 4
    assert "make smoke REGION=badung" in said


def test_a_desk_of_another_region_is_no_success(desk: str) -> None:
    """A wrong address would otherwise look fine."""
    faults = {probe.name: probe.fault for probe in smoke(desk, "bali") if probe.fault}

    assert faults == {"directory": "it is the directory of badung: seed the region"}


def test_each_region_has_a_state_of_its_own(operator: Operator) -> None:
    """In one bucket, or in one folder."""
    steps = plan.planned(
        operator.terraform,
        "bali",
        state=str(operator.states),
        archive=operator.workspace.archive,
    )

    assert all(step.actions == ("create",) for step in steps)
    assert "taken away." in plan.summary(steps)


def test_what_is_taken_away_is_named(operator: Operator) -> None:
    """The one line that has to be read before saying yes."""
    terraform, archive = operator.terraform, operator.workspace.archive
    plan.planned(terraform, "badung", state=str(operator.states), archive=archive)
    terraform.apply()
    operator.workspace.changed("uptime.tf", '"health"', '"other_name"')
    operator.workspace.changed("uptime.tf", "config.health.", "config.other_name.")

    steps = terraform.plan("badung", archive)

    assert "google_monitoring_uptime_check_config.health" in plan.summary(steps)
    assert "1 taken away" in plan.summary(steps)


@pytest.mark.parametrize(
    ("region", "variables", "said"),
    [
        ("badung", {}, "say where the states are kept: STATE=gs://BUCKET"),
        ("badung", {"STATE": "gs://states", "ARCHIVE": "none.zip"}, "there is no archive none.zip"),
        ("badun", {"STATE": "gs://states"}, "there is no region 'badun'; choose one of: badung,"),
        ("contoh", {"STATE": "gs://states"}, "infra/regions/contoh.tfvars: No such file"),
    ],
)
def test_what_is_missing_is_said_before_anything_starts(
    region: str,
    variables: Mapping[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line, exit code 1."""
    for name in ("STATE", "ARCHIVE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert plan.main([region]) == 1
    assert said in capsys.readouterr().err


def test_terraforms_own_no_becomes_a_sentence(operator: Operator) -> None:
    """Its words stand above it on the terminal."""
    operator.workspace.changed("regions/badung.tfvars", "lapor.badungkab.go.id", "NOT A HOST")

    with pytest.raises(TerraformStopped, match="terraform plan ended with 1"):
        plan.planned(
            operator.terraform,
            "badung",
            state=str(operator.states),
            archive=operator.workspace.archive,
        )


def test_nobody_at_the_terminal_is_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline that means it says YES=1."""
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))

    with pytest.raises(Declined, match="YES=1"):
        asked(Console(), yes=False)("Apply this plan?")
    asked(Console(), yes=True)("Apply this plan?")
