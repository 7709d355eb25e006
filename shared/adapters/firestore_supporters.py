"""Who said "this affects me too": one document each, and a counter beside the report.

The counter is a document of its own, so that support never contends with a decision.
"""

from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.firestore_client import bounded, client, reaching_the_store

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreSupporters:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def count(self, code: str) -> int:
        with reaching_the_store():
            snapshot = self._store.document("supporters", code).get(**bounded())
        return int((snapshot.to_dict() or {}).get("count", 0))

    def add(self, code: str, supporter: str) -> int:
        from google.api_core.exceptions import AlreadyExists
        from google.cloud.firestore import Increment

        batch = self._store.batch()
        batch.create(self._store.document("reports", code, "supporters", supporter), {})
        counter = self._store.document("supporters", code)
        batch.set(counter, {"count": Increment(1)}, merge=True)
        try:
            with reaching_the_store():
                _, counted = batch.commit(**bounded())
        except AlreadyExists:
            # Counted before, or just now by a commit that the client sent twice.
            return self.count(code)
        return int(counted.transform_results[0].integer_value)


@cache
def supporters() -> FirestoreSupporters:
    return FirestoreSupporters(client())
