"""Pictures through Pillow: what can be seen stays, what is told besides does not."""

import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from shared.adapters.picture_decoding import decoded
from shared.adapters.pictures import PillowPictures, _box
from shared.domain.attachment import SIZES, Place, Unacceptable
from shared.domain.report import Region
from tests.corpus import pictures as corpus
from tests.corpus.hostile import BAD_PICTURES
from tests.corpus.pictures import (
    BLUE,
    GREEN,
    LAT,
    LON,
    RED,
    WHITE,
    contrast,
    quarters,
    stripes,
)
from tests.corpus.webp import chunks

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")
PICTURES = PillowPictures()
OF_EACH_TYPE = {
    "image/jpeg": corpus.jpeg,
    "image/png": corpus.png,
    "image/webp": corpus.webp,
    "image/heic": corpus.heic,
}
TAKEN_AT = datetime.fromisoformat("2026-11-20T09:41:07+08:00")
# EXIF orientation → the quarters, above and below, of a picture stored as red, green, blue, white.
TURNED = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}


def seen(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def large(content: bytes) -> Image.Image:
    return seen(PICTURES.clean(content).copies["large"])


def colours(image: Image.Image) -> list[tuple[int, int, int]]:
    """Of the middles of the quarters."""
    width, height = image.size
    middles = ((x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4))
    return [image.getpixel(each) for each in middles]  # type: ignore[misc]


def are_alike(
    one: list[tuple[int, int, int]], other: tuple[tuple[int, int, int], ...], within: int = 12
) -> bool:
    pairs = zip(one, other, strict=True)
    return all(abs(a - b) <= within for p, q in pairs for a, b in zip(p, q, strict=True))


@pytest.mark.parametrize("type_", OF_EACH_TYPE)
def test_a_picture_is_kept_in_three_sizes(type_: str) -> None:
    """Each as long as it may be, in its shape."""
    picture = PICTURES.clean(OF_EACH_TYPE[type_](quarters(3000, 2250)))

    assert picture.type == type_
    assert picture.dimensions == {"large": (2048, 1536), "medium": (1024, 768), "small": (320, 240)}
    for size, content in picture.copies.items():
        assert seen(content).size == picture.dimensions[size]
        assert are_alike(colours(seen(content)), TURNED[1])


@pytest.mark.parametrize("size", [(1, 1), (300, 200), (3000, 1), (7, 2500)])
def test_a_small_or_narrow_picture_grows_in_no_direction(size: tuple[int, int]) -> None:
    dimensions = PICTURES.clean(corpus.png(quarters(*size))).dimensions

    for name, (width, height) in dimensions.items():
        assert 1 <= width <= min(size[0], SIZES[name])
        assert 1 <= height <= min(size[1], SIZES[name])


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("type_", ["image/jpeg", "image/png", "image/webp"])
def test_a_picture_is_turned_as_its_camera_was_held(type_: str, orientation: int) -> None:
    exif = corpus.telling_exif(orientation)

    found = large(OF_EACH_TYPE[type_](quarters(640, 480), exif=exif))

    assert found.size == ((640, 480) if orientation < 5 else (480, 640))
    assert are_alike(colours(found), TURNED[orientation])


@pytest.mark.parametrize("orientation", TURNED)
def test_a_heic_is_turned_once(orientation: int) -> None:
    """Its decoder turns it already; what its EXIF says of it is the same thing once more."""
    exif = corpus.telling_exif(orientation).tobytes()

    found = large(corpus.heic(quarters(640, 480), exif=exif))

    assert found.size == ((640, 480) if orientation < 5 else (480, 640))
    assert are_alike(colours(found), TURNED[orientation])


# What is told besides


@pytest.mark.parametrize("type_", corpus.TELLING)
def test_no_copy_holds_anything_but_pixels(type_: str) -> None:
    """Chunk by chunk: no EXIF, no XMP, no profile; one frame, without transparency."""
    for content in PICTURES.clean(corpus.TELLING[type_]()).copies.values():
        assert [kind for kind, _ in chunks(content)] == [b"VP8 "]


@pytest.mark.parametrize("type_", corpus.TELLING)
def test_nothing_that_the_original_told_is_found_in_a_copy(type_: str) -> None:
    """No word, no serial number, no angle of its place, in either order of bytes."""
    original = corpus.TELLING[type_]()
    told = [piece for piece in telltales() if piece in original]

    for content in PICTURES.clean(original).copies.values():
        assert not [piece for piece in telltales() if piece in content]
    assert len(told) >= 5


def telltales() -> Iterator[bytes]:
    for word in (corpus.CAMERA, corpus.SERIAL, corpus.WORDS, corpus.TAKEN):
        yield word.encode()
    exif = Image.Exif()
    exif.load(corpus.telling_exif().tobytes())
    for angle in (2, 4):
        for part in exif.get_ifd(0x8825)[angle]:
            if part.numerator > 99:
                yield from (struct.pack(f"{o}II", part.numerator, part.denominator) for o in "<>")
    yield from (b"Exif\0\0", b"GPS", b"http://ns.adobe.com", b"x:xmpmeta", b"acsp", b"8,39.259S")


@pytest.mark.parametrize("type_", corpus.TELLING)
def test_where_and_when_it_was_taken_is_read_before_it_is_gone(type_: str) -> None:
    place = PICTURES.clean(corpus.TELLING[type_]()).place

    assert place == Place(LAT, LON, TAKEN_AT)


def test_what_was_wholly_transparent_is_not_there_any_more() -> None:
    """Programs keep the colours of what they made invisible."""
    image = quarters().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))

    found = large(corpus.png(image))

    assert are_alike(colours(found), ((255, 255, 255),) * 4, within=2)


