"""Files in what people do with a report: named as theirs, taken for a place, covered."""

from dataclasses import replace
from typing import Any

from shared.domain.attachment import Attachment
from shared.domain.commands import Add, Attaching, Redact
from shared.domain.events import Happening
from shared.domain.refusals import require
from shared.domain.report import Cover, Location, Region
from shared.domain.scene import Scene
from shared.domain.statuses import Role


def facts_of(scene: Scene, command: Attaching) -> dict[str, Any]:
    """The files it names, with their digests: the chain proves them as it proves the words."""
    own = {file.id: file for file in command.files if _is_own(file, scene)}
    require(own.keys() >= set(command.attachments), "unknown-attachment")
    named = (own[id_] for id_ in dict.fromkeys(command.attachments))
    found = [{"id": file.id, "sha256": file.sha256} for file in named]
    return {"attachments": found} if found else {}


def located(scene: Scene, command: Add) -> dict[str, Any]:
    """Changes when its reporter says that a photo was taken where the report is about."""
    if command.place_of is None:
        return {}
    own = {file.id for file in command.files if _is_own(file, scene)}
    require(command.place_of in own, "unknown-attachment")
    place, known = command.place, scene.report.location or Location()
    require(place and place.lat is not None and place.lon is not None, "no-place-found")
    require(known.lat is None and known.lon is None, "place-known")
    assert place
    return {"location": replace(known, lat=place.lat, lon=place.lon)}


def covered(scene: Scene, command: Redact) -> Happening:
    """The public copy loses that region, or is gone; the original stays as it is."""
    there = (file for file in command.files if file.id == command.attachment)
    file = next((each for each in there if each.is_at_hand(scene.now)), None)
    require(file, "unknown-attachment")
    assert file
    if command.region:
        require(file.is_picture, "region-of-picture")
        require(_has_extent(command.region), "empty-region")
    cover = Cover(file.id, command.region)
    require(cover not in scene.report.covers, "nothing-to-change")
    facts = {"attachment": file.id, "region": command.region}
    return Happening(
        "redacted", {"covers": (*scene.report.covers, cover)}, {"text": command.text}, facts
    )


def _is_own(file: Attachment, scene: Scene) -> bool:
    if not file.is_at_hand(scene.now):
        return False
    if scene.role is Role.REPORTER:
        return file.is_reporters
    return not file.is_reporters and file.agency == scene.person.agency


def _has_extent(region: Region) -> bool:
    return region.left < region.right and region.top < region.bottom
