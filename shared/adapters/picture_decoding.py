"""A picture of any kind that phones make, as plain pixels: upright, opaque, in sRGB.

How many pixels it has is read from its head; nothing is decoded that would not fit in memory.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING

from shared.adapters.jpeg_scans import decodes_by_rows
from shared.adapters.photo_places import place_in
from shared.domain.attachment import Place, Unacceptable
from shared.domain.contents.kinds import type_of

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

# By type, so that the worst of each takes 600 MB. WebP's decoder alone holds four copies.
_MOST_PIXELS = {
    "image/jpeg": 52_000_000,
    "image/png": 52_000_000,
    "image/webp": 24_000_000,
    "image/heic": 52_000_000,
}
# As phones with 108 and 200 megapixels make them.
_MOST_PIXELS_BY_ROWS = 256_000_000
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
}
_ORIENTATION = 0x0112
# What decoders say of what they cannot read.
_RUBBISH = (
    OSError, SyntaxError, ValueError, EOFError, RuntimeError, ArithmeticError, LookupError,
    TypeError, AttributeError, AssertionError, struct.error, zlib.error,
)  # fmt: skip
# By the colour space that a profile describes.
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def decoded(content: bytes, edge: int) -> tuple["Image", Place | None]:
    """At most `edge` pixels long and wide, nothing but pixels. Raises Unacceptable."""
    with _rejecting_rubbish(), _opened(content) as image:
        _check_extent(image.size, content)
        image.draft(None, fitting(image.size, edge))
        image.load()
        exif, profile = _exif(image), image.info.get("icc_profile")
        small = shrunk(_eight_bits(image), edge)
        upright = _turned(_in_srgb(_opaque(small), profile), exif)
    return upright, place_in(exif) if exif else None


def shrunk(image: "Image", edge: int) -> "Image":
    size = fitting(image.size, edge)
    if size == image.size:
        return image
    return image.resize(size, _pillow().Resampling.LANCZOS, reducing_gap=2.0)


def fitting(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """In the same shape; never larger than it was."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


@cache
def _pillow() -> ModuleType:
    """With HEIC, and without the small pictures that are kept inside of others."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS_BY_ROWS
    # Nobody here can mend what is odd about the EXIF of a stranger's photo.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return Image


@contextmanager
def _rejecting_rubbish() -> Iterator[None]:
    try:
        yield
    except (_pillow().DecompressionBombError, MemoryError):
        raise Unacceptable("too-many-pixels") from None
    except _RUBBISH:
        raise Unacceptable("broken") from None


def _opened(content: bytes) -> "Image":
    """By the one decoder of its type; none of the others is asked."""
    image: Image = _pillow().open(BytesIO(content), formats=[_FORMATS[type_of(content)]])
    return image


def _check_extent(size: tuple[int, int], content: bytes) -> None:
    most = _MOST_PIXELS_BY_ROWS if decodes_by_rows(content) else _MOST_PIXELS[type_of(content)]
    if size[0] * size[1] > most:
        raise Unacceptable("too-many-pixels")


def _exif(image: "Image") -> "Exif | None":
    """Rubbish in there is no reason to refuse the picture."""
    with suppress(*_RUBBISH):
        return image.getexif()
    return None


def _turned(image: "Image", exif: "Exif | None") -> "Image":
    turn = _pillow().Transpose
    turns = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_270,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_90,
    }
    found = turns.get(exif.get(_ORIENTATION, 1)) if exif else None
    return image if found is None else image.transpose(found)


def _eight_bits(image: "Image") -> "Image":
    """Palettes and deeper pixels as such that can be shrunk."""
    if image.mode == "RGBA":
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    return image if image.mode in _MODES.values() else image.convert("RGB")


def _opaque(image: "Image") -> "Image":
    """On white: what nobody sees may still be in pixels that are wholly transparent."""
    if image.mode != "RGBA":
        return image
    ground: Image = _pillow().new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """A profile that is rubbish, or of another kind of pixels, counts as none."""
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, *_RUBBISH):
        if profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            mode = _MODES[source.profile.xcolor_space.strip()]
            srgb = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(image.convert(mode), source, srgb, outputMode="RGB")
            return done or image.convert("RGB")
    return image.convert("RGB")