# Colours


KINDS: dict[str, Callable[[], bytes]] = {
    "CMYK": lambda: corpus.jpeg(quarters().convert("CMYK"), quality=95),
    "palette": lambda: corpus.png(quarters().quantize(4)),
    "palette, transparent": lambda: corpus.png(
        quarters().convert("RGBA").quantize(4), transparency=b"\xff\xff\xff\xff"
    ),
    "RGBA": lambda: corpus.png(quarters().convert("RGBA")),
    "several in one": lambda: corpus.moving("MPO", quarters()),
    "progressive": lambda: corpus.jpeg(progressive=True),
    "lossless WebP": lambda: corpus.webp(lossless=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_colours_look_as_they_did(kind: str) -> None:
    """However they were written down."""
    assert are_alike(colours(large(KINDS[kind]())), TURNED[1], within=20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_shades_of_grey_look_as_they_did(mode: str) -> None:
    """Sixteen bits of them, too: half as bright is not white."""
    grey = Image.new("I;16", (60, 60), 128 * 257) if mode == "I;16" else None
    image = grey or Image.new("L", (60, 60), 255 if mode == "1" else 128).convert(mode)

    shade = 255 if mode == "1" else 128
    assert are_alike(colours(large(corpus.png(image))), ((shade,) * 3,) * 4, within=3)


def test_a_profile_is_applied_before_it_is_dropped() -> None:
    """In this one red and green have changed places."""
    swapped = large(corpus.png(icc_profile=corpus.display_p3()))

    red, green, *_ = colours(swapped)
    assert red[1] > red[0] + 60
    assert green[0] > green[1] + 60


@pytest.mark.parametrize("profile", [b"rubbish", b"\0" * 200, corpus.display_p3()[:150]])
def test_a_profile_that_is_rubbish_counts_as_none(profile: bytes) -> None:
    assert are_alike(colours(large(corpus.jpeg(icc_profile=profile))), TURNED[1])


@pytest.mark.parametrize("format_", ["WEBP", "PNG", "HEIF"])
def test_of_a_moving_picture_the_first_frame_is_kept(format_: str) -> None:
    """It is proof of something, not a film; and nobody's photo is refused for it."""
    assert are_alike(colours(large(corpus.moving(format_))), (RED,) * 4, within=20)


def test_what_a_phone_writes_behind_a_jpeg_is_no_reason_to_refuse_it() -> None:
    """A film, a depth map, an archive: nothing but the pixels of the first picture is kept."""
    found = PICTURES.clean(corpus.jpeg() + b"PK\x03\x04 and a film")

    assert all(b"PK\x03\x04" not in content for content in found.copies.values())


# What is refused


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_a_picture_that_is_none_is_refused_with_its_reason(name: str) -> None:
    """A bomb by what its head says, before anything of it is decoded."""
    make, reason = BAD_PICTURES[name]

    with pytest.raises(Unacceptable) as refusal:
        PICTURES.clean(make())

    assert refusal.value.reason == reason


@pytest.mark.parametrize("type_", OF_EACH_TYPE)
@settings(max_examples=50)
@given(data=st.data())
def test_a_picture_cut_off_anywhere_is_refused_or_whole(type_: str, data: st.DataObject) -> None:
    """Cameras leave out the last bytes, which only say that it ends."""
    content = OF_EACH_TYPE[type_](quarters(48, 32))
    kept = content[: data.draw(st.integers(12, len(content) - 1))]

    try:
        image, _ = decoded(kept, 2048)
    except Unacceptable as refusal:
        reason = refusal.reason
    else:
        reason = "whole" if are_alike(colours(image), TURNED[1], within=20) else "half"

    assert reason in {"broken", "whole"}


@pytest.mark.parametrize("type_", OF_EACH_TYPE)
@settings(max_examples=50)
@given(data=st.data())
def test_whatever_byte_is_wrong_there_is_an_answer(type_: str, data: st.DataObject) -> None:
    """A reason, or a picture; never a failure that would be tried again."""
    content = bytearray(OF_EACH_TYPE[type_](quarters(48, 32), exif=corpus.telling_exif().tobytes()))
    content[data.draw(st.integers(12, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        reason = PICTURES.clean(bytes(content)).type
    except Unacceptable as refusal:
        reason = refusal.reason

    assert reason in {type_, "broken", "too-many-pixels"}


# Covers


def test_a_covered_region_is_one_that_nobody_can_guess_back() -> None:
    """What is as fine as letters becomes a few flat fields; the rest stays sharp."""
    original = PICTURES.clean(corpus.png(stripes(1000, 500))).copies["large"]

    covered = PICTURES.cover(original, [Region(500, 0, 1000, 1000)])

    found = seen(covered["large"])
    assert [kind for kind, _ in chunks(covered["large"])] == [b"VP8 "]
    assert set(covered) == set(SIZES)
    assert contrast(found, (0, 0, 480, 500)) > 150
    assert contrast(found, (520, 0, 1000, 500)) < 20


@given(
    st.tuples(*[st.integers(0, 1000)] * 4).filter(lambda r: r[0] < r[2] and r[1] < r[3]),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
)
def test_every_pixel_of_a_region_is_covered(
    corners: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    """Rounded outwards, however small picture or region are."""
    left, top, right, bottom = _box(Region(*corners), size)

    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert left * 1000 <= corners[0] * size[0] or left == size[0] - 1
    assert right * 1000 >= min(corners[2] * size[0], size[0] * 1000) or right == size[0]


def test_many_small_regions_are_no_finer_than_a_large_one() -> None:
    """Cut into a hundred pieces, each is one flat field at most."""
    noise = Image.effect_noise((1000, 1000), 120).convert("RGB")
    original = PICTURES.clean(corpus.png(noise)).copies["large"]
    pieces = [Region(x, y, x + 20, y + 20) for x in range(0, 200, 20) for y in range(0, 200, 20)]

    found = seen(PICTURES.cover(original, pieces)["large"])

    assert contrast(found, (4, 4, 16, 16)) < 16
