"""What one write makes of one document: precondition, update mask, transforms. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emulator.firestore.limits import check_document
from emulator.firestore.paths import Path, document_path, field, field_path
from emulator.firestore.protocol import Document, FieldTransform, Value, Write, microseconds
from emulator.firestore.transforms import check_transform, put, remove, transform
from emulator.rpc.status import Refused, invalid


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it lies in the store: its fields only, the rest beside it."""

    document: Document
    created: int
    updated: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`document`: None when it is deleted, or was not there to be deleted."""

    document: Document | None
    transform_results: list[Value]


def target(write: Write) -> Path:
    kind = write.WhichOneof("operation")
    if kind is None:
        invalid("A write has no operation.")
    if kind == "update":
        return document_path(write.update.name)
    return document_path(write.delete if kind == "delete" else write.transform.document)


def transform_count(write: Write) -> int:
    return len(write.update_transforms) + len(write.transform.field_transforms)


def check(write: Write, path: Path) -> None:
    """What is wrong whatever lies in the store; it also rounds the write's timestamps."""
    if write.HasField("update"):
        check_document(path, write.update)
    for each in write.update_mask.field_paths:
        field_path(each)
    if transforms := _transforms(write):
        _check_transforms(transforms)
    elif write.HasField("transform"):
        invalid("The list of FieldTransform must not be empty.")


def _check_transforms(transforms: Iterable[FieldTransform]) -> None:
    paths = {field_path(each.field_path) for each in transforms}
    for path in paths:
        if any(path[:length] in paths for length in range(1, len(path))):
            invalid("Cannot transform a property and its nested property at the same time.")
    for each in transforms:
        check_transform(each)


def outcome(write: Write, path: Path, current: Stored | None, request_time: int) -> Outcome:
    _check_precondition(write, path, current)
    if write.WhichOneof("operation") == "delete":
        return Outcome(None, [])
    document = _updated(write, current)
    results = [transform(document, each, request_time) for each in _transforms(write)]
    if results or write.HasField("update_mask"):
        check_document(path, document)
    return Outcome(document, results)


def _updated(write: Write, current: Stored | None) -> Document:
    """The write's own document where it is a whole one: to copy it is a tenth of a commit."""
    if write.HasField("transform"):
        return _copy(current)
    if not write.HasField("update_mask"):
        return write.update
    document = _copy(current)
    for text in write.update_mask.field_paths:
        path = field_path(text)
        value = field(write.update, path)
        if value is None:
            remove(document, path)
        else:
            put(document, path, value)
    return document


def _transforms(write: Write) -> Sequence[FieldTransform]:
    if write.HasField("transform"):
        return tuple(write.transform.field_transforms)
    return tuple(write.update_transforms)


def _copy(current: Stored | None) -> Document:
    document = Document()
    if current is not None:
        document.fields.MergeFrom(current.document.fields)
    return document


def _check_precondition(write: Write, path: Path, current: Stored | None) -> None:
    kind = write.current_document.WhichOneof("condition_type")
    if kind == "exists":
        _check_existence(path, wanted=write.current_document.exists, found=current is not None)
    elif kind == "update_time":
        stored, wanted = current.updated if current else 0, write.current_document.update_time
        if stored != microseconds(wanted):
            raise Refused(
                "FAILED_PRECONDITION",
                f"the stored version ({stored}) of {path.name} does not match the required"
                f" base version ({microseconds(wanted)})",
            )


def _check_existence(path: Path, *, wanted: bool, found: bool) -> None:
    if wanted and not found:
        raise Refused("NOT_FOUND", f"No document to update: {path.name}")
    if found and not wanted:
        raise Refused("ALREADY_EXISTS", f"Document already exists: {path.name}")
