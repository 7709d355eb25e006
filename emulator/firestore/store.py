"""Documents in a SQLite file; a commit is one SQLite transaction with its index entries.

WAL with synchronous=NORMAL: what was acknowledged survives the death of the process (kill -9),
as the pages are with the operating system. Only a power cut may lose the last of it.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path as File

from emulator.firestore.catalogue import Catalogue, Kept
from emulator.firestore.changes import Changes
from emulator.firestore.indexes import Declared, Index
from emulator.firestore.paths import Path

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
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
    "PRAGMA mmap_size=268435456",
)
_EPOCH = datetime.fromtimestamp(0, UTC)
_PATIENCE = 30.0  # for another process that has the same file open


class Store:
    def __init__(self, file: File, declared: Declared, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._idle: deque[sqlite3.Connection] = deque()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.RLock()
        self._writer = self._connect()
        self._writer.executescript(_SCHEMA)
        self._databases: dict[str, int] = dict(
            self._writer.execute("SELECT name, id FROM databases").fetchall()
        )
        self._last: int
        (self._last,) = self._writer.execute("SELECT last FROM clock").fetchone()
        self._catalogue = Catalogue(self._writer, declared)

    def close(self) -> None:
        with self._lock:
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
        with self._lock:
            changes = Changes(self._writer, database, max(self.time(), self._last + 1))
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield changes
                changes.save(self._catalogue)
                self._writer.execute("UPDATE clock SET last = ?", (changes.time,))
                self._writer.execute("COMMIT")
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._last = changes.time

    def kept(self, database: int, index: Index) -> Kept:
        """Made if it is not there yet."""
        if found := self._catalogue.find(database, index):
            return found
        with self._lock:
            return self._catalogue.keep(self._writer, database, index)

    def prepare(self, paths: Iterable[Path]) -> None:
        """The declared indexes of what is to be written, outside of the write's transaction."""
        for place in {(self.database(path.database), path.collection) for path in paths}:
            if not self._catalogue.has_declared(*place):
                with self._lock:
                    self._catalogue.keep_declared(self._writer, *place)

    def databases_with(self, collection: str) -> list[int]:
        query = "SELECT id FROM databases WHERE EXISTS (SELECT 1 FROM documents"
        where = " WHERE database = databases.id AND collection = ?)"
        with self.reading() as connection:
            return [id_ for (id_,) in connection.execute(query + where, (collection,))]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        self._open.append(connection)
        return connection
