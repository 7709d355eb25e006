"""How the files of a report lie in the store: one document for all of them. Pure."""

from collections.abc import Mapping
from typing import Any

from shared.domain.attachment import Attachment, FileState, SealedPlace, Shelf
from shared.domain.statuses import Role

_AS_IT_IS = (
    "id", "agency", "name", "type", "size", "sha256", "public", "announced_at", "expires_at",
    "reason", "covered", "named",
)  # fmt: skip


def shelf_document(shelf: Shelf) -> dict[str, Any]:
    """Times as native ones. Who else keeps fields in the document keeps them."""
    return {"files": [_file_document(file) for file in shelf.files]}


def shelf_of(code: str, document: Mapping[str, Any] | None, version: Any) -> Shelf:
    if document is None:
        return Shelf(code)
    return Shelf(code, tuple(map(_file_of, document.get("files", ()))), version)


def _file_document(file: Attachment) -> dict[str, Any]:
    found = file.found
    return {
        **{name: getattr(file, name) for name in _AS_IT_IS},
        "owner": file.owner.value,
        "state": file.state.value,
        "sizes": {name: list(extent) for name, extent in file.sizes.items()},
        "found": {"key_id": found.key_id, "sealed": found.sealed} if found else None,
    }


def _file_of(document: Mapping[str, Any]) -> Attachment:
    found = document["found"]
    return Attachment(
        **{name: document[name] for name in _AS_IT_IS},
        owner=Role(document["owner"]),
        state=FileState(document["state"]),
        sizes={name: (width, height) for name, (width, height) in document["sizes"].items()},
        found=SealedPlace(found["key_id"], found["sealed"]) if found else None,
    )
