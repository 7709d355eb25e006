"""The running server, and what its owner may ask of it without a client."""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from emulator.storage.accounts import account
from emulator.storage.buckets import Bucket, Buckets
from emulator.storage.faults import Faults
from emulator.storage.store import Store
from emulator.storage.transport import Door

if TYPE_CHECKING:
    from emulator.storage.announcing import Publish
    from emulator.storage.messages import Request, Response
    from emulator.storage.service import Service

_SIGNER = "uploads@emulator.iam.gserviceaccount.com"


class Held(NamedTuple):
    """What lies in a bucket: `unfinished` counts uploads, `size` is in bytes."""

    bucket: str
    objects: int
    size: int
    unfinished: int


class Server:
    """`key_file`: signed addresses are those of the service account whose key this is."""

    def __init__(
        self,
        store: Store,
        key_file: Path,
        now: Callable[[], datetime],
        publish: "Publish",
        faults: Faults,
    ) -> None:
        self.key_file = key_file
        self._store = store
        self._buckets = Buckets(store)
        self._account = account(key_file, _SIGNER)
        self._around = now, publish, faults
        self._loading = threading.Lock()
        self._door: Door | None = None

    @property
    def url(self) -> str:
        return f"http://{self._door.host}" if self._door else ""

    def start(self, port: int) -> None:
        """Raises PortTaken."""
        self._door = Door(port, self._answer)
        self._door.start()
        if not self._store.is_empty():
            self._service.tell()

    def stop(self) -> None:
        if self._door:
            self._door.stop()
        self._store.close()

    def declare(self, buckets: Iterable[Bucket]) -> None:
        self._buckets.declare(buckets)

    def sweep(self) -> None:
        """What a bucket forgets by the clock is removed."""
        if not self._store.is_empty():
            self._service.forget()

    def held(self) -> list[Held]:
        return [Held(*row) for row in self._store.rows(_HELD)]

    def _answer(self, request: "Request") -> "Response":
        with self._loading:
            service = self._service
        return service.answer(request)

    @cached_property
    def _service(self) -> "Service":
        """With the first request: to load it is most of a start, and few clouds are asked."""
        from emulator.storage.service import Service  # noqa: PLC0415
        from emulator.storage.signatures import Signatures  # noqa: PLC0415

        now, publish, faults = self._around
        return Service(self._store, now, Signatures(self._account), publish, faults)


_HELD = """
SELECT name,
    (SELECT count(*) FROM objects WHERE bucket = buckets.name),
    (SELECT coalesce(sum(size), 0) FROM objects WHERE bucket = buckets.name),
    (SELECT count(*) FROM uploads WHERE bucket = buckets.name AND generation IS NULL)
FROM buckets ORDER BY name
"""


def serve(
    port: int = 0,
    *,
    key_file: Path,
    path: Path | None = None,
    memory: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    publish: "Publish" = lambda *_: None,
    faults: Faults | None = None,
) -> Server:
    """`path`: the SQLite file; with `memory` nothing is kept. Raises PortTaken."""
    if (path is None) != memory:
        raise ValueError("either a path or memory")
    server = Server(Store(path), key_file, now, publish, faults or Faults())
    server.start(port)
    return server
