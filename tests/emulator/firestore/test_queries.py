"""Queries with the unmodified client, each served by an index."""

from collections.abc import Callable
from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import firestore as api
from google.cloud.firestore import And, Client, FieldFilter, Or

CITIES: dict[str, dict[str, Any]] = {
    "BD": {"state": "bali", "kind": "regency", "size": 500, "tags": ["sea", "rice"]},
    "DP": {"state": "bali", "kind": "town", "size": 800, "tags": ["sea", "port"]},
    "GI": {"state": "bali", "kind": "regency", "size": 400.5, "tags": ["rice"]},
    "PD": {"state": "sumbar", "kind": "town", "size": 900, "tags": ["port"], "note": "x"},
    "BK": {"state": "sumbar", "kind": "town", "size": None, "tags": []},
    "XX": {"state": "sumbar", "kind": None, "mayor": {"name": "A"}},
    "NN": {"state": "sumbar", "size": float("nan")},
}
Make = Callable[[Any], Any]


@pytest.fixture
def cities(firestore: Client) -> Any:
    for id_, city in CITIES.items():
        firestore.document("cities", id_).set(city)
    return firestore.collection("cities")


def where(field: str, operator: str, value: Any) -> FieldFilter:
    return FieldFilter(field, operator, value)


def ids(query: Any) -> list[str]:
    return [each.id for each in query.get()]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (where("size", "==", 500.0), "BD"),
        (where("size", "!=", 500), "NN GI DP PD"),
        (where("size", "<", 800), "GI BD"),
        (where("size", "<=", 800), "GI BD DP"),
        (where("size", ">", 500), "DP PD"),
        (where("size", ">=", 500), "BD DP PD"),
        (where("tags", "array_contains", "sea"), "BD DP"),
        (where("tags", "array_contains_any", ["sea", "port"]), "BD DP PD"),
        (where("size", "in", [900, 400.5, 1]), "GI PD"),
        (where("size", "not-in", [900, 400.5]), "NN BD DP"),
        (where("size", "==", None), "BK"),
        (where("size", "!=", None), "NN GI BD DP PD"),
        (where("size", "==", float("nan")), "NN"),
        (where("size", "!=", float("nan")), "GI BD DP PD"),
        (where("mayor.name", "==", "A"), "XX"),
        (where("kind", ">", ""), "BD GI BK DP PD"),
        (And([where("state", "==", "bali"), where("kind", "==", "regency")]), "BD GI"),
        (Or([where("state", "==", "bali"), where("kind", "==", "town")]), "BD BK DP GI PD"),
        (
            And(
                [
                    where("state", "in", ["bali", "x"]),
                    Or([where("size", "==", 500), where("kind", "==", "town")]),
                ]
            ),
            "BD DP",
        ),
    ],
)
def test_a_filter_finds_what_it_says(cities: Any, condition: Any, expected: str) -> None:
    """In the order of the field it compares, or of the names."""
    assert ids(cities.where(filter=condition)) == expected.split()


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda c: c, "BD BK DP GI NN PD XX"),
        (lambda c: c.order_by("size"), "BK NN GI BD DP PD"),
        (lambda c: c.order_by("size", direction="DESCENDING"), "PD DP BD GI NN BK"),
        (lambda c: c.order_by("size").limit(2), "BK NN"),
        (lambda c: c.order_by("size").limit_to_last(2), "DP PD"),
        (lambda c: c.order_by("size").offset(4), "DP PD"),
        (lambda c: c.order_by("size").start_at({"size": 500}), "BD DP PD"),
        (lambda c: c.order_by("size").start_after({"size": 500}), "DP PD"),
        (lambda c: c.order_by("size").end_at({"size": 500}), "BK NN GI BD"),
        (lambda c: c.order_by("size").end_before({"size": 500}), "BK NN GI"),
        (lambda c: c.order_by("__name__").start_after({"__name__": "GI"}), "NN PD XX"),
        (lambda c: c.where(filter=where("__name__", ">=", c.document("NN"))), "NN PD XX"),
        (lambda c: c.where(filter=where("__name__", "==", c.document("NN"))), "NN"),
        (
            lambda c: c.where(filter=where("__name__", "in", [c.document("NN"), c.document("ZZ")])),
            "NN",
        ),
        (lambda c: c.where(filter=where("state", "==", "bali")).order_by("size"), "GI BD DP"),
        (
            lambda c: c.where(filter=where("state", "==", "bali")).order_by(
                "size", direction="DESCENDING"
            ),
            "DP BD GI",
        ),
        (
            lambda c: (
                c.where(filter=where("state", "==", "bali"))
                .where(filter=where("kind", "==", "regency"))
                .where(filter=where("size", ">", 400))
            ),
            "GI BD",
        ),
        (
            lambda c: (
                c.where(filter=where("tags", "array_contains_any", ["sea", "port"]))
                .where(filter=where("state", "==", "bali"))
                .order_by("size")
            ),
            "BD DP",
        ),
    ],
)
def test_orders_cursors_and_limits(cities: Any, made: Make, expected: str) -> None:
    """What lacks an ordered field is left out."""
    assert ids(made(cities)) == expected.split()


