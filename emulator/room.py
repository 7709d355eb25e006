"""What the control room shows and moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from emulator.aws import SentMessage
from emulator.clock import Clock
from emulator.faults import Faults
from emulator.issuer import Issuer
from emulator.pubsub.inspection import Inspection
from emulator.storage.server import Held
from emulator.time_travel import TimeTravel
from shared.domain.calendar import Calendar
from shared.domain.directory import Directory, Officer

_OPENING = time(8)


class Messages(Protocol):
    def __call__(
        self, *, to: str | None = None, since: datetime | None = None
    ) -> list[SentMessage]: ...


@dataclass(frozen=True, slots=True)
class Room:
    """`inspection` and `faults`: only of the embedded services. `messages`: see emulator/aws.py.

    `held`: what lies in each bucket.
    `next_rung`: when the ladder has something to do next; None when nothing is open.
    """

    region: Directory
    calendar: Calendar
    clock: Clock
    travel: TimeTravel
    issuer: Issuer
    officers: tuple[Officer, ...]
    hosts: Mapping[str, str]
    inspection: Inspection | None
    faults: Faults | None
    messages: Messages
    held: Callable[[], list[Held]]
    next_rung: Callable[[], datetime | None] = lambda: None

    def local_time(self) -> datetime:
        return self.clock.now().astimezone(ZoneInfo(self.region.zone))

    def next_opening(self) -> datetime:
        """08:00 of a working day."""
        now = self.local_time()
        if self.calendar.is_working(now.date()) and now.time() < _OPENING:
            return datetime.combine(now.date(), _OPENING, now.tzinfo)
        following = self.calendar.add(now.date(), 1, "WD")
        return datetime.combine(following, _OPENING, now.tzinfo)
