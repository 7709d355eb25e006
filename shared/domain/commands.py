"""What people and the system may ask of a report, in the words of the HTTP contract."""

from dataclasses import dataclass, field
from datetime import date

from shared.domain.attachment import Attachment, Place
from shared.domain.ladder import Step
from shared.domain.report import Region, Report
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`text` is what people read of it."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching(Command):
    """`attachments` are ids; `files` all of the report, for the rule to tell whose they are."""

    attachments: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken(Attaching):
    """A reporter's words; `public` means they ticked "boleh dibaca umum"."""

    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Spoken):
    """`place_of`: the photo that was taken where the report is about, and what it says of that."""

    place_of: str | None = None
    place: Place | None = None


class Reply(Spoken): ...


class Supplement(Spoken): ...


class Object(Spoken): ...


class Appeal(Spoken): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Spoken):
    """`target` is the report that this one was merged into."""

    target: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Command):
    solved: bool
    satisfaction: int | None = None


class Withdraw(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(Command):
    """None leaves a field as it is."""

    kind: Kind | None = None
    category: str | None = None
    area: str | None = None
    title: str | None = None
    supervisory: bool | None = None
    secret: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Command):
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(Command):
    body: str


class Hold(Command): ...


class Resume(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward(Command):
    """Without an agency: "tidak tahu milik siapa"."""

    agency: str | None = None


class Recall(Command): ...


class Accept(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Command):
    """`officers` are those of the agency, so that the rule can tell who belongs to it."""

    officer: str
    officers: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Command):
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Respond(Attaching):
    """`on_behalf_of` is the agency whose written answer an intake officer enters."""

    outcome: AnswerKind
    proof: str = ""
    cause: str | None = None
    on_behalf_of: str | None = None


class Extend(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Command):
    reason: ArchiveReason


class Review(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Command):
    """`into` is the code of the `target`."""

    into: str
    target: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct(Command):
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign(Command):
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Command):
    """`target` is the report that this one was merged into."""

    target: Report | None = None


class Transfer(Command): ...


class Reschedule(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Redact(Command):
    """Characters `start` to `end` of a text of event `event_seq`; without it, of the body.

    Or, with an `attachment`, that region of it; without a region all of it.
    """

    start: int = 0
    end: int = 0
    event_seq: int = 1
    field: str = "text"
    length: int = 0
    attachment: str | None = None
    region: Region | None = None
    files: tuple[Attachment, ...] = ()


class Reveal(Command): ...


class Note(Command): ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb(Command):
    """To the highest rung that a clock run has reached; each rung is recorded once."""

    step: Step


class Remind(Climb): ...


class Escalate(Climb): ...


class Expire(Command): ...


class Renew(Command): ...


def name_of(command: type[Command]) -> str:
    """Its name in the HTTP contract."""
    return command.__name__.lower()
