"""Rows of documents: found by name, and what lies below a name."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from emulator.firestore.paths import Path, segments_of
from emulator.firestore.protocol import Document
from emulator.firestore.values import successor
from emulator.firestore.writes import Stored

COLUMNS = "documents.id, created, updated, data"


def find(connection: sqlite3.Connection, database: int, path: Path) -> Stored | None:
    return find_all(connection, database, [path]).get(path)


def find_all(
    connection: sqlite3.Connection, database: int, paths: Iterable[Path]
) -> dict[Path, Stored]:
    """Those that are there."""
    wanted = {path.key: path for path in paths}
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        f"SELECT path, {COLUMNS} FROM documents WHERE database = ? AND path IN ({marks})",  # noqa: S608
        (database, *wanted),
    )
    return {wanted[key]: stored(row) for key, *row in rows}


def stored(row: Sequence[Any]) -> Stored:
    """Of a row of COLUMNS."""
    id_, created, updated, data = row
    return Stored(Document.FromString(data), created, updated, id_)


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
