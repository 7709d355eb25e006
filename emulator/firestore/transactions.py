"""Optimistic transactions: read a snapshot, commit if nothing that was read has changed.

The client starts an aborted one again, at once and four times at most, naming the first try. Those
that lost wait for each other's turn then: production's locks queue them in the same way.
"""

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from emulator.firestore.documents import find
from emulator.firestore.paths import Path
from emulator.firestore.protocol import TransactionOptions
from emulator.firestore.store import Store
from emulator.rpc.status import Refused, invalid, unimplemented

# "Usage and limits": a transaction lives so long, and so long without a word.
_SECONDS = 270.0
_IDLE_SECONDS = 60.0
_LONGEST_WAIT = 10.0
_MOST_REMEMBERED = 1_000

Found = tuple[tuple[int, int], ...]  # rows with their versions, in the order of the query
Version = int | None  # None: there was no document


@dataclass(slots=True)
class Transaction:
    id: bytes
    database: str
    read_only: bool
    origin: bytes  # the first try
    snapshot: sqlite3.Connection
    read_time: int
    began: float
    last_used: float
    documents: dict[Path, Version] = field(default_factory=dict)
    queries: list[tuple[Callable[[sqlite3.Connection], Found], Found]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)


class Transactions:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._live: dict[bytes, Transaction] = {}
        self._ended: dict[bytes, None] = {}
        self._turns = _Turns()

    def begin(self, database: str, options: TransactionOptions) -> Transaction:
        retried = options.read_write.retry_transaction
        if options.read_only.HasField("read_time"):
            unimplemented("reads of the past (TransactionOptions.ReadOnly.read_time)")
        self._forget_the_idle()
        id_ = secrets.token_bytes(16)
        if retried:
            self._turns.wait(retried, id_)
        snapshot, now = self._store.snapshot(), time.monotonic()
        begun = Transaction(
            id_,
            database,
            options.HasField("read_only"),
            retried or id_,
            snapshot,
            self._store.time(),
            now,
            now,
        )
        self._live[id_] = begun
        return begun

    @contextmanager
    def using(self, id_: bytes, database: str) -> Iterator[Transaction]:
        transaction = self._live.get(id_)
        if transaction is None or transaction.database != database or _is_over(transaction):
            self._refuse(id_)
        with transaction.lock:
            if id_ not in self._live:
                self._refuse(id_)
            transaction.last_used = time.monotonic()
            yield transaction

    def validate(self, transaction: Transaction, connection: sqlite3.Connection) -> None:
        """Under the store's lock."""
        if transaction.read_only:
            return
        for path, version in transaction.documents.items():
            now = find(connection, self._store.database(path.database), path)
            if (now and now.updated) != version:
                self._turns.lost(transaction.origin, path)
                _abort()
        if any(run(connection) != found for run, found in transaction.queries):
            self._turns.lost(transaction.origin, transaction.database)
            _abort()

    def end(self, transaction: Transaction) -> None:
        if self._live.pop(transaction.id, None):
            self._store.release(transaction.snapshot)
            self._turns.over(transaction.id)
            self._ended[transaction.id] = None
            while len(self._ended) > _MOST_REMEMBERED:
                del self._ended[next(iter(self._ended))]

    def rollback(self, id_: bytes, database: str) -> None:
        """Of one that has been aborted: nothing is left to do."""
        if id_ in self._ended:
            return
        with self.using(id_, database) as transaction:
            self.end(transaction)

    def _forget_the_idle(self) -> None:
        for each in list(self._live.values()):
            if _is_over(each):
                self.end(each)

    def _refuse(self, id_: bytes) -> NoReturn:
        if id_ in self._live or id_ in self._ended:
            invalid("The referenced transaction has expired or is no longer valid.")
        invalid("Invalid transaction.")


def _abort() -> NoReturn:
    raise Refused("ABORTED", "The transaction lost to another one. Please retry.")


def _is_over(transaction: Transaction) -> bool:
    now = time.monotonic()
    return now > min(transaction.began + _SECONDS, transaction.last_used + _IDLE_SECONDS)


class _Turns:
    """One retried transaction at a time for each thing that was fought over."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lost: dict[bytes, object] = {}
        self._held: dict[object, bytes] = {}

    def lost(self, origin: bytes, what: object) -> None:
        with self._changed:
            self._lost[origin] = what
            while len(self._lost) > _MOST_REMEMBERED:
                del self._lost[next(iter(self._lost))]

    def wait(self, origin: bytes, id_: bytes) -> None:
        """Not for ever: who holds the turn may have died."""
        with self._changed:
            what = self._lost.get(origin)
            if what is not None:
                self._changed.wait_for(lambda: what not in self._held, _LONGEST_WAIT)
                self._held[what] = id_

    def over(self, id_: bytes) -> None:
        with self._changed:
            for what in [what for what, holder in self._held.items() if holder == id_]:
                del self._held[what]
            self._changed.notify_all()
