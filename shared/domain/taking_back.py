"""A file is taken back by the side whose it is, until an event names it: what was said stays whole.

Naming marks the file in the commit that names it, so that of the two only one happens.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from shared.domain.attachment import Attachment, Shelf
from shared.domain.events import Event
from shared.domain.file_visibility import named_files
from shared.domain.refusals import NotAllowed, require
from shared.domain.scene import Person


def named(shelf: Shelf, events: Iterable[Event]) -> Shelf:
    """With a mark at every file that these name, in words or in a cover."""
    ids = {id_ for event in events for id_ in (*named_files(event), event.facts.get("attachment"))}
    return replace(shelf, files=tuple(_marked(file, ids) for file in shelf.files))


def may_take_back(file: Attachment, person: Person) -> bool:
    return _is_theirs(file, person) and not file.named


def taken_back(shelf: Shelf, id_: str, person: Person) -> Shelf:
    """Without it. Raises NotAllowed, and UnableTo when an event names it."""
    file = next((each for each in shelf.files if each.id == id_), None)
    if file is None:
        return shelf
    if not _is_theirs(file, person):
        raise NotAllowed
    require(not file.named, "named-attachment")
    return replace(shelf, files=tuple(each for each in shelf.files if each is not file))


def _is_theirs(file: Attachment, person: Person) -> bool:
    return file.owner in person.roles and file.agency == person.agency


def _marked(file: Attachment, ids: Collection[str | None]) -> Attachment:
    return replace(file, named=True) if file.id in ids else file
