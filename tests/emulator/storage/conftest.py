from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.storage import world
from tests.emulator.storage.world import World


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world.world(tmp_path) as there:
        yield there
