"""A planned query run on the store's indexes."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from emulator.firestore.catalogue import Kept, entry_prefix
from emulator.firestore.documents import COLUMNS, stored
from emulator.firestore.filters import Condition, Conjunction
from emulator.firestore.indexes import (
    Equality,
    IndexMissing,
    Need,
    Plan,
    Planner,
    Scan,
    yaml_lines,
)
from emulator.firestore.paths import NAME
from emulator.firestore.protocol import Document
from emulator.firestore.query import Query, equalities_of, name_component
from emulator.firestore.status import Refused
from emulator.firestore.store import Store
from emulator.firestore.values import Position, inverted, successor
from emulator.firestore.writes import Stored

_EVERYTHING = (Position(b""), Position(b"\xff"))
_MOST_MERGED = 20  # every document is compared with all conditions all the same
_COUNTED = 200  # entries looked at to find the shortest of the indexes to be merged


@dataclass(frozen=True, slots=True)
class Source:
    """One disjunct: the indexes to be merged with the range that its equalities hold in each."""

    indexes: tuple[tuple[Kept, bytes], ...]
    backwards: bool
    low: Position  # behind the equalities, in the index's own direction
    high: Position


class Execution:
    def __init__(self, store: Store, planner: Planner) -> None:
        self._store = store
        self._planner = planner

    def run(self, query: Query, connection: sqlite3.Connection) -> Iterator[Stored]:
        """In the query's order, without those skipped by its offset."""
        streams = [self._stream(query, each, connection) for each in _possible(query)]
        found = streams[0] if len(streams) == 1 else _merged(query, streams)
        last = None if query.limit is None else query.offset + query.limit
        return islice(found, query.offset, last)

    def prepare(self, query: Query) -> None:
        """Before the snapshot: an index made now is not in an older one."""
        for each in _possible(query):
            self._source(query, each)

    def is_visible(self, query: Query, connection: sqlite3.Connection) -> bool:
        """Whether this snapshot has the entries of the indexes that the query needs."""
        sources = [self._source(query, each) for each in _possible(query)]
        ids = {kept.id for source in sources for kept, _ in source.indexes}
        asked = "SELECT 1 FROM indexes WHERE id = ?"
        return all(connection.execute(asked, (id_,)).fetchone() for id_ in ids)

    def _stream(
        self, query: Query, conjunction: Conjunction, connection: sqlite3.Connection
    ) -> Iterator[Stored]:
        source = self._source(query, conjunction)
        rows = _documents(self._store, query, source, connection)
        must_compare = query.start is not None or query.end is not None
        for each in map(stored, rows):
            if not all(condition.matches(each.document) for condition in conjunction):
                continue
            if must_compare and not query.is_within(query.sort_key(each.document)):
                continue
            if query.group and not _is_below(query, each.document):
                continue
            yield each

    def _source(self, query: Query, conjunction: Conjunction) -> Source:
        need = query.need(conjunction)
        plan = self._plan(need)
        database = self._store.database(query.parent.database)
        values = equalities_of(conjunction)
        indexes = tuple(
            (self._store.kept(database, scan.index), _prefix(query, scan, values))
            for scan in plan.scans
        )
        low, high = _range(query, need, conjunction)
        if plan.backwards:
            low, high = high.inverted(), low.inverted()
        return Source(indexes, plan.backwards, low, high)

    def _plan(self, need: Need) -> Plan:
        try:
            return self._planner.plan(need)
        except IndexMissing as missing:
            raise Refused(
                "FAILED_PRECONDITION",
                "The query requires an index. Add to firestore.indexes of the manifest:\n"
                + yaml_lines(missing.index),
            ) from missing


def _possible(query: Query) -> list[Conjunction]:
    return [one for one in query.disjuncts if not any(each.never for each in one)]


def _prefix(query: Query, scan: Scan, values: Mapping[Equality, bytes]) -> bytes:
    parts = [entry_prefix(scan.index, query.parent)]
    for each in scan.index.fields[: scan.prefix]:
        value = values[Equality(each.path, each.mode == "CONTAINS")]
        parts.append(inverted(value) if each.mode == "DESCENDING" else value)
    return b"".join(parts)


def _range(query: Query, need: Need, conjunction: Conjunction) -> tuple[Position, Position]:
    """In the query's order, as far as the first field that no equality holds narrows it."""
    low, high = _EVERYTHING
    first = need.order[0]
    for condition in conjunction:
        if condition.path != first.path or condition.operator == "contains":
            continue
        ends = _ends(query, condition)
        if first.mode == "DESCENDING":
            ends = ends[1].inverted(), ends[0].inverted()
        low, high = max(low, ends[0], key=_key), min(high, ends[1], key=_key)
    if need.order == query.orders:
        low = max(low, query.start or low, key=_key)
        high = min(high, query.end or high, key=_key)
    return low, high


def _ends(query: Query, condition: Condition) -> tuple[Position, Position]:
    low, high = condition.positions()
    if condition.path != NAME:
        return low, high
    return _name_position(query, low, _EVERYTHING[0]), _name_position(query, high, _EVERYTHING[1])


def _name_position(query: Query, position: Position, otherwise: Position) -> Position:
    """An index ends in the document's path, not in a reference."""
    name = name_component(position.prefix, query.parent.database)
    return Position(name, position.after) if name else otherwise


def _key(position: Position) -> bytes:
    return position.key


def _documents(
    store: Store, query: Query, source: Source, connection: sqlite3.Connection
) -> sqlite3.Cursor:
    database = store.database(query.parent.database)
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
    high = min(source.high.key, successor(prefix) if prefix else _EVERYTHING[1].prefix)
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
    end = successor(prefix) if prefix else _EVERYTHING[1].prefix
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


def _merged(query: Query, streams: Iterable[Iterator[Stored]]) -> Iterator[Stored]:
    """Of an OR: each document once, where its place in the order is."""
    last = None
    for each in heapq.merge(*streams, key=lambda found: query.sort_key(found.document)):
        if each.row != last:
            yield each
        last = each.row


def _is_below(query: Query, document: Document) -> bool:
    return bool(document.name.startswith(f"{query.parent.name}/"))
