"""Which indexes serve which query."""

import pytest

from emulator.firestore.indexes import (
    Declared,
    Equality,
    Exemption,
    Index,
    IndexField,
    IndexMissing,
    Need,
    Plan,
    Planner,
    yaml_lines,
)
from emulator.firestore.paths import NAME


def need(equalities: str, order: str, *, group: bool = False) -> Need:
    """`a tags[]` for equalities; `b -c` for an order, the name's own direction at its end."""
    held = (
        Equality((each.removesuffix("[]"),), each.endswith("[]")) for each in equalities.split()
    )
    fields = order.split()
    down = any(each == "-__name__" for each in fields)
    name = IndexField(NAME, "DESCENDING" if down or order.startswith("-") else "ASCENDING")
    ordered = [field(each) for each in fields if "__name__" not in each]
    if "__name__" in fields:
        name = IndexField(NAME)
    return Need("c", frozenset(held), (*ordered, name), group)


def field(text: str) -> IndexField:
    if text.endswith("[]"):
        return IndexField((text.removesuffix("[]"),), "CONTAINS")
    if text.startswith("-"):
        return IndexField((text[1:],), "DESCENDING")
    return IndexField((text,))


def index(fields: str, *, group: bool = False) -> Index:
    return Index("c", tuple(map(field, fields.split())), group)


def shown(plan: Plan) -> str:
    parts = []
    for scan in plan.scans:
        names = [
            ("-" if each.mode == "DESCENDING" else "")
            + ".".join(each.path)
            + "[]" * (each.mode == "CONTAINS")
            for each in scan.index.fields
        ]
        parts.append(" ".join(names[: scan.prefix]) + " | " + " ".join(names[scan.prefix :]))
    return (" + ".join(part.strip() for part in parts) or "documents") + " <" * plan.backwards


@pytest.mark.parametrize(
    ("equalities", "order", "expected"),
    [
        ("", "", "documents"),
        ("a", "", "a |"),
        ("a", "-__name__", "a | <"),
        ("a b", "", "a | + b |"),
        ("a b tags[]", "", "tags[] | + a | + b |"),
        ("", "a", "| a"),
        ("", "-a", "| a <"),
        ("m.x", "", "m.x |"),
    ],
)
def test_single_fields_need_no_declaration(equalities: str, order: str, expected: str) -> None:
    """Alone, or merged when all conditions are equalities."""
    assert shown(Planner().plan(need(equalities, order))) == expected


@pytest.mark.parametrize(
    ("declared", "equalities", "order", "expected"),
    [
        (["a b"], "a", "b", "a | b"),
        (["-a b"], "a", "b", "-a | b"),
        (["a -b"], "a", "-b", "a | -b"),
        (["a b", "c b"], "a c", "b", "a | b + c | b"),
        (["a c b"], "a c", "b", "a c | b"),
        (["a c b", "d b"], "a c d", "b", "a c | b + d | b"),
        (["tags[] b", "a b"], "tags[] a", "b", "tags[] | b + a | b"),
        (["a b"], "", "a b", "| a b"),
        (["a b c"], "a", "b c", "a | b c"),
        (["b __name__"], "", "b __name__", "| b"),
        (["-a __name__"], "", "-a __name__", "| -a __name__"),
    ],
)
def test_declared_indexes_serve_an_order(
    declared: list[str], equalities: str, order: str, expected: str
) -> None:
    """Those that end in it are merged until they hold every equality."""
    planner = Planner(Declared(tuple(map(index, declared))))

    assert shown(planner.plan(need(equalities, order))) == expected


@pytest.mark.parametrize(
    ("declared", "equalities", "order", "missing"),
    [
        ([], "a", "b", "a b"),
        (["a b"], "a", "-b", "a -b"),  # no index is read backwards
        (["a b c"], "a", "b", "a b"),  # it lacks the documents without c
        (["b a"], "a", "b", "a b"),
        (["a b"], "a c", "b", "a c b"),
        ([], "a tags[]", "b", "tags[] a b"),
        ([], "", "a b", "a b"),
        ([], "", "-a b __name__", "-a b"),
        ([], "", "-__name__", "-__name__"),
        ([], "", "-a __name__", "-a __name__"),
    ],
)
def test_what_is_missing_is_named(
    declared: list[str], equalities: str, order: str, missing: str
) -> None:
    """The one index that would serve the query alone."""
    planner = Planner(Declared(tuple(map(index, declared))))

    with pytest.raises(IndexMissing) as refused:
        planner.plan(need(equalities, order))

    assert refused.value.index == index(missing)


@pytest.mark.parametrize(("equalities", "order"), [("note", ""), ("", "note"), ("a note", "")])
def test_an_exempt_field_has_no_index(equalities: str, order: str) -> None:
    """Nor has what lies below it."""
    planner = Planner(Declared(exemptions=(Exemption("c", ("note",)),)))

    with pytest.raises(IndexMissing):
        planner.plan(need(equalities, order))


def test_an_exempt_field_can_be_part_of_a_composite_index() -> None:
    """As in production: the exemption is of single-field indexes."""
    declared = Declared((index("note b"),), (Exemption("c", ("note",)),))

    assert shown(Planner(declared).plan(need("note", "b"))) == "note | b"


def test_a_collection_group_has_only_declared_indexes() -> None:
    """Single fields are indexed for each collection; for all with its id only on request."""
    everywhere = need("a", "", group=True)
    with pytest.raises(IndexMissing) as refused:
        Planner().plan(everywhere)

    planner = Planner(Declared((refused.value.index,)))

    assert shown(planner.plan(everywhere)) == "a |"
    assert shown(Planner().plan(need("", "", group=True))) == "documents"


def test_nothing_is_missing_where_indexes_are_not_required() -> None:
    """For comparisons with Google's emulator, which requires none."""
    planner = Planner(required=False)

    assert shown(planner.plan(need("a", "-b"))) == "a | -b"
    assert shown(planner.plan(need("a", "", group=True))) == "a |"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            index("a b"),
            "c\n      fields: [{path: a, order: ascending}, {path: b, order: ascending}]",
        ),
        (
            index("tags[] -b", group=True),
            (
                "c\n      scope: collection_group\n"
                "      fields: [{path: tags, contains: true}, {path: b, order: descending}]"
            ),
        ),
    ],
)
def test_an_index_is_printed_as_the_manifest_has_it(made: Index, expected: str) -> None:
    """To be copied as it stands."""
    assert yaml_lines(made) == f"    - collection: {expected}"
