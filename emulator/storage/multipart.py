"""multipart/related: what is said of an object, and its bytes, in one body (RFC 2387)."""

import re
from typing import NamedTuple

from emulator.storage.refusals import invalid

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_TYPE = re.compile(rb"^content-type: *([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


class Part(NamedTuple):
    type: str
    body: bytes


def parts(body: bytes, content_type: str) -> tuple[Part, Part]:
    """Raises Refused."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        invalid("A multipart upload names its boundary.")
    mark = b"--" + found[1].encode()
    # The second part may hold anything, also what looks like the mark in its middle.
    _, _, rest = body.partition(mark + b"\r\n")
    first, _, rest = rest.partition(b"\r\n" + mark + b"\r\n")
    second, _, _ = rest.rpartition(b"\r\n" + mark + b"--")
    return _part(first), _part(second)


def _part(text: bytes) -> Part:
    headers, blank, body = text.partition(b"\r\n\r\n")
    if not blank:
        invalid("A multipart upload is a JSON part and the object's bytes.")
    type_ = _TYPE.search(headers)
    return Part(type_[1].decode("latin-1") if type_ else "application/octet-stream", body)
