"""What writing and sending notices needs of the world."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.notice import Notice
from shared.usecases.ports import Committed, Consumed, WireEvent

QUEUED = "notice.queued"


def queued(notice: Notice) -> WireEvent:
    """What tells the sender of it; ids only, as of every wire event."""
    return WireEvent(notice.id, QUEUED, notice.code or "", notice.seq or 0, notice.created_at)


@dataclass(frozen=True, slots=True)
class Mail:
    """`kind` and `notice` travel as tags, for figures and results; neither tells who or what.

    `unsubscribe`: where one click ends such mails; None for mails that are somebody's duty.
    """

    notice: str
    kind: str
    subject: str
    text: str
    html: str
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One SMS."""

    kind: str
    text: str


class TryAgain(Exception):
    """Throttled, or away: certainly not sent, and only time can help."""


class AnswerLost(Exception):
    """Handed over, but no answer came: sent or not, nobody knows."""


class RefusedByProvider(Exception):
    """It will never be sent. `reason` is a stable code, never the provider's own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Notices(Protocol):
    def add(self, notices: Iterable[Notice], consumed: Consumed) -> Committed:
        """One commit: the mark, the notices, an outbox entry for each. Known ids stay as they are.

        Never CHANGED_MEANWHILE. Raises StoreAway.
        """
        ...

    def load(self, id_: str) -> Notice | None: ...

    def change(self, before: Notice, after: Notice, adding: Iterable[Notice] = ()) -> Notice | None:
        """Compare-and-set on the version `before` was read in: `after` as it lies there now.

        None: changed meanwhile. What is added comes in the same commit, each with an outbox entry.
        """
        ...

    def due(self, now: datetime, size: int) -> tuple[Notice, ...]:
        """Those whose `next_attempt_at` has come, oldest first."""
        ...

    def by_provider_id(self, provider_id: str) -> Notice | None: ...

    def of_report(self, code: str) -> tuple[Notice, ...]:
        """Oldest first."""
        ...


class Mailer(Protocol):
    def send(self, to: str, message: Mail) -> str:
        """The provider's id of it. Raises TryAgain, AnswerLost, RefusedByProvider."""
        ...


class Texter(Protocol):
    def send(self, to: str, message: Text) -> str:
        """As Mailer. `to` is E.164."""
        ...


class Bounces(Protocol):
    """Addresses that are not written to again. They are kept as a MAC only."""

    def refuse(self, address: str, reason: str, at: datetime) -> None: ...

    def is_refused(self, address: str) -> bool: ...
