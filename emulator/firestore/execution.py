"""A planned query run on the store's indexes."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from emulator.firestore.conditions import Condition, Conjunction
from emulator.firestore.documents import stored
from emulator.firestore.entries import entry_prefix
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
from emulator.firestore.scans import EVERYTHING, Source, rows
from emulator.firestore.store import Store
from emulator.firestore.values import Position, inverted
from emulator.firestore.writes import Stored
from emulator.rpc.status import Refused


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
        database = self._store.database(query.parent.database)
        found = rows(database, query, source, connection)
        must_compare = query.start is not None or query.end is not None
        for each in map(stored, found):
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
    low, high = EVERYTHING
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
    return _name_position(query, low, EVERYTHING[0]), _name_position(query, high, EVERYTHING[1])


def _name_position(query: Query, position: Position, otherwise: Position) -> Position:
    """An index ends in the document's path, not in a reference."""
    name = name_component(position.prefix, query.parent.database)
    return Position(name, position.after) if name else otherwise


def _key(position: Position) -> bytes:
    return position.key


def _merged(query: Query, streams: Iterable[Iterator[Stored]]) -> Iterator[Stored]:
    """Of an OR: each document once, where its place in the order is."""
    last = None
    for each in heapq.merge(*streams, key=lambda found: query.sort_key(found.document)):
        if each.row != last:
            yield each
        last = each.row


def _is_below(query: Query, document: Document) -> bool:
    return bool(document.name.startswith(f"{query.parent.name}/"))
