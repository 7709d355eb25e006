"""What is said of a file before it is sent."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.domain.file_names import Announcement
from shared.edge.messages import Cleaned, Message


class AttachmentForm(Message):
    """`size` in bytes; what may be sent, and how much of it, the region's policy says."""

    name: Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=300)]
    type: Annotated[str, StringConstraints(min_length=3, max_length=100)]
    size: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    public: bool = False

    def announcement(self) -> Announcement:
        return Announcement(**self.model_dump())


class AnnouncementForm(AttachmentForm):
    """The same from a script of a page; its key makes two posts one."""

    idempotency_key: Annotated[str | None, Field(exclude=True)] = None
