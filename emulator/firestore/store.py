"""Documents in a SQLite file; a commit is one SQLite transaction with its index entries.

WAL with synchronous=NORMAL: what was acknowledged survives the death of the process (kill -9),
as the pages are with the operating system. Only a power cut may lose the last of it.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path as File

from emulator.firestore.catalogue import Catalogue, Kept
from emulator.firestore.indexes import Declared, Index
from emulator.firestore.paths import Path, segments_of
from emulator.firestore.protocol import Document, timestamp
from emulator.firestore.values import successor
from emulator.firestore.writes import Stored

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
_PATIENCE = 30.0  # for another process that has the same file open
COLUMNS = "documents.id, created, updated, data"

_INSERT = (
    "INSERT INTO documents (database, collection, depth, path, created, updated, data)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_REPLACE = "UPDATE documents SET updated = ?, data = ? WHERE id = ?"
Row = tuple[int, int, int, bytes]


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

    @property
    def last(self) -> int:
        """The time of the last commit."""
        return self._last

    def time(self) -> int:
        """In microseconds, never behind a commit."""
        return max(int(self._now().timestamp() * 1_000_000), self._last)

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
        connection = self.snapshot()
        try:
            yield connection
        finally:
            self.release(connection)

    def snapshot(self) -> sqlite3.Connection:
        """To be released."""
        connection = self._idle.pop() if self._idle else self._connect()
        connection.execute("BEGIN")
        connection.execute("SELECT last FROM clock").fetchone()
        return connection

    def release(self, connection: sqlite3.Connection) -> None:
        connection.rollback()
        self._idle.append(connection)

    @contextmanager
    def writing(self) -> Iterator["Changes"]:
        """One writer at a time; what it changed is committed with the end of the block."""
        with self._lock:
            changes = Changes(self._writer, self, self._catalogue, max(self.time(), self._last + 1))
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield changes
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


def find(connection: sqlite3.Connection, database: int, path: Path) -> Stored | None:
    query = f"SELECT {COLUMNS} FROM documents WHERE database = ? AND path = ?"  # noqa: S608 a constant
    row = connection.execute(query, (database, path.key)).fetchone()
    return row and stored(row)


def stored(row: Row) -> Stored:
    id_, created, updated, data = row
    return Stored(Document.FromString(data), created, updated, id_)


class Changes:
    """Of one commit. A document's second write sees what the first one left."""

    def __init__(
        self, connection: sqlite3.Connection, store: Store, catalogue: Catalogue, time: int
    ) -> None:
        self.connection = connection
        self.time = time
        self._store = store
        self._catalogue = catalogue

    def find(self, path: Path) -> Stored | None:
        return find(self.connection, self._store.database(path.database), path)

    def put(self, path: Path, document: Document, before: Stored | None) -> None:
        database = self._store.database(path.database)
        document.name = path.name
        document.create_time.CopyFrom(timestamp(before.created if before else self.time))
        document.update_time.CopyFrom(timestamp(self.time))
        data = document.SerializeToString()
        if before:
            row = before.row
            self.connection.execute(_REPLACE, (self.time, data, row))
        else:
            place = (database, path.collection, len(path.segments), path.key)
            row = self.connection.execute(_INSERT, (*place, self.time, self.time, data)).lastrowid
        self._reindex(database, path, row, before and before.document, document)

    def delete(self, path: Path, before: Stored) -> None:
        self.connection.execute("DELETE FROM documents WHERE id = ?", (before.row,))
        self._reindex(self._store.database(path.database), path, before.row, before.document, None)

    def _reindex(
        self, database: int, path: Path, row: int | None, old: Document | None, new: Document | None
    ) -> None:
        gone: Sequence[tuple[int, bytes]]
        gone, added = self._catalogue.changes(database, path, old, new)
        if gone:
            self.connection.executemany("DELETE FROM entries WHERE ix = ? AND key = ?", gone)
        if added:
            self.connection.executemany(
                "INSERT INTO entries VALUES (?, ?, ?)", [(*each, row) for each in added]
            )


def collection_ids(connection: sqlite3.Connection, database: int, parent: Path) -> Iterator[str]:
    """Directly below the parent, whether or not a document is there, in their order."""
    depth = len(parent.segments)
    at = parent.prefix
    while segments := _next(connection, database, at):
        if segments[:depth] != parent.segments:
            return
        if len(segments) > depth:
            yield segments[depth]
            at = successor(Path(parent.database, segments[: depth + 1]).prefix)
        else:
            at = successor(parent.key)


def document_ids(
    connection: sqlite3.Connection, database: int, collection: Path, after: str | None
) -> Iterator[str]:
    """Also of documents that are not there themselves but have others below them."""
    depth = len(collection.segments)
    at = successor(collection.below(after).prefix) if after else collection.prefix
    while (segments := _next(connection, database, at)) and segments[:depth] == collection.segments:
        yield segments[depth]
        at = successor(collection.below(segments[depth]).prefix)


def _next(connection: sqlite3.Connection, database: int, at: bytes) -> tuple[str, ...]:
    """Of the first document at this key or behind it."""
    query = "SELECT data FROM documents WHERE database = ? AND path >= ? ORDER BY path LIMIT 1"
    row = connection.execute(query, (database, at)).fetchone()
    return segments_of(Document.FromString(row[0]).name) if row else ()
