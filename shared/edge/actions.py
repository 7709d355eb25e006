"""The actions of reporters and officers as JSON, each turned into its command."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from shared.domain import commands as c
from shared.domain.report import Region
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind
from shared.edge.messages import Area, Code, FileId, FileIds, Id, Message, Text, Title

Thousandths = Annotated[int, Field(ge=0, le=1000)]


class Action(Message):
    """Fields are those of the command; `action` and `revision` stay behind."""

    makes: ClassVar[type[c.Command]]

    def command(self) -> c.Command:
        return self.makes(**self.model_dump(exclude={"action", "revision"}, exclude_none=True))


class Attaching(Action):
    attachments: FileIds = ()


class Spoken(Attaching):
    text: Text
    public: bool = False


class AddAction(Spoken):
    makes = c.Add
    action: Literal["add"]
    place_of: FileId | None = None


class ReplyAction(Spoken):
    makes = c.Reply
    action: Literal["reply"]


class SupplementAction(Spoken):
    makes = c.Supplement
    action: Literal["supplement"]


class ObjectAction(Spoken):
    makes = c.Object
    action: Literal["object"]


class AppealAction(Spoken):
    makes = c.Appeal
    action: Literal["appeal"]


class SplitAction(Spoken):
    makes = c.Split
    action: Literal["split"]


class ConfirmAction(Action):
    makes = c.Confirm
    action: Literal["confirm"]
    solved: bool
    satisfaction: Annotated[int, Field(ge=1, le=5)] | None = None
    text: Text | None = None


class WithdrawAction(Action):
    makes = c.Withdraw
    action: Literal["withdraw"]
    text: Text | None = None


class OfficerAction(Action):
    revision: Annotated[int, Field(ge=0)]


class Reasoned(OfficerAction):
    text: Text


class Unreasoned(OfficerAction):
    text: Text | None = None


class ClassifyAction(Reasoned):
    makes = c.Classify
    action: Literal["classify"]
    kind: Kind | None = None
    category: Id | None = None
    area: Area | None = None
    title: Title | None = None
    supervisory: bool | None = None
    secret: bool | None = None


class RouteAction(Unreasoned):
    makes = c.Route
    action: Literal["route"]
    agency: Id


class ReferAction(Reasoned):
    makes = c.Refer
    action: Literal["refer"]
    body: Id


class HoldAction(Reasoned):
    makes = c.Hold
    action: Literal["hold"]


class ResumeAction(Unreasoned):
    makes = c.Resume
    action: Literal["resume"]


class ForwardAction(Reasoned):
    makes = c.Forward
    action: Literal["forward"]
    agency: Id | None = None


class RecallAction(Reasoned):
    makes = c.Recall
    action: Literal["recall"]


class AcceptAction(Unreasoned):
    makes = c.Accept
    action: Literal["accept"]


class AssignAction(Unreasoned):
    makes = c.Assign
    action: Literal["assign"]
    officer: Id


class PlanAction(Reasoned):
    makes = c.Plan
    action: Literal["plan"]
    on: date


class RespondAction(Reasoned, Attaching):
    makes = c.Respond
    action: Literal["respond"]
    outcome: AnswerKind
    proof: Text | None = None
    cause: Id | None = None
    on_behalf_of: Id | None = None


class ExtendAction(Reasoned):
    makes = c.Extend
    action: Literal["extend"]


class ArchiveAction(Reasoned):
    makes = c.Archive
    action: Literal["archive"]
    reason: ArchiveReason


class ReviewAction(Unreasoned):
    makes = c.Review
    action: Literal["review"]


class MergeAction(Reasoned):
    makes = c.Merge
    action: Literal["merge"]
    into: Code


class DirectAction(Reasoned):
    makes = c.Direct
    action: Literal["direct"]
    by: date | None = None


class ReassignAction(Reasoned):
    makes = c.Reassign
    action: Literal["reassign"]
    agency: Id


class ReopenAction(Reasoned):
    makes = c.Reopen
    action: Literal["reopen"]


class CoveredRegion(Message):
    """In thousandths of the picture's width and height."""

    left: Thousandths
    top: Thousandths
    right: Thousandths
    bottom: Thousandths


class RedactAction(Reasoned):
    """Characters of a text; or an attachment, or a region of one."""

    makes = c.Redact
    action: Literal["redact"]
    event_seq: Annotated[int, Field(ge=1)] | None = None
    field: Literal["text", "proof"] = "text"
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None
    attachment: FileId | None = None
    region: CoveredRegion | None = None

    @model_validator(mode="after")
    def _of_one_thing(self) -> Self:
        is_of_text = self.start is not None and self.end is not None
        if is_of_text == (self.attachment is not None):
            raise PydanticCustomError("missing", "either start and end, or an attachment")
        return self

    def command(self) -> c.Command:
        region = Region(**self.region.model_dump()) if self.region else None
        fields = self.model_dump(exclude={"action", "revision", "region"}, exclude_none=True)
        return self.makes(**fields, region=region)


class RevealAction(Reasoned):
    makes = c.Reveal
    action: Literal["reveal"]


class NoteAction(Reasoned):
    makes = c.Note
    action: Literal["note"]


class ReporterActions(RootModel[Any]):
    root: Annotated[
        AddAction
        | ReplyAction
        | SupplementAction
        | ObjectAction
        | AppealAction
        | SplitAction
        | ConfirmAction
        | WithdrawAction,
        Field(discriminator="action"),
    ]


class OfficerActions(RootModel[Any]):
    root: Annotated[
        ClassifyAction
        | RouteAction
        | ReferAction
        | HoldAction
        | ResumeAction
        | ForwardAction
        | RecallAction
        | AcceptAction
        | AssignAction
        | PlanAction
        | RespondAction
        | ExtendAction
        | ArchiveAction
        | ReviewAction
        | MergeAction
        | DirectAction
        | ReassignAction
        | ReopenAction
        | RedactAction
        | RevealAction
        | NoteAction,
        Field(discriminator="action"),
    ]
