"""Somebody has to be the first who may add officers."""

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from infra.commands.first_officer import add_first
from infra.commands.seed import seed
from infra.manifest import ROOT
from infra.region_file import RegionFault
from shared.adapters.firestore_people import FirestorePeople
from shared.domain.statuses import Role

if TYPE_CHECKING:
    from google.cloud.firestore import Client

EMAIL = "Wayan@badung.example"


@pytest.fixture
def region(store: "Client") -> "Client":
    seed(store, "contoh")
    return store


def test_the_first_admin_can_be_found_by_the_issuers_address(region: "Client") -> None:
    """And what was done is in the record of edits."""
    added = add_first(region, "contoh", EMAIL, "Wayan")

    found = FirestorePeople(region).by_email(EMAIL)

    assert found == added
    assert found.roles == {Role.ADMIN}
    assert [each.to_dict()["by"] for each in region.collection("edits").stream()] == ["operator"]


def test_there_is_no_second_first(region: "Client") -> None:
    """All others are added by those who are responsible for it."""
    add_first(region, "contoh", EMAIL, "Wayan")

    with pytest.raises(RegionFault, match="has an admin already"):
        add_first(region, "contoh", "made@badung.example", "Made")


def test_another_regions_desk_gets_none(region: "Client") -> None:
    """A slip of the keyboard makes nobody an admin."""
    with pytest.raises(RegionFault, match="belongs to contoh, not badung"):
        add_first(region, "badung", EMAIL, "Wayan")


def test_what_is_no_address_is_refused(region: "Client") -> None:
    """Nobody could ever sign in with it."""
    with pytest.raises(RegionFault, match="EMAIL is the address"):
        add_first(region, "contoh", "", "Wayan")


def test_the_command_says_what_comes_next(region: "Client", project: str) -> None:
    """Signing in."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.commands.first_officer", "contoh", EMAIL, "Wayan"],
        env={**os.environ, "GOOGLE_CLOUD_PROJECT": project},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "Wayan signs in at /desk" in done.stdout
