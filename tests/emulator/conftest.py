from collections.abc import Iterator

import pytest

from emulator.clock import Clock
from tests.emulator.rooms import Furnished, furnished
from tests.emulator.test_clock import START


@pytest.fixture
def furnished_room() -> Iterator[Furnished]:
    with furnished(Clock(START)) as room:
        yield room
