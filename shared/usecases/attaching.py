"""A file is announced: a place for it on the shelf, and an invitation to upload it there."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from shared.domain.attachment import (
    UPLOAD_WITHIN,
    Attachment,
    FileLimits,
    Shelf,
    announced,
    incoming_name,
    twin,
)
from shared.domain.directory import Directory
from shared.domain.events import Stamp
from shared.domain.file_names import Announcement, known_type
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.statuses import Role
from shared.domain.workflow import role_to_attach
from shared.usecases.failures import IdempotencyMismatch
from shared.usecases.file_ports import Bucket, Invitation, Shelves
from shared.usecases.saving import Attempt
from shared.usecases.shelving import reshelve

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is; `agency` and `officer`: of the officer who adds it."""

    role: Role
    agency: str | None = None
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One file of one request. `attempt` makes the same request again the same file."""

    code: str
    owner: Owner
    stamp: Stamp
    attempt: Attempt | None = None
    index: int = 0

    @property
    def id(self) -> str:
        """22 url-safe symbols: unguessable, or following from the key of the attempt."""
        named = (self.code, self.owner.officer or "", str(self.index))
        if self.attempt:
            key = "\0".join(("file", self.attempt.key, *named)).encode()
            return _written(sha256(key).digest())
        return _written(bytes.fromhex(self.stamp.random_hex("file", self.index)))


def owner_of(report: Report, person: Person, directory: Directory) -> Owner:
    """Raises NotAllowed and UnableTo for whom no command would take a file now."""
    return Owner(role_to_attach(report, person, directory), person.agency, person.officer)


def slot_of(
    report: Report, person: Person, directory: Directory, stamp: Stamp, attempt: Attempt | None
) -> Slot:
    """Raises as `owner_of` does."""
    return Slot(report.code, owner_of(report, person, directory), stamp, attempt)


def announce(
    asked: Announcement, slot: Slot, limits: FileLimits, *, shelves: Shelves, bucket: Bucket
) -> tuple[Attachment, Invitation]:
    """The same again while the upload is awaited: the same file, and a new invitation."""
    file = shelved(asked, slot, limits, shelves=shelves)
    name = incoming_name(slot.code, file.id)
    return file, bucket.invite(name, type_=file.type, size=file.size, until=file.expires_at)


def shelved(asked: Announcement, slot: Slot, limits: FileLimits, *, shelves: Shelves) -> Attachment:
    new, now = _file(asked, slot), slot.stamp.at
    # Of a shelf that changes meanwhile only the last look counts.
    kept: list[Attachment] = []

    def change(shelf: Shelf) -> Shelf:
        same = shelf.find(new.id, now) or twin(shelf, new, now)
        if same is None:
            kept.append(new)
            return announced(shelf, new, limits, now)
        if same.id == new.id and _said(same) != _said(new):
            raise IdempotencyMismatch
        kept.append(same)
        return shelf

    reshelve(shelves, slot.code, change)
    return kept[-1]


def _file(asked: Announcement, slot: Slot) -> Attachment:
    now = slot.stamp.at
    return Attachment(
        id=slot.id,
        owner=slot.owner.role,
        agency=slot.owner.agency,
        name=asked.called,
        type=known_type(asked.type),
        size=asked.size,
        sha256=asked.sha256,
        public=asked.public,
        announced_at=now,
        expires_at=now + UPLOAD_WITHIN,
    )


def _said(file: Attachment) -> tuple[object, ...]:
    """What was announced of it. Its type may have been found to be another since."""
    return file.name, file.size, file.sha256, file.public


def _written(digest: bytes) -> str:
    return urlsafe_b64encode(digest[:_ID_BYTES]).decode().rstrip("=")
