"""Whether a video is nothing but boxes from its first byte to its last; and where it was taken.

ISO/IEC 14496-12: a box is its length in four bytes, four letters, and its content. Length 1 means
that eight bytes with the length follow; 0, that it goes to the end of the file.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shared.domain.attachment import Unacceptable
from shared.domain.contents.second import check_single

BRANDS = frozenset({
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41",
    b"mp42", b"mp71", b"avc1", b"M4V ", b"MSNV", b"dash",
})  # fmt: skip
QUICKTIME = b"qt  "
_HEADER, _LONG_HEADER = 8, 16
_TO_THE_END, _LONG = 0, 1
_INNER = (b"moov", b"trak")
_LONGEST_LIST_OF_BRANDS = 512
# What says where, when and with which device it was taken.
_TELLING = frozenset({b"udta", b"meta", b"uuid"})


class _Box(NamedTuple):
    """`start` of its header; `inner` of its content."""

    kind: bytes
    start: int
    inner: int
    end: int


def brands(content: bytes) -> tuple[bytes, frozenset[bytes]]:
    """The major one, and those it is compatible with."""
    end = min(int.from_bytes(content[:4]), len(content), _LONGEST_LIST_OF_BRANDS)
    return content[8:12], frozenset(content[at : at + 4] for at in range(16, end - 3, 4))


def check(content: bytes) -> None:
    """Raises Unacceptable."""
    check_single(content)
    kinds = [box.kind for box in _boxes(content, 0, len(content))]
    if kinds[0] != b"ftyp" or not {b"moov", b"mdat"} <= set(kinds):
        raise Unacceptable("broken")


def without_place(content: bytes) -> bytes:
    """As long as it was, so that nothing in it moves: what tells of its maker is free space."""
    blanked = bytearray(content)
    for box in _telling(content, 0, len(content), _INNER):
        blanked[box.start + 4 : box.start + 8] = b"free"
        blanked[box.inner : box.end] = bytes(box.end - box.inner)
    return bytes(blanked)


def _telling(content: bytes, start: int, end: int, inner: tuple[bytes, ...]) -> Iterator[_Box]:
    """In the file, in what describes it all, and in what describes each of its tracks."""
    for box in _boxes(content, start, end):
        if box.kind in _TELLING:
            yield box
        elif inner and box.kind == inner[0]:
            yield from _telling(content, box.inner, box.end, inner[1:])


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    """Raises Unacceptable where something is no box, or goes on behind the end."""
    while start < end:
        box = _box_at(content, start, end)
        if not start + _HEADER <= box.inner <= box.end <= end or not box.kind.strip().isalnum():
            raise Unacceptable("broken")
        yield box
        start = box.end


def _box_at(content: bytes, start: int, end: int) -> _Box:
    length, kind = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8]
    if length == _TO_THE_END:
        return _Box(kind, start, start + _HEADER, end)
    if length == _LONG:
        length = int.from_bytes(content[start + _HEADER : start + _LONG_HEADER])
        return _Box(kind, start, start + _LONG_HEADER, start + length)
    return _Box(kind, start, start + _HEADER, start + length)
