"""One message to one recipient, as it waits, is sent and arrives. It holds no address and no text.

Both are looked up when its turn comes, so that an erased contact is never written to and what a
message says is true when it leaves.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


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
    SPREAD = "spread"  # one notice for each person of the audience took its place


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

    `unit` is the agency of an audience that is one agency's, `officer` one person of an audience
    of several. `expires_at`: not worth sending after. `next_attempt_at`: None when there is nothing
    left to do. `lease` names the attempt under way; `lost` counts those nobody knows the end of.
    `version` is the store's own.
    """

    id: str
    kind: str
    audience: Audience
    created_at: datetime
    next_attempt_at: datetime | None
    expires_at: datetime
    code: str | None = None
    seq: int | None = None
    unit: str | None = None
    officer: str | None = None
    state: NoticeState = NoticeState.QUEUED
    attempts: int = 0
    lost: int = 0
    lease: str | None = None
    lease_until: datetime | None = None
    channel: Channel | None = None
    provider_id: str | None = None
    sent_at: datetime | None = None
    reason: str | None = None
    version: Any = field(default=None, compare=False)
