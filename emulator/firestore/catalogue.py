"""The indexes that are kept, with their entries.

Declared ones from the start. One of a single field is made when a query first needs it and kept
by every commit from then on: production keeps them all, at a price nobody here wants to pay.
"""

import json
import sqlite3
from collections.abc import Iterator

from emulator.firestore.entries import Entries, Entry, Kept
from emulator.firestore.indexes import Declared, Index, IndexField
from emulator.firestore.paths import Path, segments_of
from emulator.firestore.protocol import Document
from emulator.firestore.sqlite import transaction

_AT_ONCE = 1_000
_NONE = Entries(())


class Catalogue:
    """Written under the store's lock; read without it, by the snapshot's own list where need be."""

    def __init__(self, connection: sqlite3.Connection, declared: Declared) -> None:
        self._declared = declared
        self._entries: dict[tuple[int, str], Entries] = {}
        self._complete: set[tuple[int, str]] = set()
        rows = connection.execute("SELECT id, database, collection, definition FROM indexes")
        for id_, database, collection, definition in rows.fetchall():
            self._note(database, collection, Kept(id_, _index_of(definition)))

    def find(self, database: int, index: Index) -> Kept | None:
        kept = self._entries.get((database, index.collection), _NONE).kept
        return next((each for each in kept if each.index == index), None)

    def has_declared(self, database: int, collection: str) -> bool:
        return (database, collection) in self._complete

    def keep_declared(self, connection: sqlite3.Connection, database: int, collection: str) -> None:
        """With the first write to a collection, or the first after the manifest changed."""
        for index in self._declared.indexes:
            if index.collection == collection:
                self.keep(connection, database, index)
        self._complete.add((database, collection))

    def keep(self, connection: sqlite3.Connection, database: int, index: Index) -> Kept:
        if found := self.find(database, index):
            return found
        with transaction(connection):
            kept = _made(connection, database, index)
        self._note(database, index.collection, kept)
        return kept

    def changes(
        self, database: int, path: Path, old: Document | None, new: Document | None
    ) -> tuple[list[Entry], list[Entry]]:
        """Entries that go and entries that come."""
        entries = self._entries.get((database, path.collection), _NONE)
        before, after = (set(entries.of(path, each)) for each in (old, new))
        return list(before - after), list(after - before)

    def _note(self, database: int, collection: str, kept: Kept) -> None:
        known = self._entries.get((database, collection), _NONE)
        self._entries[database, collection] = Entries((*known.kept, kept))


def _made(connection: sqlite3.Connection, database: int, index: Index) -> Kept:
    made = connection.execute(
        "INSERT INTO indexes (database, collection, definition) VALUES (?, ?, ?)",
        (database, index.collection, _definition(index)),
    )
    kept = Kept(made.lastrowid or 0, index)
    rows = connection.execute(
        "SELECT id, data FROM documents WHERE database = ? AND collection = ?",
        (database, index.collection),
    )
    entries = Entries((kept,))
    while some := rows.fetchmany(_AT_ONCE):
        connection.executemany(
            "INSERT INTO entries VALUES (?, ?, ?)",
            [(*each, row) for row, data in some for each in _of_row(entries, data)],
        )
    return kept


def _of_row(entries: Entries, data: bytes) -> Iterator[Entry]:
    document = Document.FromString(data)
    return entries.of(Path("", segments_of(document.name)), document)


def _definition(index: Index) -> str:
    return json.dumps([index.collection, index.group, [[f.path, f.mode] for f in index.fields]])


def _index_of(definition: str) -> Index:
    collection, group, fields = json.loads(definition)
    return Index(collection, tuple(IndexField(tuple(p), mode) for p, mode in fields), group)
