"""The ports that every notice goes through on its way, and what can become of it there."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.notice import Notice
from shared.usecases.composing import Composer
from shared.usecases.notice_ports import Bounces, Mailer, Notices, Texter
from shared.usecases.ports import Officers, Outbox, Publisher, Reports


class Outcome(StrEnum):
    """What became of it this time; also the word in the log."""

    NOTHING_TO_DO = "nothing to do"
    SOMEBODY_ELSE = "somebody else has it"
    EXPIRED = "expired"
    FAILED = "failed"
    SPREAD = "spread"
    PUT_OFF = "put off"
    SENT = "sent"
    AGAIN = "again"
    ANSWER_LOST = "answer lost"


@dataclass(frozen=True, slots=True)
class Decided:
    """The notice as it is to be stored, and what is added in the same commit."""

    outcome: Outcome
    after: Notice
    adding: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class PostOffice:
    notices: Notices
    mailer: Mailer
    texter: Texter
    bounces: Bounces
    composer: Composer
    reports: Reports
    officers: Officers
    outbox: Outbox
    publisher: Publisher
