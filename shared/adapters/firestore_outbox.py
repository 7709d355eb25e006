"""Wire events that were committed and perhaps not yet published."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.commit_documents import is_wire_event, wire_event_of
from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.usecases.ports import WireEvent

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreOutbox:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def before(self, at: datetime, size: int) -> Iterator[tuple[WireEvent, ...]]:
        from google.cloud.firestore import FieldFilter

        older = self._store.collection("outbox").where(filter=FieldFilter("at", "<", at))
        following = older.order_by("at").limit(size)
        while True:
            with reaching_the_store():
                found = following.get(**bounded())
            documents = (snapshot.to_dict() or {} for snapshot in found)
            yield tuple(wire_event_of(each) for each in documents if is_wire_event(each))
            if len(found) < size:
                return
            following = following.start_after(found[-1])

    def oldest(self) -> datetime | None:
        by_age = self._store.collection("outbox").order_by("at").limit(1)
        with reaching_the_store():
            found = by_age.get(**bounded())
        at = found[0].get("at") if found else None
        return at if isinstance(at, datetime) else None

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
