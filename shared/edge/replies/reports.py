"""The shapes of reports, as each reader gets them."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from shared.domain.clocks import ClockKind, ClockState
from shared.domain.notice import Audience, NoticeState
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind, Outcome, Role, Status
from shared.edge.replies.answer import Answer, ReportCode
from shared.edge.replies.files import AttachedFile, CoveredRegion, TakenFile


class Clock(Answer):
    kind: ClockKind
    run: int
    due_at: datetime | None = Field(description="null while the clock stands")
    state: ClockState


class ExplainedClock(Clock):
    because: str | None = Field(
        default=None, description="absent where it would tell what a secret report is about"
    )


class Links(Answer):
    self: str
    page: str


class Filed(Answer):
    code: str = ReportCode
    receipt: str = Field(pattern=r"^\d{4} \d{4} \d{4} \d{4}$")
    status: Status
    status_label: str
    submitted_at: datetime
    clocks: list[Clock]
    links: Links
    attachments: list[TakenFile] | None = Field(
        default=None, description="files that came with the form, in their order"
    )


class AgencyName(Answer):
    id: str
    name: str


class AreaName(Answer):
    code: str
    name: str


class Where(Answer):
    text: str | None = None
    lat: float | None = None
    lon: float | None = None


class OutsideBody(Answer):
    id: str
    name: str
    about: str
    contact: dict[str, str]


class MovedClock(Answer):
    clock: ClockKind
    run: int
    was_due_on: date
    due_on: date


class NextRung(Answer):
    """Who is told next, and when, if nothing happens until then."""

    to: list[Audience]
    at: datetime


class Step(Answer):
    """What happened, without the words."""

    seq: int
    type: str
    at: datetime
    by: Role
    agency: AgencyName | None = None
    outcome: AnswerKind | None = None
    cause: str | None = None
    on_behalf: bool | None = Field(default=None, description="entered for an agency on paper")
    on: date | None = None
    until: date | None = None
    other: str | None = None
    calendar: str | None = Field(default=None, description="the version that moved clocks now")
    moved: list[MovedClock] | None = None
    rung: str | None = None
    clock: ClockKind | None = None
    run: int | None = None
    to: list[Audience] | None = None
    passed: list[str] | None = None
    due_at: datetime | None = None
    next: NextRung | None = None
    attachments: list[str] | None = Field(default=None, description="ids of files it names")
    attachment: str | None = Field(default=None, description="the file it covers")
    region: CoveredRegion | None = Field(default=None, description="of that file; null: all of it")


class TimelineEntry(Step):
    """`digest` and `hash` are always there; a text this viewer may not read is absent."""

    id: str
    digest: str
    hash: str
    text: str | None = None
    proof: str | None = None


class ReportView(Answer):
    """Fields that this viewer may not read are absent."""

    code: str = ReportCode
    status: Status
    status_label: str
    clocks: list[ExplainedClock]
    kind: Kind | None = None
    outcome: Outcome | AnswerKind | None = None
    category: str | None = None
    agency: AgencyName | None = None
    area: AreaName | None = None
    title: str | None = None
    body: str | None = None
    submitted_at: datetime | None = None
    supporters: int | None = None
    revision: int | None = None
    head: str | None = None
    timeline: list[TimelineEntry] | None = None
    actions: list[str] | None = None
    merged_into: str | None = None
    referred_to: OutsideBody | None = None
    archive_reason: ArchiveReason | None = None
    language: Literal["id", "en"] | None = None
    occurred_on: date | None = None
    location: Where | None = None
    anonymous: bool | None = None
    secret: bool | None = None
    supervisory: bool | None = None
    links: dict[str, str] | None = None
    satisfaction: int | None = None
    oversight_offered: bool | None = None
    attachments: list[AttachedFile] | None = None


class Candidate(Answer):
    agency: str | None
    body: str | None
    category: str
    confidence: float
    because: str


class Suggestion(Candidate):
    others: list[Candidate]


class Person(Answer):
    name: str | None
    email: str | None
    phone: str | None


class NoticeLine(Answer):
    """A message about the report; never to which address."""

    kind: str
    to: Audience
    unit: str | None = Field(description="the agency it is for")
    state: NoticeState
    reason: str | None = Field(description="why it failed, expired or was complained of")
    queued_at: datetime
    sent_at: datetime | None
    next_attempt_at: datetime | None


class DeskView(ReportView):
    """Whoever entered an agency's answer on its behalf reads the public's view of the report."""

    channel: str | None = None
    assignee: str | None = None
    named_agency: AgencyName | None = None
    held_days: dict[str, int] | None = None
    suggestion: Suggestion | None = None
    identity: Person | None = Field(default=None, description="only in the answer to `reveal`")
    notices: list[NoticeLine] = Field(default=[], description="messages about it, oldest first")


class Supported(Answer):
    supporters: int


class Row(Answer):
    code: str = ReportCode
    kind: Kind
    status: Status
    status_label: str
    category: str | None
    agency: AgencyName | None
    area: AreaName | None
    title: str
    submitted_at: datetime
    revision: int
    supervisory: bool
    secret: bool
    anonymous: bool
    assignee: str | None
    due_at: datetime | None


class Found(Answer):
    reports: list[Row]
    next_cursor: str | None
