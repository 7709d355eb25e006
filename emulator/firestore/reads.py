"""Reads inside a transaction, or of the newest state."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from emulator.firestore.documents import find
from emulator.firestore.execution import Execution
from emulator.firestore.paths import Path
from emulator.firestore.protocol import TransactionOptions
from emulator.firestore.query import Query
from emulator.firestore.store import Store
from emulator.firestore.transactions import Found, Transaction, Transactions
from emulator.firestore.writes import Stored
from emulator.rpc.status import unimplemented


@dataclass(frozen=True, slots=True)
class Reading:
    """`begun`: by this very call, which has to say so in its first answer."""

    connection: sqlite3.Connection
    time: int
    store: Store
    execution: Execution
    transaction: Transaction | None = None
    begun: bytes = b""

    def document(self, path: Path) -> Stored | None:
        found = find(self.connection, self.store.database(path.database), path)
        if self.transaction:
            version = found.updated if found else None
            self.transaction.documents.setdefault(path, version)
        return found

    def query(self, query: Query) -> Iterator[Stored]:
        if self.transaction is None or self.transaction.read_only:
            return self.execution.run(query, self.connection)
        return self._noted(query, self.transaction)

    def _noted(self, query: Query, transaction: Transaction) -> Iterator[Stored]:
        """All at once: the commit has to compare what this query finds then."""

        def run(connection: sqlite3.Connection) -> Found:
            return tuple((each.row, each.updated) for each in self.execution.run(query, connection))

        found = list(self.execution.run(query, self.connection))
        transaction.queries.append((run, tuple((each.row, each.updated) for each in found)))
        return iter(found)


class Readings:
    def __init__(self, store: Store, execution: Execution, transactions: Transactions) -> None:
        self._store = store
        self._execution = execution
        self._transactions = transactions

    @contextmanager
    def reading(self, request: Any, database: str, query: Query | None = None) -> Iterator[Reading]:
        """As the request's consistency selector says."""
        if query:
            # Before the snapshot: an index that is made now would not be in it.
            self._execution.prepare(query)
        selector = request.WhichOneof("consistency_selector")
        if selector == "read_time":
            unimplemented("reads of the past (read_time)")
        if selector == "transaction":
            with self._in_transaction(request.transaction, database, query) as reading:
                yield reading
        elif selector == "new_transaction":
            begun = self._begin(database, request.new_transaction)
            with self._in_transaction(begun, database, query, begun=begun) as reading:
                yield reading
        else:
            with self.newest() as reading:
                yield reading

    @contextmanager
    def newest(self) -> Iterator[Reading]:
        with self._store.reading() as connection:
            yield Reading(connection, self._store.time(), self._store, self._execution)

    def _begin(self, database: str, options: TransactionOptions) -> bytes:
        return self._transactions.begin(database, options).id

    @contextmanager
    def _in_transaction(
        self, id_: bytes, database: str, query: Query | None, *, begun: bytes = b""
    ) -> Iterator[Reading]:
        with self._transactions.using(id_, database) as transaction:
            parts = transaction.read_time, self._store, self._execution, transaction, begun
            if query is None or self._execution.is_visible(query, transaction.snapshot):
                yield Reading(transaction.snapshot, *parts)
            else:
                # Its index is younger than the snapshot; the commit compares all the same.
                with self._store.reading() as connection:
                    yield Reading(connection, *parts)
