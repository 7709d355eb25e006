"""What SNS posts, and what SES says in it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shared.domain.notice import NoticeState
from shared.edge.problems import MalformedBody
from shared.usecases.delivering import Result

# SNS sends 256 KB at most.
_MOST_BYTES = 300_000


class _Mail(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    id: str = Field(alias="messageId")
    at: AwareDatetime = Field(alias="timestamp")
    tags: dict[str, list[str]] = {}


class _Recipient(BaseModel):
    address: str = Field(alias="emailAddress")


class _Bounce(BaseModel):
    type: str = Field(alias="bounceType")
    recipients: tuple[_Recipient, ...] = Field((), alias="bouncedRecipients")


class _Complaint(BaseModel):
    recipients: tuple[_Recipient, ...] = Field((), alias="complainedRecipients")


class _Event(BaseModel):
    """Of event publishing, or of the older notifications, which name their type otherwise."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field("", alias="eventType")
    older_type: str = Field("", alias="notificationType")
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def posted(request: Request) -> Mapping[str, str]:
    """SNS says it is plain text; it is JSON of texts. Raises MalformedBody."""
    request.max_content_length = _MOST_BYTES
    try:
        message = json.loads(request.get_data())
    except ValueError:
        raise MalformedBody from None
    if not isinstance(message, dict):
        raise MalformedBody
    return {name: value for name, value in message.items() if isinstance(value, str)}


def result_of(message: Mapping[str, str]) -> Result | None:
    """None: nothing that changes what we know. Raises MalformedBody."""
    try:
        event = _Event.model_validate_json(message.get("Message", ""))
    except ValidationError:
        raise MalformedBody from None
    read = _RESULTS.get(event.type or event.older_type)
    return read(event) if read else None


def _delivered(event: _Event) -> Result:
    return _result(event, NoticeState.DELIVERED)


def _bounced(event: _Event) -> Result:
    """A full mailbox may be empty another time; one that is not there will not be."""
    if event.bounce and event.bounce.type == "Permanent":
        refused = _addresses(event.bounce.recipients)
        return _result(event, NoticeState.FAILED, reason="bounced", refused=refused)
    return _result(event, NoticeState.FAILED, reason="mailbox-away")


def _complained(event: _Event) -> Result:
    """It did arrive; and its reader wants no more of them."""
    refused = _addresses(event.complaint.recipients if event.complaint else ())
    return _result(event, NoticeState.DELIVERED, reason="complained", refused=refused)


def _rejected(event: _Event) -> Result:
    return _result(event, NoticeState.FAILED, reason="message-rejected")


_RESULTS: Mapping[str, Callable[[_Event], Result]] = {
    "Delivery": _delivered,
    "Bounce": _bounced,
    "Complaint": _complained,
    "Reject": _rejected,
    "Rendering Failure": _rejected,
}


def _result(event: _Event, state: NoticeState, **others: Any) -> Result:
    tag = next(iter(event.mail.tags.get("notice", ())), None)
    return Result(event.mail.id, state, event.mail.at, tag, **others)


def _addresses(recipients: tuple[_Recipient, ...]) -> tuple[str, ...]:
    return tuple(each.address for each in recipients)
