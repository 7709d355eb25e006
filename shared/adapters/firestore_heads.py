"""The heads of a day, read from the timelines themselves: nothing can be forgotten on the way."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.domain.plain import plain

if TYPE_CHECKING:
    from google.cloud.firestore import Client

    from shared.adapters.firestore_client import Snapshot

_PAGE = 500


class FirestoreHeads:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def between(self, start: datetime, end: datetime) -> Mapping[str, str]:
        last: dict[str, tuple[str, str]] = {}
        for event in self._events(start, end):
            timeline = event.reference.parent
            code, found = timeline.parent.id, (event.id, event.get("hash"))
            # Ids are numbers of one width: the greatest is the latest, whatever the clocks said.
            last[code] = max(found, last.get(code, found))
        return {code: head for code, (_, head) in last.items()}

    def _events(self, start: datetime, end: datetime) -> Iterator["Snapshot"]:
        from google.cloud.firestore import FieldFilter

        events: Any = self._store.collection_group("timeline")
        for operator, at in ((">=", start), ("<", end)):
            events = events.where(filter=FieldFilter("header.at", operator, plain(at)))
        following = events.order_by("header.at").order_by("hash").select(["hash", "header.at"])
        following = following.limit(_PAGE)
        while True:
            with reaching_the_store():
                page = following.get(**bounded())
            yield from page
            if len(page) < _PAGE:
                return
            following = following.start_after(page[-1])


@cache
def heads() -> FirestoreHeads:
    return FirestoreHeads(client())
