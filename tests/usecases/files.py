"""Files at a desk on fakes: announced, uploaded, made ready."""

from collections.abc import Callable
from typing import Any

from shared.domain.attachment import Attachment, Place, Shelf, processed
from shared.domain.file_names import Announcement
from shared.domain.report import Report
from shared.domain.statuses import Role
from shared.usecases.attaching import Owner, Slot, announce
from shared.usecases.file_ports import Invitation
from shared.usecases.saving import Attempt
from tests.domain.files import EXTENTS, MIB
from tests.fakes.bucket import MemoryBucket
from tests.fakes.memory_shelves import MemoryShelves
from tests.usecases.office import Office

REPORTERS = Owner(Role.REPORTER)
DLHKS = Owner(Role.AGENCY, "dlhk", "putu@dlhk")


def a_photo(number: int = 1, **fields: Any) -> Announcement:
    given = {"name": f"foto {number}.jpg", "type": "image/jpeg", "size": MIB}
    return Announcement(**(given | {"sha256": f"{number:064x}"} | fields))


class FileOffice(Office):
    """With a bucket beside the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.bucket = MemoryBucket()

    def slot(
        self, report: Report, owner: Owner = REPORTERS, attempt: Attempt | None = None
    ) -> Slot:
        return Slot(report.code, owner, self.stamp(), attempt)

    def announce(
        self, slot: Slot, asked: Announcement | None = None
    ) -> tuple[Attachment, Invitation]:
        limits = self.rules.file_limits(self.now)
        return announce(asked or a_photo(), slot, limits, shelves=self.shelves, bucket=self.bucket)

    def has(
        self,
        report: Report,
        owner: Owner = REPORTERS,
        *,
        place: Place | None = None,
        **fields: Any,
    ) -> Attachment:
        """A file that is ready."""
        file, _ = self.announce(self.slot(report, owner), a_photo(**fields))
        found = self.seals.seal(place, code=report.code) if place else None
        sizes = EXTENTS if file.is_picture else {}
        shelf = self.shelf(report)
        self.shelves.put(processed(shelf, file.id, type_=file.type, sizes=sizes, found=found))
        return next(each for each in self.shelf(report).files if each.id == file.id)

    def shelf(self, report: Report) -> Shelf:
        return self.shelves.of(report.code)


class Interrupted(MemoryShelves):
    """Somebody else is faster at the next puts."""

    def __init__(self, shelves: MemoryShelves, *intrusions: Callable[[Shelf], Shelf]) -> None:
        super().__init__(shelves._reports)
        self._waiting = list(intrusions)

    def put(self, shelf: Shelf) -> bool:
        if self._waiting:
            intrude = self._waiting.pop(0)
            assert super().put(intrude(self.of(shelf.code)))
        return super().put(shelf)
