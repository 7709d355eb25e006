"""What a file is: told by its content, never by its name or by what was said of it."""

from collections.abc import Callable, Mapping

from shared.domain.attachment import Unacceptable
from shared.domain.contents import mp4, pdf

_SIGNATURES: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
# "Some picture", whose compression only the compatible brands tell: AVIF begins like this, too.
_PICTURES = frozenset({b"mif1", b"msf1"})
_WITHOUT_PLACE: Mapping[str, Callable[[bytes], bytes]] = {"video/mp4": mp4.without_place}
_CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "application/pdf": pdf.check,
    "video/mp4": mp4.check,
}


def type_of(content: bytes) -> str:
    """Raises Unacceptable: nothing that can be attached anywhere."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return _with_brands(*mp4.brands(content))
    found = (type_ for start, type_ in _SIGNATURES.items() if content.startswith(start))
    return _known(next(found, None))


def check_document(content: bytes, type_: str) -> None:
    """Raises Unacceptable: broken, protected, or a second thing besides what it is."""
    _CHECKS[type_](content)


def without_place(content: bytes, type_: str) -> bytes:
    """The same document, where its type has a place of its own for where it was made."""
    clean = _WITHOUT_PLACE.get(type_)
    return clean(content) if clean else content


def _with_brands(major: bytes, compatible: frozenset[bytes]) -> str:
    brands = compatible | {major}
    if major in _HEIC | _PICTURES:
        return _known("image/heic" if brands & _HEIC else None)
    is_video = brands & mp4.BRANDS and major != mp4.QUICKTIME
    return _known("video/mp4" if is_video else None)


def _known(type_: str | None) -> str:
    if type_ is None:
        raise Unacceptable("type-not-accepted")
    return type_
