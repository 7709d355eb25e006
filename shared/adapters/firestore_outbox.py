"""Wire events that were committed and perhaps not yet published."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.commit_documents import wire_event_of
from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.usecases.ports import WireEvent

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreOutbox:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def before(self, at: datetime, limit: int) -> tuple[WireEvent, ...]:
        from google.cloud.firestore import FieldFilter

        older = self._store.collection("outbox").where(filter=FieldFilter("at", "<", at))
        with reaching_the_store():
            found = older.order_by("at").limit(limit).get(**bounded())
        return tuple(wire_event_of(snapshot.to_dict() or {}) for snapshot in found)

    def forget(self, event_ids: Iterable[str]) -> None:
        batch = self._store.batch()
        for event_id in event_ids:
            batch.delete(self._store.document("outbox", event_id))
        # An empty batch would still be a call.
        if len(batch):
            with reaching_the_store():
                batch.commit(**bounded())


@cache
def outbox() -> FirestoreOutbox:
    return FirestoreOutbox(client())
