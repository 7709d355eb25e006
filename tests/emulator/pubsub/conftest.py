from collections.abc import Iterator

import pytest

from tests.emulator.pubsub import endpoints, world
from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import Clients, World


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with endpoints.endpoint() as there:
        yield there


@pytest.fixture
def here() -> Iterator[World]:
    with world.world() as there:
        yield there


@pytest.fixture
def clients(here: World) -> Clients:
    """With the topic."""
    here.clients.topic()
    return here.clients
