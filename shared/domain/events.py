"""Domain events: what happened to a report, and the hash chain that proves nothing was changed.

The chain is over public headers. Each header holds the digest of its private content, so that
content can be withheld or erased while the chain still verifies.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.statuses import Role

# Texts of an event that are a field of the report as well.
_TEXTS_OF_THE_REPORT = ("title", "body")
# An officer's typed answer stays valid over these: none changes what it answers.
_NOT_DECIDED_ON = frozenset(
    {"reminded", "escalated", "rescheduled", "noted", "revealed", "receipt_renewed"}
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Time and randomness of one decision; both enter at the edge."""

    at: datetime
    entropy: bytes

    def random_hex(self, purpose: str, index: int) -> str:
        return sha256(self.entropy + f"{purpose}:{index}".encode()).hexdigest()[:32]

    def of(self, name: str) -> "Stamp":
        """The same time with randomness of its own, for one of several decisions."""
        return Stamp(self.at, sha256(self.entropy + name.encode()).digest())


@dataclass(frozen=True, slots=True)
class Happening:
    """What a rule decided, before it has a number, an id and a place in the chain.

    `changes` are fields of the report with their new values; `facts` what else readers may need.
    """

    type: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Header: id, seq, type, at, by, digest. All else is private content."""

    id: str
    seq: int
    type: str
    at: datetime
    by: Role
    salt: str
    officer: str | None = None
    agency: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    digest: str = ""
    hash: str = ""

    @property
    def header(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "seq": self.seq,
            "type": self.type,
            "at": self.at,
            "by": self.by,
            "digest": self.digest,
        }

    @property
    def content(self) -> dict[str, Any]:
        return {
            "salt": self.salt,
            "officer": self.officer,
            "agency": self.agency,
            "changes": self.changes,
            "texts": self.texts,
            "facts": self.facts,
            "public": self.public,
        }


def sealed(event: Event, previous: str) -> Event:
    """The event with its digest and its hash; `previous` is the head, or the code at the start."""
    digest = _sha256(_canonical(event.content))
    event = replace(event, digest=digest)
    return replace(event, hash=_sha256(previous.encode() + _canonical(event.header)))


def is_whole(event: Event) -> bool:
    """Whether its content is there, and is what the digest was made of."""
    return event.digest == _sha256(_canonical(event.content))


def verifies(events: Iterable[Event], code: str, head: str) -> bool:
    """Whether the headers lead from the tracking code to the head, one by one."""
    previous = code
    for event in events:
        if event.hash != _sha256(previous.encode() + _canonical(event.header)):
            return False
        previous = event.hash
    return previous == head


def evolve(report: Report | None, event: Event) -> Report:
    """The report after the event; None before the first."""
    fields: dict[str, Any] = {
        **event.changes,
        **{name: event.texts[name] for name in _TEXTS_OF_THE_REPORT if name in event.texts},
        "seq": event.seq,
        "head": event.hash,
    }
    if report is None:
        return Report(**fields, revision=1, counts={event.type: 1})
    fields["revision"] = report.revision + (event.type not in _NOT_DECIDED_ON)
    fields["counts"] = {**report.counts, event.type: report.times(event.type) + 1}
    return replace(report, **fields)


def fold(events: Iterable[Event]) -> Report:
    report: Report | None = None
    for event in events:
        report = evolve(report, event)
    if report is None:
        raise ValueError("a report has at least one event")
    return report


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _sha256(data: bytes) -> str:
    return sha256(data).hexdigest()
