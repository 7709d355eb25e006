"""Files that came with a form: each is announced and put where an upload would have put it.

What they came with stands already, and no file undoes it: whatever happens to one is said of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from shared.domain.attachment import Attachment, FileLimits, FileState, incoming_name
from shared.domain.file_names import Announcement
from shared.domain.file_reasons import NOT_STORED
from shared.domain.refusals import UnableTo
from shared.usecases.attaching import Slot, shelved
from shared.usecases.failures import IdempotencyMismatch, StillChanging
from shared.usecases.file_ports import Bucket, Shelves
from shared.usecases.ports import StoreAway


@dataclass(frozen=True, slots=True)
class Brought:
    announcement: Announcement
    content: BinaryIO = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """`file` None: refused; `reason`: the code of a refusal, or NOT_STORED."""

    name: str = field(repr=False)
    file: Attachment | None = None
    reason: str | None = None

    @property
    def state(self) -> FileState:
        return FileState.REJECTED if self.reason else FileState.PENDING


def take_in(
    files: Iterable[Brought], slot: Slot, limits: FileLimits, *, shelves: Shelves, bucket: Bucket
) -> tuple[Taken, ...]:
    """`slot`: of the first; the same request again finds its own files."""
    return tuple(
        _taken(each, replace(slot, index=index), limits, shelves, bucket)
        for index, each in enumerate(files)
    )


def _taken(
    brought: Brought, slot: Slot, limits: FileLimits, shelves: Shelves, bucket: Bucket
) -> Taken:
    asked = brought.announcement
    try:
        file = shelved(asked, slot, limits, shelves=shelves)
        if file.state is FileState.PENDING:
            bucket.bring(incoming_name(slot.code, file.id), brought.content, file.type)
    except UnableTo as refusal:
        return Taken(asked.called, reason=refusal.code)
    except (StoreAway, StillChanging, IdempotencyMismatch):
        return Taken(asked.called, reason=NOT_STORED)
    return Taken(asked.called, file)
