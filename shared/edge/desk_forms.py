"""What the officers' pages post: the actions of the contract, and what only a form needs."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    Field,
    PrivateAttr,
    RootModel,
    StringConstraints,
    field_validator,
    model_validator,
)

from shared.domain import commands as c
from shared.edge import actions
from shared.edge.messages import Id, Line, Message, SearchForm, Text
from shared.edge.problems import Fault, FieldFaults


class SignOut(Message):
    """Nothing but the mark that every form carries."""


class QueueForm(SearchForm):
    """Without a queue: the one that this officer's day begins with."""

    queue: Literal[
        "verification", "agency", "mine", "contested", "overdue", "appeals", "all", None
    ] = None  # type: ignore[assignment]


class RouteMany(Message):
    """`pick`: the revision that was read, by code."""

    pick: Annotated[dict[str, Annotated[int, Field(ge=0)]], Field(max_length=100)]
    agency: Id
    text: Text | None = None
    idempotency_key: str | None = None


class RedactWords(actions.Reasoned):
    """People name the words; the contract counts characters. `place`: `3:proof`."""

    makes = c.Redact
    action: Literal["redact"]
    place: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5}:(text|proof)$")]
    words: Line

    @property
    def seq(self) -> int:
        return int(self.place.split(":")[0])

    @property
    def field(self) -> str:
        return self.place.split(":")[1]

    def within(self, text: str) -> c.Redact:
        """The first place in the text where these words stand."""
        start = text.find(self.words)
        if start < 0:
            raise FieldFaults(Fault("words", "not-in-text"))
        end = start + len(self.words)
        return c.Redact(text=self.text, start=start, end=end, event_seq=self.seq, field=self.field)


class FilesAhead(Message):
    """Files for an answer yet to be written; `files_public`: then everybody may see them."""

    ahead: Literal["true"]
    files_public: bool = False
    idempotency_key: str | None = None


class RespondHere(actions.RespondAction):
    """`attachments`: files sent before, each ticked by its id. `files_public`: everybody may see
    those that come along."""

    files_public: bool = False

    @field_validator("attachments", mode="before")
    @classmethod
    def _ticked(cls, typed: Any) -> Any:
        return tuple(typed) if isinstance(typed, dict) else typed

    def with_files(self, brought: tuple[str, ...]) -> c.Command:
        said = {part.name for part in fields(self.makes)}
        named = tuple(dict.fromkeys((*self.attachments, *brought)))
        return self.makes(
            **self.model_dump(include=said, exclude_none=True) | {"attachments": named}
        )


_OF_CONTRACT = get_args(actions.OfficerActions.model_fields["root"].annotation)
KINDS: Mapping[str, type[actions.OfficerAction]] = {
    **{c.name_of(kind.makes): kind for kind in _OF_CONTRACT},
    "respond": RespondHere,
    "redact": RedactWords,
}
_ANY_OF_THEM: Any = reduce(or_, KINDS.values())


class DeskActions(RootModel[Any]):
    """One action as the contract has it, and the key of the form it came with."""

    root: Annotated[_ANY_OF_THEM, Field(discriminator="action")]
    _key: str | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _with_key(cls, typed: Any, made_of: Callable[[Any], Self]) -> Self:
        given = dict(typed)
        key = given.pop("idempotency_key", None)
        made = made_of(given)
        made._key = key
        return made

    @property
    def idempotency_key(self) -> str | None:
        return self._key
