"""The order of values, which is the order of their bytes."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.firestore.protocol import Timestamp, Value
from emulator.firestore.values import Position, encode, encode_path, inverted, successor
from tests.emulator.firestore.generated import (
    array_of,
    geo_point,
    map_of,
    reference,
    values,
    vector,
)

ROOT = "projects/p/databases/d"


def whole(number: int) -> Value:
    return Value(integer_value=number)


def double(number: float) -> Value:
    return Value(double_value=number)


def text(characters: str) -> Value:
    return Value(string_value=characters)


IN_ORDER = (
    Value(null_value=0),
    Value(boolean_value=False),
    Value(boolean_value=True),
    double(math.nan),
    double(-math.inf),
    whole(-(2**63)),
    double(-(2.0**53)),
    double(-1.5),
    whole(-1),
    double(-5e-324),
    whole(0),
    double(5e-324),
    double(0.5),
    whole(1),
    whole(2**53),
    whole(2**53 + 1),
    whole(2**53 + 2),
    whole(2**63 - 1),
    double(2.0**63),
    double(math.inf),
    Value(timestamp_value=Timestamp(seconds=-1, nanos=999_000)),
    Value(timestamp_value=Timestamp(seconds=0)),
    Value(timestamp_value=Timestamp(seconds=0, nanos=1_000)),
    text(""),
    text("\0"),
    text("a"),
    text("a\0"),
    text("a\0b"),
    text("aa"),
    text("z"),
    text("é"),
    text("\uffff"),
    text("😀"),  # above U+FFFF by its UTF-8 bytes, below it by UTF-16
    Value(bytes_value=b""),
    Value(bytes_value=b"\0"),
    Value(bytes_value=b"\xff"),
    reference(ROOT, "a/b"),
    reference(ROOT, "a/b/a/b"),
    reference(ROOT, "a/b-"),
    geo_point(-1, 100),
    geo_point(0, -1),
    geo_point(0, 1),
    array_of([]),
    array_of([whole(1)]),
    array_of([whole(1), whole(0)]),
    array_of([whole(2)]),
    vector(5.0),
    vector(1.0, 2.0),
    vector(1.0, 3.0),
    map_of({}),
    map_of({"a": whole(1)}),
    map_of({"a": whole(1), "b": whole(0)}),
    map_of({"a": whole(2)}),
    map_of({"b": whole(0)}),
)
EQUALS = [
    (whole(1), double(1.0)),
    (double(0.0), double(-0.0)),
    (whole(2**53), double(2.0**53)),
    (map_of({"a": whole(1), "b": whole(2)}), map_of({"b": double(2.0), "a": whole(1)})),
]


@pytest.mark.parametrize("number", range(len(IN_ORDER) - 1))
def test_values_of_all_types_have_one_order(number: int) -> None:
    """Each is below the next one, so all of them are."""
    assert encode(IN_ORDER[number]) < encode(IN_ORDER[number + 1])


def test_sorting_by_bytes_restores_the_order() -> None:
    """Whatever the order before."""
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert [encode(each) for each in sorted(shuffled, key=encode)] == list(map(encode, IN_ORDER))


@pytest.mark.parametrize(("one", "other"), EQUALS)
def test_equal_values_have_the_same_bytes(one: Value, other: Value) -> None:
    """An index does not tell 1 from 1.0."""
    assert encode(one) == encode(other)


@given(
    st.integers(-(2**63), 2**63 - 1),
    st.one_of(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)),
)
def test_integers_and_doubles_are_compared_exactly(one: int, other: float) -> None:
    """As Python compares them: without making a double of an integer."""
    first = encode(whole(one))
    second = encode(whole(other) if isinstance(other, int) else double(other))

    assert (first < second, first == second) == (one < other, one == other)


@given(values, values)
def test_a_descending_order_is_the_reverse(one: Value, other: Value) -> None:
    """No encoding is the beginning of another one."""
    first, second = encode(one), encode(other)

    assert (first < second) == (inverted(first) > inverted(second))
    assert first == second or not second.startswith(first)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [(b"a", b"b"), (b"a\xff\xff", b"b"), (b"\xff", b"\xff\xff"), (b"a\x00", b"a\x01")],
)
def test_a_successor_is_behind_all_that_begin_so(prefix: bytes, expected: bytes) -> None:
    """And before everything else."""
    assert successor(prefix) == expected


_BYTES = st.lists(st.integers(1, 254), min_size=1, max_size=3).map(bytes)


@given(_BYTES, _BYTES, st.booleans())
def test_a_position_is_turned_around_with_its_keys(prefix: bytes, key: bytes, after: bool) -> None:  # noqa: FBT001
    """What lay behind it lies before it then."""
    position = Position(prefix, after)
    # Keys are never shorter than the prefix of a position in them.
    key = key + b"\x01" * 4

    assert (key >= position.key) == (inverted(key) < position.inverted().key)


def test_paths_are_ordered_segment_by_segment() -> None:
    """A document before what lies below it, and that before the next document."""
    paths = [
        ("a", "b"),
        ("a", "b", "a", "x"),
        ("a", "b", "c", "d"),
        ("a", "b\0"),
        ("a", "ba"),
        ("aa", "a"),
    ]

    assert sorted(paths, key=encode_path) == paths
