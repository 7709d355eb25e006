"""One way in for every event function: envelope, schema, and what to do when it fails.

Returning means done (or parked); raising means: deliver it again. Only what time may heal raises.
"""

import json
import logging
import re
import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self, TypeVar

from cloudevents.http import CloudEvent
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shared.domain.events import Stamp
from shared.edge import log
from shared.edge.clock import now
from shared.usecases.failures import NoSuchReport, StillChanging
from shared.usecases.ports import WIRE_SCHEMA, Parked

# A report may be read before its own commit is seen everywhere; after that it will not appear.
_MAY_STILL_APPEAR = timedelta(minutes=5)
_ENTROPY_BYTES = 64
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# Of a new object, or of a new content of one.
UPLOADED = "OBJECT_FINALIZE"
_INCOMING = re.compile(r"incoming/(?P<code>[0-9A-Z]{11})/(?P<file>[\w-]{22})", re.ASCII)


class EventFailed(Exception):
    """To be delivered again. The framework prints what is raised: this one says where, not what."""


_Code = Annotated[str, StringConstraints(pattern="^[0-9A-Z]{11}$")]


class _Message(BaseModel):
    """Unknown fields are ignored: a newer publisher may run beside an older consumer."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    id: Annotated[str, StringConstraints(min_length=1)]
    type: str
    at: AwareDatetime
    schema_version: int = Field(alias="schema")

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Self:
        """As Pub/Sub pushes it. Raises ValueError, KeyError, TypeError and RecursionError."""
        return cls.model_validate(json.loads(b64decode(message["data"], validate=True)))


class WireMessage(_Message):
    """Of a report."""

    code: _Code
    seq: int


class NoticeMessage(_Message):
    """Of a notice; or a tick of the scheduler, which says its type and nothing else."""

    id: str = ""
    at: AwareDatetime = _LONG_AGO
    schema_version: int = Field(WIRE_SCHEMA, alias="schema")


class UploadMessage(_Message):
    """Of an object that came in; the bucket says all of it in attributes.

    Of what else may happen to objects nothing but the type is read.
    """

    code: str = ""
    file: str = ""
    schema_version: int = Field(WIRE_SCHEMA, alias="schema")

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Self:
        told = message["attributes"]
        happened, generation = told["eventType"], told["objectGeneration"]
        fields = {"id": generation, "type": happened, "at": told["eventTime"]}
        if happened == UPLOADED:
            incoming = _INCOMING.fullmatch(told["objectId"])
            if not incoming:
                raise ValueError
            fields |= incoming.groupdict() | {"id": f"{incoming['file']}.{generation}"}
        return cls.model_validate(fields)


_Shape = TypeVar("_Shape", bound=_Message)


def consume(
    event: CloudEvent,
    consume_: Callable[[WireMessage, Stamp], None],
    *,
    consumer: str,
    types: frozenset[str],
    parked: Parked,
) -> None:
    consume_as(WireMessage, event, consume_, consumer=consumer, types=types, parked=parked)


def consume_as(
    shape: type[_Shape],
    event: CloudEvent,
    consume_: Callable[[_Shape, Stamp], None],
    *,
    consumer: str,
    types: frozenset[str],
    parked: Parked,
) -> None:
    try:
        message = shape.of(event.data["message"])
    except (ValueError, KeyError, TypeError, RecursionError):
        _park(event, consumer, "", "unreadable", parked)
        return
    if message.type not in types:
        return
    if message.schema_version > WIRE_SCHEMA:
        _park(event, consumer, message.id, "unknown-schema", parked)
        return
    _handled(message, consume_, event, consumer, parked)


def _handled(
    message: _Shape,
    consume_: Callable[[_Shape, Stamp], None],
    event: CloudEvent,
    consumer: str,
    parked: Parked,
) -> None:
    stamp = Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES))
    fields = {"consumer": consumer, "event": message.id, "type": message.type}
    try:
        consume_(message, stamp)
    except NoSuchReport:
        if stamp.at - message.at < _MAY_STILL_APPEAR:
            raise
        _park(event, consumer, message.id, "no-such-report", parked)
    except StillChanging:
        raise
    except Exception as failure:  # noqa: BLE001 - raised again, without its words
        where = log.where(failure)
        log.write(logging.ERROR, "event failed", fields | {"where": where})
        raise EventFailed(where) from None
    else:
        log.write(logging.INFO, "event", fields)


def _park(event: CloudEvent, consumer: str, event_id: str, reason: str, parked: Parked) -> None:
    """Kept with its reason for a person to look at; acknowledged, since no retry can help."""
    message = _envelope(event)
    id_ = event_id or str(message.get("messageId") or event["id"])
    parked.park(consumer, id_, reason, {"data": str(message.get("data", ""))})
    log.write(logging.ERROR, "event parked", {"consumer": consumer, "reason": reason})


def _envelope(event: CloudEvent) -> dict[str, Any]:
    """Empty when something else came in its place."""
    message = event.data.get("message") if isinstance(event.data, dict) else None
    return message if isinstance(message, dict) else {}
