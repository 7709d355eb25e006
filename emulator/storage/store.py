"""Buckets, objects and unfinished uploads, with all their bytes, in one SQLite file."""

import sqlite3
from pathlib import Path

from emulator.kept_file import KeptFile

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
"""
_ANYTHING = "SELECT 1 FROM objects UNION SELECT 1 FROM uploads UNION SELECT 1 FROM announcements"


class Store(KeptFile):
    def __init__(self, path: Path | None) -> None:
        super().__init__(path, _SCHEMA)
        self.connection.row_factory = sqlite3.Row

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
