"""Content-Range of what is sent, and Range of what is asked for."""

import re
from typing import NamedTuple

from emulator.storage.refusals import invalid, unsatisfiable

_SENT = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_ASKED = re.compile(r"bytes=(\d*)-(\d*)")


class Sent(NamedTuple):
    """`start` None: no bytes, only the question how many are there. `total` None: not said yet."""

    start: int | None
    total: int | None


class Asked(NamedTuple):
    """From `start` to before `end`; `is_part`: somebody asked for a range."""

    start: int
    end: int
    is_part: bool


def sent(content_range: str | None, length: int) -> Sent:
    """Without a header it is all of the object. Raises Refused."""
    if content_range is None:
        return Sent(0, length)
    found = _SENT.fullmatch(content_range.strip())
    if found is None:
        invalid(f"Failed to parse Content-Range header: {content_range}")
    first, last, total = found.groups()
    whole = None if total == "*" else int(total)
    if first is None:
        return Sent(None, whole)
    if int(last) - int(first) + 1 != length or (whole is not None and int(last) >= whole):
        invalid(f"Content-Range does not fit {length} bytes: {content_range}")
    return Sent(int(first), whole)


def asked(range_: str | None, size: int) -> Asked:
    """What cannot be understood is as if it had not been said, as RFC 9110 wants it."""
    found = _ASKED.fullmatch(range_.strip()) if range_ else None
    if found is None or not any(found.groups()):
        return Asked(0, size, is_part=False)
    first, last = found.groups()
    if not first:
        return Asked(max(0, size - int(last)), size, is_part=True)
    start, end = int(first), min(size, int(last) + 1) if last else size
    if start >= end:
        unsatisfiable()
    return Asked(start, end, is_part=True)
