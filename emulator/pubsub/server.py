"""The running server, and what its owner may ask of it without a client."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]

from emulator.pubsub.backlog import Backlog
from emulator.pubsub.faults import Faults
from emulator.pubsub.inspection import Inspection
from emulator.pubsub.limits import LARGEST_ON_THE_WIRE
from emulator.pubsub.protocol import MICROSECONDS
from emulator.pubsub.push import Pushes, Sign
from emulator.pubsub.registry import Registry
from emulator.pubsub.service import Service
from emulator.pubsub.store import Store
from emulator.pubsub.transport import calls

# A streaming pull holds a thread for as long as it lasts.
_THREADS = 64
_SECONDS_TO_STOP = 2.0
_OPTIONS = (
    ("grpc.so_reuseport", 0),  # a second server on the same port is refused
    ("grpc.max_receive_message_length", LARGEST_ON_THE_WIRE),
    ("grpc.max_send_message_length", LARGEST_ON_THE_WIRE),
)


class PortTaken(Exception):
    """Somebody else listens there."""


class Server:
    """`service` takes the protocol's messages without gRPC; `inspection` is for people."""

    def __init__(
        self, store: Store, now: Callable[[], datetime], sign: Sign | None, faults: Faults
    ) -> None:
        registry = Registry(store)
        self._store = store
        self._backlog = Backlog(store, registry, now, faults)
        self._pushes = Pushes(self._backlog, sign)
        self.service = Service(registry, self._backlog)
        self.inspection = Inspection(store, registry, self._backlog)
        self._grpc = grpc.server(ThreadPoolExecutor(_THREADS, "pubsub"), options=_OPTIONS)
        self._grpc.add_generic_rpc_handlers((calls(self.service, faults.calls),))
        self.host = ""

    def start(self, port: int) -> None:
        try:
            bound = self._grpc.add_insecure_port(f"127.0.0.1:{port}")
        except RuntimeError as error:
            raise PortTaken(f"port {port} is taken") from error
        self.host = f"127.0.0.1:{bound}"
        self._grpc.start()
        self._pushes.start()
        self._backlog.refresh()

    def stop(self) -> None:
        self._grpc.stop(grace=None).wait(_SECONDS_TO_STOP)
        self._pushes.stop(_SECONDS_TO_STOP)
        self._store.close()

    def declare(self, topics: Iterable[str], subscriptions: Iterable[Mapping[str, Any]]) -> None:
        """Names of topics, and subscriptions as in the REST API. Raises Refused."""
        self.service.declare(topics, subscriptions)
        self._backlog.refresh()

    def is_drained(self) -> bool:
        """No push is under way and none is due. What subscribers pull does not count."""
        return self._pushes.is_drained()

    def next_due(self) -> datetime | None:
        """When time alone makes the next push due, if it does."""
        due = self._backlog.next_due_push()
        return None if due is None else datetime.fromtimestamp(due / MICROSECONDS, UTC)

    def wake(self) -> None:
        """The clock was moved: what is due now goes at once, not at the next look at the clock."""
        self._backlog.refresh()


def serve(
    port: int = 0,
    *,
    path: Path | None = None,
    memory: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sign: Sign | None = None,
    faults: Faults | None = None,
) -> Server:
    """`path`: the SQLite file; with `memory` nothing is kept. Raises PortTaken."""
    if (path is None) != memory:
        raise ValueError("either a path or memory")
    server = Server(Store(path), now, sign, faults or Faults())
    server.start(port)
    return server
