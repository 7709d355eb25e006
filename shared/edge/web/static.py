"""Style, scripts and pictures of the pages: read once, kept for a year under the hash they carry.

`/assets/style.css?v=3f9a1c2b`: another content is another address (`/static` is the framework's
own). Only what lies in the folder when the process starts can be asked for; no path leads away.
"""

import functools
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Request, Response
from werkzeug.exceptions import NotFound

from shared.edge.headers import NO_CONTENT_POLICY, SECURITY

FOLDER = Path(__file__).resolve().parents[2] / "web" / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_EVER = "public, max-age=31536000, immutable"
# Asked for under another hash than ours: an instance of another version may be answering.
_FOR_A_MINUTE = "public, max-age=60"


@dataclass(frozen=True, slots=True)
class Asset:
    type: str
    content: bytes
    packed: bytes
    version: str


def url(name: str) -> str:
    return f"/assets/{name}?v={assets()[name].version}"


def response(name: str, request: Request) -> Response:
    """Raises NotFound."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound
    packed = bool(request.accept_encodings["gzip"])
    answer = Response(asset.packed if packed else asset.content, content_type=asset.type)
    answer.headers.update(SECURITY)
    answer.headers["Content-Security-Policy"] = NO_CONTENT_POLICY
    known = request.args.get("v") == asset.version
    answer.headers["Cache-Control"] = _FOR_EVER if known else _FOR_A_MINUTE
    answer.vary.add("Accept-Encoding")
    if packed:
        answer.content_encoding = "gzip"
    answer.set_etag(f"{asset.version}-gzip" if packed else asset.version)
    answer.make_conditional(request)
    return answer


@functools.cache
def assets() -> Mapping[str, Asset]:
    files = (path for path in FOLDER.iterdir() if path.suffix in _TYPES)
    return {path.name: _asset(path.read_bytes(), _TYPES[path.suffix]) for path in files}


def _asset(content: bytes, type_: str) -> Asset:
    version = hashlib.sha256(content).hexdigest()[:12]
    return Asset(type_, content, gzip.compress(content, mtime=0), version)
