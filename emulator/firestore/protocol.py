"""google.firestore.v1: the bare protobuf classes, a tenth of the cost of the client's wrappers.

To mypy they are Any: protobuf generates them at run time.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    Value: TypeAlias = Any
    ArrayValue: TypeAlias = Any
    MapValue: TypeAlias = Any
    Document: TypeAlias = Any
    DocumentMask: TypeAlias = Any
    FieldTransform: TypeAlias = Any
    Precondition: TypeAlias = Any
    Write: TypeAlias = Any
    WriteResult: TypeAlias = Any
    StructuredQuery: TypeAlias = Any
    Cursor: TypeAlias = Any
    AggregationResult: TypeAlias = Any
    TransactionOptions: TypeAlias = Any
    Timestamp: TypeAlias = Any
else:
    from google.cloud.firestore_v1 import types
    from google.protobuf.timestamp_pb2 import Timestamp

    Value = types.Value.pb()
    ArrayValue = types.ArrayValue.pb()
    MapValue = types.MapValue.pb()
    Document = types.Document.pb()
    DocumentMask = types.DocumentMask.pb()
    Precondition = types.Precondition.pb()
    Write = types.Write.pb()
    WriteResult = types.WriteResult.pb()
    FieldTransform = types.DocumentTransform.FieldTransform.pb()
    StructuredQuery = types.StructuredQuery.pb()
    Cursor = types.Cursor.pb()
    AggregationResult = types.AggregationResult.pb()
    TransactionOptions = types.TransactionOptions.pb()

NULL: Value = Value(null_value=0)
_MICROSECONDS = 1_000_000


def message_class(name: str) -> Any:
    """Of a request or response, by its name in the protocol."""
    from google.cloud.firestore_v1 import types as messages  # noqa: PLC0415 Any to mypy above

    return getattr(messages, name).pb()


def timestamp(microseconds: int) -> Timestamp:
    seconds, rest = divmod(microseconds, _MICROSECONDS)
    return Timestamp(seconds=seconds, nanos=rest * 1000)


def microseconds(time: Timestamp) -> int:
    return int(time.seconds) * _MICROSECONDS + int(time.nanos) // 1000
