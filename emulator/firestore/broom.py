"""TTL: removes what has expired ("Manage data retention with TTL policies"). Until then it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from emulator.firestore.catalogue import Kept
from emulator.firestore.indexes import Index, IndexField
from emulator.firestore.paths import FieldPath, document_path
from emulator.firestore.protocol import Value
from emulator.firestore.store import COLUMNS, Store, stored
from emulator.firestore.values import TIMESTAMP, encode, successor

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Of the documents of a collection group: until the time in this field."""

    collection: str
    path: FieldPath


def sweep(store: Store, lifetimes: Iterable[Lifetime], now: datetime) -> int:
    limit = Value()
    limit.timestamp_value.FromDatetime(now)
    return sum(_swept(store, each, encode(limit)) for each in lifetimes)


def _swept(store: Store, lifetime: Lifetime, limit: bytes) -> int:
    index = Index(lifetime.collection, (IndexField(lifetime.path),), group=True)
    removed = 0
    for database in store.databases_with(lifetime.collection):
        kept = store.kept(database, index)
        while some := _removed(store, kept, limit):
            removed += some
    return removed


def _removed(store: Store, kept: Kept, limit: bytes) -> int:
    with store.writing() as changes:
        expired = changes.connection.execute(
            f"SELECT {COLUMNS} FROM entries JOIN documents ON documents.id = document"  # noqa: S608
            " WHERE ix = ? AND key >= ? AND key < ? LIMIT ?",
            (kept.id, TIMESTAMP, successor(limit), _AT_ONCE),
        ).fetchall()
        for each in map(stored, expired):
            changes.delete(document_path(each.document.name), each)
    return len(expired)
