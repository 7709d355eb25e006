"""Writes of whole documents, made as the messages that Firestore reads.

Google's own helpers wrap each value of a document in objects first; of the time that a commit takes
us that would be nine tenths.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference, WriteBatch


def create(
    batch: "WriteBatch", reference: "DocumentReference", document: Mapping[str, Any]
) -> None:
    """Refused when there is such a document."""
    write = _write_of(reference, document)
    write.current_document.exists = False
    _add(batch, write)


def update(batch: "WriteBatch", reference: "DocumentReference", fields: Mapping[str, Any]) -> None:
    """Whole fields, by plain names; all others stay. Refused when there is no such document."""
    write = _write_of(reference, fields)
    write.update_mask.field_paths.extend(sorted(fields))
    write.current_document.exists = True
    _add(batch, write)


def _write_of(reference: "DocumentReference", fields: Mapping[str, Any]) -> Any:
    write = _messages().pb()()
    write.update.name = reference._document_path
    for name, value in fields.items():
        _fill(write.update.fields[name], value)
    return write


def _add(batch: "WriteBatch", write: Any) -> None:
    batch._add_write_pbs([_messages().wrap(write)])


def _fill(message: Any, value: Any) -> None:
    """What `plain` leaves of a document, and native times. Raises KeyError for anything else."""
    if isinstance(value, dict):
        message.map_value.SetInParent()
        for name, item in value.items():
            _fill(message.map_value.fields[name], item)
    elif isinstance(value, list):
        message.array_value.SetInParent()
        for item in value:
            _fill(message.array_value.values.add(), item)
    elif isinstance(value, datetime):
        message.timestamp_value.FromDatetime(value)
    else:
        setattr(message, _FIELDS[type(value)], value if value is not None else 0)


_FIELDS: Mapping[type, str] = {
    type(None): "null_value",
    bool: "boolean_value",
    int: "integer_value",
    float: "double_value",
    str: "string_value",
    bytes: "bytes_value",
}


@cache
def _messages() -> Any:
    from google.cloud.firestore_v1.types.write import Write

    return Write
