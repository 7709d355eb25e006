"""The shapes of answers that are for one reporter alone: a receipt renewed, the oversight file."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from shared.domain.attachment import FileState
from shared.domain.clocks import ClockKind, ClockState
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind, Outcome, Role, Status
from shared.edge.replies.answer import Answer, ReportCode
from shared.edge.replies.reports import AgencyName, AreaName, OutsideBody, Person, Step, Where
from shared.edge.replies.service import SkippedDay


class Asked(Answer):
    detail: str = Field(description="the same whether or not it is the contact on file")


class Renewed(Answer):
    receipt: str = Field(pattern=r"^\d{4} \d{4} \d{4} \d{4}$")


class CategoryName(Answer):
    id: str
    name: str


class FiledReport(Answer):
    kind: Kind
    status: Status
    status_label: str
    outcome: Outcome | AnswerKind | None
    category: CategoryName | None
    agency: AgencyName | None
    area: AreaName | None
    title: str
    body: str
    submitted_at: datetime
    occurred_on: date | None
    location: Where | None
    anonymous: bool
    secret: bool
    supervisory: bool
    satisfaction: int | None
    archive_reason: ArchiveReason | None
    merged_into: str | None
    referred_to: OutsideBody | None
    links: dict[str, str]


class GivenIdentity(Answer):
    as_given: Person
    verified: Literal[False]


class Proof(Answer):
    code: str = ReportCode
    filed_at: datetime
    by: Role
    digest: str
    hash: str
    content: dict[str, Any] | None = Field(
        description="what the digest was made of; null when an officer wrote it down, or erased"
    )


class Said(Answer):
    seq: int
    type: str
    at: datetime
    by: Role
    agency: AgencyName | None = None
    text: str | None = None
    proof: str | None = None
    attachments: list[str] | None = Field(default=None, description="ids of files it names")


class EnclosedFile(Answer):
    """The file itself stays with the region; `sha256` is of what was sent, as the chain has it."""

    id: str
    seq: int | None = Field(description="the event that names it; null: none does")
    by: Role
    agency: AgencyName | None
    type: str
    size: int = Field(description="bytes")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    state: FileState
    announced_at: datetime


class Stretch(Answer):
    kind: Literal["running", "paused", "extended"]
    start: datetime
    end: datetime | None
    reason: str = Field(description="the type of the event that began it")
    days: int


class DerivedClock(Answer):
    kind: ClockKind
    run: int
    state: ClockState
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    because: str
    basis: str
    policy: str
    unit: Literal["WD", "CD"]
    days: list[date] = Field(description="each counted day")
    skipped: list[SkippedDay]
    intervals: list[Stretch]


class HeldBy(Answer):
    agency: AgencyName
    since: datetime
    until: datetime | None = Field(description="null: still")
    working_days: int


class Link(Answer):
    header: dict[str, Any]
    hash: str


class Chain(Answer):
    start: str
    head: str
    links: list[Link]
    how: str
    python: str = Field(description="a script that checks this file")


class Elsewhere(OutsideBody):
    basis: str
    free_of_charge: bool = Field(description="false: no rule that is known says so")


class OversightFile(Answer):
    code: str = ReportCode
    region: str
    made_at: datetime
    reporter: GivenIdentity | None = Field(description="only with `?identity=yes`")
    report: FiledReport
    proof_of_filing: Proof
    steps: list[Step] = Field(description="words stand in `dialogue`, seals in `chain`")
    dialogue: list[Said]
    attachments: list[EnclosedFile]
    clocks: list[DerivedClock]
    held: list[HeldBy]
    chain: Chain
    elsewhere: list[Elsewhere]
