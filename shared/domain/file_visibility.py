"""Who may see which file of a report, and which copy of it. The twin of `visibility`, for files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain import visibility
from shared.domain.attachment import SIZES, Attachment, FileState, Shelf, public_leaf
from shared.domain.events import Event
from shared.domain.report import Cover, Report
from shared.domain.scene import Person
from shared.domain.visibility import Viewer

WHOLE_FILE = "file"


@dataclass(frozen=True, slots=True)
class Shown:
    """`seq`: of the first event that names it. `leaves`: what may be fetched, by its size.

    `named`: whether its name may be read, which may tell who its owner is.
    """

    file: Attachment
    seq: int | None
    leaves: Mapping[str, str]
    named: bool


def shown(
    report: Report,
    events: Iterable[Event],
    shelf: Shelf,
    viewer: Viewer,
    person: Person,
    now: datetime,
) -> Iterator[Shown]:
    files = shelf.present(now)
    first = _first_naming(events) if files else {}
    for file in files:
        event = first.get(file.id)
        if _may_know(file, event, report, viewer, person):
            leaves = _leaves(file, report, covered=_sees_covered(report, viewer))
            named = viewer is not Viewer.PUBLIC and not _could_betray(file, report, viewer)
            yield Shown(file, event.seq if event else None, leaves, named)


def named_files(event: Event) -> tuple[str, ...]:
    """Ids of the files that the event names."""
    return tuple(each["id"] for each in event.facts.get("attachments", ()))


def regions_over(file: str, covers: Iterable[Cover]) -> tuple[Cover, ...]:
    """The covers of a part of this file, in the order in which they were put."""
    return tuple(each for each in covers if each.attachment == file and each.region)


def is_hidden(file: str, covers: Iterable[Cover]) -> bool:
    return any(each.attachment == file and each.region is None for each in covers)


def _first_naming(events: Iterable[Event]) -> dict[str, Event]:
    first: dict[str, Event] = {}
    for event in events:
        for id_ in named_files(event):
            first.setdefault(id_, event)
    return first


def _may_know(
    file: Attachment, event: Event | None, report: Report, viewer: Viewer, person: Person
) -> bool:
    if viewer is Viewer.OFFICE:
        return True
    if viewer is Viewer.PUBLIC:
        return file.public and _is_out(file, event, report) and not _is_away(file, report)
    if file.is_reporters:
        return not (_sees_covered(report, viewer) and _is_away(file, report))
    is_ours = viewer is Viewer.AGENCY and file.agency == person.agency
    return is_ours or (event is not None and visibility.may_read(event, report, viewer))


def _is_out(file: Attachment, event: Event | None, report: Report) -> bool:
    """What an office adds is a draft until its answer names it."""
    if file.state is not FileState.READY or not visibility.has_public_texts(report):
        return False
    if file.is_reporters:
        return True
    return event is not None and visibility.may_read(event, report, Viewer.PUBLIC)


def _is_away(file: Attachment, report: Report) -> bool:
    """Hidden, or its covered copy is still being made."""
    return is_hidden(file.id, report.covers) or not _is_covered(file, report)


def _is_covered(file: Attachment, report: Report) -> bool:
    return file.covered == len(regions_over(file.id, report.covers))


def _sees_covered(report: Report, viewer: Viewer) -> bool:
    return viewer is Viewer.PUBLIC or (viewer is Viewer.AGENCY and report.anonymous)


def _could_betray(file: Attachment, report: Report, viewer: Viewer) -> bool:
    return viewer is Viewer.AGENCY and report.anonymous and file.is_reporters


def _leaves(file: Attachment, report: Report, *, covered: bool) -> Mapping[str, str]:
    if file.state is not FileState.READY:
        return {}
    if not file.is_picture:
        return {WHOLE_FILE: WHOLE_FILE}
    covers = len(regions_over(file.id, report.covers)) if covered else 0
    return {size: public_leaf(size, covers) for size in SIZES}