def test_a_cursor_can_be_a_document(cities: Any) -> None:
    """All its ordered fields, and its name."""
    query = cities.where(filter=where("state", "==", "bali")).order_by("size")

    assert ids(query.start_after(cities.document("GI").get())) == ["BD", "DP"]


def test_a_selection_leaves_fields_out(cities: Any) -> None:
    """Names alone are a selection too."""
    found = cities.where(filter=where("size", "==", 900))

    assert [each.to_dict() for each in found.select(["kind"]).stream()] == [{"kind": "town"}]
    assert [each.to_dict() for each in found.select([]).stream()] == [{}]


def test_a_collection_group_is_everywhere(firestore: Client) -> None:
    """In the order of full names; a collection of the same id below another is not in it."""
    for path in ("places/b", "places/a/places/z", "x/y/places/c", "places/a"):
        firestore.document(path).set({"state": "bali"})
    group = firestore.collection_group("places")

    everywhere = [each.reference.path for each in group.stream()]

    assert everywhere == ["places/a", "places/a/places/z", "places/b", "x/y/places/c"]
    assert len(ids(group.where(filter=where("state", "==", "bali")))) == 4
    assert ids(firestore.collection("places")) == ["a", "b"]


def test_a_collection_group_is_divided(firestore: Client) -> None:
    """Into parts that are all of it together."""
    for number in range(20):
        firestore.document(f"places/{number:02}").set({})

    parts = list(firestore.collection_group("places").get_partitions(4))
    found = [each.id for part in parts for each in part.query().stream()]

    assert len(parts) == 4
    assert found == [f"{number:02}" for number in range(20)]


def test_aggregations(cities: Any) -> None:
    """What is no number is not summed, but counted."""
    query = cities.where(filter=where("state", "==", "bali"))
    asked = query.count("n").sum("size", "total").avg("size", "mean")

    found = {each.alias: each.value for each in asked.get()[0]}

    assert found == {"n": 3, "total": 1700.5, "mean": 1700.5 / 3}
    assert cities.count().get()[0][0].value == len(CITIES)


def test_an_aggregation_of_nothing(cities: Any) -> None:
    """A sum is zero, an average is not there."""
    query = cities.where(filter=where("state", "==", "nowhere"))

    found = {each.alias: each.value for each in query.sum("size", "s").avg("size", "a").get()[0]}

    assert found == {"s": 0, "a": 0}  # the client's word for null


@pytest.mark.parametrize(
    ("made", "lines"),
    [
        (
            lambda c: c.where(filter=where("kind", "==", "town")).order_by(
                "size", direction="DESCENDING"
            ),
            "fields: [{path: kind, order: ascending}, {path: size, order: descending}]",
        ),
        (
            lambda c: c.where(filter=where("mayor", ">", "")).where(filter=where("kind", ">", "")),
            "fields: [{path: kind, order: ascending}, {path: mayor, order: ascending}]",
        ),
        (
            lambda c: c.where(filter=where("note", "==", "x")),
            "fields: [{path: note, order: ascending}]",
        ),
        (
            lambda c: c.where(filter=where("kind", "==", "town")).sum("mayor"),
            "fields: [{path: kind, order: ascending}, {path: mayor, order: ascending}]",
        ),
    ],
)
def test_a_query_without_its_index_prints_the_lines(cities: Any, made: Make, lines: str) -> None:
    """Where Google's emulator answers, production refuses."""
    with pytest.raises(exceptions.FailedPrecondition) as refused:
        made(cities).get()

    assert f"    - collection: cities\n      {lines}" in refused.value.message


def test_entries_follow_every_change(cities: Any) -> None:
    """Index entries of an old state are gone."""
    query = cities.where(filter=where("state", "==", "bali")).order_by("size")
    ids(query)
    cities.document("BD").update({"size": 1})
    cities.document("DP").delete()
    cities.document("PD").update({"state": "bali", "tags": api.DELETE_FIELD})

    assert ids(query) == ["BD", "GI", "PD"]
    assert ids(cities.where(filter=where("tags", "array_contains", "port"))) == []
