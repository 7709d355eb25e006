"""One condition of a query: which values it lets through, and where these lie. Pure."""

from dataclasses import dataclass
from typing import Literal

from emulator.firestore.paths import NAME, FieldPath, field
from emulator.firestore.protocol import Document, Value
from emulator.firestore.values import (
    ENCODED_NAN,
    ENCODED_NULL,
    NUMBER,
    Position,
    decoded_reference,
    encode,
)

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "contains", "not-in"]


@dataclass(frozen=True, slots=True)
class Condition:
    path: FieldPath
    operator: Operator
    value: bytes
    excluded: frozenset[bytes] = frozenset()
    never: bool = False  # whatever the document

    @property
    def is_inequality(self) -> bool:
        return self.operator not in {"==", "contains"} and not self.never

    def positions(self) -> tuple[Position, Position]:
        """Between which its values lie in the field's order; "not equal" leaves one gap more."""
        same_type = Position(self.value[:1]), Position(self.value[:1], after=True)
        if self.value[:1] == NUMBER:
            # NaN is sorted below the numbers, and yet not smaller than any.
            same_type = Position(ENCODED_NAN, after=True), same_type[1]
        match self.operator:
            case "==" | "contains":
                return Position(self.value), Position(self.value, after=True)
            case "<" | "<=":
                return same_type[0], Position(self.value, after=self.operator == "<=")
            case ">" | ">=":
                return Position(self.value, after=self.operator == ">"), same_type[1]
        return Position(ENCODED_NULL, after=True), Position(b"\xfe")

    def names(self) -> list[str]:
        """The references that it compares __name__ with."""
        if self.path != NAME:
            return []
        return [decoded_reference(each) for each in self.excluded or [self.value]]

    def matches(self, document: Document) -> bool:
        value = value_at(document, self.path)
        if value is None or self.never:
            return False
        if self.operator == "contains":
            return any(encode(each) == self.value for each in value.array_value.values)
        return self._matches(encode(value))

    def _matches(self, found: bytes) -> bool:
        if self.operator == "==":
            return found == self.value
        if self.operator == "!=":
            return found not in {self.value, ENCODED_NULL}
        if self.operator == "not-in":
            return found not in self.excluded and found != ENCODED_NULL
        if found[0] != self.value[0]:
            return False
        low, high = self.positions()
        return low.key <= found < high.key


Conjunction = tuple[Condition, ...]


def value_at(document: Document, path: FieldPath) -> Value | None:
    if path == NAME:
        return Value(reference_value=document.name)
    return field(document, path)
