"""Buckets, objects and unfinished uploads, with all their bytes, in one SQLite file.

WAL with synchronous=NORMAL: what was acknowledged survives the death of the process (kill -9),
as the pages are with the operating system. Only a power cut may lose the last of it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A content is the bytes of one object or of one upload, in pieces as they came. `announcements`:
# what Pub/Sub has not been told yet.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, config TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT, name TEXT, generation INTEGER, content INTEGER, size INTEGER, type TEXT,
    md5 TEXT, crc32c TEXT, created INTEGER, PRIMARY KEY (bucket, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, bucket TEXT, name TEXT, type TEXT, content INTEGER, received INTEGER,
    total INTEGER, least INTEGER, most INTEGER, conditions TEXT, is_new INTEGER, started INTEGER,
    generation INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pieces (content INTEGER, start INTEGER, data BLOB);
CREATE UNIQUE INDEX IF NOT EXISTS by_content ON pieces (content, start);
CREATE TABLE IF NOT EXISTS announcements (
    id INTEGER PRIMARY KEY, topic TEXT, data BLOB, attributes TEXT);
CREATE TABLE IF NOT EXISTS ids (last INTEGER);
INSERT INTO ids SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM ids);
"""
_ANYTHING = "SELECT 1 FROM objects UNION SELECT 1 FROM uploads UNION SELECT 1 FROM announcements"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY")


class Store:
    """One connection, one thread at a time; whoever reads or writes holds the lock."""

    def __init__(self, path: Path | None) -> None:
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        self.connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(_SCHEMA)
        self._depth = 0

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, together with the block that this one stands in."""
        with self.lock:
            if not self._depth:
                self.connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self.connection
            except BaseException:
                self._end("ROLLBACK")
                raise
            self._end("COMMIT")

    def next_id(self) -> int:
        query = "UPDATE ids SET last = last + 1 RETURNING last"
        return int(self.connection.execute(query).fetchone()[0])

    def row(self, query: str, *values: object) -> sqlite3.Row | None:
        with self.lock:
            row: sqlite3.Row | None = self.connection.execute(query, values).fetchone()
        return row

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self.lock:
            return self.connection.execute(query, values).fetchall()

    def is_empty(self) -> bool:
        """But for the buckets."""
        return self.row(_ANYTHING) is None

    def _end(self, how: str) -> None:
        self._depth -= 1
        if not self._depth:
            self.connection.execute(how)
