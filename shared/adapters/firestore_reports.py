"""Reports in Firestore: the use cases' store."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.commit_documents import identity_of, receipt_of, repeatable_of
from shared.adapters.file_documents import shelf_of
from shared.adapters.firestore_client import bounded, client, reaching_the_store, read
from shared.adapters.firestore_commit import save, timeline_reference
from shared.adapters.firestore_search import count, search
from shared.adapters.keyring import identity_keys
from shared.adapters.report_documents import event_of, report_of
from shared.domain.attachment import Shelf
from shared.domain.events import Event
from shared.domain.receipts import ReceiptMark
from shared.domain.report import Report
from shared.usecases.ports import Commit, Committed, Identity, Keys, Page, Query, Repeatable

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

    from shared.adapters.firestore_client import Snapshot


class BrokenTimeline(Exception):
    """An event that the report counts is not there: its history cannot be shown."""


class FirestoreReports:
    def __init__(self, store: "Client", keys: Keys) -> None:
        self._store = store
        self._keys = keys

    def load(self, code: str) -> Report | None:
        with reaching_the_store():
            snapshot = self._store.document("reports", code).get(**bounded())
        document = snapshot.to_dict()
        return report_of(document) if document else None

    def load_with_receipt(self, code: str) -> tuple[Report | None, ReceiptMark | None]:
        references = (self._store.document(kind, code) for kind in ("reports", "reporters"))
        report, reporter = (snapshot.to_dict() for snapshot in read(self._store, *references))
        return (
            report_of(report) if report else None,
            receipt_of(reporter) if reporter else None,
        )

    def identity(self, code: str) -> Identity:
        with reaching_the_store():
            snapshot = self._store.document("reporters", code).get(**bounded())
        document = snapshot.to_dict()
        return identity_of(document, code=code, keys=self._keys) if document else Identity()

    def timeline(self, code: str, until_seq: int) -> tuple[Event, ...]:
        return _events(code, read(self._store, *self._timeline(code, until_seq)))

    def timeline_with_shelf(self, code: str, until_seq: int) -> tuple[tuple[Event, ...], Shelf]:
        shelf = self._store.document("attachments", code)
        *events, files = read(self._store, *self._timeline(code, until_seq), shelf)
        return _events(code, events), shelf_of(code, files.to_dict(), files.update_time)

    def commit(self, commit: Commit) -> Committed:
        return save(self._store, commit, self._keys)

    def repeatable(self, id_: str) -> Repeatable | None:
        with reaching_the_store():
            snapshot = self._store.document("idempotency", id_).get(**bounded())
        document = snapshot.to_dict()
        return repeatable_of(id_, document, snapshot.update_time) if document else None

    def search(self, query: Query) -> Page:
        return search(self._store, query)

    def count(self, query: Query, most: int) -> int:
        return count(self._store, query, most)

    def _timeline(self, code: str, until_seq: int) -> "Iterator[DocumentReference]":
        numbers = range(1, until_seq + 1)
        return (timeline_reference(self._store, code, seq) for seq in numbers)


def _events(code: str, found: "Sequence[Snapshot]") -> tuple[Event, ...]:
    documents = [snapshot.to_dict() for snapshot in found]
    if None in documents:
        raise BrokenTimeline(f"{code} lacks event {documents.index(None) + 1}")
    return tuple(event_of(document) for document in documents if document)


@cache
def reports() -> FirestoreReports:
    return FirestoreReports(client(), identity_keys())


@cache
def without_identities() -> FirestoreReports:
    """For what never asks who reported: no key opens anything."""
    return FirestoreReports(client(), Keys("", {}))
