"""The files of a report as one reader may see them, with links that soon end."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.domain.attachment import Attachment, Shelf
from shared.domain.events import Event
from shared.domain.file_links import file_link
from shared.domain.file_reasons import reason_sentence
from shared.domain.file_visibility import WHOLE_FILE, Shown, shown
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.taking_back import may_take_back
from shared.domain.visibility import Viewer
from shared.usecases.file_ports import Invitation, Seals
from shared.usecases.ports import Keys
from shared.usecases.saving import Desk
from shared.usecases.views import Reading, agency_view

# The copy whose extent tells how much room a picture takes.
_LARGEST = "large"
_DESK = frozenset({Viewer.AGENCY, Viewer.OFFICE})


def files_of(report: Report, reading: Reading, desk: Desk) -> list[dict[str, Any]]:
    events, shelf = desk.reports.timeline_with_shelf(report.code, report.seq)
    return files_view(report, events, shelf, reading, keys=desk.keys, seals=desk.seals)


def files_view(
    report: Report,
    events: Iterable[Event],
    shelf: Shelf,
    reading: Reading,
    *,
    keys: Keys,
    seals: Seals,
) -> list[dict[str, Any]]:
    """In the order in which they were announced."""
    seen = shown(report, events, shelf, reading.viewer, reading.person, reading.now)
    return [
        {
            **_line(each, reading),
            **_of_officers(each.file, report, reading),
            **_links(each, report, reading, keys),
            **_place(each.file, report, reading, seals),
        }
        for each in seen
    ]


def invitation_view(file: Attachment, invitation: Invitation, reading: Reading) -> dict[str, Any]:
    return {
        "id": file.id,
        "upload_url": invitation.url,
        "method": invitation.method,
        "headers": dict(invitation.headers),
        "expires_at": reading.local(file.expires_at),
    }


def _line(each: Shown, reading: Reading) -> dict[str, Any]:
    file = each.file
    line: dict[str, Any] = {
        "id": file.id,
        "state": file.state,
        "type": file.type,
        "by": file.owner,
        "at": reading.local(file.announced_at),
        "public": file.public,
    }
    if file.reason:
        line["reason"] = file.reason
        line["message"] = reason_sentence(file.reason, reading.language)
    if each.named:
        line["name"] = file.name
    if file.agency:
        line["agency"] = agency_view(file.agency, reading)
    if each.seq:
        line["seq"] = each.seq
    if reading.viewer is not Viewer.PUBLIC and may_take_back(file, reading.person):
        line["removable"] = True
    return line


def _of_officers(file: Attachment, report: Report, reading: Reading) -> dict[str, Any]:
    """What was covered of it already; null: all of it."""
    if reading.viewer not in _DESK:
        return {}
    covers = [plain(each.region) for each in report.covers if each.attachment == file.id]
    return {"covers": covers} if covers else {}


def _links(each: Shown, report: Report, reading: Reading, keys: Keys) -> dict[str, Any]:
    file = each.file
    links = {
        size: file_link(report.code, file.id, leaf, file.type, key=keys.secret, now=reading.now)
        for size, leaf in each.leaves.items()
    }
    if WHOLE_FILE in links:
        return {"url": links[WHOLE_FILE], "size": file.size}
    return {"sizes": links, **_extent(file)} if links else {}


def _extent(file: Attachment) -> Mapping[str, int]:
    width, height = file.sizes[_LARGEST]
    return {"width": width, "height": height}


def _place(file: Attachment, report: Report, reading: Reading, seals: Seals) -> dict[str, Any]:
    """Only for the reporter, and of their own photos: "is this the place?"."""
    if reading.viewer is not Viewer.REPORTER or not file.is_reporters or file.found is None:
        return {}
    place = seals.unseal(file.found, code=report.code)
    if place is None:
        return {}
    taken_at = reading.local(place.taken_at) if place.taken_at else None
    return {"place": {"lat": place.lat, "lon": place.lon, "taken_at": taken_at}}
