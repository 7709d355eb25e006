"""One message to one recipient, as it waits, is sent and arrives. It holds no address and no text.

Both are looked up when its turn comes, so that an erased contact is never written to and what a
message says is true when it leaves.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class NoticeState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"


class Audience(StrEnum):
    REPORTER = "reporter"
    AGENCY = "agency"
    AGENCY_HEAD = "agency_head"
    VERIFIERS = "verifiers"
    COORDINATOR = "coordinator"
    INSPECTORATE = "inspectorate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`kind` names its texts; `code` and `seq` the event it tells of (a digest has neither).

    `unit` is the agency of an audience that is one agency's. `expires_at`: not worth sending after.
    """

    id: str
    kind: str
    audience: Audience
    created_at: datetime
    next_attempt_at: datetime
    expires_at: datetime
    code: str | None = None
    seq: int | None = None
    unit: str | None = None
    state: NoticeState = NoticeState.QUEUED
    attempts: int = 0
    lease_until: datetime | None = None
    channel: Channel | None = None
    provider_id: str | None = None
    reason: str | None = None
