"""A structured query as Firestore reads it: with the orders it adds, and its cursors. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from emulator.firestore.conditions import Conjunction, value_at
from emulator.firestore.filters import disjunctions
from emulator.firestore.indexes import Equality, IndexField, Mode, Need
from emulator.firestore.limits import MOST_FILTERS_AND_ORDERS, MOST_INEQUALITY_FIELDS
from emulator.firestore.paths import (
    NAME,
    FieldPath,
    Path,
    check_id,
    document_path,
    field_path,
    segments_of,
)
from emulator.firestore.protocol import Cursor, Document, StructuredQuery
from emulator.firestore.values import REFERENCE, Position, encode, encode_path, inverted
from emulator.rpc.status import invalid, unimplemented

Orders = tuple[IndexField, ...]


@dataclass(frozen=True, slots=True)
class Query:
    parent: Path
    collection: str | None  # None: of every collection
    group: bool
    disjuncts: tuple[Conjunction, ...]
    orders: Orders
    start: Position | None
    end: Position | None
    offset: int
    limit: int | None
    select: tuple[FieldPath, ...] | None
    names_name: bool  # by a filter, or an order of its own

    def need(self, conjunction: Conjunction) -> Need:
        """Of one disjunct: an order by what an equality holds is no order."""
        equalities = equalities_of(conjunction)
        held = {each.path for each in equalities if not each.contains}
        left = tuple(each for each in self.orders if each.path not in held)
        return Need(self.collection or "", frozenset(equalities), left, self.group)

    def sort_key(self, document: Document, orders: Orders | None = None) -> bytes:
        return b"".join(_component(document, each) for each in orders or self.orders)

    def also_ordered_by(self, paths: Iterable[FieldPath]) -> "Query":
        """Before the name: this needs an index over them, which has only their documents."""
        *orders, name = self.orders
        known = {each.path for each in self.orders}
        added = [IndexField(path, name.mode) for path in dict.fromkeys(paths) if path not in known]
        if added and self.names_name:
            invalid("This query requires an index that has fields after __name__.")
        return replace(self, orders=(*orders, *added, name))

    def is_within(self, sort_key: bytes) -> bool:
        started = self.start is None or self.start.key <= sort_key
        return started and (self.end is None or sort_key < self.end.key)


def equalities_of(conjunction: Conjunction) -> dict[Equality, bytes]:
    """The name is a range at the end of every index, be it of one document."""
    return {
        Equality(each.path, each.operator == "contains"): each.value
        for each in conjunction
        if each.operator in {"==", "contains"} and each.path != NAME
    }


def parse(parent: Path, asked: StructuredQuery) -> Query:
    if asked.HasField("find_nearest"):
        unimplemented("StructuredQuery.find_nearest")
    if len(asked.from_) != 1:
        invalid("A query is from exactly one collection.")
    (source,) = asked.from_
    if source.collection_id:
        check_id(source.collection_id)
    found = disjunctions(asked.where)
    _check_counts(asked, found)
    _check_references(asked, found, parent.database)
    orders = _orders(asked, found)
    return Query(
        parent=parent,
        collection=source.collection_id or None,
        group=source.all_descendants,
        disjuncts=found,
        orders=orders,
        start=_cursor(asked, "start_at", orders),
        end=_cursor(asked, "end_at", orders),
        offset=_at_least_zero("offset", asked.offset),
        limit=_at_least_zero("limit", asked.limit.value) if asked.HasField("limit") else None,
        select=_selected(asked),
        names_name=any(_order(each).path == NAME for each in asked.order_by)
        or any(each.path == NAME for one in found for each in one),
    )


def _orders(asked: StructuredQuery, found: tuple[Conjunction, ...]) -> Orders:
    """Inequality fields by name, then __name__, in the last direction ("Order and limit data")."""
    orders = [_order(each) for each in asked.order_by]
    paths = [each.path for each in orders]
    if len(set(paths)) < len(paths):
        invalid("A field appears in order by more than once.")
    last: Mode = orders[-1].mode if orders else "ASCENDING"
    unequal = {each.path for one in found for each in one if each.is_inequality}
    added = sorted(unequal.difference(paths, {NAME}))
    orders.extend(IndexField(path, last) for path in added)
    if NAME not in paths:
        orders.append(IndexField(NAME, last))
    elif orders[-1].path != NAME:
        invalid("order by clause cannot contain more fields after the key")
    return tuple(orders)


def _order(asked: Any) -> IndexField:
    path = field_path(asked.field.field_path)
    return IndexField(path, "DESCENDING" if asked.direction == _DESCENDING else "ASCENDING")


_DESCENDING = StructuredQuery.Direction.Value("DESCENDING")


def _component(document: Document, order: IndexField) -> bytes:
    value = value_at(document, order.path)
    if value is None:
        return b""
    found = encode(value)
    if order.path == NAME:
        found = encode_path(segments_of(document.name))
    return inverted(found) if order.mode == "DESCENDING" else found


def _cursor(asked: StructuredQuery, name: str, orders: Orders) -> Position | None:
    if not asked.HasField(name):
        return None
    cursor: Cursor = getattr(asked, name)
    if len(cursor.values) > len(asked.order_by):
        invalid("Cursor has too many values.")
    prefix = b""
    for value, order in zip(cursor.values, orders, strict=False):
        if order.path == NAME and not value.HasField("reference_value"):
            invalid("Cursor value for __name__ must be a reference.")
        found = encode(value)
        if order.path == NAME:
            found = encode_path(segments_of(value.reference_value))
        prefix += inverted(found) if order.mode == "DESCENDING" else found
    return Position(prefix, after=not cursor.before)


def name_component(value: bytes, database: str) -> bytes:
    """Of an encoded reference to a document of this database: its part below the root."""
    root = encode_path((*database.split("/"), "documents"))[:-2]
    return value[len(REFERENCE + root) :]


def _check_counts(asked: StructuredQuery, found: tuple[Conjunction, ...]) -> None:
    total = max(map(len, found)) + len(asked.order_by)
    if total > MOST_FILTERS_AND_ORDERS:
        invalid(f"The query may not have more than {MOST_FILTERS_AND_ORDERS} filters + orders.")
    unequal = {each.path for one in found for each in one if each.is_inequality}
    if len(unequal) > MOST_INEQUALITY_FIELDS:
        invalid(f"A query may not have more than {MOST_INEQUALITY_FIELDS} inequality fields.")


def _check_references(
    asked: StructuredQuery, found: tuple[Conjunction, ...], database: str
) -> None:
    """What __name__ is compared with: documents of this database."""
    names = [name for one in found for each in one for name in each.names()]
    for cursor in (asked.start_at, asked.end_at):
        for value, order in zip(cursor.values, asked.order_by, strict=False):
            if order.field.field_path == "__name__" and value.HasField("reference_value"):
                names.append(value.reference_value)
    for name in names:
        if document_path(name).database != database:
            invalid(f"The request was for database '{database}' but named '{name}'.")


def _at_least_zero(name: str, number: int) -> int:
    if number < 0:
        invalid(f"{name} is negative")
    return number


def _selected(asked: StructuredQuery) -> tuple[FieldPath, ...] | None:
    if not asked.HasField("select"):
        return None
    paths = tuple(field_path(each.field_path) for each in asked.select.fields)
    return tuple(path for path in paths if path != NAME)
