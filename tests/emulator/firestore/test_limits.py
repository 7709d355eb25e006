"""The documented limits, each with its status."""

from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import firestore as api
from google.cloud.firestore import And, Client, FieldFilter

MIB = 1_048_576
# Names are 16 bytes and one more than each id; a field's name one more, a document 32 bytes.
OVERHEAD = 16 + len("c ") + len("x ") + 32 + len("a ") + len("b ") + len("\0") * 2


def nested(depth: int) -> Any:
    return {"a": nested(depth - 1)} if depth else 1


def listed(depth: int) -> Any:
    value: Any = 1
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


HALF = "x" * (MIB // 2)


@pytest.mark.parametrize(
    ("path", "document", "allowed"),
    [
        ("c/x", {"a": HALF, "b": "x" * (MIB // 2 - OVERHEAD)}, True),
        ("c/x", {"a": HALF, "b": "x" * (MIB // 2 - OVERHEAD + 1)}, False),
        ("c/x", {"a": "x" * (MIB - 89)}, True),
        ("c/x", {"a": "x" * (MIB - 88)}, False),
        ("c/x", nested(20), True),
        ("c/x", {"a": nested(20)}, True),
        ("c/x", {"a": nested(21)}, False),
        ("c/x", {"a": listed(20)}, True),
        ("c/x", {"a": listed(21)}, False),
        ("c/" + "é" * 750, {}, True),
        ("c/" + "é" * 751, {}, False),
        ("c/__x__", {}, False),
        ("__c__/x", {}, False),
        ("c/..", {}, False),
        ("c/__x", {"__x": 1}, True),
        ("c/x", {"__x__": 1}, False),
        ("c/x", {"m": {"__x__": 1}}, False),
        ("c/x", {"x" * 1500: 1}, True),
        ("c/x", {"x" * 1501: 1}, False),
        ("c/x", {"a": [[1]]}, False),
        ("c/x", {"a": [{"b": [1]}]}, True),
        ("c/x", {"a": api.GeoPoint(90, 180)}, True),
        ("c/x", {"a": list(range(39_998))}, True),  # with two for the list
        ("c/x", {"a": list(range(39_999))}, False),
        ("/".join(["c/" + "x" * 1000] * 5), {}, True),
        ("/".join(["c/" + "x" * 1000] * 7), {}, False),
        ("/".join(["c/x"] * 100), {}, True),
        ("/".join(["c/x"] * 101), {}, False),
    ],
)
def test_a_document_has_limits(
    firestore: Client,
    path: str,
    document: dict[str, Any],
    allowed: bool,  # noqa: FBT001
) -> None:
    """INVALID_ARGUMENT, and nothing is written."""
    reference = firestore.document(path)
    if allowed:
        reference.set(document)
    else:
        with pytest.raises(exceptions.InvalidArgument):
            reference.set(document)


def test_a_transform_may_not_make_a_document_too_large(firestore: Client) -> None:
    """What is stored counts, not what is sent."""
    document = firestore.document("c/x")
    document.set({"a": ["x" * 600_000]})

    with pytest.raises(exceptions.InvalidArgument):
        document.update({"a": api.ArrayUnion(["y" * 600_000])})


@pytest.mark.parametrize(("transforms", "allowed"), [(500, True), (501, False)])
def test_a_document_has_five_hundred_transforms(
    firestore: Client,
    transforms: int,
    allowed: bool,  # noqa: FBT001
) -> None:
    """In one commit, in however many writes."""
    batch = firestore.batch()
    for number in range(transforms):
        batch.set(firestore.document("c/x"), {f"f{number}": api.Increment(1)}, merge=True)

    if allowed:
        assert len(batch.commit()) == transforms
    else:
        with pytest.raises(exceptions.InvalidArgument):
            batch.commit()


@pytest.mark.parametrize(("megabytes", "allowed"), [(9, True), (11, False)])
def test_a_request_has_ten_mebibytes(firestore: Client, megabytes: int, allowed: bool) -> None:  # noqa: FBT001
    """Google's emulator refuses four already, by RESOURCE_EXHAUSTED."""
    batch = firestore.batch()
    for number in range(megabytes):
        batch.set(firestore.document(f"c/{number}"), {"a": "x" * 1_000_000})

    if allowed:
        batch.commit()
    else:
        with pytest.raises(exceptions.InvalidArgument, match="Request payload"):
            batch.commit()


def test_more_writes_than_once_are_no_longer_too_many(firestore: Client) -> None:
    """The limit of 500 writes is no more."""
    batch = firestore.batch()
    for number in range(600):
        batch.set(firestore.document(f"c/{number}"), {})

    assert len(batch.commit()) == 600


def some(operator: str, count: int, field: str = "a") -> FieldFilter:
    return FieldFilter(field, operator, list(range(count)))


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        (some("in", 30), True),
        (some("in", 31), False),
        (some("array_contains_any", 30), True),
        (some("array_contains_any", 31), False),
        (some("not-in", 10), True),
        (some("not-in", 11), False),
        (And([some("in", 6), some("in", 5, "b")]), True),
        (And([some("in", 6), some("in", 6, "b")]), False),
        (
            And([FieldFilter("a", "array_contains", 1), FieldFilter("b", "array_contains", 1)]),
            False,
        ),
        (And([FieldFilter("a", "!=", 1), FieldFilter("a", "!=", 2)]), False),
        (And([some("not-in", 2), some("in", 2, "b")]), False),
    ],
)
def test_a_query_has_limits(firestore: Client, condition: Any, allowed: bool) -> None:  # noqa: FBT001
    """Thirty disjunctions, ten for not-in, one contains for each."""
    query = firestore.collection("c").where(filter=condition)
    if allowed:
        assert query.get() == []
    else:
        with pytest.raises(exceptions.InvalidArgument):
            query.get()
