"""Where and when a photo was taken: what is written can be believed, or it is not there."""

import math
import struct
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from shared.adapters.photo_places import place_in
from shared.adapters.pictures import PillowPictures
from shared.domain.attachment import Place
from tests.corpus.pictures import LAT, LON, gps_of, jpeg, telling_exif

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")
BY_CLOCK = datetime.fromisoformat("2026-11-20T09:41:07+08:00")
BY_SATELLITE = datetime(2026, 11, 20, 1, 41, 7, tzinfo=UTC)
_DETAILS, _GPS = 0x8769, 0x8825
_NOTHING = object()


def place_of(exif: Image.Exif) -> Place | None:
    """Of what is read back from a file."""
    return PillowPictures().clean(jpeg(exif=exif)).place


def changed(group: int, tag: int, value: Any) -> Image.Exif:
    exif = telling_exif()
    if value is _NOTHING:
        del exif.get_ifd(group)[tag]
    else:
        exif.get_ifd(group)[tag] = value
    return exif


@pytest.mark.parametrize(
    ("lat", "lon"), [(-8.5, 115.25), (5.875, 95.5), (-89.75, -179.5), (0.0, 109.5), (-6.25, 0.0)]
)
def test_a_place_anywhere_on_earth_is_read(lat: float, lon: float) -> None:
    exif = telling_exif()
    exif.get_ifd(_GPS).update(gps_of(lat, lon))

    assert place_of(exif) == Place(lat, lon, BY_CLOCK)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (1, _NOTHING),
        (1, "X"),
        (1, ""),
        (2, _NOTHING),
        (2, (91.0, 0.0, 0.0)),
        (2, (8.0, 39.0)),
        (2, (IFDRational(1, 0), 0.0, 0.0)),
        (4, (180.0, 0.0, 1.0)),
    ],
)
def test_a_place_that_cannot_be_is_none(tag: int, value: Any) -> None:
    """Half of one neither; when it was taken is believed all the same."""
    assert place_of(changed(_GPS, tag, value)) == Place(None, None, BY_CLOCK)


def test_zero_and_zero_is_what_a_camera_writes_that_knows_nothing() -> None:
    exif = telling_exif()
    exif.get_ifd(_GPS).update(gps_of(0.0, 0.0))

    assert place_of(exif) == Place(None, None, BY_CLOCK)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x9011, _NOTHING),
        (0x9011, "Z?"),
        (0x9003, _NOTHING),
        (0x9003, "0000:00:00 00:00:00"),
        (0x9003, "    :  :     :  :  "),
        (0x9003, "yesterday"),
    ],
)
def test_a_clock_without_its_zone_counts_less_than_the_satellites(tag: int, value: Any) -> None:
    """Nobody knows which of Indonesia's three zones it was set to."""
    assert place_of(changed(_DETAILS, tag, value)) == Place(LAT, LON, BY_SATELLITE)


def test_without_place_and_time_there_is_nothing_to_offer() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"

    assert place_of(exif) is None
    assert place_of(Image.Exif()) is None


_LOOPS = {
    # An IFD of one entry, which points to the IFD itself; and one that is followed by itself.
    "a group within itself": struct.pack("<HHLLL", 1, _GPS, 4, 1, 8)[:14] + struct.pack("<L", 0),
    "a directory after itself": struct.pack("<HHHLL", 1, 0x010E, 4, 1, 0) + struct.pack("<L", 8),
    "a million entries": struct.pack("<H", 65535),
}


@pytest.mark.parametrize("loop", _LOOPS)
def test_exif_that_goes_in_circles_ends(loop: str) -> None:
    exif = b"Exif\0\0II*\0" + struct.pack("<L", 8) + _LOOPS[loop]

    assert PillowPictures().clean(jpeg(exif=exif)).place is None


@settings(max_examples=60)
@given(st.binary(max_size=120))
def test_rubbish_for_exif_is_no_reason_to_refuse_a_photo(rubbish: bytes) -> None:
    exif = b"Exif\0\0II*\0" + struct.pack("<L", 8) + rubbish

    place = PillowPictures().clean(jpeg(Image.new("RGB", (16, 16)), exif=exif)).place

    assert place is None or isinstance(place, Place)


@given(
    st.dictionaries(
        st.sampled_from([1, 2, 3, 4, 7, 29]),
        st.one_of(st.none(), st.text(), st.binary(), st.floats(), st.tuples(*[st.floats()] * 3)),
    )
)
def test_whatever_stands_there_a_place_lies_on_earth(tags: dict[int, Any]) -> None:
    exif = Image.Exif()
    exif.get_ifd(_GPS).update(tags)

    place = place_in(exif)

    if place and place.lat is not None and place.lon is not None:
        assert math.isfinite(place.lat + place.lon)
        assert (abs(place.lat) <= 90, abs(place.lon) <= 180) == (True, True)
