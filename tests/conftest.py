"""What needs a process of its own: Google's emulators, once per run."""

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.emulators import emulators as running_emulators

if TYPE_CHECKING:
    from google.cloud.firestore import Client


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
