"""Notices as they wait, are sent and arrive. One commit for each step; no transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.commit_documents import mark_document
from shared.adapters.firestore_client import (
    bounded,
    client,
    mark_id,
    reaching_the_store,
    read,
    signs_of_absence,
)
from shared.adapters.firestore_commit import is_contention, refusals
from shared.adapters.notice_documents import add_to, notice_document, notice_of
from shared.domain.notice import Notice
from shared.usecases.ports import Committed, Consumed, StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, Query

    from shared.adapters.firestore_client import Snapshot


# Contention is over in milliseconds.
_TRIES = 3


class FirestoreNotices:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def add(self, notices: Iterable[Notice], consumed: Consumed) -> Committed:
        wanted = tuple(notices)
        try:
            self._create(wanted, consumed)
        except refusals():
            return self._create_missing(wanted, consumed)
        return Committed.NOW

    def load(self, id_: str) -> Notice | None:
        return _notice(*read(self._store, self._reference(id_)))

    def change(self, before: Notice, after: Notice, adding: Iterable[Notice] = ()) -> Notice | None:
        added = tuple(adding)
        for _ in range(_TRIES):
            try:
                return self._changed(before, after, added)
            except refusals() as refusal:
                there = self._if_ours(after)
                # Contention wrote nothing; a result that is not stored would be a second message.
                if there or not is_contention(refusal):
                    return there
            except signs_of_absence() as error:
                # Perhaps only the answer was lost.
                if there := self._if_ours(after):
                    return there
                raise StoreAway from error
        return None

    def due(self, now: datetime, size: int) -> tuple[Notice, ...]:
        from google.cloud.firestore import FieldFilter

        come = self._notices.where(filter=FieldFilter("next_attempt_at", "<=", now))
        return _found(come.order_by("next_attempt_at").limit(size))

    def by_provider_id(self, provider_id: str) -> Notice | None:
        return next(iter(self._where("provider_id", provider_id)), None)

    def of_report(self, code: str) -> tuple[Notice, ...]:
        return tuple(sorted(self._where("code", code), key=lambda each: each.created_at))

    def _changed(self, before: Notice, after: Notice, adding: Iterable[Notice]) -> Notice:
        batch = self._store.batch()
        unchanged = self._store.write_option(last_update_time=before.version)
        batch.update(self._reference(before.id), notice_document(after), option=unchanged)
        add_to(self._store, batch, adding)
        written = batch.commit(**bounded())
        return replace(after, version=written[0].update_time)

    def _create(self, notices: Iterable[Notice], consumed: Consumed) -> None:
        batch = self._store.batch()
        batch.create(self._mark(consumed), mark_document(consumed))
        add_to(self._store, batch, notices)
        with reaching_the_store():
            batch.commit(**bounded())

    def _create_missing(self, notices: tuple[Notice, ...], consumed: Consumed) -> Committed:
        """A mark that expired, or that somebody else made, over notices that are still there."""
        places = (self._reference(notice.id) for notice in notices)
        mark, *there = read(self._store, self._mark(consumed), *places)
        if mark.exists:
            return Committed.SEEN_BEFORE
        missing = [each for each, found in zip(notices, there, strict=True) if not found.exists]
        try:
            self._create(missing, consumed)
        except refusals() as error:
            raise StoreAway from error
        return Committed.NOW

    def _if_ours(self, after: Notice) -> Notice | None:
        """Every attempt has a lease of its own, so equal means that this very commit stands."""
        there = self.load(after.id)
        return there if there == after else None

    def _where(self, field: str, value: str) -> tuple[Notice, ...]:
        from google.cloud.firestore import FieldFilter

        return _found(self._notices.where(filter=FieldFilter(field, "==", value)))

    @property
    def _notices(self) -> "Query":
        return self._store.collection("notices")  # type: ignore[return-value]

    def _reference(self, id_: str) -> "DocumentReference":
        return self._store.document("notices", id_)

    def _mark(self, consumed: Consumed) -> "DocumentReference":
        return self._store.document("consumed", mark_id(consumed.consumer, consumed.event_id))


def _found(query: "Query") -> tuple[Notice, ...]:
    with reaching_the_store():
        found = query.get(**bounded())
    return tuple(notice_of(each.to_dict() or {}, each.update_time) for each in found)


def _notice(snapshot: "Snapshot") -> Notice | None:
    if not snapshot.exists:
        return None
    return notice_of(snapshot.to_dict() or {}, snapshot.update_time)


@cache
def notices() -> FirestoreNotices:
    return FirestoreNotices(client())
