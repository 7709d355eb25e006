"""Terraform runs once per process; a plan is made once per region."""

import shutil
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from infra.commands.package import package
from infra.manifest import ROOT
from tests.infra.terraform.workspace import Plan, Workspace, opened

_MISSING = "terraform is not on this machine: what infra/*.tf says is not proven here"


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Nobody writes into it; who wants to change something takes a copy."""
    if shutil.which("terraform") is None:
        warnings.warn(pytest.PytestWarning(_MISSING), stacklevel=1)
        pytest.skip(_MISSING)
    folder = tmp_path_factory.mktemp("terraform")
    archive = folder / "tanggap.zip"
    package(ROOT, archive)
    with opened(folder, archive) as ready:
        yield ready


@pytest.fixture(scope="session")
def plan_of(workspace: Workspace) -> Callable[[str], Plan]:
    return cache(workspace.plan)


@pytest.fixture(scope="session")
def applied(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """One region as it stands after its first deployment; nobody writes into it either."""
    standing = workspace.copy(tmp_path_factory.mktemp("applied"))
    standing.apply("badung")
    return standing


@pytest.fixture
def changeable(workspace: Workspace, tmp_path: Path) -> Workspace:
    return workspace.copy(tmp_path)
