"""What the use cases need of the world. The store's commit is all or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from shared.domain.attachment import Shelf
from shared.domain.directory import Officer
from shared.domain.events import Event
from shared.domain.receipts import ReceiptMark
from shared.domain.report import Report
from shared.domain.statuses import Role
from shared.domain.workflow import Decision

WIRE_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class WireEvent:
    """What travels: never a text, never an identity. Consumers load the rest."""

    id: str
    type: str
    code: str
    seq: int
    at: datetime
    schema: int = WIRE_SCHEMA


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported. Lives in a document of its own, sealed."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    identity: Identity
    receipt: ReceiptMark


@dataclass(frozen=True, slots=True)
class Repeatable:
    """Idempotency record: `id` is sha256 of the key; the body only as a MAC, no answer, no receipt.

    `seq` is the last event of the first attempt. `version` is the store's own.
    """

    id: str
    mac: str
    code: str
    seq: int
    expires_at: datetime
    version: Any = None

    def is_fresh(self, now: datetime) -> bool:
        return self.expires_at > now


@dataclass(frozen=True, slots=True)
class Consumed:
    """The mark that this consumer is done with the event."""

    consumer: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Everything one decision changes. `replaces` is the expired record whose place is taken.

    `receipt` takes the place of the reporter's old one, and uses up the renewal that led to it.
    `shelf`: of the first report, changed since it was read; it must still be as it was then.
    """

    decisions: tuple[Decision, ...]
    reporter: Reporter | None = None
    receipt: ReceiptMark | None = None
    repeatable: Repeatable | None = None
    replaces: Repeatable | None = None
    consumed: Consumed | None = None
    shelf: Shelf | None = None

    @property
    def events(self) -> tuple[tuple[str, Event], ...]:
        return tuple(
            (decision.report.code, event)
            for decision in self.decisions
            for event in decision.events
        )

    @property
    def wire_events(self) -> tuple[WireEvent, ...]:
        return tuple(
            WireEvent(event.id, f"report.{event.type}", code, event.seq, event.at)
            for code, event in self.events
        )


class Committed(Enum):
    """The store's three answers to a commit."""

    NOW = "committed"
    SEEN_BEFORE = "seen before"
    CHANGED_MEANWHILE = "changed meanwhile"


@dataclass(frozen=True, slots=True)
class Query:
    """A desk search, sorted by nearest due time. None: any. `cursor` is the store's own."""

    status: str | None = None
    holder: str | None = None
    agency: str | None = None
    assignee: str | None = None
    category: str | None = None
    area: str | None = None
    appealed: bool | None = None
    unreviewed: bool | None = None
    overdue_at: datetime | None = None
    words: tuple[str, ...] = ()
    cursor: str | None = None
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Page:
    reports: tuple[Report, ...]
    next_cursor: str | None = None


class StoreAway(Exception):
    """The store takes nothing now; nothing was decided and the same request may be repeated."""


class BadCursor(Exception):
    """Not a cursor that a search gave out."""


class BadToken(Exception):
    """Not a valid token of the region's issuer."""


class IssuerAway(Exception):
    """The issuer's keys cannot be fetched, so no token can be checked now."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a checked token says: `subject` is issuer and sub, `email` a verified address.

    `nonce` is what its asker gave along, if anything.
    """

    subject: str
    email: str
    nonce: str = ""


class Tokens(Protocol):
    def verify(self, token: str) -> Claims:
        """Raises BadToken and IssuerAway."""
        ...


class Reports(Protocol):
    def load(self, code: str) -> Report | None: ...

    def load_with_receipt(self, code: str) -> tuple[Report | None, ReceiptMark | None]:
        """Both in one call; identity stays sealed."""
        ...

    def identity(self, code: str) -> Identity:
        """Unsealed; empty when it was erased."""
        ...

    def timeline(self, code: str, until_seq: int) -> tuple[Event, ...]:
        """Events 1 to `until_seq`, in order."""
        ...

    def timeline_with_shelf(self, code: str, until_seq: int) -> tuple[tuple[Event, ...], Shelf]:
        """Both in one call: what a page of the report shows."""
        ...

    def commit(self, commit: Commit) -> Committed: ...

    def repeatable(self, id_: str) -> Repeatable | None:
        """The idempotency record, expired or not."""
        ...

    def search(self, query: Query) -> Page:
        """Raises BadCursor for a cursor that is not one."""
        ...

    def count(self, query: Query, most: int) -> int:
        """How many reports the store finds, up to `most`; words and cursor are left aside."""
        ...


class Supporters(Protocol):
    def count(self, code: str) -> int: ...

    def add(self, code: str, supporter: str) -> int:
        """The number after it; the same supporter counts once."""
        ...


class Outbox(Protocol):
    def before(self, at: datetime, size: int) -> Iterator[tuple[WireEvent, ...]]:
        """Unpublished events that were committed before `at`, oldest first, a page at a time.

        Pages may be short: an entry that cannot be read is left where it is.
        """
        ...

    def oldest(self) -> datetime | None:
        """When the oldest entry was committed, whether it can be read or not."""
        ...

    def forget(self, event_ids: Iterable[str]) -> None: ...


class Publisher(Protocol):
    def publish(self, events: Iterable[WireEvent]) -> tuple[str, ...]:
        """The ids taken over within two seconds. Never raises: the relay sweeps the rest."""
        ...


class Parked(Protocol):
    def park(self, consumer: str, event_id: str, reason: str, data: Mapping[str, Any]) -> None: ...


class Officers(Protocol):
    def by_email(self, email: str) -> Officer | None: ...

    def by_id(self, id_: str) -> Officer | None: ...

    def of_agency(self, agency: str) -> tuple[Officer, ...]: ...

    def with_role(self, role: Role) -> tuple[Officer, ...]: ...

    def bind(self, officer: Officer, subject: str) -> None:
        """Ties the record to (issuer, sub) at its first sign-in."""
        ...


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets by key id; new marks are made with the current one, old ones stay checkable."""

    current: str
    secrets: Mapping[str, bytes] = field(repr=False)

    @property
    def secret(self) -> bytes:
        return self.secrets[self.current]
