"""A part of a document: the fields of a mask, or those a query selects."""

from collections.abc import Iterable
from typing import Any

from emulator.firestore.paths import FieldPath, field, field_path
from emulator.firestore.protocol import Document
from emulator.firestore.transforms import put


def masked(document: Document, request: Any) -> Document:
    """As the request's mask says; without one, all of it."""
    if not request.HasField("mask"):
        return document
    return selected(document, map(field_path, request.mask.field_paths))


def selected(document: Document, paths: Iterable[FieldPath] | None) -> Document:
    if paths is None:
        return document
    part = Document(
        name=document.name, create_time=document.create_time, update_time=document.update_time
    )
    for path in paths:
        value = field(document, path)
        if value is not None:
            put(part, path, value)
    return part
