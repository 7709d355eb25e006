"""A file as it is sent: nothing in it may act in the name of the site, and nobody keeps it long."""

from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from flask import Request, Response
from werkzeug.wsgi import wrap_file

from shared.domain.codes import show_code
from shared.domain.file_links import FileLink
from shared.edge.contract import BYTES
from shared.edge.headers import SECURITY

_WEBP = "image/webp"
_PIECE = 1 << 16
# Opened by itself it has no origin, no script, no form, and loads nothing.
_ALONE = {
    **SECURITY,
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "none",
}


def file_answer(request: Request, link: FileLink, content: BinaryIO, now: datetime) -> Response:
    """A picture to look at; anything else as a download that no browser tries to open."""
    seconds = int((link.until - now).total_seconds())
    headers = {
        **_ALONE,
        "Cache-Control": f"private, max-age={seconds}, immutable",
        "Content-Disposition": "inline" if link.is_picture else _download(link),
    }
    pieces = wrap_file(request.environ, content, _PIECE)
    media = _WEBP if link.is_picture else BYTES
    return Response(pieces, 200, headers, content_type=media, direct_passthrough=True)


def _download(link: FileLink) -> str:
    """Named by us: what its owner called it may be anything."""
    mark = sha256(link.id.encode()).hexdigest()[:8]
    return f'attachment; filename="{show_code(link.code)}-{mark}.{link.ending}"'
