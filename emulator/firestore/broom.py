"""TTL removes what has expired; until then it shows ("Manage data retention with TTL policies")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from emulator.firestore.documents import COLUMNS, stored
from emulator.firestore.entries import Kept
from emulator.firestore.indexes import Index, IndexField
from emulator.firestore.paths import FieldPath, document_path
from emulator.firestore.protocol import Value
from emulator.firestore.store import Store
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
        while some := _removed(store, database, kept, limit):
            removed += some
    return removed


def _removed(store: Store, database: int, kept: Kept, limit: bytes) -> int:
    with store.writing(database) as changes:
        expired = changes.connection.execute(
            f"SELECT {COLUMNS} FROM entries JOIN documents ON documents.id = document"  # noqa: S608
            " WHERE ix = ? AND key >= ? AND key < ? LIMIT ?",
            (kept.id, TIMESTAMP, successor(limit), _AT_ONCE),
        ).fetchall()
        paths = [document_path(each.document.name) for each in map(stored, expired)]
        changes.look_up(paths)
        for path in paths:
            changes.delete(path)
    return len(expired)
