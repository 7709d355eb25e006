"""What needs a process of its own: Google's emulators, once per run; and what is run first."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.emulators import emulators as running_emulators

if TYPE_CHECKING:
    from google.cloud.firestore import Client

# How long an example takes says how busy the machine is, and nothing about a rule.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")

# What takes the longest begins first, or at the end one worker is busy with it and the others wait.
_FIRST = (
    "web/test_every_page.py", "system", "domain/test_stateful.py", "web", "infra/terraform",
    "emulator/firestore/test_differential.py", "infra", "contract", "functions", "emulator",
)  # fmt: skip
_TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-xdist hands out files in this order, with --no-loadscope-reorder."""
    items.sort(key=lambda item: _place(item.path))


def _place(file: Path) -> int:
    places = (at for at, first in enumerate(_FIRST) if file.is_relative_to(_TESTS / first))
    return next(places, len(_FIRST))


@pytest.fixture(scope="session")
def emulators() -> Iterator[Mapping[str, str]]:
    """Google's clients find them by these variables."""
    before = dict(os.environ)
    with running_emulators() as variables:
        os.environ.update(variables)
        yield variables
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def project() -> str:
    """A fresh one per test instead of a wipe: projects do not see each other."""
    return f"test-{uuid4().hex[:12]}"


@pytest.fixture
def store(emulators: Mapping[str, str], project: str) -> Iterator["Client"]:
    from google.cloud.firestore import Client  # noqa: PLC0415 tests of the rules load no Google

    client = Client(project=project)
    yield client
    client.close()
