"""A report as of now. It changes only by folding events (see `events.evolve`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.statuses import (
    OPEN,
    WITH_AGENCY,
    AnswerKind,
    ArchiveReason,
    Kind,
    Outcome,
    Role,
    Status,
)


@dataclass(frozen=True, slots=True)
class Location:
    text: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """One stretch of time an agency had the report in its hands."""

    agency: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    by: Role
    status_before: Status


@dataclass(frozen=True, slots=True)
class Mask:
    """Characters `start` to `end` of a text of event `seq` that nobody outside may read.

    `field` names the text; of the first event "text" is the body.
    """

    seq: int
    start: int
    end: int
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Region:
    """Of a picture, in thousandths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A region of an attached picture that nobody outside may see; None: the whole file."""

    attachment: str
    region: Region | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`counts` holds how often each event type happened; `excluded` the accused units."""

    code: str
    kind: Kind
    status: Status
    title: str
    body: str
    submitted_at: datetime
    channel: str = "web"
    language: str = "id"
    supervisory: bool = False
    anonymous: bool = False
    secret: bool = False
    occurred_on: date | None = None
    category: str | None = None
    area: str | None = None
    location: Location | None = None
    named_agency: str | None = None
    excluded: tuple[str, ...] = ()
    agency: str | None = None
    assignee: str | None = None
    routed_by: Role | None = None
    custody: tuple[Custody, ...] = ()
    referred_to: str | None = None
    hold: Held | None = None
    agency_held: bool = False
    published: bool = False
    answer: AnswerKind | None = None
    outcome: Outcome | None = None
    satisfaction: int | None = None
    archive_reason: ArchiveReason | None = None
    archived_by: str | None = None
    reviewed_by: str | None = None
    merged_into: str | None = None
    merged_from: tuple[str, ...] = ()
    split_off: bool = False
    masks: tuple[Mask, ...] = ()
    covers: tuple[Cover, ...] = ()
    rungs: tuple[str, ...] = ()
    oversight_offered: bool = False
    final_at: datetime | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[ClockRun, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    seq: int = 0
    revision: int = 0
    head: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def was_routed(self) -> bool:
        return bool(self.custody)

    @property
    def holder(self) -> Role | None:
        """Whose turn it is; nobody's once the status is final."""
        return HOLDERS.get(self.status)

    @property
    def due_at(self) -> datetime | None:
        """The nearest due time of a running clock."""
        return min(
            (run.due_at for run in self.clocks if run.is_running and run.due_at), default=None
        )

    @property
    def awaits_review(self) -> bool:
        """Nobody's voice is switched off by one person: a second officer looks at it."""
        abusive = self.archive_reason is ArchiveReason.ABUSIVE
        return self.status is Status.ARCHIVED and abusive and self.reviewed_by is None

    def times(self, event_type: str) -> int:
        return self.counts.get(event_type, 0)

    def clock(self, kind: ClockKind) -> ClockRun | None:
        """The run of this kind that has not ended."""
        return next((run for run in self.clocks if run.kind is kind and run.ended_at is None), None)


HOLDERS: Mapping[Status, Role] = {
    Status.SUBMITTED: Role.VERIFIER,
    Status.CONTESTED: Role.COORDINATOR,
    Status.ON_HOLD: Role.REPORTER,
    Status.ANSWERED: Role.REPORTER,
    **dict.fromkeys(WITH_AGENCY, Role.AGENCY),
}
