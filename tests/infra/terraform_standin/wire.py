"""Protobuf on the wire, as much of it as the plugin protocol needs."""

from collections.abc import Mapping

Value = int | str | bytes | list[bytes] | list[str]
_VARINT, _BYTES = 0, 2
_SEVEN_BITS = 0x7F


def varint(number: int) -> bytes:
    out = bytearray()
    while number > _SEVEN_BITS:
        out.append(number & _SEVEN_BITS | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number: int, value: Value) -> bytes:
    """A number or a bool as varint, text and bytes as they are, a list as a repeated field."""
    if isinstance(value, list):
        return b"".join(field(number, each) for each in value)
    if isinstance(value, int):
        return varint(number << 3 | _VARINT) + varint(int(value)) if value else b""
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | _BYTES) + varint(len(data)) + data


def message(fields: Mapping[int, Value]) -> bytes:
    return b"".join(field(number, value) for number, value in fields.items())


def parse(data: bytes) -> dict[int, bytes | int]:
    """The last value of each field."""
    found: dict[int, bytes | int] = {}
    at = 0
    while at < len(data):
        key, at = _read(data, at)
        length_or_value, at = _read(data, at)
        if key & 7 == _VARINT:
            found[key >> 3] = length_or_value
        else:
            found[key >> 3] = data[at : at + length_or_value]
            at += length_or_value
    return found


def _read(data: bytes, at: int) -> tuple[int, int]:
    shift = value = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & _SEVEN_BITS) << shift
        shift += 7
        if byte <= _SEVEN_BITS:
            return value, at
