"""PDFs and videos, as small as they can be and whole."""

import zlib
from collections.abc import Iterable

PLACE = b"-08.6543+115.1728/"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A page, and more objects after it."""
    page = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    )
    body, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, each in enumerate((*page, *objects), start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    return body + _references(offsets, len(body), trailer)


def stream(content: bytes, extra: bytes = b"", *, deflated: bool = True) -> bytes:
    packed = zlib.compress(content) if deflated else content
    filtered = b"/Filter /FlateDecode " if deflated else b""
    head = b"<< /Length %d %b%b >>" % (len(packed), filtered, extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


def in_object_stream(content: bytes) -> bytes:
    """An object where a search of the file does not see it."""
    return pdf(stream(b"9 0 " + content, b"/Type /ObjStm /N 1 /First 4"))


def box(kind: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def mp4(
    *more: bytes, major: bytes = b"isom", compatible: Iterable[bytes] = (b"isom", b"mp42")
) -> bytes:
    """`more`: boxes at its end."""
    described = box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", box(b"tkhd", bytes(84))))
    ftyp = box(b"ftyp", major + bytes(4) + b"".join(compatible))
    return ftyp + described + box(b"mdat", b"\x01" * 64) + b"".join(more)


def telling_mp4() -> bytes:
    """As phones write them: the place for all of it, and once more for a track."""
    place = box(b"udta", box(b"\xa9xyz", PLACE))
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"meta", bytes(4) + PLACE))
    described = box(b"moov", box(b"mvhd", bytes(100)) + track + place)
    ftyp = box(b"ftyp", b"mp42" + bytes(4) + b"isommp42")
    return ftyp + box(b"uuid", bytes(16) + PLACE) + box(b"mdat", b"\x01" * 64) + described


def _references(offsets: list[int], at: int, trailer: bytes) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(offsets) + 1
    return (
        b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows)
        + b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (count, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % at
    )
