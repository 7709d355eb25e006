"""The shapes of what is said of attached files."""

from datetime import datetime
from typing import Literal

from pydantic import Field, RootModel

from shared.domain.attachment import FileState
from shared.domain.statuses import Role
from shared.edge.replies.answer import Answer

FileId = Field(pattern=r"^[A-Za-z0-9_-]{22}$")


class Invited(Answer):
    """POST to `upload_url` with `headers` (x-goog-resumable: start); the answer's Location takes
    the bytes by PUT, in one or, with Content-Range, in several pieces."""

    id: str = FileId
    upload_url: str
    method: Literal["POST"]
    headers: dict[str, str]
    expires_at: datetime


class Sizes(Answer):
    """Links to webp pictures whose longest edge has at most 320, 1024 and 2048 pixels."""

    small: str
    medium: str
    large: str


class FoundPlace(Answer):
    lat: float | None
    lon: float | None
    taken_at: datetime | None


class CoveredRegion(Answer):
    left: int
    top: int
    right: int
    bottom: int


class AttachedAgency(Answer):
    id: str
    name: str


class AttachedFile(Answer):
    """Links end within the hour; the list then has new ones."""

    id: str = FileId
    state: FileState
    reason: str | None = Field(default=None, description="of a rejection: its code")
    message: str | None = Field(default=None, description="the same, as a sentence")
    type: str
    name: str | None = Field(default=None, description="for its owner and for officers")
    by: Role
    agency: AttachedAgency | None = None
    at: datetime = Field(description="when it was announced")
    public: bool = Field(description="whether its owner lets everybody see it")
    seq: int | None = Field(default=None, description="the first event that names it")
    removable: Literal[True] | None = Field(
        default=None, description="its owner, who reads this, may take it back"
    )
    sizes: Sizes | None = Field(default=None, description="of a picture")
    width: int | None = Field(default=None, description="of the large picture, in pixels")
    height: int | None = None
    url: str | None = Field(default=None, description="of a document or a video, to download")
    size: int | None = Field(default=None, description="of a document or a video, in bytes")
    place: FoundPlace | None = Field(
        default=None, description="what the photo says of itself; for the reporter only"
    )
    covers: list[CoveredRegion | None] | None = Field(
        default=None, description="hidden from the public; null: all of it. For officers"
    )


class AttachedFiles(RootModel[list[AttachedFile]]):
    """In the order in which they were announced."""


class TakenFile(Answer):
    """A file that came with a form."""

    name: str
    state: FileState
    id: str | None = Field(default=None, description="absent when it was refused")
    reason: str | None = None
    message: str | None = None


class FileContent(RootModel[bytes]):
    """The bytes, and nothing about them."""
