"""Whether a PDF is whole, open to everybody, and nothing but a document.

It is kept as it is. This is no virus scanner: it refuses what would run a program when opened, as
far as that is written where anybody can read it.
"""

import re
import zlib
from collections.abc import Iterator

from shared.domain.attachment import Unacceptable
from shared.domain.contents.second import check_single

_START = re.compile(rb"%PDF-[12]\.\d\s")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\0]*\Z")
# As far before the end as the longest of these may begin.
_TAIL = 1024
_MOST_INFLATED = 64 << 20
_STREAM = re.compile(rb"stream\r?\n")


def check(content: bytes) -> None:
    """Raises Unacceptable."""
    check_single(content)
    if not _START.match(content) or not _END.search(content[-_TAIL:]):
        raise Unacceptable("broken")
    if _PROTECTED.search(content):
        raise Unacceptable("protected")
    if any(_ACTIVE.search(part) for part in (content, *_object_streams(content))):
        raise Unacceptable("mixed")


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Objects are written in streams, too, where a search of the file would not see them."""
    at, left = 0, _MOST_INFLATED
    while (named := content.find(b"/ObjStm", at)) >= 0:
        start = _STREAM.search(content, named)
        end = content.find(b"endstream", start.end()) if start else -1
        if not start or end < 0:
            return
        inflated = _inflated(content[start.end() : end], left)
        left -= len(inflated)
        if left <= 0:
            raise Unacceptable("too-large")
        yield inflated
        at = end


def _inflated(stream: bytes, most: int) -> bytes:
    """Up to `most` bytes; as it is when it is compressed in no way, or in another one."""
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return b""


def _name(written: str) -> bytes:
    """Any letter of a name may be written as its number: /Java#53cript."""
    letters = (b"(?:%c|#%02x|#%02X)" % (each, each, each) for each in written.encode())
    return b"/" + b"".join(letters) + rb"(?![\w#])"


_PROTECTED = re.compile(_name("Encrypt") + rb"\s*(?:\d+\s+\d+\s+R|<<)")
_ACTIVE = re.compile(b"|".join(map(_name, ("JavaScript", "Launch", "RichMedia"))))
