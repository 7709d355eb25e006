"""Documents and their index entries in a SQLite file.

A commit is one SQLite transaction, which writes it into the journal. Its documents and entries
come into their tables after the answer, and before anything else is read or written.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path as File

from emulator.firestore import journal
from emulator.firestore.catalogue import Catalogue
from emulator.firestore.changes import Changes
from emulator.firestore.entries import Kept
from emulator.firestore.indexes import Declared, Index
from emulator.firestore.paths import Path
from emulator.firestore.sqlite import connect, transaction

_SCHEMA = """
CREATE TABLE IF NOT EXISTS databases (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY, database INTEGER, collection TEXT, depth INTEGER, path BLOB,
    created INTEGER, updated INTEGER, data BLOB);
CREATE UNIQUE INDEX IF NOT EXISTS by_path ON documents (database, path);
CREATE INDEX IF NOT EXISTS by_collection ON documents (database, collection, path);
CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY, database INTEGER, collection TEXT, definition TEXT);
CREATE TABLE IF NOT EXISTS entries (
    ix INTEGER, key BLOB, document INTEGER, PRIMARY KEY (ix, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER);
INSERT OR IGNORE INTO clock VALUES (1, 0);
"""
_EPOCH = datetime.fromtimestamp(0, UTC)

Later = Callable[[Callable[[], None]], object]


class Store:
    """`later` does what it is given when the answer is out, or never: it is done in time."""

    def __init__(
        self, file: File, declared: Declared, now: Callable[[], datetime], later: Later
    ) -> None:
        self._file = file
        self._now = now
        self._later = later
        self._idle: deque[sqlite3.Connection] = deque()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._writer = self._connect()
        self._writer.executescript(_SCHEMA + journal.SCHEMA)
        self._databases: dict[str, int] = dict(
            self._writer.execute("SELECT name, id FROM databases").fetchall()
        )
        self._last: int
        (self._last,) = self._writer.execute("SELECT last FROM clock").fetchone()
        self._catalogue = Catalogue(self._writer, declared)
        self._unsaved = journal.left_over(self._writer)

    def close(self) -> None:
        with self._all_saved():
            for connection in self._open:
                connection.close()

    def time(self) -> int:
        """In microseconds, never behind a commit."""
        return max((self._now() - _EPOCH) // timedelta(microseconds=1), self._last)

    def database(self, name: str) -> int:
        """A database is there as soon as somebody names it."""
        if name not in self._databases:
            with self._lock:
                self._writer.execute("INSERT OR IGNORE INTO databases (name) VALUES (?)", (name,))
                query = "SELECT id FROM databases WHERE name = ?"
                (self._databases[name],) = self._writer.execute(query, (name,)).fetchone()
        return self._databases[name]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of everything, for as long as the block runs."""
        connection = self._begun()
        try:
            yield connection
        finally:
            self.release(connection)

    def snapshot(self) -> sqlite3.Connection:
        """Of now, to be released. SQLite takes it with the first read only."""
        connection = self._begun()
        connection.execute("SELECT last FROM clock").fetchone()
        return connection

    def _begun(self) -> sqlite3.Connection:
        self._save()
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        connection.execute("BEGIN")
        return connection

    def release(self, connection: sqlite3.Connection) -> None:
        connection.rollback()
        self._idle.append(connection)

    @contextmanager
    def writing(self, database: int) -> Iterator[Changes]:
        """One writer at a time; what it changed is committed with the end of the block."""
        with self._all_saved():
            changes = Changes(self._writer, database, max(self.time(), self._last + 1))
            with transaction(self._writer):
                yield changes
                journal.note(changes)
                self._writer.execute("UPDATE clock SET last = ?", (changes.time,))
            self._last = changes.time
            self._unsaved = changes
        self._later(self._save)

    @contextmanager
    def _all_saved(self) -> Iterator[None]:
        """Alone, and with everything that was committed in its table."""
        with self._lock:
            self._save()
            yield

    def _save(self) -> None:
        if self._unsaved is None:
            return
        with self._lock:
            if self._unsaved:
                with transaction(self._writer):
                    self._unsaved.save(self._catalogue)
                    journal.clear(self._writer)
                self._unsaved = None

    def kept(self, database: int, index: Index) -> Kept:
        """Made if it is not there yet."""
        if found := self._catalogue.find(database, index):
            return found
        with self._all_saved():
            return self._catalogue.keep(self._writer, database, index)

    def prepare(self, paths: Iterable[Path]) -> None:
        """The declared indexes of what is to be written, outside of the write's transaction."""
        for place in {(self.database(path.database), path.collection) for path in paths}:
            if not self._catalogue.has_declared(*place):
                with self._all_saved():
                    self._catalogue.keep_declared(self._writer, *place)

    def databases_with(self, collection: str) -> list[int]:
        query = "SELECT id FROM databases WHERE EXISTS (SELECT 1 FROM documents"
        where = " WHERE database = databases.id AND collection = ?)"
        with self.reading() as connection:
            return [id_ for (id_,) in connection.execute(query + where, (collection,))]

    def _connect(self) -> sqlite3.Connection:
        connection = connect(self._file)
        self._open.append(connection)
        return connection
