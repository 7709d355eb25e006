"""Names of databases, documents and fields, taken apart and checked ("Usage and limits")."""

import re
from functools import lru_cache
from typing import NamedTuple

from emulator.firestore.protocol import Document, Value
from emulator.firestore.values import encode_path, encode_segments, is_vector
from emulator.rpc.status import invalid

FieldPath = tuple[str, ...]
NAME: FieldPath = ("__name__",)

_LONGEST_ID = 1_500
_LONGEST_NAME = 6 * 1024
_LONGEST_FIELD_PATH = 1_500
_DEEPEST_COLLECTION = 100
_PARTS_OF_ROOT = 5  # projects, p, databases, d, documents
_RESERVED = re.compile(r"__.*__", re.DOTALL)
_IMPORTED_FROM_DATASTORE = re.compile(r"__id-?[0-9]+__")
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|`(?:[^`\\]|\\.)+`")
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Path(NamedTuple):
    """Below a database: an even number of segments is a document's, the root's is empty."""

    database: str
    segments: tuple[str, ...]

    @property
    def name(self) -> str:
        return "/".join((self.database, "documents", *self.segments))

    @property
    def collection(self) -> str:
        """The id of the collection that the document lies in."""
        return self.segments[-2]

    @property
    def key(self) -> bytes:
        return encode_path(self.segments)

    @property
    def parent(self) -> "Path":
        """Of a document: its collection."""
        return Path(self.database, self.segments[:-1])

    @property
    def prefix(self) -> bytes:
        return encode_segments(self.segments)

    def below(self, *segments: str) -> "Path":
        return Path(self.database, self.segments + segments)


def segments_of(name: str) -> tuple[str, ...]:
    """Of a document's full name, as stored: nothing is checked."""
    return tuple(name.split("/")[_PARTS_OF_ROOT:])


@lru_cache(maxsize=1024)
def check_database(database: str) -> str:
    if not re.fullmatch(r"projects/[^/]+/databases/[^/]+", database):
        invalid(f'Invalid database name "{database}"')
    return database


def document_path(name: str) -> Path:
    path = parent_path(name)
    if not path.segments:
        invalid(f'Document name "{name}" lacks "/" at index {len(name)}.')
    return path


@lru_cache(maxsize=4096)
def parent_path(name: str) -> Path:
    """Of a document, or of the root of all documents."""
    parts = name.split("/")
    if len(parts) < _PARTS_OF_ROOT or parts[0::2][:3] != ["projects", "databases", "documents"]:
        invalid(f'Invalid name "{name}": it must begin with projects/p/databases/d/documents.')
    segments = tuple(parts[_PARTS_OF_ROOT:])
    if len(segments) % 2:
        invalid(f'Document parent name "{name}" has an odd number of segments.')
    _check_segments(name, segments)
    return Path(check_database("/".join(parts[:4])), segments)


def check_id(id_: str) -> None:
    """ "Constraints on collection IDs", "Constraints on document IDs"."""
    if not id_ or id_ in {".", ".."} or "/" in id_:
        invalid(f'Resource id "{id_}" is invalid because it is empty, ".", ".." or has a slash.')
    if len(id_.encode()) > _LONGEST_ID:
        invalid(f"Resource id is longer than {_LONGEST_ID} bytes.")
    if _RESERVED.fullmatch(id_) and not _IMPORTED_FROM_DATASTORE.fullmatch(id_):
        invalid(f'Resource id "{id_}" is invalid because it is reserved.')


def _check_segments(name: str, segments: tuple[str, ...]) -> None:
    for segment in segments:
        check_id(segment)
    if len(segments) > 2 * _DEEPEST_COLLECTION:
        invalid(f"Collections lie deeper than {_DEEPEST_COLLECTION}.")
    if len(name.encode()) > _LONGEST_NAME:
        invalid(f"Document name is longer than {_LONGEST_NAME} bytes.")


@lru_cache(maxsize=4096)
def field_path(text: str) -> FieldPath:
    """`a.b`, with what is no simple name in backticks ("Constraints on field paths")."""
    if len(text.encode()) > _LONGEST_FIELD_PATH:
        invalid(f"Property path is longer than {_LONGEST_FIELD_PATH} bytes.")
    found, at = [], 0
    while match := _FIELD.match(text, at):
        found.append(_unquoted(match[0]))
        at = match.end() + 1
        if at > len(text):
            return _checked(tuple(found))
        if text[at - 1] != ".":
            break
    return invalid(f'Invalid property path "{text}".')


def _checked(path: FieldPath) -> FieldPath:
    if path != NAME and any(map(_RESERVED.fullmatch, path)):
        invalid(f"Invalid reserved name in field path {'.'.join(path)}")
    return path


def field_path_text(path: FieldPath) -> str:
    return ".".join(map(_quoted, path))


def field(document: Document, path: FieldPath) -> Value | None:
    """None where the document has no such field; `__name__` is none of its fields."""
    fields = document.fields
    for name in path[:-1]:
        value = fields.get(name)
        if value is None or not value.HasField("map_value") or is_vector(value):
            return None
        fields = value.map_value.fields
    return fields.get(path[-1])


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith("`") else text


def _quoted(name: str) -> str:
    if _SIMPLE.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"
