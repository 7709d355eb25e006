"""google.pubsub.v1: the bare protobuf classes, a tenth of the cost of the client's wrappers.

To mypy they are Any: protobuf generates them at run time. Instants and durations are whole
microseconds everywhere else in this package.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

from google.pubsub_v1 import types

if TYPE_CHECKING:
    Topic: TypeAlias = Any
    Config: TypeAlias = Any
    PubsubMessage: TypeAlias = Any
    ReceivedMessage: TypeAlias = Any
    StreamingPullRequest: TypeAlias = Any
    StreamingPullResponse: TypeAlias = Any
    Timestamp: TypeAlias = Any
    Duration: TypeAlias = Any
    FieldMask: TypeAlias = Any
    Empty: TypeAlias = Any
    from_json: Any
else:
    from google.protobuf import (
        duration_pb2,
        empty_pb2,
        field_mask_pb2,
        json_format,
        timestamp_pb2,
    )

    Duration = duration_pb2.Duration
    Empty = empty_pb2.Empty
    FieldMask = field_mask_pb2.FieldMask
    Timestamp = timestamp_pb2.Timestamp
    from_json = json_format.ParseDict

    Topic = types.Topic.pb()
    Config = types.Subscription.pb()  # a subscription as its owner configured it
    PubsubMessage = types.PubsubMessage.pb()
    ReceivedMessage = types.ReceivedMessage.pb()
    StreamingPullRequest = types.StreamingPullRequest.pb()
    StreamingPullResponse = types.StreamingPullResponse.pb()

MICROSECONDS = 1_000_000


def message_class(name: str) -> Any:
    """Of a request or response, by its name in the protocol."""
    return getattr(types, name).pb()


def timestamp(microseconds: int) -> Timestamp:
    seconds, rest = divmod(microseconds, MICROSECONDS)
    return Timestamp(seconds=seconds, nanos=rest * 1000)


def microseconds(time: Timestamp | Duration) -> int:
    return int(time.seconds) * MICROSECONDS + int(time.nanos) // 1000


def json_time(time: Timestamp) -> str:
    """2026-11-25T08:00:00.123Z, as protobuf writes it in JSON."""
    return str(time.ToJsonString())
