"""Whether the store answers."""

from shared.adapters.firestore_client import client, read


def answer() -> None:
    """Raises StoreAway when it does not."""
    store = client()
    read(store, store.document("settings/region"))
