"""How a JPEG is written: in one go from top to bottom, or in scans that each cover all of it.

One of many scans is held in memory whole, however small it is wanted (ITU-T T.81, annex B).
"""

from shared.domain.attachment import Unacceptable

_START, _MARK, _SCAN = b"\xff\xd8", 0xFF, 0xDA
# Those that describe the frame; C4, C8 and CC are something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_IN_ONE_GO = frozenset({0xC0, 0xC1})
# Where the number of colours stands, from the marker on.
_COLOURS_OF_FRAME, _COLOURS_OF_SCAN = 9, 4
# A scan may be a few hundred bytes, and each goes over every pixel.
_MOST_SCANS = 200


def decodes_by_rows(content: bytes) -> bool:
    """Raises Unacceptable for one with more scans than any camera writes, IndexError for a stub."""
    if not content.startswith(_START):
        return False
    at, frame, colours = len(_START), 0, 0
    while (marker := content[at + 1]) != _SCAN:
        if content[at] != _MARK:
            return False
        if marker in _FRAMES:
            frame, colours = marker, content[at + _COLOURS_OF_FRAME]
        # A marker may be led in by any number of marks.
        at += 1 if marker == _MARK else 2 + int.from_bytes(content[at + 2 : at + 4])
    if content.count(bytes((_MARK, _SCAN)), at) > _MOST_SCANS:
        raise Unacceptable("broken")
    return frame in _IN_ONE_GO and content[at + _COLOURS_OF_SCAN] == colours
