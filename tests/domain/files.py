"""Attached files as tests need them."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from shared.domain.attachment import (
    SIZES,
    UPLOAD_WITHIN,
    Attachment,
    FileState,
    Shelf,
)
from shared.domain.statuses import Role
from tests.domain.builders import CODE, NOW

MIB = 1 << 20
EXTENTS = {size: (longest, longest * 3 // 4) for size, longest in SIZES.items()}


def file_id(number: int) -> str:
    return f"{number:022}"


def a_file(number: int = 1, *, at: datetime = NOW, **fields: Any) -> Attachment:
    """A photo of the reporter, announced and awaited."""
    given: dict[str, Any] = {
        "id": file_id(number),
        "owner": Role.REPORTER,
        "name": f"foto {number}.jpg",
        "type": "image/jpeg",
        "size": MIB,
        "sha256": sha256(str(number).encode()).hexdigest(),
        "announced_at": at,
        "expires_at": at + UPLOAD_WITHIN,
    }
    return Attachment(**(given | fields))


def ready(file: Attachment, **fields: Any) -> Attachment:
    sizes = EXTENTS if file.is_picture else {}
    return replace(file, **({"state": FileState.READY, "sizes": sizes} | fields))


def proof_of(agency: str, number: int = 1, **fields: Any) -> Attachment:
    """A photo of an agency's officer."""
    return a_file(number, owner=Role.AGENCY, agency=agency, **fields)


def shelf_of(*files: Attachment, code: str = CODE) -> Shelf:
    return Shelf(code, files)
