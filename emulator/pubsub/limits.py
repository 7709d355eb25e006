"""What a request may be ("Quotas and limits": resource limits), with production's sentences."""

from collections.abc import Iterable, Sequence

from emulator.pubsub.protocol import MICROSECONDS, Duration, PubsubMessage, microseconds
from emulator.rpc.status import Refused, invalid

# gRPC's own limit lies above, so that what is too large is refused in the service's words.
LARGEST_REQUEST = 10_000_000
LARGEST_ON_THE_WIRE = 64_000_000
MOST_PULLED = 1000
LONGEST_DEADLINE = 600

_MOST_PUBLISHED = 1000
_MOST_ATTRIBUTES = 100
_LONGEST_ATTRIBUTE_KEY = 256
_LONGEST_ATTRIBUTE_VALUE = 1024
_LONGEST_ORDERING_KEY = 1024
_LARGEST_ACKNOWLEDGEMENT = 512 * 1024
_SECONDS_A_DAY = 86_400
_RESERVED = "goog"
_RESERVED_FOR_CLIENTS = "googclient_"


def check_published(request_size: int, messages: Sequence[PubsubMessage]) -> None:
    check_range("message_count", len(messages), 1, _MOST_PUBLISHED)
    if request_size > LARGEST_REQUEST:
        invalid(f"Request payload size exceeds the limit: {LARGEST_REQUEST} bytes.")
    if len({message.ordering_key for message in messages}) > 1:
        invalid(
            "In a single publish request, all messages must have no ordering key or they must "
            "all have the same ordering key."
        )
    for message in messages:
        _check_message(message)


def _check_message(message: PubsubMessage) -> None:
    if not message.data and not message.attributes:
        invalid(
            "Some messages in the publish request are empty. Each message must contain either "
            "non-empty data, or at least one attribute."
        )
    if message.attributes:
        _check_attributes(message)
    if len(message.ordering_key.encode()) > _LONGEST_ORDERING_KEY:
        invalid(f"The ordering key is longer than {_LONGEST_ORDERING_KEY} bytes.")


def _check_attributes(message: PubsubMessage) -> None:
    check_range("attribute_count", len(message.attributes), 0, _MOST_ATTRIBUTES)
    for key, value in message.attributes.items():
        if not key or (key.startswith(_RESERVED) and not key.startswith(_RESERVED_FOR_CLIENTS)):
            invalid(f'The attribute key "{key}" is empty or begins with "{_RESERVED}".')
        _check_length("key", key, _LONGEST_ATTRIBUTE_KEY)
        _check_length("value", value, _LONGEST_ATTRIBUTE_VALUE)


def _check_length(what: str, text: str, most: int) -> None:
    if len(text) * 4 > most and (length := len(text.encode())) > most:
        invalid(
            f"One of the attributes in the request has a {what} that is too long. The length is "
            f"{length} characters, but the maximum allowed is {most}."
        )


def check_ack_ids(ack_ids: Iterable[str]) -> None:
    sizes = [len(ack_id) for ack_id in ack_ids]
    if not sizes:
        invalid("No ack ids specified.")
    if sum(sizes) > _LARGEST_ACKNOWLEDGEMENT:
        invalid(f"Request payload size exceeds the limit: {_LARGEST_ACKNOWLEDGEMENT} bytes.")


def check_deadline(seconds: int, least: int = 10) -> None:
    check_range("ack_deadline_seconds", seconds, least, LONGEST_DEADLINE)


def check_retention(duration: Duration) -> None:
    check_duration("message_retention_duration", duration, 600, 31 * _SECONDS_A_DAY)


def check_duration(name: str, duration: Duration, least: int, most: int) -> None:
    if not least * MICROSECONDS <= microseconds(duration) <= most * MICROSECONDS:
        invalid(
            f"The value for {name} is out of bounds. You passed {duration.seconds}s in the "
            f"request, but the value must be between {least}s and {most}s."
        )


def check_delivery_attempts(attempts: int) -> None:
    try:
        check_range("max_delivery_attempts", attempts, 5, 100)
    except Refused as refused:
        raise Refused("OUT_OF_RANGE", refused.message) from None


def check_range(name: str, value: int, least: int, most: int) -> None:
    for wrong, size, end, limit in (
        (value < least, "small", "minimum", least),
        (value > most, "large", "maximum", most),
    ):
        if wrong:
            invalid(
                f"The value for {name} is too {size}. You passed {value} in the request, but the "
                f"{end} value is {limit}."
            )
