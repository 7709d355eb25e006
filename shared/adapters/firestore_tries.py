"""Wrong receipts, and one-time codes asked for, per address and hour.

The address is kept only as a MAC, and not for long.
"""

import hmac
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.adapters.keyring import receipt_keys
from shared.usecases.ports import Keys

if TYPE_CHECKING:
    from google.cloud.firestore import Client

_KEPT_FOR = timedelta(hours=2)


class FirestoreTries:
    def __init__(self, store: "Client", keys: Keys) -> None:
        self._store = store
        self._keys = keys

    def wrong(self, address: str, at: datetime) -> int:
        return self._counted("wrong", address, at)

    def asked(self, address: str, at: datetime) -> int:
        return self._counted("asked", address, at)

    def _counted(self, what: str, address: str, at: datetime) -> int:
        """A commit that the client sent twice counts twice: the stricter side."""
        from google.cloud.firestore import Increment

        batch = self._store.batch()
        counter = self._store.document("attempts", f"{self._masked(address)}:{_hour(at)}")
        one_more = {what: Increment(1), "expires_at": at + _KEPT_FOR}
        batch.set(counter, one_more, merge=True)
        with reaching_the_store():
            (counted,) = batch.commit(**bounded())
        return int(counted.transform_results[0].integer_value)

    def _masked(self, address: str) -> str:
        # There are few enough addresses to try them all: a plain hash would hide nothing.
        return hmac.digest(self._keys.secret, b"address\0" + address.encode(), "sha256").hex()


def _hour(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H")


@cache
def tries() -> FirestoreTries:
    return FirestoreTries(client(), receipt_keys())
