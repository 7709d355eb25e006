"""Start and stop. The client finds it by FIRESTORE_EMULATOR_HOST."""

import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path as File

import grpc  # type: ignore[import-untyped]

from emulator.firestore.broom import Lifetime, sweep
from emulator.firestore.commits import Commits
from emulator.firestore.execution import Execution
from emulator.firestore.indexes import Declared, Exemption, Index, Planner
from emulator.firestore.listing import Listing
from emulator.firestore.reads import Readings
from emulator.firestore.service import Service
from emulator.firestore.store import Store
from emulator.firestore.transactions import Transactions
from emulator.firestore.transport import calls
from emulator.rpc.calls import Calls, Watched

# A transaction that waits for its turn holds a thread, and who has the turn needs one too.
_THREADS = 64
_LARGEST_MESSAGE = 64 * 1024 * 1024  # the service itself refuses above its limit, by name
_OPTIONS = (
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
    ("grpc.max_send_message_length", -1),
)
_SECONDS_TO_END = 2.0


@dataclass(frozen=True, slots=True)
class Running:
    host: str
    sweep: Callable[[], int]  # removes what has expired, returns how many
    _ending: ExitStack

    def stop(self) -> None:
        self._ending.close()

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(
    port: int = 0,
    *,
    path: File | None = None,
    memory: bool = False,
    indexes: Iterable[Index] = (),
    exemptions: Iterable[Exemption] = (),
    ttl: Iterable[Lifetime] = (),
    now: Callable[[], datetime] | None = None,
    watched: Watched | None = None,
    require_indexes: bool = True,
) -> Running:
    """`path`: the file to keep everything in; `memory`: nothing is kept."""
    if memory == (path is not None):
        raise ValueError("Either a path or memory=True.")
    declared = Declared(tuple(indexes), tuple(exemptions))
    clock = now or _utc_now
    lifetimes = tuple(ttl)
    with ExitStack() as ending:
        store = _store(path or _forgotten(ending), declared, clock, ending)
        service = _service(store, Planner(declared, required=require_indexes))
        host = _started(calls(service, watched or Watched()), port, ending)
        return Running(host, lambda: sweep(store, lifetimes, clock()), ending.pop_all())
    raise AssertionError


def _store(file: File, declared: Declared, now: Callable[[], datetime], ending: ExitStack) -> Store:
    saver = ThreadPoolExecutor(1, thread_name_prefix="saver")
    store = Store(file, declared, now, later=saver.submit)
    ending.callback(store.close)
    ending.callback(saver.shutdown)
    return store


def _service(store: Store, planner: Planner) -> Service:
    execution, transactions = Execution(store, planner), Transactions(store)
    readings = Readings(store, execution, transactions)
    return Service(Commits(store, transactions), readings, transactions, Listing(store, readings))


def _started(handler: Calls, port: int, ending: ExitStack) -> str:
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="firestore")
    server = grpc.server(pool, handlers=[handler], options=_OPTIONS)
    taken = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    ending.callback(pool.shutdown)
    ending.callback(lambda: server.stop(_SECONDS_TO_END).wait())
    return f"127.0.0.1:{taken}"


def _forgotten(ending: ExitStack) -> File:
    """The same code as for a kept file, where possible in memory."""
    shared_memory = File("/dev/shm")  # noqa: S108 a directory of its own inside
    place = str(shared_memory) if shared_memory.is_dir() else None
    directory = tempfile.TemporaryDirectory(prefix="firestore-", dir=place)
    ending.callback(directory.cleanup)
    return File(directory.name) / "documents"


def _utc_now() -> datetime:
    return datetime.now(UTC)
