"""Commit, publish, and what a repeated request is answered with."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from shared.domain.events import fold
from shared.domain.report import Report
from shared.usecases.failures import IdempotencyMismatch
from shared.usecases.file_ports import Seals, Shelves
from shared.usecases.ports import (
    Commit,
    Committed,
    Keys,
    Officers,
    Outbox,
    Publisher,
    Repeatable,
    Reports,
    StoreAway,
    WireEvent,
)

# Longer than any client keeps trying; afterwards the key is free again.
_REPEATABLE_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request that may be sent again: its key, and everything that makes it the same request."""

    key: str
    request: bytes

    @property
    def id(self) -> str:
        return sha256(self.key.encode()).hexdigest()

    def mac(self, secret: bytes) -> str:
        return hmac_digest(secret, self.key.encode() + b"\0" + self.request, "sha256").hex()

    def is_what_made(self, record: Repeatable, keys: Keys) -> bool:
        """Under any key: a rotation between two attempts must not part them."""
        return any(compare_digest(record.mac, self.mac(key)) for key in keys.secrets.values())


def publish(committed: Iterable[WireEvent], outbox: Outbox, publisher: Publisher) -> None:
    """Nothing here fails what stands: an event that is not forgotten goes out once more."""
    published = publisher.publish(committed)
    with suppress(StoreAway):
        outbox.forget(published)


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports that every change of a report goes through."""

    reports: Reports
    officers: Officers
    outbox: Outbox
    publisher: Publisher
    keys: Keys
    shelves: Shelves
    seals: Seals

    def earlier(self, attempt: Attempt | None, now: datetime) -> Repeatable | None:
        """The record of the first attempt, or an expired one that may be replaced."""
        if attempt is None:
            return None
        found = self.reports.repeatable(attempt.id)
        if found and found.is_fresh(now) and not attempt.is_what_made(found, self.keys):
            raise IdempotencyMismatch
        return found

    def as_it_was(self, record: Repeatable) -> Report:
        """The report as the first attempt left it."""
        return fold(self.reports.timeline(record.code, record.seq))

    def commit(
        self, commit: Commit, *, attempt: Attempt | None, expired: Repeatable | None, now: datetime
    ) -> Committed:
        """A commit that stands is published at once; the relay sweeps what Pub/Sub did not take."""
        if attempt:
            commit = replace(
                commit, repeatable=self._repeatable(attempt, commit, now), replaces=expired
            )
        answer = self.reports.commit(commit)
        if answer is Committed.NOW:
            self.publish(commit.wire_events)
        return answer

    def publish(self, committed: Iterable[WireEvent]) -> None:
        publish(committed, self.outbox, self.publisher)

    def _repeatable(self, attempt: Attempt, commit: Commit, now: datetime) -> Repeatable:
        after = commit.decisions[0].report
        return Repeatable(
            id=attempt.id,
            mac=attempt.mac(self.keys.secret),
            code=after.code,
            seq=after.seq,
            expires_at=now + _REPEATABLE_FOR,
        )
