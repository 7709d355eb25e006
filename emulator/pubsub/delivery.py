"""When a message is delivered again and when it is given up: decisions, no state. Pure."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from emulator.pubsub.names import id_of, project_of
from emulator.pubsub.protocol import MICROSECONDS

_MARK = "CloudPubSubDeadLetterSource"


@dataclass(frozen=True, slots=True)
class Backoff:
    """Microseconds; doubles with every failure."""

    minimum: int
    maximum: int

    def after(self, failures: int) -> int:
        doublings = min(failures - 1, self.maximum.bit_length())
        return min(self.minimum << doublings, self.maximum)


NO_BACKOFF = Backoff(0, 0)
# "Push backoff": what a push subscription without a retry policy of its own gets.
PUSH_BACKOFF = Backoff(MICROSECONDS // 10, 60 * MICROSECONDS)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    topic: str
    attempts: int


def due_after(backoff: Backoff, failures: int, failed_at: int) -> int:
    return failed_at + backoff.after(failures)


def is_given_up(dead_letter: DeadLetter | None, failures: int) -> bool:
    return dead_letter is not None and failures >= dead_letter.attempts


def dead_letter_attributes(
    attributes: Mapping[str, str], subscription: str, attempts: int, published: int
) -> dict[str, str]:
    """ "Forward to dead-letter topics": what the forwarded message says of where it was."""
    time = datetime.fromtimestamp(published / MICROSECONDS, UTC)
    return {
        **attributes,
        f"{_MARK}DeliveryCount": str(attempts),
        f"{_MARK}Subscription": id_of(subscription),
        f"{_MARK}SubscriptionProject": project_of(subscription),
        f"{_MARK}TopicPublishTime": time.isoformat(timespec="milliseconds"),
    }


def original_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in attributes.items() if not key.startswith(_MARK)}


class Lease(NamedTuple):
    """One delivery of one message; an ack id is nothing else."""

    subscription: int
    message: int
    number: int

    @property
    def ack_id(self) -> str:
        return urlsafe_b64encode("{}:{}:{}".format(*self).encode()).decode()


def lease_of(ack_id: str) -> Lease:
    """Raises ValueError."""
    subscription, message, number = urlsafe_b64decode(ack_id.encode()).decode().split(":")
    return Lease(int(subscription), int(message), int(number))
