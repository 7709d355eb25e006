"""The command before a region is opened, and the .tfvars that it reads."""

import json
import shutil
from pathlib import Path

import pytest

from infra import tfvars
from infra.commands import preflight
from infra.region_file import INFRA, RegionFault
from tests.infra.terraform.workspace import REGIONS


def test_the_command_ends_with_1_when_something_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    """So that a script stops there."""
    assert preflight.main(["sumbar", "--offline"]) == 1
    assert "who: coordinator of the region" in capsys.readouterr().out


def test_a_region_without_tfvars_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """The invented one is never deployed."""
    assert preflight.main(["contoh", "--offline"]) == 1
    assert "infra/regions/contoh.tfvars: No such file" in capsys.readouterr().err


def test_tfvars_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """With the file; Terraform itself shows the line."""
    infra = Path(shutil.copytree(INFRA, tmp_path / "infra"))
    (infra / "regions/badung.tfvars").write_text("domain = [")

    with pytest.raises(RegionFault, match=r"infra/regions/badung\.tfvars: Unexpected"):
        tfvars.read("badung", infra)


@pytest.mark.parametrize("region", REGIONS)
def test_the_settings_of_a_region_are_plain_values(region: str) -> None:
    """No quotes, no comments: what Terraform sees."""
    settings = tfvars.read(region)

    assert settings["region"] == region
    assert isinstance(settings["budget"], int)
    assert json.loads(json.dumps(settings)) == settings
