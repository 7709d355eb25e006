"""The database's side of a new calendar: putting it in force, and who may be behind it."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from shared.adapters.firestore_client import reaching_the_store
from shared.adapters.firestore_officers import FirestoreOfficers
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.adapters.firestore_region import LOOK_AGAIN_SECONDS
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.place_seals import PlaceSeals
from shared.adapters.report_documents import report_of
from shared.domain.report import Report
from shared.domain.statuses import OPEN
from shared.usecases.ports import Keys, WireEvent
from shared.usecases.saving import Desk

_PAGE = 200
# A function looks once a minute; a request that began just before may take as long again.
_SEEN_BY_ALL_AFTER = timedelta(seconds=2 * LOOK_AGAIN_SECONDS)
# No identity is unsealed and no receipt checked here: an operator needs no secret.
_NO_KEYS = Keys("", {})


class LeftToTheRelay:
    """Publishes nothing: the outbox keeps the events, and an operator needs no right to publish."""

    def publish(self, _events: Iterable[WireEvent]) -> tuple[str, ...]:
        return ()


def put_in_force(client: Any, version: str, document: Mapping[str, Any]) -> None:
    """In one batch. The region's version moves, so that every function reads its rules anew."""
    region = client.document("settings/region")
    settings = region.get().to_dict()
    if settings["calendar"] == version:
        return
    moved = hashlib.sha256(f"{settings['version']}:{version}".encode()).hexdigest()[:12]
    batch = client.batch()
    batch.set(client.document(f"calendars/{version}"), document)
    batch.update(region, {"calendar": version, "version": moved})
    batch.commit()


def wait_until_seen(client: Any, wait: Callable[[float], None] = time.sleep) -> None:
    """Until every function decides by it: what one files under the old version is moved too."""
    settings = client.document("settings/region").get()
    left = _SEEN_BY_ALL_AFTER - (settings.read_time - settings.update_time)
    if left > timedelta(0):
        wait(left.total_seconds())


def open_reports(client: Any, size: int = _PAGE) -> Iterator[Report]:
    """Page by page in the order of their codes, which no move changes."""
    following = _open(client).order_by("__name__").limit(size)
    while True:
        with reaching_the_store():
            page = following.get()
        yield from (report_of(snapshot.to_dict()) for snapshot in page)
        if len(page) < size:
            return
        following = following.start_after(page[-1])


def count_open(client: Any) -> int:
    with reaching_the_store():
        counted = _open(client).count().get()
    return int(counted[0][0].value)


def desk_of(client: Any) -> Desk:
    return Desk(
        reports=FirestoreReports(client, _NO_KEYS),
        officers=FirestoreOfficers(client),
        outbox=FirestoreOutbox(client),
        publisher=LeftToTheRelay(),
        keys=_NO_KEYS,
        shelves=FirestoreShelves(client),
        seals=PlaceSeals(_NO_KEYS),
    )


def _open(client: Any) -> Any:
    from google.cloud.firestore import FieldFilter  # noqa: PLC0415 the rest needs no Google

    return client.collection("reports").where(filter=FieldFilter("status", "in", sorted(OPEN)))
