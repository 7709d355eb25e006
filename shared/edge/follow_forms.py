"""What the page of a report posts."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.edge.messages import ContactTyped, FileId, Message

# What a button itself says of an action of the contract; all others bear the action's name.
_SAID: Mapping[str, Mapping[str, str]] = {
    "solved": {"action": "confirm", "solved": "true"},
    "accepted": {"action": "confirm", "solved": "false"},
    "unsolved": {"action": "reply"},
    "place": {"action": "add"},
}
_JUDGING = frozenset({"solved", "accepted", "unsolved"})
# A form may hold a field that only another of its buttons is about.
_SPOKEN = {"text", "public"}
_FIELDS = {
    "confirm": {"text", "satisfaction"},
    "withdraw": {"text"},
    "add": {*_SPOKEN, "place_of"},
}

# Those of the page; each with its own ids and its own key.
FORMS = (
    "confirm", "supplement", "object", "appeal", "split", "add", "withdraw",
    "key", "support", "forget", "files", "place", "take_back",
)  # fmt: skip

Button = Literal[
    "solved", "accepted", "unsolved", "add", "place",
    "supplement", "object", "appeal", "split", "withdraw",
]  # fmt: skip
Typed = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Nothing(Message):
    """The mark that every form carries, and the key that it cannot do without."""

    idempotency_key: str | None = None


class KeyForm(Nothing):
    receipt: Typed


class LostKeyForm(Nothing):
    contact: ContactTyped


class OneTimeCodeForm(Nothing):
    one_time_code: Typed


class FilesForm(Nothing):
    """Files that come along; `public`: whether everybody may see them."""

    button: Literal["files"]
    public: bool = False


class TakeBackForm(Nothing):
    file: FileId


class TellForm(Nothing):
    """`answer`: the token of a notice's link. Words are checked by the action's own model.

    `attachments`: files sent before, each ticked by its id.
    """

    button: Button
    text: str | None = None
    public: str | None = None
    satisfaction: str | None = None
    receipt: Typed | None = None
    answer: Annotated[str, StringConstraints(max_length=100)] | None = None
    place_of: FileId | None = None
    attachments: Annotated[dict[FileId, Literal["true"]], Field(max_length=50)] | None = None

    def action(self) -> dict[str, str]:
        """The fields of an action as the contract names them."""
        said = _SAID.get(self.button, {"action": self.button})
        wanted = _FIELDS.get(said["action"], _SPOKEN)
        return {**said, **self.model_dump(include=wanted, exclude_none=True)}

    def files(self) -> tuple[str, ...]:
        return tuple(self.attachments or ())


def sent_form(typed: Mapping[str, str]) -> str:
    """Which form of the page was sent: "confirm" has three buttons, "key" has none of them."""
    button = typed.get("button", "key" if "receipt" in typed else "")
    return "confirm" if button in _JUDGING else button


class FileQuestion(Message):
    """`identity`: whether the file names its reporter; `form`: to be read, or to be kept."""

    identity: Literal["yes", "no"] = "no"
    form: Literal["page", "json"] = "page"
