"""Index ranges read by SQLite: one, several merged, or the documents by name."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from emulator.firestore.documents import COLUMNS
from emulator.firestore.entries import Kept
from emulator.firestore.query import Query
from emulator.firestore.values import Position, successor

EVERYTHING = (Position(b""), Position(b"\xff"))
_MOST_MERGED = 20  # every document is compared with all conditions all the same
_COUNTED = 200  # entries looked at to find the shortest of the indexes to be merged


@dataclass(frozen=True, slots=True)
class Source:
    """One disjunct: the indexes to be merged with the range that its equalities hold in each."""

    indexes: tuple[tuple[Kept, bytes], ...]
    backwards: bool
    low: Position  # behind the equalities, in the index's own direction
    high: Position


def rows(
    database: int, query: Query, source: Source, connection: sqlite3.Connection
) -> sqlite3.Cursor:
    """Of documents, in the index's order; read as they are asked for."""
    direction = "DESC" if source.backwards else "ASC"
    if source.indexes:
        statement, values = _merge(connection, source)
    else:
        statement, values = _by_name(query, source, database)
    return connection.execute(f"{statement} {direction}", values)


def _by_name(query: Query, source: Source, database: int) -> tuple[str, list[Any]]:
    depth = len(query.parent.segments) + 2
    below = query.parent if query.collection is None else query.parent.below(query.collection)
    prefix = query.parent.prefix if query.group else below.prefix
    low = max(source.low.key, prefix)
    high = min(source.high.key, successor(prefix) if prefix else EVERYTHING[1].prefix)
    where, values = "database = ? AND path >= ? AND path < ?", [database, low, high]
    if query.collection is not None:
        where, values = f"{where} AND collection = ?", [*values, query.collection]
    if not query.group:
        where, values = f"{where} AND depth = ?", [*values, depth]
    return f"SELECT {COLUMNS} FROM documents WHERE {where} ORDER BY path", values  # noqa: S608


def _merge(connection: sqlite3.Connection, source: Source) -> tuple[str, list[Any]]:
    """The shortest range is read; in the others the same end of the key is looked up."""
    (leading, prefix), *others = sorted(
        source.indexes, key=lambda each: _length(connection, source, *each)
    )
    joins, values = "", []
    for number, (kept, held) in enumerate(others[:_MOST_MERGED]):
        joins += _JOIN.format(number)
        values += [kept.id, held, len(prefix) + 1]
    low, high = _bounds(source, prefix)
    statement = _SELECT.format(COLUMNS, joins)
    return statement, [*values, leading.id, low, high]


_SELECT = (
    "SELECT {} FROM entries AS e{} CROSS JOIN documents ON documents.id = e.document"
    " WHERE e.ix = ? AND e.key >= ? AND e.key < ? ORDER BY e.key"
)
_JOIN = (
    " CROSS JOIN entries AS e{0} ON e{0}.ix = ? AND e{0}.key = CAST(? || substr(e.key, ?) AS BLOB)"
)


def _bounds(source: Source, prefix: bytes) -> tuple[bytes, bytes]:
    low, high = source.low.within(prefix), source.high.within(prefix)
    end = successor(prefix) if prefix else EVERYTHING[1].prefix
    return low.key, min(high.key, end)


def _length(connection: sqlite3.Connection, source: Source, kept: Kept, prefix: bytes) -> int:
    if len(source.indexes) == 1:
        return 0
    (length,) = connection.execute(
        "SELECT count(*) FROM"
        " (SELECT 1 FROM entries WHERE ix = ? AND key >= ? AND key < ? LIMIT ?)",
        (kept.id, *_bounds(source, prefix), _COUNTED),
    ).fetchone()
    return int(length)
