"""Pictures through Pillow: nothing of what came in is kept but what can be seen of it.

Pillow loads with the first picture, not with this module.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from shared.adapters.picture_decoding import decoded, shrunk
from shared.domain.attachment import SIZES
from shared.domain.contents.kinds import type_of
from shared.domain.report import Region
from shared.usecases.file_ports import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST = max(SIZES.values())
_QUALITY = 80
_THOUSANDTHS = 1000
# A covered region is a few flat fields; and never a finer mosaic, however small it is cut.
_FIELDS, _FIELDS_OF_ALL = 4, 40


class PillowPictures:
    def clean(self, content: bytes) -> Picture:
        image, place = decoded(content, _LARGEST)
        copies = _copies(image)
        written = {size: _webp(copy) for size, copy in copies.items()}
        extents = {size: copy.size for size, copy in copies.items()}
        return Picture(type_of(content), written, extents, place)

    def cover(self, large: bytes, regions: Sequence[Region]) -> Mapping[str, bytes]:
        image, _ = decoded(large, _LARGEST)
        for region in regions:
            _flatten(image, region)
        return {size: _webp(copy) for size, copy in _copies(image).items()}


@cache
def pictures() -> PillowPictures:
    return PillowPictures()


def _copies(image: "Image") -> dict[str, "Image"]:
    """Each is made of the next larger one."""
    copies: dict[str, Image] = {}
    for size, edge in sorted(SIZES.items(), key=lambda item: -item[1]):
        image = shrunk(image, edge)
        copies[size] = image
    return copies


def _webp(image: "Image") -> bytes:
    """Pillow writes neither profile nor EXIF that it was not given."""
    written = BytesIO()
    image.save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()


def _flatten(image: "Image", region: Region) -> None:
    """Each field is the mean of what it covers: text cannot be guessed back from so few."""
    from PIL.Image import Resampling

    box = _box(region, image.size)
    width, height = box[2] - box[0], box[3] - box[1]
    field = max(max(width, height) / _FIELDS, max(image.size) / _FIELDS_OF_ALL)
    fields = max(1, round(width / field)), max(1, round(height / field))
    mean = image.resize(fields, Resampling.BOX, box)
    image.paste(mean.resize((width, height), Resampling.NEAREST), box)


def _box(region: Region, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Rounded outwards, in pixels; of nothing at the border still something."""
    width, height = size
    left = min(region.left * width // _THOUSANDTHS, width - 1)
    top = min(region.top * height // _THOUSANDTHS, height - 1)
    right = max(left + 1, ceil(region.right * width / _THOUSANDTHS))
    bottom = max(top + 1, ceil(region.bottom * height / _THOUSANDTHS))
    return left, top, min(right, width), min(bottom, height)
