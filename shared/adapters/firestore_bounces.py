"""Addresses that mail comes back from, or whose owners want none: kept as a MAC, for good."""

import hmac
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.firestore_client import bounded, client, reaching_the_store, read
from shared.adapters.keyring import receipt_keys
from shared.usecases.ports import Keys

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreBounces:
    def __init__(self, store: "Client", keys: Keys) -> None:
        self._store = store
        self._keys = keys

    def refuse(self, address: str, reason: str, at: datetime) -> None:
        """Once more is no error; the last reason stands."""
        reference = self._store.document("refused", _masked(address, self._keys.secret))
        with reaching_the_store():
            reference.set({"reason": reason, "at": at}, **bounded())

    def is_refused(self, address: str) -> bool:
        """Under any key: a rotation must not bring forgotten ones back."""
        masks = {_masked(address, secret) for secret in self._keys.secrets.values()}
        places = (self._store.document("refused", mask) for mask in sorted(masks))
        return any(found.exists for found in read(self._store, *places))


def _masked(address: str, secret: bytes) -> str:
    # A plain hash would be found by trying every address there is.
    typed = address.strip().lower().encode()
    return hmac.digest(secret, b"refused\0" + typed, "sha256").hex()


@cache
def bounces() -> FirestoreBounces:
    return FirestoreBounces(client(), receipt_keys())
