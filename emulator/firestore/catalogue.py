"""The indexes that are kept, with their entries.

Declared ones from the start. One of a single field is made when a query first needs it and kept
by every commit from then on: production keeps them all, at a price nobody here wants to pay.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from emulator.firestore.indexes import Declared, Index, IndexField
from emulator.firestore.paths import NAME, Path, field, segments_of
from emulator.firestore.protocol import Document
from emulator.firestore.values import encode, inverted

Entry = tuple[int, bytes]
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    index: Index


class Catalogue:
    """Written under the store's lock; read without it, by the snapshot's own list where need be."""

    def __init__(self, connection: sqlite3.Connection, declared: Declared) -> None:
        self._declared = declared
        self._kept: dict[tuple[int, str], tuple[Kept, ...]] = {}
        self._complete: set[tuple[int, str]] = set()
        rows = connection.execute("SELECT id, database, collection, definition FROM indexes")
        for id_, database, collection, definition in rows.fetchall():
            self._note(database, collection, Kept(id_, _index_of(definition)))

    def find(self, database: int, index: Index) -> Kept | None:
        kept = self._kept.get((database, index.collection), ())
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
        connection.execute("BEGIN IMMEDIATE")
        try:
            kept = _made(connection, database, index)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        self._note(database, index.collection, kept)
        return kept

    def changes(
        self, database: int, path: Path, old: Document | None, new: Document | None
    ) -> tuple[list[Entry], list[Entry]]:
        """Entries that go and entries that come."""
        kept = self._kept.get((database, path.collection), ())
        before, after = (set(_entries(kept, path, each)) for each in (old, new))
        return list(before - after), list(after - before)

    def _note(self, database: int, collection: str, kept: Kept) -> None:
        known = self._kept.get((database, collection), ())
        self._kept[database, collection] = (*known, kept)


def entry_prefix(index: Index, parent: Path) -> bytes:
    """Of an index of one collection: its path, ended so that collections below it lie elsewhere."""
    return b"" if index.group else parent.below(index.collection).key


def entry_keys(index: Index, path: Path, document: Document) -> Iterator[bytes]:
    """None for a document that lacks a field; one per element of a list."""
    parts = [set(_components(each, path, document)) for each in index.order]
    prefix = b"" if index.group else Path(path.database, path.segments[:-1]).key
    return (prefix + b"".join(each) for each in product(*parts))


def _components(order: IndexField, path: Path, document: Document) -> Iterable[bytes]:
    if order.path == NAME:
        return (inverted(path.key),) if order.mode == "DESCENDING" else (path.key,)
    value = field(document, order.path)
    if value is None:
        return ()
    if order.mode == "CONTAINS":
        return map(encode, value.array_value.values)
    return (inverted(encode(value)),) if order.mode == "DESCENDING" else (encode(value),)


def _entries(kept: Iterable[Kept], path: Path, document: Document | None) -> Iterator[Entry]:
    if document is not None:
        for each in kept:
            for key in entry_keys(each.index, path, document):
                yield each.id, key


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
    while some := rows.fetchmany(_AT_ONCE):
        connection.executemany(
            "INSERT INTO entries VALUES (?, ?, ?)",
            [(kept.id, key, row) for row, data in some for key in _keys_of(index, data)],
        )
    return kept


def _keys_of(index: Index, data: bytes) -> Iterator[bytes]:
    document = Document.FromString(data)
    return entry_keys(index, Path("", segments_of(document.name)), document)


def _definition(index: Index) -> str:
    return json.dumps([index.collection, index.group, [[f.path, f.mode] for f in index.fields]])


def _index_of(definition: str) -> Index:
    collection, group, fields = json.loads(definition)
    return Index(collection, tuple(IndexField(tuple(p), mode) for p, mode in fields), group)
