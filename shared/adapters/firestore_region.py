"""The region's rules as seeded, kept in the process and looked at again once a minute."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.adapters.region_documents import Document, rules_of
from shared.domain.scene import Rules
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client

LOOK_AGAIN_SECONDS = 60
_COLLECTIONS = ("agencies", "categories", "policy", "ladder", "calendars")


@dataclass(frozen=True, slots=True)
class _Kept:
    """`version`: of what was seeded, and the last edit at the desk."""

    rules: Rules
    version: tuple[str, str | None]
    until: float


class FirestoreRegion:
    """Reads settings/region only, and the rest when its version says that something changed."""

    def __init__(self, store: "Client", seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._kept: _Kept | None = None
        self._looking = threading.Lock()

    def rules(self) -> Rules:
        kept = self._kept
        if kept and self._seconds() < kept.until:
            return kept.rules
        # One thread looks; the others go on with the old copy, or wait when there is none.
        if not self._looking.acquire(blocking=kept is None) and kept:
            return kept.rules
        try:
            self._kept = self._looked_at(self._kept)
            return self._kept.rules
        finally:
            self._looking.release()

    def _looked_at(self, kept: _Kept | None) -> _Kept:
        if kept and self._seconds() < kept.until:
            return kept  # another thread was quicker
        until = self._seconds() + LOOK_AGAIN_SECONDS
        try:
            with reaching_the_store():
                return self._fetched(kept, until)
        except StoreAway:
            if kept is None:
                raise
            return _Kept(kept.rules, kept.version, until)

    def _fetched(self, kept: _Kept | None, until: float) -> _Kept:
        # The version first: what is seeded while the rest is read shows at the next look.
        settings = self._document("settings/region")
        if not settings:
            raise StoreAway("no region is seeded: python -m infra.commands.seed <region>")
        version = (settings["version"], settings.get("amended"))
        if kept and kept.version == version:
            return _Kept(kept.rules, version, until)
        return _Kept(self._load(settings), version, until)

    def _load(self, settings: Document) -> Rules:
        """All side by side: a cold start waits for the slowest call, not for their sum."""
        with ThreadPoolExecutor(len(_COLLECTIONS) + 2) as pool:
            areas = pool.submit(self._document, "settings/areas")
            amended = pool.submit(self._document, "amendments/agencies")
            collections = dict(zip(_COLLECTIONS, pool.map(self._all, _COLLECTIONS), strict=True))
        amendments = amended.result().get("of", {})
        return rules_of(
            settings, areas=areas.result()["names"], amendments=amendments, **collections
        )

    def _document(self, path: str) -> dict[str, Any]:
        return self._store.document(path).get(**bounded()).to_dict() or {}

    def _all(self, collection: str) -> list[dict[str, Any]]:
        found = self._store.collection(collection).stream(**bounded())
        return [snapshot.to_dict() or {} for snapshot in found]


@cache
def region() -> FirestoreRegion:
    return FirestoreRegion(client())


def today(now: datetime) -> date:
    """The region's day."""
    return region().rules().today(now)


def origins() -> tuple[str, ...]:
    """Web sites whose forms may post here."""
    return region().rules().directory.origins
