"""One embedded server for all tests; each test has a project of its own in it."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from google.cloud.firestore import Client

from emulator.firestore import Exemption, Index, IndexField, Running, serve

INDEXES = (
    Index("cities", (IndexField(("state",)), IndexField(("size",)))),
    Index("cities", (IndexField(("kind",)), IndexField(("size",)))),
    Index("cities", (IndexField(("tags",), "CONTAINS"), IndexField(("size",)))),
    Index("cities", (IndexField(("state",)), IndexField(("size",), "DESCENDING"))),
    Index("places", (IndexField(("state",)),), group=True),
)
EXEMPTIONS = (Exemption("cities", ("note",)),)

Connect = Callable[..., Client]


@pytest.fixture(scope="session")
def served() -> Iterator[Running]:
    with serve(memory=True, indexes=INDEXES, exemptions=EXEMPTIONS) as running:
        yield running


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """The unmodified client, to any server and project."""
    opened = []

    def client(running: Running | str, project: str = "p", **options: str) -> Client:
        host = running if isinstance(running, str) else running.host
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", host)
        opened.append(Client(project=project, **options))
        return opened[-1]

    yield client
    for each in opened:
        each.close()


@pytest.fixture
def firestore(served: Running, connect: Connect) -> Client:
    return connect(served, f"test-{uuid4().hex[:12]}")
