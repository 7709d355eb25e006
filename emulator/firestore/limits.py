"""What a document and a request may be ("Usage and limits", "Understand storage size")."""

import re
from collections.abc import Mapping
from typing import Any

from emulator.firestore.paths import Path, document_path
from emulator.firestore.protocol import Document, Timestamp, Value
from emulator.rpc.status import invalid

LARGEST_REQUEST = 10 * 1024 * 1024
MOST_TRANSFORMS = 500  # of one document in one commit
MOST_DISJUNCTIONS = 30
MOST_NOT_IN = 10
MOST_FILTERS_AND_ORDERS = 100
MOST_INEQUALITY_FIELDS = 10

_LARGEST_DOCUMENT = 1_048_576
_LARGEST_VALUE = _LARGEST_DOCUMENT - 89
_LONGEST_FIELD_NAME = 1_500
_DEEPEST_FIELD = 20
_MOST_INDEX_ENTRIES = 40_000
# In protobuf a value takes at least a quarter of its storage size: below this nothing is counted.
_SURELY_SMALL = _MOST_INDEX_ENTRIES
_RESERVED = re.compile(r"__.*__", re.DOTALL)
_SIZES = {"null_value": 1, "boolean_value": 1, "geo_point_value": 16}
_EARLIEST, _LATEST = -62_135_596_800, 253_402_300_799
_SECOND, _MICROSECOND = 1_000_000_000, 1_000  # in nanoseconds
_POLE, _DATE_LINE = 90, 180


def check_request(size: int) -> None:
    if size > LARGEST_REQUEST:
        invalid(f"Request payload size exceeds the limit: {LARGEST_REQUEST} bytes.")


def check_document(path: Path, document: Document) -> None:
    """Also rounds its timestamps. Before transforms and after: they may make it larger."""
    _check_fields(document.fields, 1)
    if document.ByteSize() > _SURELY_SMALL:
        _check_sizes(path, document)


def _check_fields(fields: Mapping[str, Value], depth: int) -> None:
    for name, value in fields.items():
        if not name or len(name) * 4 > _LONGEST_FIELD_NAME or name.startswith("__"):
            _check_field_name(name, value)
        if value.WhichOneof("value_type") not in _PLAIN:
            _check_value(value, depth)


def _check_field_name(name: str, value: Value) -> None:
    if not name:
        invalid("Property name is empty.")
    if len(name.encode()) > _LONGEST_FIELD_NAME:
        invalid(f"Property name is longer than {_LONGEST_FIELD_NAME} bytes.")
    is_mark = name == "__type__" and value.string_value == "__vector__"
    if _RESERVED.fullmatch(name) and not is_mark:
        invalid(f'Property name "{name}" is reserved.')


def _check_value(value: Value, depth: int) -> None:
    kind = value.WhichOneof("value_type")
    if kind == "map_value":
        _check_depth(depth)
        _check_fields(value.map_value.fields, depth + 1)
    elif kind == "array_value":
        _check_depth(depth)
        _check_array(value, depth)
    elif kind == "timestamp_value":
        _check_time(value.timestamp_value)
    elif kind == "geo_point_value":
        _check_point(value.geo_point_value)
    elif kind == "reference_value":
        document_path(value.reference_value)
    elif kind not in _PLAIN:
        invalid("A value has no type that a document can hold.")


_PLAIN = frozenset(
    ["null_value", "boolean_value", "integer_value", "double_value", "string_value", "bytes_value"]
)


def _check_time(time: Timestamp) -> None:
    """Years 1 to 9999, to the microsecond."""
    if not _EARLIEST <= time.seconds <= _LATEST or not 0 <= time.nanos < _SECOND:
        invalid("Timestamp exceeds limit for field.")
    time.nanos -= time.nanos % _MICROSECOND


def _check_point(point: Any) -> None:
    if abs(point.latitude) > _POLE or abs(point.longitude) > _DATE_LINE:
        invalid("Geo point outside permitted range.")


def _check_depth(depth: int) -> None:
    if depth > _DEEPEST_FIELD:
        invalid(f"Property is nested deeper than {_DEEPEST_FIELD} levels.")


def _check_array(value: Value, depth: int) -> None:
    for element in value.array_value.values:
        kind = element.WhichOneof("value_type")
        if kind == "array_value":
            invalid("Cannot convert an array value in an array value.")
        if kind not in _PLAIN:
            _check_value(element, depth + 1)


def _check_sizes(path: Path, document: Document) -> None:
    size = _name_size(path.segments) + 32 + _fields_size(document.fields)
    if size > _LARGEST_DOCUMENT:
        invalid(
            f"Document '{path.name}' cannot be written because its size ({size:,} bytes) "
            f"exceeds the maximum allowed size of {_LARGEST_DOCUMENT:,} bytes."
        )
    for name, value in document.fields.items():
        if _value_size(value) - value.HasField("string_value") > _LARGEST_VALUE:
            invalid(f'The value of property "{name}" is longer than {_LARGEST_VALUE} bytes.')
    if _index_entries(document.fields) > _MOST_INDEX_ENTRIES:
        invalid(f"Too many indexed properties for document: above {_MOST_INDEX_ENTRIES} entries.")


def _name_size(segments: tuple[str, ...]) -> int:
    return sum(_text_size(segment) for segment in segments) + 16


def _text_size(text: str) -> int:
    return len(text.encode()) + 1


def _fields_size(fields: Mapping[str, Value]) -> int:
    return sum(_text_size(name) + _value_size(value) for name, value in fields.items())


def _value_size(value: Value) -> int:
    kind = value.WhichOneof("value_type")
    if kind == "string_value":
        return _text_size(value.string_value)
    if kind == "bytes_value":
        return len(value.bytes_value)
    if kind == "array_value":
        return sum(map(_value_size, value.array_value.values))
    if kind == "map_value":
        return _fields_size(value.map_value.fields)
    if kind == "reference_value":
        return _name_size(tuple(value.reference_value.split("/")[5:]))
    return _SIZES.get(kind, 8)


def _index_entries(fields: Mapping[str, Value]) -> int:
    """One ascending and one descending for each field, and one for each element of a list."""
    return sum(
        _index_entries(value.map_value.fields)
        if value.HasField("map_value")
        else 2 + len(value.array_value.values)
        for value in fields.values()
    )
