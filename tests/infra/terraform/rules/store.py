"""What is kept: found again, in one place, not lost by mistake."""

from collections.abc import Iterator
from typing import Any

from emulator.firestore.indexes import Index, IndexField
from emulator.firestore.manifest import read_section
from emulator.firestore.paths import field_path
from infra import manifest
from tests.infra.terraform.rules.offences import MANIFEST, Rule, differing
from tests.infra.terraform.workspace import Plan

_PLACES = ("location", "location_id", "region")


def every_index_that_the_code_needs_is_there(plan: Plan) -> Iterator[str]:
    """The local cloud refuses a query without one of the manifest's; these are the same ones."""
    section = read_section(_written(MANIFEST))
    found = {_index(each) for each in plan.of("google_firestore_index.index").values()}
    yield from differing("indexes", "of the database", found, set(section.indexes))
    fields = plan.of("google_firestore_field.field").values()
    exempt = {(e["collection"], e["field"]) for e in fields if e["index_config"]}
    ending = {(e["collection"], e["field"]) for e in fields if e["ttl_config"]}
    yield from differing("fields", "without index", exempt, _pairs(MANIFEST.firestore.exemptions))
    yield from differing("fields", "that end", ending, _pairs(MANIFEST.firestore.ttl))


def everything_stays_in_one_place(plan: Plan) -> Iterator[str]:
    place = plan.of("google_firestore_database.reports")[""]["location_id"]
    for each in plan.managed():
        for key in _PLACES:
            if each["values"].get(key, place) != place:
                yield f"{each['address']} is in {each['values'][key]}"
    for name, values in plan.of("google_pubsub_topic.topic").items():
        kept = [
            (e["allowed_persistence_regions"], e["enforce_in_transit"])
            for e in values["message_storage_policy"]
        ]
        by_google = name in {bucket.notifies.topic for bucket in MANIFEST.buckets.values()}
        yield from differing(name, "kept in", kept, [([place], not by_google)])
    if place.count("-") != 1:
        yield f"{place} is more than one place"


def nothing_is_lost_by_mistake(plan: Plan) -> Iterator[str]:
    database = plan.of("google_firestore_database.reports")[""]
    for key, wanted in {
        "delete_protection_state": "DELETE_PROTECTION_ENABLED",
        "point_in_time_recovery_enablement": "POINT_IN_TIME_RECOVERY_ENABLED",
        "deletion_policy": "PREVENT",
    }.items():
        yield from differing("database", key, database[key], wanted)
    backups = plan.of("google_firestore_backup_schedule.daily")[""]
    if not backups["daily_recurrence"] or int(backups["retention"][:-1]) < 7 * 86_400:
        yield "the database is not backed up daily for at least a week"


RULES: tuple[Rule, ...] = (
    every_index_that_the_code_needs_is_there,
    everything_stays_in_one_place,
    nothing_is_lost_by_mistake,
)


def _written(plan: manifest.Manifest) -> dict[str, Any]:
    return {
        "indexes": [
            {
                "collection": each.collection,
                "scope": each.scope or "collection",
                "fields": [_field(field) for field in each.fields],
            }
            for each in plan.firestore.indexes
        ]
    }


def _field(field: manifest.IndexField) -> dict[str, Any]:
    return {
        "path": field.path,
        **({"contains": True} if field.contains else {"order": field.order}),
    }


def _index(values: dict[str, Any]) -> Index:
    fields = tuple(
        IndexField(field_path(each["field_path"]), each["array_config"] or each["order"])
        for each in values["fields"]
    )
    return Index(values["collection"], fields, values["query_scope"] == "COLLECTION_GROUP")


def _pairs(fields: tuple[manifest.Field, ...]) -> set[tuple[str, str]]:
    return {(each.collection, each.field) for each in fields}
