"""The scoreboard's cells, and what each report was last counted as."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.adapters.firestore_commit import refusals
from shared.adapters.scoreboard_documents import (
    by_document,
    cells_of,
    increments,
    tally_document,
    tally_of,
)
from shared.domain.scoreboard.cells import Counts, difference, total
from shared.usecases.scoreboard_ports import Tally

if TYPE_CHECKING:
    from google.cloud.firestore import Client, WriteBatch

_PAGE = 500


class FirestoreTallies:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def load(self, code: str) -> Tally:
        with reaching_the_store():
            snapshot = self._store.document("tallies", code).get(**bounded())
        document = snapshot.to_dict()
        return tally_of(code, document, snapshot.update_time) if document else Tally(code)

    def replace(self, before: Tally, after: Tally) -> bool:
        """One that stood and was sent again is refused, too: the next look finds it counted."""
        batch = self._store.batch()
        self._put(batch, before, after)
        self._add(batch, after.code, difference(before.counts, after.counts))
        with reaching_the_store():
            try:
                batch.commit(**bounded())
            except refusals():
                return False
        return True

    def _put(self, batch: "WriteBatch", before: Tally, after: Tally) -> None:
        reference = self._store.document("tallies", after.code)
        if before.version is None:
            batch.create(reference, tally_document(after))
        else:
            unchanged = self._store.write_option(last_update_time=before.version)
            batch.update(reference, tally_document(after), option=unchanged)

    def _add(self, batch: "WriteBatch", code: str, counts: Counts) -> None:
        from google.cloud.firestore import Increment

        for id_, day, numbers in by_document(counts, code):
            added = {"day": day.isoformat(), "cells": increments(numbers, Increment)}
            batch.set(self._store.document("scoreboard", id_), added, merge=True)


class FirestoreCells:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def between(self, since: date, until: date) -> Counts:
        return total(cells_of(self._documents(since, until)))

    def _documents(self, since: date, until: date) -> Iterator[dict[str, Any]]:
        from google.cloud.firestore import FieldFilter

        days: Any = self._store.collection("scoreboard")
        for operator, day in ((">=", since), ("<=", until)):
            days = days.where(filter=FieldFilter("day", operator, day.isoformat()))
        following = days.order_by("day").limit(_PAGE)
        while True:
            with reaching_the_store():
                page = following.get(**bounded())
            yield from (snapshot.to_dict() for snapshot in page)
            if len(page) < _PAGE:
                return
            following = following.start_after(page[-1])


@cache
def tallies() -> FirestoreTallies:
    return FirestoreTallies(client())


@cache
def cells() -> FirestoreCells:
    return FirestoreCells(client())
