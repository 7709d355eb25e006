"""A query's filters as an OR of ANDs, and whether a document matches them. Pure."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from emulator.firestore.conditions import Condition, Conjunction, Operator
from emulator.firestore.limits import MOST_DISJUNCTIONS, MOST_NOT_IN
from emulator.firestore.paths import NAME, FieldPath, field_path
from emulator.firestore.protocol import StructuredQuery, Value
from emulator.firestore.values import (
    ENCODED_NAN,
    ENCODED_NULL,
    REFERENCE,
    encode,
)
from emulator.rpc.status import invalid

_FIELD_OPERATORS = StructuredQuery.FieldFilter.Operator
_UNARY_OPERATORS = StructuredQuery.UnaryFilter.Operator
_COMPARED: dict[str, Operator] = {
    "LESS_THAN": "<",
    "LESS_THAN_OR_EQUAL": "<=",
    "GREATER_THAN": ">",
    "GREATER_THAN_OR_EQUAL": ">=",
    "EQUAL": "==",
    "NOT_EQUAL": "!=",
    "ARRAY_CONTAINS": "contains",
}
_UNARY: dict[str, tuple[Operator, bytes]] = {
    "IS_NAN": ("==", ENCODED_NAN),
    "IS_NULL": ("==", ENCODED_NULL),
    "IS_NOT_NAN": ("!=", ENCODED_NAN),
    "IS_NOT_NULL": ("!=", ENCODED_NULL),
}


def disjunctions(where: Any) -> tuple[Conjunction, ...]:
    """At most thirty ("Query limitations")."""
    if not where.WhichOneof("filter_type"):
        return ((),)
    _check_unequal(where)
    found = tuple(_expanded(where))
    for conjunction in found:
        _check_contains(conjunction)
    _check_names([each for conjunction in found for each in conjunction])
    return found


def _expanded(where: Any) -> Iterable[Conjunction]:
    kind = where.WhichOneof("filter_type")
    if kind == "composite_filter":
        return _composite(where.composite_filter)
    if kind == "unary_filter":
        return [(_unary(where.unary_filter),)]
    if kind == "field_filter":
        return [(each,) for each in _field_filter(where.field_filter)]
    return invalid("A filter has no type.")


def _composite(where: Any) -> list[Conjunction]:
    parts = [tuple(_expanded(each)) for each in where.filters]
    if not parts:
        invalid("A composite filter has no filters.")
    operator = StructuredQuery.CompositeFilter.Operator.Name(where.op)
    if operator == "OR":
        found = [each for part in parts for each in part]
    elif operator == "AND":
        _check_count(parts)
        found = [sum(each, ()) for each in product(*parts)]
    else:
        invalid("A composite filter has no operator.")
    _check_count([found])
    return found


def _check_count(parts: Iterable[Iterable[Any]]) -> None:
    count = 1
    for part in parts:
        count *= len(list(part))
    if count > MOST_DISJUNCTIONS:
        invalid(f"The query has more than {MOST_DISJUNCTIONS} disjunctions.")


def _unary(where: Any) -> Condition:
    operator = _UNARY_OPERATORS.Name(where.op)
    if operator not in _UNARY:
        invalid("A unary filter has no operator.")
    return Condition(field_path(where.field.field_path), *_UNARY[operator])


def _field_filter(where: Any) -> list[Condition]:
    operator = _FIELD_OPERATORS.Name(where.op)
    path = field_path(where.field.field_path)
    if where.value.WhichOneof("value_type") is None:
        invalid("A filter has no value.")
    if operator in _COMPARED:
        return [_comparison(path, _COMPARED[operator], _operand(path, where.value))]
    if operator not in {"IN", "ARRAY_CONTAINS_ANY", "NOT_IN"}:
        invalid("A field filter has no operator.")
    if not where.value.HasField("array_value") or not where.value.array_value.values:
        invalid(f"'{operator}' requires a non-empty ArrayValue.")
    values = list(dict.fromkeys(_operand(path, each) for each in where.value.array_value.values))
    if operator == "NOT_IN":
        return [_not_in(path, values)]
    if len(where.value.array_value.values) > MOST_DISJUNCTIONS:
        invalid(f"'{operator}' supports up to {MOST_DISJUNCTIONS} comparison values.")
    return [_comparison(path, "==" if operator == "IN" else "contains", each) for each in values]


def _comparison(path: FieldPath, operator: Operator, value: bytes) -> Condition:
    """As in SQL: nothing compares to null, and NaN is different from everything and itself.

    The clients' own `== None` and `== nan` are unary filters.
    """
    if value == ENCODED_NAN and operator == "!=":
        return Condition(path, "!=", ENCODED_NULL)
    if value in {ENCODED_NULL, ENCODED_NAN}:
        return Condition(path, operator, value, never=True)
    return Condition(path, operator, value)


def _not_in(path: FieldPath, values: list[bytes]) -> Condition:
    if len(values) > MOST_NOT_IN:
        invalid(f"'NOT_IN' supports up to {MOST_NOT_IN} comparison values.")
    if ENCODED_NULL in values:
        return Condition(path, "not-in", ENCODED_NULL, never=True)
    return Condition(path, "not-in", b"", frozenset(values) - {ENCODED_NAN})


def _check_unequal(where: Any) -> None:
    """ "Query limitations": one of these in a query, and not-in with no OR of any kind."""
    names = list(_operator_names(where))
    unequal = [name for name in names if name in _UNEQUAL]
    if len(unequal) > 1:
        invalid("Only a single 'NOT_EQUAL', 'NOT_IN', 'IS_NOT_NAN' or 'IS_NOT_NULL' is allowed.")
    if "NOT_IN" in unequal and not {"IN", "ARRAY_CONTAINS_ANY", "OR"}.isdisjoint(names):
        invalid("'NOT_IN' cannot be used together with 'IN', 'ARRAY_CONTAINS_ANY' or 'OR'.")


_UNEQUAL = {"NOT_EQUAL", "NOT_IN", "IS_NOT_NAN", "IS_NOT_NULL"}


def _operator_names(where: Any) -> Iterator[str]:
    if where.HasField("composite_filter"):
        yield StructuredQuery.CompositeFilter.Operator.Name(where.composite_filter.op)
        for each in where.composite_filter.filters:
            yield from _operator_names(each)
    elif where.HasField("unary_filter"):
        yield _UNARY_OPERATORS.Name(where.unary_filter.op)
    else:
        yield _FIELD_OPERATORS.Name(where.field_filter.op)


def _operand(path: FieldPath, value: Value) -> bytes:
    found = encode(value)
    if path == NAME and found[:1] != REFERENCE:
        invalid("__key__ filter value must be a Key")
    return found


def _check_contains(conjunction: Conjunction) -> None:
    if sum(each.operator == "contains" for each in conjunction) > 1:
        invalid("A maximum of 1 'ARRAY_CONTAINS' filter is allowed per disjunction.")
    if any(each.operator == "contains" and each.path == NAME for each in conjunction):
        invalid("__name__ is no list.")


def _check_names(conditions: Iterable[Condition]) -> None:
    unequal = {each.path for each in conditions if each.is_inequality}
    named = any(each.path == NAME and not each.is_inequality for each in conditions)
    if named and unequal and NAME not in unequal:
        invalid("Equality on __name__ is not allowed if there are other inequality fields.")
