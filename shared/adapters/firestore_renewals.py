"""Renewals of lost receipts: how far each got, never the code."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, read, signs_of_absence
from shared.adapters.firestore_commit import refusals
from shared.adapters.notice_documents import add_to
from shared.domain.notice import Notice
from shared.domain.renewal import Renewal
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreRenewals:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def load(self, code: str) -> Renewal | None:
        (found,) = read(self._store, self._store.document("renewals", code))
        return _renewal_of(found.to_dict() or {}, found.update_time) if found.exists else None

    def change(self, code: str, renewal: Renewal) -> bool:
        """A try whose answer was lost is counted once more: the stricter side."""
        return self._written(code, renewal)

    def ask(self, code: str, renewal: Renewal, notice: Notice) -> bool:
        try:
            return self._written(code, renewal, (notice,)) or self._is_queued(notice)
        except StoreAway:
            # Perhaps only the answer was lost.
            if self._is_queued(notice):
                return True
            raise

    def _written(self, code: str, renewal: Renewal, notices: Iterable[Notice] = ()) -> bool:
        batch = self._store.batch()
        reference, document = self._store.document("renewals", code), _document(renewal)
        if renewal.version is None:
            batch.create(reference, document)
        else:
            unchanged = self._store.write_option(last_update_time=renewal.version)
            batch.update(reference, document, option=unchanged)
        add_to(self._store, batch, notices)
        try:
            batch.commit(**bounded())
        except refusals():
            return False
        except signs_of_absence() as error:
            raise StoreAway from error
        return True

    def _is_queued(self, notice: Notice) -> bool:
        (found,) = read(self._store, self._store.document("notices", notice.id))
        return found.exists


def _document(renewal: Renewal) -> dict[str, Any]:
    return {
        "nonce": renewal.nonce,
        "expires_at": renewal.expires_at,
        "tries": renewal.tries,
    }


def _renewal_of(document: Mapping[str, Any], version: Any) -> Renewal:
    return Renewal(
        nonce=document["nonce"],
        expires_at=document["expires_at"],
        tries=document["tries"],
        version=version,
    )


@cache
def renewals() -> FirestoreRenewals:
    return FirestoreRenewals(client())
