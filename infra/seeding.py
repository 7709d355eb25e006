"""Brings a region's directory, policy and calendar into Firestore; its people are never touched."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra import calendars
from infra.region_file import RegionFault, RegionFile
from shared.domain.plain import plain

# Running clocks name their rows and calendar for good, so these only ever grow.
_GROWING = ("policy", "ladder", "calendars")
COLLECTIONS = ("settings", "agencies", "categories", *_GROWING)

Documents = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Document paths by what seeding does to them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def documents(region: RegionFile, today: date, *, in_force: str | None = None) -> Documents:
    """Everything that is seeded, by document path.

    `in_force`: the calendar version that stays in force; a first seeding brings its own.
    """
    calendar = calendars.of(region, today)
    settings = plain(region.directory) | {"calendar": in_force or calendar.version}
    content: dict[str, Any] = {
        "settings/areas": {"names": settings.pop("areas")},
        **{f"agencies/{id_}": each for id_, each in settings.pop("agencies").items()},
        **{f"categories/{id_}": each for id_, each in settings.pop("categories").items()},
        **{f"policy/{row.id}": plain(row) for row in region.policy.rows},
        **{f"ladder/{row.id}": plain(row) for row in region.ladder.rows},
        f"calendars/{calendar.version}": {
            **plain(calendar),
            "known_years": sorted(calendar.known_years),
            "decrees": calendars.decrees(calendar, region.holidays),
        },
    }
    settings |= {key: list(settings[key].values()) for key in ("bodies", "causes")}
    settings["files"] = [plain(row) | {"types": sorted(row.types)} for row in region.files]
    version = hashlib.sha256(json.dumps([settings, content], sort_keys=True).encode()).hexdigest()
    return {**content, "settings/region": {**settings, "version": version[:12]}}


def calendar_in_force(client: Any) -> str | None:
    """None: nothing is seeded yet."""
    settings = client.document("settings/region").get().to_dict() or {}
    version: str | None = settings.get("calendar")
    return version


def compare(client: Any, wanted: Documents) -> Difference:
    """What seeding would do. Raises RegionFault where it would break what is running."""
    there = {
        f"{collection}/{found.id}": _seeded(found.to_dict())
        for collection in COLLECTIONS
        for found in client.collection(collection).stream()
    }
    gone = sorted(set(there) - set(wanted))
    _check_region(there, wanted)
    _check_gone(client, gone)
    return Difference(
        added=tuple(sorted(set(wanted) - set(there))),
        changed=tuple(
            path for path in sorted(there) if wanted.get(path, there[path]) != there[path]
        ),
        removed=tuple(path for path in gone if not path.startswith(_GROWING)),
    )


def write(client: Any, wanted: Documents, difference: Difference) -> None:
    """One atomic batch: nobody reads half a directory."""
    batch = client.batch()
    for path in (*difference.added, *difference.changed):
        batch.set(client.document(path), wanted[path])
    for path in difference.removed:
        batch.delete(client.document(path))
    batch.commit()


def _seeded(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without the note that something was edited at the desk: see `firestore_people`."""
    return {name: value for name, value in document.items() if name != "amended"}


def _check_region(there: Documents, wanted: Documents) -> None:
    region, seeded = wanted["settings/region"]["region"], there.get("settings/region")
    if seeded and seeded["region"] != region:
        raise RegionFault(
            f"this database belongs to {seeded['region']}, not {region}; every region has its own"
        )


def _check_gone(client: Any, gone: list[str]) -> None:
    for path in gone:
        collection, _, id_ = path.partition("/")
        if collection in ("policy", "ladder"):
            raise RegionFault(
                f"infra/policy.yaml: row {id_} is seeded and running clocks may name it; "
                "put it back, and add a newer row beside it"
            )
        if collection == "agencies" and _has_reports(client, id_):
            raise RegionFault(
                f"agencies: {id_} has reports and cannot be removed; put it back with succeeded_by"
            )


def _has_reports(client: Any, agency: str) -> bool:
    from google.cloud.firestore import FieldFilter  # noqa: PLC0415 the documents need no Google

    of_agency = client.collection("reports").where(filter=FieldFilter("agency", "==", agency))
    return bool(of_agency.limit(1).get())
