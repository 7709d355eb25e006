"""What was attached to reports: compare-and-set on one document for each report."""

from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.file_documents import shelf_document, shelf_of
from shared.adapters.firestore_client import bounded, client, reaching_the_store, signs_of_absence
from shared.adapters.firestore_commit import refusals
from shared.domain.attachment import Shelf
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreShelves:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def of(self, code: str) -> Shelf:
        with reaching_the_store():
            found = self._store.document("attachments", code).get(**bounded())
        return shelf_of(code, found.to_dict(), found.update_time)

    def put(self, shelf: Shelf) -> bool:
        """One whose answer was lost may say False of itself: what it did is then found done."""
        batch = self._store.batch()
        reference, document = self._store.document("attachments", shelf.code), shelf_document(shelf)
        if shelf.version is None:
            batch.create(reference, document)
        else:
            unchanged = self._store.write_option(last_update_time=shelf.version)
            batch.update(reference, document, option=unchanged)
        try:
            batch.commit(**bounded())
        except refusals():
            return False
        except signs_of_absence() as error:
            raise StoreAway from error
        return True


@cache
def shelves() -> FirestoreShelves:
    return FirestoreShelves(client())
