"""Where and when a photo was taken, as far as its EXIF says so in a way that can be believed.

Cameras and programs write all kinds of rubbish there: whatever is not understood is not there.
"""

import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.domain.attachment import Place

if TYPE_CHECKING:
    from PIL.Image import Exif

_DETAILS, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_LATITUDE, _LONGITUDE = (1, 2, "NS", 90.0), (3, 4, "EW", 180.0)
_GPS_TIME, _GPS_DAY = 7, 29
# Of a metre or so; more of them is noise.
_DIGITS = 6
_UNREADABLE = (
    ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, SyntaxError, TypeError,
    ValueError,
)  # fmt: skip

_Tags = Mapping[int, Any]


def place_in(exif: "Exif") -> Place | None:
    gps, details = _tags(exif, _GPS), _tags(exif, _DETAILS)
    lat, lon = _degrees(gps, *_LATITUDE), _degrees(gps, *_LONGITUDE)
    taken_at = _by_its_clock(details) or _by_satellite(gps)
    # Zero and zero is what a camera writes that knows nothing.
    if lat is None or lon is None or (lat, lon) == (0, 0):
        lat = lon = None
    return Place(lat, lon, taken_at) if taken_at or lat is not None else None


def _tags(exif: "Exif", group: int) -> _Tags:
    with suppress(*_UNREADABLE):
        return exif.get_ifd(group)
    return {}


def _degrees(gps: _Tags, ref_tag: int, tag: int, hemispheres: str, limit: float) -> float | None:
    with suppress(*_UNREADABLE):
        degrees, minutes, seconds = (float(part) for part in gps[tag])
        size = degrees + minutes / 60 + seconds / 3600
        hemisphere = _text(gps[ref_tag]).upper()
        if math.isfinite(size) and 0 <= size <= limit and hemisphere in tuple(hemispheres):
            return round(-size if hemisphere == hemispheres[1] else size, _DIGITS)
    return None


def _by_its_clock(details: _Tags) -> datetime | None:
    """Only where it says in which zone it was."""
    with suppress(*_UNREADABLE):
        written = f"{_text(details[_TAKEN])} {_text(details[_OFFSET])}"
        return datetime.strptime(written, "%Y:%m:%d %H:%M:%S %z")
    return None


def _by_satellite(gps: _Tags) -> datetime | None:
    with suppress(*_UNREADABLE):
        hour, minute, second = (int(part) for part in gps[_GPS_TIME])
        written = f"{_text(gps[_GPS_DAY])} {hour}:{minute}:{second} +00:00"
        return datetime.strptime(written, "%Y:%m:%d %H:%M:%S %z")
    return None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii")
    return str(value).strip("\0 ")
