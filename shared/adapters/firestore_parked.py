"""Events that can never succeed, kept with their reason until a command sends them again."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, mark_id, reaching_the_store
from shared.domain.plain import plain

if TYPE_CHECKING:
    from google.cloud.firestore import Client

# A document holds 1 MiB, a message up to 10 MB.
_LONGEST_DATA = 200_000


class FirestoreParked:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def park(self, consumer: str, event_id: str, reason: str, data: Mapping[str, Any]) -> None:
        """The data as JSON text: what could not be read may well be what Firestore refuses."""
        from google.cloud.firestore import SERVER_TIMESTAMP

        document = {
            "consumer": consumer,
            "event_id": event_id,
            "reason": reason,
            "data": json.dumps(plain(data), default=str)[:_LONGEST_DATA],
            "parked_at": SERVER_TIMESTAMP,
        }
        with reaching_the_store():
            reference = self._store.document("parked", mark_id(consumer, event_id))
            reference.set(document, **bounded())


@cache
def parked() -> FirestoreParked:
    return FirestoreParked(client())
