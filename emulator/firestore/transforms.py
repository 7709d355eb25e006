"""Field transforms ("DocumentTransform.FieldTransform" in the reference of the RPC API)."""

import math
from collections.abc import Callable

from emulator.firestore.paths import FieldPath, field, field_path
from emulator.firestore.protocol import NULL, Document, FieldTransform, Value, timestamp
from emulator.firestore.values import encode, is_vector
from emulator.rpc.status import invalid

_SMALLEST, _LARGEST = -(1 << 63), (1 << 63) - 1
_MILLISECOND = 1_000  # a server time has millisecond precision, a commit time microseconds
_REQUEST_TIME = 1


def check_transform(asked: FieldTransform) -> None:
    kind = asked.WhichOneof("transform_type")
    if kind is None:
        invalid("A transform says nothing.")
    if kind == "set_to_server_value" and asked.set_to_server_value != _REQUEST_TIME:
        invalid("A server value is not given.")
    if kind in _ON_NUMBERS and _number(getattr(asked, kind)) is None:
        invalid(f"The operand of {kind} must be a number.")
    if kind in _ON_ARRAYS and any(each.HasField("array_value") for each in asked_elements(asked)):
        invalid("Cannot convert an array value in an array value.")


def asked_elements(asked: FieldTransform) -> list[Value]:
    return list(getattr(asked, asked.WhichOneof("transform_type")).values)


def transform(document: Document, asked: FieldTransform, request_time: int) -> Value:
    """Changes the document. Returns the transform's result."""
    path = field_path(asked.field_path)
    kind = asked.WhichOneof("transform_type")
    current = field(document, path)
    if kind == "set_to_server_value":
        time = timestamp(request_time - request_time % _MILLISECOND)
        new = result = Value(timestamp_value=time)
    elif kind in _ON_NUMBERS:
        new = result = _on_number(kind, current, getattr(asked, kind))
    else:
        new, result = _ON_ARRAYS[kind](current, getattr(asked, kind).values), NULL
    told = Value()
    # Of what stays as it is: the next transform of the same field changes it in its place.
    told.CopyFrom(result)
    put(document, path, new)
    return told


def put(document: Document, path: FieldPath, value: Value) -> None:
    """What is in the way and no map is replaced by one, as is a vector."""
    fields = document.fields
    for name in path[:-1]:
        if is_vector(fields[name]):
            fields[name].Clear()
        fields = fields[name].map_value.fields
    fields[path[-1]].CopyFrom(value)


def remove(document: Document, path: FieldPath) -> None:
    fields = document.fields
    for name in path[:-1]:
        value = fields.get(name)
        if value is None or not value.HasField("map_value") or is_vector(value):
            return
        fields = value.map_value.fields
    if path[-1] in fields:
        del fields[path[-1]]


def _on_number(kind: str, current: Value | None, operand: Value) -> Value:
    """What is no number is replaced by the operand."""
    now, given = _number(current), _number(operand)
    if current is None or now is None or given is None:
        return operand
    return _ON_NUMBERS[kind](current, now, operand, given)


def _number(value: Value | None) -> int | float | None:
    kind = value.WhichOneof("value_type") if value is not None else None
    return getattr(value, kind) if kind in {"integer_value", "double_value"} else None


def _increment(_: Value, now: float, __: Value, by: float) -> Value:
    """Integers do not wrap: they stay at the largest, or the smallest."""
    if isinstance(now, int) and isinstance(by, int):
        return Value(integer_value=max(_SMALLEST, min(_LARGEST, now + by)))
    return Value(double_value=float(now) + float(by))


def _maximum(current: Value, now: float, operand: Value, given: float) -> Value:
    """Of equals (3 and 3.0, 0.0 and -0.0) the stored one stays; NaN wins."""
    if math.isnan(now) or math.isnan(given):
        return Value(double_value=math.nan)
    return operand if given > now else current


def _minimum(current: Value, now: float, operand: Value, given: float) -> Value:
    if math.isnan(now) or math.isnan(given):
        return Value(double_value=math.nan)
    return operand if given < now else current


def _union(current: Value | None, elements: list[Value]) -> Value:
    kept = _elements(current)
    known = set(map(encode, kept))
    for element in elements:
        if (key := encode(element)) not in known:
            known.add(key)
            kept.append(element)
    return _array(kept)


def _without(current: Value | None, elements: list[Value]) -> Value:
    unwanted = set(map(encode, elements))
    return _array([each for each in _elements(current) if encode(each) not in unwanted])


def _elements(current: Value | None) -> list[Value]:
    return list(current.array_value.values) if current is not None else []


def _array(elements: list[Value]) -> Value:
    array = Value()
    array.array_value.SetInParent()
    array.array_value.values.extend(elements)
    return array


_ON_NUMBERS: dict[str, Callable[[Value, float, Value, float], Value]] = {
    "increment": _increment,
    "maximum": _maximum,
    "minimum": _minimum,
}
_ON_ARRAYS: dict[str, Callable[[Value | None, list[Value]], Value]] = {
    "append_missing_elements": _union,
    "remove_all_from_array": _without,
}
