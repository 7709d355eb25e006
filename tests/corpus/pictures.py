"""Pictures as phones and programs make them, and what they tell besides what can be seen."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 30), (30, 30, 220), (250, 250, 250)
# Kerobokan, and a moment in Central Indonesian Time.
LAT, LON = -8.654321, 115.172839
TAKEN, OFFSET = "2026:11:20 09:41:07", "+08:00"
# What nobody but the reporter may ever read again.
CAMERA, SERIAL, WORDS = "TELLTALE-CAMERA-9", "TELLTALE-SERIAL-4711", "TELLTALE-WORDS"
_ORIENTATION, _MAKE, _DESCRIPTION, _COPYRIGHT = 0x0112, 0x010F, 0x010E, 0x8298
_DETAILS, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET, _SERIAL, _MAKER_NOTE = 0x9003, 0x9011, 0xA431, 0x927C
_XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif GPSLatitude="8,39.259S" by="{WORDS}"/></x:xmpmeta>'
)


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red and green above, blue and white below: shows how it was turned."""
    small = Image.new("RGB", (2, 2))
    small.putdata([RED, GREEN, BLUE, WHITE])
    return small.resize((width, height), Image.Resampling.NEAREST)


def stripes(width: int = 640, height: int = 480) -> Image.Image:
    """As fine as letters, black on white."""
    row = Image.new("L", (width, 1))
    row.putdata([255 * (x // 2 % 2) for x in range(width)])
    return row.resize((width, height), Image.Resampling.NEAREST).convert("RGB")


def contrast(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Between the darkest and the brightest pixel of the box."""
    darkest, brightest = image.crop(box).convert("L").getextrema()
    return brightest - darkest  # type: ignore[operator]


def telling_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKE] = orientation, CAMERA
    exif[_DESCRIPTION] = exif[_COPYRIGHT] = WORDS
    details = exif.get_ifd(_DETAILS)
    details.update({_TAKEN: TAKEN, _OFFSET: OFFSET, _SERIAL: SERIAL})
    details[_MAKER_NOTE] = jpeg(Image.new("RGB", (40, 30), RED), comment=WORDS)
    exif.get_ifd(_GPS).update(gps_of(LAT, LON))
    return exif


def gps_of(lat: float, lon: float) -> dict[int, Any]:
    return {
        1: "S" if lat < 0 else "N",
        2: _sexagesimal(abs(lat)),
        3: "W" if lon < 0 else "E",
        4: _sexagesimal(abs(lon)),
        7: (1.0, 41.0, 7.0),
        29: "2026:11:20",
    }


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return _written(image or quarters(), "JPEG", **options)


def png(image: Image.Image | None = None, **options: Any) -> bytes:
    return _written(image or quarters(), "PNG", **options)


def webp(image: Image.Image | None = None, **options: Any) -> bytes:
    return _written(image or quarters(), "WEBP", **options)


def heic(image: Image.Image | None = None, **options: Any) -> bytes:
    return _written(image or quarters(), "HEIF", **options)


def display_p3() -> bytes:
    """Close enough to the profile of phones: sRGB's numbers mean stronger colours there."""
    wide = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Red and green change places: whoever ignores the profile shows the other colour.
    at = {bytes(wide[each : each + 4]): each for each in range(132, 132 + 12 * wide[131], 12)}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    wide[red : red + 4], wide[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(wide)


def moving(format_: str, first: Image.Image | None = None) -> bytes:
    """Red first, unless told, then blue."""
    frames = [first or Image.new("RGB", (64, 48), RED), Image.new("RGB", (64, 48), BLUE)]
    return _written(frames[0], format_, save_all=True, append_images=frames[1:], duration=100)


def _everything(make: Callable[..., bytes], **options: Any) -> bytes:
    return make(exif=telling_exif(), xmp=_XMP.encode(), icc_profile=display_p3(), **options)


def _telling_png() -> bytes:
    notes = PngInfo()
    notes.add_text("Comment", WORDS)
    notes.add_itxt("XML:com.adobe.xmp", _XMP)
    return png(exif=telling_exif(), icc_profile=display_p3(), pnginfo=notes)


def _telling_heic() -> bytes:
    return heic(exif=telling_exif().tobytes(), xmp=_XMP.encode(), icc_profile=display_p3())


TELLING: dict[str, Callable[[], bytes]] = {
    "image/jpeg": lambda: _everything(jpeg, comment=WORDS),
    "image/png": _telling_png,
    "image/webp": lambda: _everything(webp),
    "image/heic": _telling_heic,
}


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = degrees % 1 * 60
    return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 4)


def _written(image: Image.Image, format_: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()
