"""What people with bad intentions, or bad luck, send; and why each is refused."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from tests.corpus.documents import box, in_object_stream, mp4, pdf, stream
from tests.corpus.pictures import heic, jpeg, png, quarters, webp

HTML = b"<!DOCTYPE html><html><script>alert(document.domain)</script></html>"
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = b"GIF89a/*\x01\x00\x00\x00\x00,\x00\x00\x00\x00*/=1;alert(1)//;"


def archive(comment: bytes = b"") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("index.html", HTML)
        zipped.comment = comment
    return out.getvalue()


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """The head of a PNG of any size, and whatever follows."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG that says in its head that it is a large one."""
    small = jpeg()
    at = small.index(b"\xff\xc0")
    return small[: at + 5] + struct.pack(">HH", height, width) + small[at + 9 :]


def _many_scans() -> bytes:
    """Each of them goes over every pixel once more."""
    one = jpeg(progressive=True)
    last = one.rindex(b"\xff\xda")
    return one[:last] + 1000 * one[last:-2] + one[-2:]


def _heic_of(width: int, height: int) -> bytes:
    """Its head says less than its pixels are."""
    whole = heic(quarters(1600, 1200))
    sides = struct.pack(">II", width, height)
    return whole.replace(
        b"ispe" + bytes(4) + struct.pack(">II", 1600, 1200), b"ispe\0\0\0\0" + sides
    )


def _webp_of(width: int, height: int) -> bytes:
    """An extended head, whose canvas is larger than all that is painted on it."""
    painted = webp()[12:]
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides + painted
    return b"RIFF" + struct.pack("<I", len(body)) + body


Bad = dict[str, tuple[Callable[[], bytes], str]]

BAD_PICTURES: Bad = {
    "a PNG of 50,000 × 50,000": (lambda: png_of(50_000, 50_000), "too-many-pixels"),
    "a PNG that inflates to a gigabyte": (
        lambda: png_of(20_000, 17_000, chunk(b"IDAT", zlib.compress(bytes(10**7)))),
        "too-many-pixels",
    ),
    "a JPEG of 65,500 × 65,500": (lambda: jpeg_of(65_500, 65_500), "too-many-pixels"),
    "a progressive JPEG of 12,000 × 9,000": (
        lambda: jpeg_of(12_000, 9_000).replace(b"\xff\xc0", b"\xff\xc2"),
        "too-many-pixels",
    ),
    "a JPEG of a thousand scans": (_many_scans, "broken"),
    "a WebP canvas of 16,000 × 16,000": (lambda: _webp_of(16_000, 16_000), "broken"),
    "a HEIC that says that it is a small one": (lambda: _heic_of(64, 48), "broken"),
    "a HEIC that says that it is a large one": (
        lambda: _heic_of(50_000, 50_000),
        "too-many-pixels",
    ),
    "a text that inflates without end": (
        lambda: png_of(8, 8, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(10**8)))),
        "broken",
    ),
    "a page that begins like a JPEG": (lambda: b"\xff\xd8\xff" + HTML, "broken"),
    "a script that begins like a PNG": (lambda: b"\x89PNG\r\n\x1a\n" + HTML, "broken"),
    "a page that begins like a HEIC": (
        lambda: box(b"ftyp", b"heic" + bytes(4) + b"heic") + HTML,
        "broken",
    ),
    "half a JPEG": (lambda: _half(jpeg()), "broken"),
    "half a PNG": (lambda: _half(png()), "broken"),
    "half a WebP": (lambda: _half(webp()), "broken"),
    "half a HEIC": (lambda: _half(heic()), "broken"),
    "a JPEG of nothing": (lambda: jpeg_of(0, 0), "broken"),
}
# And what is neither a picture nor a document.
BAD_DOCUMENTS: Bad = {
    "an archive": (archive, "type-not-accepted"),
    "an archive within an archive's shape": (lambda: archive(archive()), "type-not-accepted"),
    "a PDF that is an archive, too": (
        lambda: pdf(stream(archive(b"startxref\n9\n%%EOF"), deflated=False)), "mixed",
    ),
    "a PDF that ends as an archive's comment": (
        lambda: b"%PDF-1.7\n" + archive(b"startxref\n9\n%%EOF"), "mixed",
    ),
    "a PDF that is a page, too": (lambda: pdf().replace(b"%\xe2", b"%" + HTML, 1), "mixed"),
    "a PDF with a page at its end": (
        lambda: pdf().replace(b"startxref", b"%" + HTML + b"\nstartxref"), "mixed",
    ),
    "a PDF with a page behind its end": (lambda: pdf() + HTML, "mixed"),
    "a PDF behind something else": (lambda: b"\n\n" + pdf(), "type-not-accepted"),
    "a PDF that is a tape archive, too": (
        lambda: pdf()[:15] + b"%" + bytes(241) + b"ustar" + pdf()[15:], "mixed",
    ),
    "a PDF that runs a script": (lambda: pdf(SCRIPT), "mixed"),
    "a script whose name is written in numbers": (
        lambda: pdf(SCRIPT.replace(b"/JavaScript", b"/J#61va#53cript")), "mixed",
    ),
    "a script in an object stream": (lambda: in_object_stream(SCRIPT), "mixed"),
    "a PDF that starts a program": (lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), "mixed"),
    "object streams that inflate without end": (
        lambda: in_object_stream(bytes(65 << 20)), "too-large",
    ),
    "a PDF with a password": (lambda: pdf(b"<< >>", trailer=b"/Encrypt 4 0 R"), "protected"),
    "a video that is a page, too": (
        lambda: mp4().replace(b"\x01" * 64, HTML.ljust(64, b" ")[:64]), "mixed",
    ),
    "a video with a page behind its end": (lambda: mp4() + HTML, "mixed"),
    "a video with rubbish behind its end": (lambda: mp4() + b"rubbish", "broken"),
    "a video padded with zeros": (lambda: mp4() + bytes(32), "broken"),
    "a video with an archive in free space": (lambda: mp4(box(b"free", archive())), "mixed"),
    "a video whose box goes on behind its end": (
        lambda: mp4() + (2**31).to_bytes(4) + b"free", "broken",
    ),
    "a video without a picture": (lambda: box(b"ftyp", b"isom" + bytes(4)), "broken"),
    "a QuickTime film": (lambda: mp4(major=b"qt  ", compatible=[b"qt  "]), "type-not-accepted"),
    "an AVIF": (
        lambda: box(b"ftyp", b"mif1" + bytes(4) + b"mif1avif") + bytes(64), "type-not-accepted",
    ),
    "a GIF that is a script, too": (lambda: GIF, "type-not-accepted"),
    "a picture that is a script": (lambda: SVG, "type-not-accepted"),
    "a page": (lambda: HTML, "type-not-accepted"),
    "half a PDF": (lambda: _half(pdf()), "broken"),
    "half a video": (lambda: _half(mp4()), "broken"),
    "a single byte": (lambda: b"\xff", "type-not-accepted"),
}  # fmt: skip
HOSTILE = BAD_PICTURES | BAD_DOCUMENTS


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]
