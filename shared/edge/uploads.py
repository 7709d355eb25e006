"""Files that came with a form, and what is answered of them."""

from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from flask import Request
from werkzeug.datastructures import FileStorage

from shared.domain.file_names import Announcement
from shared.domain.file_reasons import reason_sentence
from shared.edge.file_parts import FIELD, digest_of
from shared.usecases.taking_in import Brought, Taken


def brought(request: Request, *, public: bool) -> tuple[Brought, ...]:
    """What was chosen; a control left empty sends a file without a name. `public`: ticked."""
    chosen = (upload for upload in request.files.getlist(FIELD) if upload.filename)
    return tuple(_brought(upload, public=public) for upload in chosen)


def answer_of(taken: Iterable[Taken], language: str) -> list[dict[str, Any]]:
    return [_line(each, language) for each in taken]


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
