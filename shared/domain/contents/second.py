"""A second thing in one file: what one program opens as a document, and another one as that."""

import re

from shared.domain.attachment import Unacceptable

# Programs look for what a file is in about so many bytes of its start.
_EDGE = 2048
_MARKUP = re.compile(
    rb"<(!doctype|html|head|body|script|svg|iframe|img\s|\?php)|javascript:", re.IGNORECASE
)
# An archive is opened from its end: this record, and a comment of up to 65,535 bytes.
_END_OF_ZIP, _LONGEST_END_OF_ZIP = b"PK\x05\x06\0\0\0\0", 22 + 65_535
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MSCF\0\0\0\0")
# Formats that leave their start to somebody else.
_FURTHER_IN = ((257, b"ustar"), (0x8001, b"CD001"))


def check_single(content: bytes) -> None:
    """Raises Unacceptable. Pictures need no such look: nothing but their pixels is kept."""
    if (
        _MARKUP.search(content[:_EDGE])
        or _MARKUP.search(content[-_EDGE:])
        or _END_OF_ZIP in content[-_LONGEST_END_OF_ZIP:]
        or any(archive in content for archive in _ARCHIVES)
        or any(content.startswith(mark, at) for at, mark in _FURTHER_IN)
    ):
        raise Unacceptable("mixed")
