"""count, sum and avg over what a query finds ("Summarize data with aggregation queries")."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from emulator.firestore.paths import FieldPath, field, field_path
from emulator.firestore.protocol import NULL, Document, Value
from emulator.firestore.writes import Stored
from emulator.rpc.status import invalid

_MOST = 5
_SMALLEST, _LARGEST = -(1 << 63), (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Aggregation:
    alias: str
    kind: Literal["count", "sum", "avg"]
    path: FieldPath | None = None
    up_to: int | None = None


def parse_aggregations(asked: Any) -> tuple[Aggregation, ...]:
    if not 1 <= len(asked.aggregations) <= _MOST:
        invalid(f"An aggregation query has one to {_MOST} aggregations.")
    numbers = count(1)
    aliases = [each.alias or f"field_{next(numbers)}" for each in asked.aggregations]
    if len(set(aliases)) < len(aliases):
        invalid("An alias is given twice.")
    for alias in aliases:
        field_path(alias)
    return tuple(map(_aggregation, aliases, asked.aggregations))


def _aggregation(alias: str, asked: Any) -> Aggregation:
    kind = asked.WhichOneof("operator")
    if kind == "count":
        up_to = asked.count.up_to.value if asked.count.HasField("up_to") else None
        if up_to is not None and up_to < 0:
            invalid("up_to is negative.")
        return Aggregation(alias, "count", up_to=up_to)
    if kind in {"sum", "avg"}:
        return Aggregation(alias, kind, field_path(getattr(asked, kind).field.field_path))
    return invalid("An aggregation has no operator.")


def aggregate(
    aggregations: tuple[Aggregation, ...], found: Iterable[Stored]
) -> Iterator[tuple[str, Value]]:
    documents = 0
    numbers: dict[str, list[float]] = {each.alias: [] for each in aggregations}
    for one in found:
        documents += 1
        for each in aggregations:
            if each.path and (number := _number(one.document, each.path)) is not None:
                numbers[each.alias].append(number)
    for each in aggregations:
        yield each.alias, _result(each, documents, numbers[each.alias])


def _number(document: Document, path: FieldPath) -> float | None:
    """What is no number is left out."""
    value = field(document, path)
    kind = value is not None and value.WhichOneof("value_type")
    return getattr(value, kind) if kind in {"integer_value", "double_value"} else None


def _result(asked: Aggregation, documents: int, numbers: list[float]) -> Value:
    if asked.kind == "count":
        most = documents if asked.up_to is None else asked.up_to
        return Value(integer_value=min(documents, most))
    if asked.kind == "avg":
        return Value(double_value=_total(numbers) / len(numbers)) if numbers else NULL
    total = _total(numbers)
    if isinstance(total, int) and _SMALLEST <= total <= _LARGEST:
        return Value(integer_value=total)
    return Value(double_value=float(total))


def _total(numbers: list[float]) -> float:
    """Whole as long as all are; beyond the range of doubles it is infinite."""
    if all(isinstance(each, int) for each in numbers):
        return sum(numbers)
    try:
        return math.fsum(numbers)
    except (OverflowError, ValueError):  # too large; infinities of both signs
        return sum(map(float, numbers))
