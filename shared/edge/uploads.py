"""Files that came with a form, and what is answered of them."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, BinaryIO, cast

from flask import Request
from werkzeug.datastructures import FileStorage

from shared.domain.file_reasons import reason_sentence
from shared.usecases.attaching import Announcement
from shared.usecases.taking_in import Brought, Taken

FIELD = "files"
_PIECE = 1 << 16


def brought(request: Request, *, public: bool) -> tuple[Brought, ...]:
    """What was chosen; a control left empty sends a file without a name. `public`: ticked."""
    chosen = (upload for upload in request.files.getlist(FIELD) if upload.filename)
    return tuple(_brought(upload, public=public) for upload in chosen)


def answer_of(taken: Iterable[Taken], language: str) -> list[dict[str, Any]]:
    return [_line(each, language) for each in taken]


def digest_of(upload: FileStorage) -> tuple[int, str]:
    """Bytes and sha256; read to the end and wound back."""
    size, digest = 0, sha256()
    while piece := upload.stream.read(_PIECE):
        size += len(piece)
        digest.update(piece)
    upload.stream.seek(0)
    return size, digest.hexdigest()


def _brought(upload: FileStorage, *, public: bool) -> Brought:
    size, digest = digest_of(upload)
    name, type_ = upload.filename or "", upload.content_type or ""
    content = cast(BinaryIO, upload.stream)
    return Brought(Announcement(name, type_, size, digest, public), content)


def _line(taken: Taken, language: str) -> dict[str, Any]:
    line: dict[str, Any] = {"name": taken.name, "state": taken.state}
    if taken.file:
        line["id"] = taken.file.id
    if taken.reason:
        line |= {"reason": taken.reason, "message": reason_sentence(taken.reason, language)}
    return line
