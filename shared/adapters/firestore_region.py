"""The region's rules as seeded, kept in the process and looked at again once a minute."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shared.adapters.firestore_client import bounded, reaching_the_store
from shared.domain.calendar import Calendar
from shared.domain.directory import Agency, Body, Category, Directory, Named, Rule, Successor
from shared.domain.policy import Allowance, Policy, PolicyRow
from shared.domain.scene import Rules
from shared.usecases.ports import StoreAway

LOOK_AGAIN_SECONDS = 60
_COLLECTIONS = ("agencies", "categories", "policy", "calendars")

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Rules
    version: str
    until: float


class FirestoreRegion:
    """Reads settings/region only, and the rest when its version says that something changed."""

    def __init__(self, client: Any, seconds: Callable[[], float] = time.monotonic) -> None:
        self._client = client
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
            return kept
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
        settings = self._client.document("settings/region").get(**bounded()).to_dict()
        if settings is None:
            raise StoreAway("no region is seeded: python -m infra.commands.seed <region>")
        if kept and kept.version == settings["version"]:
            return _Kept(kept.rules, kept.version, until)
        return _Kept(self._load(settings), settings["version"], until)

    def _load(self, settings: Document) -> Rules:
        with ThreadPoolExecutor(len(_COLLECTIONS) + 1) as pool:
            names = pool.submit(self._client.document("settings/areas").get, **bounded())
            agencies, categories, rows, versions = pool.map(self._all, _COLLECTIONS)
        calendars = {each["version"]: _calendar(each) for each in versions}
        return Rules(
            directory=_directory(settings, agencies, categories, names.result().to_dict()["names"]),
            policy=Policy(tuple(map(_row, rows))),
            calendar=calendars[settings["calendar"]],
            calendars=calendars,
        )

    def _all(self, collection: str) -> list[Document]:
        return [
            found.to_dict() for found in self._client.collection(collection).stream(**bounded())
        ]


def _directory(
    settings: Document,
    agencies: Iterable[Document],
    categories: Iterable[Document],
    areas: Mapping[str, str],
) -> Directory:
    parts = {
        **settings,
        "agencies": _by_id(map(_agency, agencies)),
        "bodies": _by_id(Body(**_known(Body, each)) for each in settings["bodies"]),
        "categories": _by_id(map(_category, categories)),
        "rules": tuple(Rule(**_known(Rule, each)) for each in settings["rules"]),
        "areas": areas,
        "handlers": tuple(settings["handlers"]),
        "causes": _by_id(Named(**_known(Named, each)) for each in settings["causes"]),
        "origins": tuple(settings["origins"]),
    }
    return Directory(**_known(Directory, parts))


def _known(kind: type, document: Document) -> dict[str, Any]:
    """A newer seeding may hold fields that this deployment does not know yet."""
    return {part.name: document[part.name] for part in fields(kind) if part.name in document}


def _by_id(values: Iterable[Any]) -> dict[str, Any]:
    return {value.id: value for value in values}


def _agency(document: Document) -> Agency:
    heir = document["succeeded_by"]
    successor = heir and Successor(heir["agency"], date.fromisoformat(heir["on"]))
    return Agency(**{**_known(Agency, document), "succeeded_by": successor})


def _category(document: Document) -> Category:
    return Category(**{**_known(Category, document), "keywords": tuple(document["keywords"])})


def _row(document: Document) -> PolicyRow:
    extension = document["extension"]
    parts = {
        **document,
        "allowances": tuple(
            Allowance(**_known(Allowance, each)) for each in document["allowances"]
        ),
        "since": date.fromisoformat(document["since"]),
        "extension": extension and Allowance(**_known(Allowance, extension)),
    }
    return PolicyRow(**_known(PolicyRow, parts))


def _calendar(document: Document) -> Calendar:
    return Calendar(
        version=document["version"],
        zone=document["zone"],
        holidays={date.fromisoformat(day): name for day, name in document["holidays"].items()},
        known_years=frozenset(document["known_years"]),
    )
