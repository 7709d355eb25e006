"""Public copies of pictures: what officers covered is gone from them; the original stays sealed.

A copy is named after how many covers it has, and is shown when that is how many there are. So a
copy that is still being made is no copy, and one that was overtaken is never shown.
"""

from datetime import datetime

from shared.domain.attachment import (
    Attachment,
    FileState,
    covered,
    kept_name,
    kept_prefix,
    public_leaf,
)
from shared.domain.file_visibility import regions_over
from shared.domain.report import Region, Report
from shared.usecases.failures import NoSuchReport
from shared.usecases.shelving import reshelve
from shared.usecases.workshop import Workshop

CONSUMER = "cover_image"
_ORIGINAL = "large"
_WEBP = "image/webp"


def cover_pictures(code: str, *, now: datetime, workshop: Workshop) -> int:
    """How many copies were behind the covers of their report. Again: none are.

    Raises NoSuchReport, StoreAway and StillChanging; NoSuchObject where files were erased just now.
    """
    # The report first: whoever makes a file ready afterwards reads the report after that.
    report = workshop.reports.load(code)
    if report is None:
        raise NoSuchReport
    files = workshop.shelves.of(code).present(now)
    return sum(_brought_up(file, report, now, workshop) for file in files if _is_ready(file))


def _is_ready(file: Attachment) -> bool:
    return file.is_picture and file.state is FileState.READY


def _brought_up(file: Attachment, report: Report, now: datetime, workshop: Workshop) -> bool:
    regions = [each.region for each in regions_over(file.id, report.covers) if each.region]
    if not regions:
        return False
    is_behind = file.covered < len(regions)
    if is_behind:
        _make(report.code, file.id, regions, workshop)
    standing = reshelve(
        workshop.shelves, report.code, lambda shelf: covered(shelf, file.id, len(regions))
    ).find(file.id, now)
    _tidy(report.code, file.id, standing, workshop)
    return is_behind


def _make(code: str, id_: str, regions: list[Region], workshop: Workshop) -> None:
    with workshop.bucket.open(kept_name(code, id_, _ORIGINAL)) as stream:
        original = stream.read()
    for size, copy in workshop.pictures.cover(original, regions).items():
        leaf = public_leaf(size, len(regions))
        workshop.bucket.save(kept_name(code, id_, leaf), copy, _WEBP)


def _tidy(code: str, id_: str, standing: Attachment | None, workshop: Workshop) -> None:
    """Copies with fewer covers show what is covered now; without an entry nothing may stay."""
    if standing is None:
        workshop.bucket.remove(kept_prefix(code, id_))
        return
    for fewer in range(1, standing.covered):
        workshop.bucket.remove(kept_name(code, id_, public_leaf("", fewer)))
