"""Files that people add to a report: what is kept of each, how many there may be, their names.

All of one report's stand in one document, so that a limit holds when two are announced at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from shared.domain.refusals import require
from shared.domain.statuses import Role


class FileState(StrEnum):
    PENDING = "pending"
    READY = "ready"
    REJECTED = "rejected"


# Longest edge in pixels.
SIZES: Mapping[str, int] = {"small": 320, "medium": 1024, "large": 2048}
IMAGES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})
DOCUMENTS = frozenset({"application/pdf", "video/mp4"})

UPLOAD_WITHIN = timedelta(days=1)

# Why a file was refused after it had come in; their sentences stand in `file_reasons`.
REASONS = (
    "type-not-accepted",
    "broken",
    "too-large",
    "too-many-pixels",
    "not-as-announced",
    "protected",
    "mixed",
    "empty",
)


class Unacceptable(Exception):
    """What came in is not a file we keep; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileLimits:
    """A dated row of the region's policy; sizes in bytes. They hold for each side of a report."""

    files: int
    each: int
    together: int
    types: frozenset[str]
    since: date = date.min


NO_FILES = FileLimits(0, 0, 0, frozenset())


@dataclass(frozen=True, slots=True)
class Place:
    """What a photo says of where and when it was taken; a number may be missing, not both."""

    lat: float | None = None
    lon: float | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SealedPlace:
    key_id: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """`owner`: whose side it is; `agency`: of the officer. `type`: declared, then the one found.

    `size` in bytes and `sha256` in hex as announced, and checked. `sizes`: width and height of each
    copy of a picture. `covered`: how many covers of the report are in its public copy. `named`:
    whether an event names it.
    """

    id: str
    owner: Role
    name: str = field(repr=False)
    type: str
    size: int
    sha256: str
    announced_at: datetime
    expires_at: datetime
    agency: str | None = None
    public: bool = False
    state: FileState = FileState.PENDING
    reason: str | None = None
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    found: SealedPlace | None = None
    covered: int = 0
    named: bool = False

    @property
    def is_picture(self) -> bool:
        return self.type in IMAGES

    @property
    def is_reporters(self) -> bool:
        return self.owner is Role.REPORTER

    def is_gone(self, now: datetime) -> bool:
        """Nobody finished it, or it was refused, and its day is over."""
        return self.state is not FileState.READY and now >= self.expires_at

    def is_at_hand(self, now: datetime) -> bool:
        """Ready, or still expected."""
        return self.state is not FileState.REJECTED and not self.is_gone(now)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one report, oldest first. `version` is the store's own; None: nothing stored."""

    code: str
    files: tuple[Attachment, ...] = ()
    version: Any = field(default=None, compare=False)

    def find(self, id_: str, now: datetime) -> Attachment | None:
        return next((file for file in self.present(now) if file.id == id_), None)

    def present(self, now: datetime) -> tuple[Attachment, ...]:
        return tuple(file for file in self.files if not file.is_gone(now))


def announced(shelf: Shelf, new: Attachment, limits: FileLimits, now: datetime) -> Shelf:
    """With the new one, in the place of one with its id; what is gone is dropped.

    Raises UnableTo with the limit that is in the way.
    """
    others = tuple(file for file in shelf.present(now) if file.id != new.id)
    beside = [file for file in others if _same_side(file, new) and file.is_at_hand(now)]
    require(new.type in limits.types, "type-not-accepted")
    require(new.size <= limits.each, "file-too-large")
    require(len(beside) < limits.files, "too-many-files")
    together = new.size + sum(file.size for file in beside)
    require(together <= limits.together, "files-too-large-together")
    return replace(shelf, files=(*_lately_rejected(others, new, limits), new))


def twin(shelf: Shelf, new: Attachment, now: datetime) -> Attachment | None:
    """The same content, announced before by the same side and awaited for a while yet."""
    soon = now + UPLOAD_WITHIN / 2
    awaited = (file for file in shelf.present(soon) if file.state is FileState.PENDING)
    return next((file for file in awaited if _said(file) == _said(new)), None)


def processed(
    shelf: Shelf,
    id_: str,
    *,
    type_: str,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    found: SealedPlace | None = None,
) -> Shelf:
    """`type_` is the one found in the content."""
    return _changed(
        shelf, id_, state=FileState.READY, type=type_, sizes=dict(sizes or {}), found=found
    )


def rejected(shelf: Shelf, id_: str, reason: str) -> Shelf:
    return _changed(shelf, id_, state=FileState.REJECTED, reason=reason)


def covered(shelf: Shelf, id_: str, covers: int) -> Shelf:
    """Never back: a public copy with fewer covers is made later, or not at all."""
    return replace(
        shelf,
        files=tuple(
            replace(file, covered=max(covers, file.covered)) if file.id == id_ else file
            for file in shelf.files
        ),
    )


def erased(shelf: Shelf) -> Shelf:
    return replace(shelf, files=())


def incoming_name(code: str, id_: str) -> str:
    return f"incoming/{code}/{id_}"


def kept_name(code: str, id_: str, leaf: str) -> str:
    """`leaf`: a size, "file" for a document, or what `public_leaf` says."""
    return f"kept/{code}/{id_}/{leaf}"


def kept_prefix(code: str, id_: str | None = None) -> str:
    """Of all that is kept of a file, or of a report."""
    return f"kept/{code}/{id_}/" if id_ else f"kept/{code}/"


def public_leaf(size: str, covers: int) -> str:
    """Of the copy with that many regions covered; without any it is the copy itself."""
    return f"public{covers}-{size}" if covers else size


def _same_side(one: Attachment, other: Attachment) -> bool:
    return one.is_reporters == other.is_reporters


def _said(file: Attachment) -> tuple[object, ...]:
    return file.is_reporters, file.agency, file.sha256, file.size, file.type, file.public


def _lately_rejected(
    others: tuple[Attachment, ...], new: Attachment, limits: FileLimits
) -> tuple[Attachment, ...]:
    """Of a side's refused files only the last few stay, so that the document cannot grow."""
    refused = [f.id for f in others if _same_side(f, new) and f.state is FileState.REJECTED]
    dropped = frozenset(refused[: -limits.files] if limits.files else refused)
    return tuple(file for file in others if file.id not in dropped)


def _changed(shelf: Shelf, id_: str, **changes: Any) -> Shelf:
    """Only what is pending changes: what is done stays as it was done first."""
    return replace(
        shelf,
        files=tuple(
            replace(file, **changes) if file.id == id_ and file.state is FileState.PENDING else file
            for file in shelf.files
        ),
    )
