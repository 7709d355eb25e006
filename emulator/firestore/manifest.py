"""The `firestore:` section of a manifest: indexes, exemptions and TTL as plain lists."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from emulator.firestore.broom import Lifetime
from emulator.firestore.indexes import Exemption, Index, IndexField, Mode
from emulator.firestore.paths import field_path

_ORDERS: dict[str, Mode] = {"ascending": "ASCENDING", "descending": "DESCENDING"}


class Section(NamedTuple):
    """By the names of what `serve` takes."""

    indexes: tuple[Index, ...]
    exemptions: tuple[Exemption, ...]
    ttl: tuple[Lifetime, ...]


def read_section(section: Mapping[str, Any]) -> Section:
    return Section(
        tuple(map(_index, section.get("indexes", ()))),
        tuple(_exemption(each) for each in section.get("exemptions", ())),
        tuple(_lifetime(each) for each in section.get("ttl", ())),
    )


def _index(entry: Mapping[str, Any]) -> Index:
    """`scope: collection_group` is for queries over all collections with this id."""
    group = entry.get("scope", "collection") == "collection_group"
    return Index(entry["collection"], tuple(map(_index_field, entry["fields"])), group)


def _index_field(entry: Mapping[str, Any]) -> IndexField:
    mode: Mode = "CONTAINS" if entry.get("contains") else _ORDERS[entry.get("order", "ascending")]
    return IndexField(field_path(entry["path"]), mode)


def _exemption(entry: Mapping[str, Any]) -> Exemption:
    return Exemption(entry["collection"], field_path(entry["field"]))


def _lifetime(entry: Mapping[str, Any]) -> Lifetime:
    return Lifetime(entry["collection"], field_path(entry["field"]))
