"""What a document leaves in the indexes of its collection.

Each of its fields is encoded once, in however many of them it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from emulator.firestore.indexes import Index, IndexField
from emulator.firestore.paths import NAME, Path, field
from emulator.firestore.protocol import Document
from emulator.firestore.values import encode, inverted

Entry = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    index: Index


class Entries:
    def __init__(self, kept: Iterable[Kept]) -> None:
        self.kept = tuple(kept)
        orders = [each.index.order for each in self.kept]
        self._fields = tuple(dict.fromkeys(part for order in orders for part in order))
        self._places = [tuple(map(self._fields.index, order)) for order in orders]

    def of(self, path: Path, document: Document | None) -> Iterator[Entry]:
        """None of an index with a field that the document lacks; one per element of a list."""
        if document is None or not self.kept:
            return
        collection = path.parent.key
        parts = [_components(each, path, document) for each in self._fields]
        for kept, places in zip(self.kept, self._places, strict=True):
            prefix = b"" if kept.index.group else collection
            for key in product(*(parts[place] for place in places)):
                yield kept.id, prefix + b"".join(key)


def entry_prefix(index: Index, parent: Path) -> bytes:
    """Of an index of one collection: its path, ended so that collections below it lie elsewhere."""
    return b"" if index.group else parent.below(index.collection).key


def _components(part: IndexField, path: Path, document: Document) -> Iterable[bytes]:
    if part.path == NAME:
        return (inverted(path.key),) if part.mode == "DESCENDING" else (path.key,)
    value = field(document, part.path)
    if value is None:
        return ()
    if part.mode == "CONTAINS":
        return set(map(encode, value.array_value.values))
    return (inverted(encode(value)),) if part.mode == "DESCENDING" else (encode(value),)
