"""Which indexes serve a query, as production decides it; nothing here knows where they lie.

"Index types in Cloud Firestore": every field has an ascending, a descending and, for lists, a
contains index of its own. Equalities are served by merging indexes that end in the same sort
order. Anything else needs a declared composite index, which is read in its own direction only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from emulator.firestore.paths import NAME, FieldPath, field_path_text

Mode = Literal["ASCENDING", "DESCENDING", "CONTAINS"]


@dataclass(frozen=True, slots=True)
class IndexField:
    path: FieldPath
    mode: Mode = "ASCENDING"


@dataclass(frozen=True, slots=True)
class Index:
    """Every index ends in the document's name, in the last field's direction."""

    collection: str
    fields: tuple[IndexField, ...] = ()
    group: bool = False  # of all collections with this id, or of each for itself

    @property
    def order(self) -> tuple[IndexField, ...]:
        """With the name spelled out."""
        if self.fields and self.fields[-1].path == NAME:
            return self.fields
        descending = bool(self.fields) and self.fields[-1].mode == "DESCENDING"
        return (*self.fields, IndexField(NAME, "DESCENDING" if descending else "ASCENDING"))


@dataclass(frozen=True, slots=True)
class Exemption:
    """A field, with what lies below it, that has no index of its own."""

    collection: str
    path: FieldPath


@dataclass(frozen=True, slots=True)
class Declared:
    """The manifest's part."""

    indexes: tuple[Index, ...] = ()
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Equality:
    path: FieldPath
    contains: bool = False

    @property
    def mode(self) -> Mode:
        return "CONTAINS" if self.contains else "ASCENDING"


@dataclass(frozen=True, slots=True)
class Need:
    """Of a query without OR: its equalities, and the order of all other fields to the name."""

    collection: str
    equalities: frozenset[Equality]
    order: tuple[IndexField, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The first `prefix` fields of the index are held by equalities."""

    index: Index
    prefix: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Without a scan the documents are read in the order of their names."""

    scans: tuple[Scan, ...]
    backwards: bool = False


class IndexMissing(Exception):
    def __init__(self, index: Index) -> None:
        super().__init__(yaml_lines(index))
        self.index = index


@dataclass(frozen=True, slots=True)
class Planner:
    declared: Declared = field(default_factory=Declared)
    required: bool = True  # otherwise what is missing is made for the query

    def plan(self, need: Need) -> Plan:
        """Raises IndexMissing."""
        found = self._by_single_fields(need) or self._by_composites(need)
        if found is None and not self.required:
            missing = missing_index(need)
            return Plan((Scan(missing, len(need.equalities)),))
        if found is None:
            raise IndexMissing(missing_index(need))
        return found

    def _by_single_fields(self, need: Need) -> Plan | None:
        first, name = need.order[0], need.order[-1]
        if not need.equalities and first is name:
            # No name by name backwards: production has that index on request only.
            descending = Index(need.collection, (name,), need.group)
            kept = name.mode == "ASCENDING" or descending in self.declared.indexes
            return Plan((), name.mode == "DESCENDING") if kept or not self.required else None
        fields = [IndexField(each.path, each.mode) for each in _sorted(need.equalities)]
        if not fields and len(need.order) == len((first, name)) and first.mode == name.mode:
            fields = [IndexField(first.path)]
        elif first is not name:
            return None
        singles = [Index(need.collection, (each,), need.group) for each in fields]
        if not all(map(self._is_kept, singles)):
            return None
        prefix = len(need.equalities) and 1
        scans = tuple(Scan(index, prefix) for index in singles)
        return Plan(scans, backwards=name.mode == "DESCENDING")

    def _is_kept(self, single: Index) -> bool:
        """Single fields of a collection group are indexed on request only."""
        if single in self.declared.indexes:
            return True
        path = single.fields[0].path
        exempt = any(
            each.collection == single.collection and path[: len(each.path)] == each.path
            for each in self.declared.exemptions
        )
        return not exempt and (not single.group or not self.required)

    def _by_composites(self, need: Need) -> Plan | None:
        """The fewest, chosen greedily, whose first fields are all the equalities together."""
        usable = [scan for index in self._indexes(need) if (scan := _scan(index, need))]
        chosen: list[Scan] = []
        open_: set[Equality] = set(need.equalities)
        while open_ or not chosen:
            best = max(usable, key=lambda scan: len(open_ & _held(scan)), default=None)
            if best is None or (open_ and not open_ & _held(best)):
                return None
            chosen.append(best)
            open_ -= _held(best)
        return Plan(tuple(chosen))

    def _indexes(self, need: Need) -> Iterable[Index]:
        declared = self.declared.indexes
        if need.order[0].path == NAME:
            singles = (IndexField(each.path, each.mode) for each in _sorted(need.equalities))
            kept = (Index(need.collection, (each,), need.group) for each in singles)
            declared = (*declared, *filter(self._is_kept, kept))
        return (i for i in declared if (i.collection, i.group) == (need.collection, need.group))


def _scan(index: Index, need: Need) -> Scan | None:
    prefix = len(index.order) - len(need.order)
    if prefix < 0 or index.order[prefix:] != need.order:
        return None
    scan = Scan(index, prefix)
    return scan if _held(scan) <= need.equalities else None


def _held(scan: Scan) -> set[Equality]:
    """The direction of a field that is held by an equality does not matter."""
    held = scan.index.fields[: scan.prefix]
    return {Equality(each.path, each.mode == "CONTAINS") for each in held}


def _sorted(equalities: Iterable[Equality]) -> list[Equality]:
    """A contains first, the rest by name: as production proposes its indexes."""
    return sorted(equalities, key=lambda each: (not each.contains, each.path))


def missing_index(need: Need) -> Index:
    held = [IndexField(each.path, each.mode) for each in _sorted(need.equalities)]
    index = Index(need.collection, (*held, *need.order[:-1]), need.group)
    if index.order[-1] == need.order[-1]:
        return index
    return Index(need.collection, (*held, *need.order), need.group)


def yaml_lines(index: Index) -> str:
    """What to add to the manifest's firestore.indexes."""
    fields: Sequence[str] = [
        f"{{path: {field_path_text(each.path)}, {_MODES[each.mode]}}}" for each in index.fields
    ]
    scope = "\n      scope: collection_group" if index.group else ""
    listed = ", ".join(fields)
    return f"    - collection: {index.collection}{scope}\n      fields: [{listed}]"


_MODES: dict[Mode, str] = {
    "ASCENDING": "order: ascending",
    "DESCENDING": "order: descending",
    "CONTAINS": "contains: true",
}
