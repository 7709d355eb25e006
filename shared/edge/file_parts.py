"""Files as they stand in a form."""

from collections.abc import Iterator
from hashlib import sha256

from flask import Request
from werkzeug.datastructures import FileStorage

FIELD = "files"
_PIECE = 1 << 16


def told_apart(request: Request) -> Iterator[tuple[str, str, int, str]]:
    """Field, name, size and sha256 of each: forms that bring the same say the same."""
    for field, upload in request.files.items(multi=True):
        yield field, upload.filename or "", *digest_of(upload)


def digest_of(upload: FileStorage) -> tuple[int, str]:
    """Bytes and sha256; read to the end and wound back."""
    size, digest = 0, sha256()
    while piece := upload.stream.read(_PIECE):
        size += len(piece)
        digest.update(piece)
    upload.stream.seek(0)
    return size, digest.hexdigest()
