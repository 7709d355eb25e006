"""Firestore's order of values, as bytes: SQLite's B-tree and `<` on bytes both follow it.

null < false < true < NaN < numbers < timestamps < strings < bytes < references < geo points
< arrays < vectors < maps ("Supported data types", "Value type ordering"). No encoding is the
beginning of another one, so that they may be joined, and turned around for a descending order.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from emulator.firestore.protocol import Value

NULL, BOOLEAN, NUMBER, TIMESTAMP, STRING, BYTES, REFERENCE, GEO, ARRAY, VECTOR, MAP = (
    bytes([tag]) for tag in range(0x08, 0x60, 0x08)
)
ENCODED_NULL = NULL
ENCODED_NAN = NUMBER + bytes(10)
_END = b"\x00\x01"  # of a text: below every character, as \0 itself is written \0\xff
_END_OF_LIST = b"\x00\x00"
_INVERTED = bytes(255 - byte for byte in range(256))
_EXACT = 1 << 53  # integers up to here are doubles
_SIGN = 1 << 63
_ALL_BITS = (1 << 64) - 1
_EARLIEST = 1 << 40


def encode(value: Value) -> bytes:
    return _ENCODERS[value.WhichOneof("value_type")](value)


def inverted(key: bytes) -> bytes:
    """The same for a descending order."""
    return key.translate(_INVERTED)


@dataclass(frozen=True, slots=True)
class Position:
    """Just before everything that begins with `prefix`, or just after it."""

    prefix: bytes
    after: bool = False

    @property
    def key(self) -> bytes:
        """The first key that lies behind this position."""
        return successor(self.prefix) if self.after else self.prefix

    def inverted(self) -> "Position":
        return Position(inverted(self.prefix), not self.after)

    def within(self, prefix: bytes) -> "Position":
        return Position(prefix + self.prefix, self.after)


def successor(prefix: bytes) -> bytes:
    """The first key behind all that begin with `prefix`."""
    kept = prefix.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else b"\xff" * (len(prefix) + 1)


def encode_text(text: str) -> bytes:
    return encode_bytes(text.encode())


def encode_bytes(data: bytes) -> bytes:
    return data.replace(b"\x00", b"\x00\xff") + _END


def encode_segments(segments: tuple[str, ...]) -> bytes:
    """What begins with it lies below this path."""
    return b"".join(map(encode_text, segments))


@lru_cache(maxsize=4096)
def encode_path(segments: tuple[str, ...]) -> bytes:
    """The order of names: segment by segment, a document before what lies below it."""
    return encode_segments(segments) + _END_OF_LIST


def decoded_reference(encoded: bytes) -> str:
    """Names hold no NUL: what was escaped would be refused anyway."""
    parts = encoded[len(REFERENCE) : -len(_END_OF_LIST)].split(_END)[:-1]
    return b"/".join(parts).decode()


def encode_double(number: float) -> bytes:
    """Ten bytes; -0.0 is 0.0, and NaN lies below everything."""
    if math.isnan(number):
        return bytes(10)
    return _ordered(number) + b"\x00\x00"


def encode_integer(number: int) -> bytes:
    """As the double at or below it, and how far above that it is: 2**53 + 1 is no double."""
    if -_EXACT <= number <= _EXACT:
        return _ordered(float(number)) + b"\x00\x00"
    below = float(number)
    if int(below) > number:
        below = math.nextafter(below, -math.inf)
    return _ordered(below) + struct.pack(">H", number - int(below))


def _ordered(number: float) -> bytes:
    (bits,) = struct.unpack(">Q", struct.pack(">d", number + 0.0))
    return struct.pack(">Q", bits ^ _ALL_BITS if bits & _SIGN else bits | _SIGN)


def _boolean(value: Value) -> bytes:
    return BOOLEAN + (b"\x01" if value.boolean_value else b"\x00")


def _timestamp(value: Value) -> bytes:
    time = value.timestamp_value
    return TIMESTAMP + struct.pack(">QI", time.seconds + _EARLIEST, time.nanos)


def _reference(value: Value) -> bytes:
    return REFERENCE + encode_path(tuple(value.reference_value.split("/")))


def _geo_point(value: Value) -> bytes:
    point = value.geo_point_value
    return GEO + encode_double(point.latitude) + encode_double(point.longitude)


def _array(value: Value) -> bytes:
    return ARRAY + b"".join(map(encode, value.array_value.values)) + b"\x00"


def _map(value: Value) -> bytes:
    fields = value.map_value.fields
    if is_vector(value):
        elements = fields["value"].array_value.values
        return VECTOR + struct.pack(">I", len(elements)) + b"".join(map(encode, elements))
    entries = (STRING + encode_text(key) + encode(fields[key]) for key in sorted_keys(value))
    return MAP + b"".join(entries) + b"\x00"


def sorted_keys(value: Value) -> list[str]:
    """By their UTF-8 bytes, which is the order of Python's own strings too."""
    return sorted(value.map_value.fields)


def is_vector(value: Value) -> bool:
    """A map that says so by `__type__`, as the clients send it."""
    fields = value.map_value.fields
    return "__type__" in fields and fields["__type__"].string_value == "__vector__"


_ENCODERS: dict[str, Callable[[Value], bytes]] = {
    "null_value": lambda _: NULL,
    "boolean_value": _boolean,
    "integer_value": lambda value: NUMBER + encode_integer(value.integer_value),
    "double_value": lambda value: NUMBER + encode_double(value.double_value),
    "timestamp_value": _timestamp,
    "string_value": lambda value: STRING + encode_text(value.string_value),
    "bytes_value": lambda value: BYTES + encode_bytes(value.bytes_value),
    "reference_value": _reference,
    "geo_point_value": _geo_point,
    "array_value": _array,
    "map_value": _map,
}
