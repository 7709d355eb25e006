"""Documents, writes and queries by chance, from few enough parts that they meet."""

from typing import Any

from hypothesis import strategies as st

from emulator.firestore.protocol import (
    Document,
    FieldTransform,
    StructuredQuery,
    Timestamp,
    Value,
    Write,
    message_class,
)

StructuredAggregationQuery = message_class("StructuredAggregationQuery")
COLLECTIONS = ("c", "c/x/c", "d")
IDS = ("x", "y", "z", "é", "a b")
FIELDS = ("a", "b", "m.x", "m", "l", "`q-r`")


def reference(database: str, path: str) -> Value:
    return Value(reference_value=f"{database}/documents/{path}")


def array_of(elements: list[Value]) -> Value:
    value = Value()
    value.array_value.SetInParent()
    value.array_value.values.extend(elements)
    return value


def map_of(fields: dict[str, Value]) -> Value:
    value = Value()
    value.map_value.SetInParent()
    for name, each in fields.items():
        value.map_value.fields[name].CopyFrom(each)
    return value


def geo_point(latitude: float, longitude: float) -> Value:
    value = Value()
    value.geo_point_value.latitude, value.geo_point_value.longitude = latitude, longitude
    return value


def vector(*numbers: float) -> Value:
    elements = array_of([Value(double_value=each) for each in numbers])
    return map_of({"__type__": Value(string_value="__vector__"), "value": elements})


NUMBERS = tuple(
    [Value(integer_value=each) for each in (0, 1, 2, -1, 2**53 + 1, 2**63 - 1, -(2**63))]
    + [
        Value(double_value=each)
        for each in (0.0, -0.0, 1.0, 1.5, -2.5, 2.0**53, 1e300, float("inf"), float("-inf"))
    ]
)
SCALARS = (
    *NUMBERS,
    Value(null_value=0),
    Value(boolean_value=False),
    Value(boolean_value=True),
    Value(double_value=float("nan")),
    Value(timestamp_value=Timestamp(seconds=0)),
    Value(timestamp_value=Timestamp(seconds=-5, nanos=7_001)),
    Value(timestamp_value=Timestamp(seconds=1_000_000_000, nanos=999_999_999)),
    *(Value(string_value=each) for each in ("", "a", "ab", "b", "\0", "a\0b", "é", "😀", "\uffff")),
    *(Value(bytes_value=each) for each in (b"", b"\0", b"\0\xff", b"a")),
    reference("projects/p/databases/(default)", "c/x"),
    reference("projects/p/databases/(default)", "c/x/c/y"),
    geo_point(0.0, 1.0),
    geo_point(-1.5, 180.0),
)
_few = (Value(integer_value=1), Value(integer_value=2), Value(double_value=1.0))
_odd = (Value(double_value=float("nan")), Value(null_value=0))
scalars = st.one_of(st.sampled_from((*_few, *_odd)), st.sampled_from(SCALARS))
maps = st.dictionaries(st.sampled_from(("x", "y")), scalars, max_size=2).map(map_of)
arrays = st.lists(st.one_of(scalars, maps), max_size=3).map(array_of)
values = st.one_of(
    st.sampled_from(_few), scalars, arrays, maps, st.sampled_from([vector(1.0), vector(0.0, 2.0)])
)
field_paths = st.sampled_from(FIELDS)
names = st.tuples(st.sampled_from(COLLECTIONS), st.sampled_from(IDS)).map("/".join)
documents = st.fixed_dictionaries({}, optional=dict.fromkeys(("a", "b", "m", "l", "q-r"), values))


@st.composite
def transforms(draw: Any) -> FieldTransform:
    transform = FieldTransform(field_path=draw(field_paths))
    kind = draw(st.sampled_from(("time", "increment", "maximum", "minimum", "union", "remove")))
    if kind == "time":
        transform.set_to_server_value = 1
    elif kind == "union":
        transform.append_missing_elements.values.extend(draw(st.lists(scalars, max_size=3)))
    elif kind == "remove":
        transform.remove_all_from_array.values.extend(draw(st.lists(scalars, max_size=3)))
    else:
        getattr(transform, kind).CopyFrom(draw(st.sampled_from(NUMBERS)))
    return transform


@st.composite
def writes(draw: Any, root: str) -> Write:
    name = f"{root}/{draw(names)}"
    write = Write()
    if draw(st.integers(0, 4)) == 0:
        write.delete = name
    else:
        write.update.CopyFrom(_document(name, draw(documents)))
        if draw(st.booleans()):
            paths = draw(st.lists(field_paths, max_size=3, unique=True))
            write.update_mask.SetInParent()
            write.update_mask.field_paths.extend(paths)
        write.update_transforms.extend(draw(st.lists(transforms(), max_size=2)))
    exists = draw(st.sampled_from((None, None, None, True, False)))
    if exists is not None:
        write.current_document.exists = exists
    return write


def _document(name: str, fields: dict[str, Value]) -> Document:
    document = Document(name=name)
    for key, value in fields.items():
        document.fields[key].CopyFrom(value)
    return document


_RANGES = ("LESS_THAN", "LESS_THAN_OR_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL")
_ONE_VALUE = (*_RANGES, "EQUAL", "EQUAL", "EQUAL", "NOT_EQUAL", "ARRAY_CONTAINS")
_MANY_VALUES = ("IN", "ARRAY_CONTAINS_ANY", "NOT_IN")
_UNARY = ("IS_NAN", "IS_NULL", "IS_NOT_NAN", "IS_NOT_NULL")


@st.composite
def leaf_filters(draw: Any, root: str) -> Any:
    where = StructuredQuery.Filter()
    kind = draw(st.integers(0, 9))
    if kind == 0:
        where.unary_filter.op = StructuredQuery.UnaryFilter.Operator.Value(
            draw(st.sampled_from(_UNARY))
        )
        where.unary_filter.field.field_path = draw(field_paths)
        return where
    of_name = kind == 1
    given = names.map(lambda name: Value(reference_value=f"{root}/{name}")) if of_name else values
    many = draw(st.integers(0, 3)) == 0
    operator = draw(st.sampled_from(_MANY_VALUES if many else _ONE_VALUE))
    where.field_filter.op = StructuredQuery.FieldFilter.Operator.Value(operator)
    where.field_filter.field.field_path = "__name__" if of_name else draw(field_paths)
    value = array_of(draw(st.lists(given, max_size=3))) if many else draw(given)
    where.field_filter.value.CopyFrom(value)
    return where


def filters(root: str) -> st.SearchStrategy[Any]:
    leaf = leaf_filters(root)
    return st.recursive(leaf, composites, max_leaves=3)


@st.composite
def composites(draw: Any, some: st.SearchStrategy[Any]) -> Any:
    where = StructuredQuery.Filter()
    where.composite_filter.op = draw(st.sampled_from((1, 1, 2)))
    where.composite_filter.filters.extend(draw(st.lists(some, min_size=1, max_size=3)))
    return where


@st.composite
def queries(draw: Any, root: str) -> StructuredQuery:
    query = StructuredQuery()
    source = query.from_.add()
    source.collection_id = draw(st.sampled_from(("c", "c", "d")))
    source.all_descendants = draw(st.integers(0, 3)) == 0
    if draw(st.integers(0, 2)):
        query.where.CopyFrom(draw(filters(root)))
    for path in draw(
        st.lists(
            st.sampled_from((*FIELDS, "__name__")), max_size=draw(st.integers(0, 2)), unique=True
        )
    ):
        order = query.order_by.add()
        order.field.field_path = path
        order.direction = draw(st.sampled_from((0, 1, 2)))
    for name in ("start_at", "end_at"):
        if query.order_by and draw(st.integers(0, 3)) == 0:
            _add_cursor(draw, query, name, root)
    query.offset = draw(st.sampled_from((0, 0, 0, 1)))
    if draw(st.booleans()):
        query.limit.value = draw(st.sampled_from((0, 1, 2, 5)))
    if draw(st.integers(0, 4)) == 0:
        query.select.SetInParent()
        for path in draw(st.lists(field_paths, max_size=2)):
            query.select.fields.add().field_path = path
    return query


def _add_cursor(draw: Any, query: StructuredQuery, name: str, root: str) -> None:
    cursor = getattr(query, name)
    cursor.before = draw(st.booleans())
    count = draw(st.integers(1, len(query.order_by)))
    for order in list(query.order_by)[:count]:
        if order.field.field_path == "__name__":
            collection = query.from_[0].collection_id
            name_ = f"{collection}/{draw(st.sampled_from(IDS))}"
            cursor.values.append(Value(reference_value=f"{root}/{name_}"))
        else:
            cursor.values.append(draw(values))


@st.composite
def seeds(draw: Any, root: str) -> list[Write]:
    """Every document, for queries to find something."""
    paths = [f"{root}/{collection}/{id_}" for collection in COLLECTIONS for id_ in IDS]
    return [Write(update=_document(path, draw(documents))) for path in paths]


@st.composite
def aggregations(draw: Any, root: str) -> Any:
    asked = StructuredAggregationQuery(structured_query=draw(queries(root)))
    asked.structured_query.ClearField("select")
    for number in range(draw(st.integers(1, 3))):
        one = asked.aggregations.add(alias=draw(st.sampled_from(("", f"n{number}"))))
        kind = draw(st.sampled_from(("count", "sum", "avg")))
        if kind != "count":
            getattr(one, kind).field.field_path = draw(field_paths)
        elif draw(st.booleans()):
            one.count.up_to.value = draw(st.sampled_from((0, 1, 3)))
        else:
            one.count.SetInParent()
    # Over several fields Google's emulator skips and takes documents in an order of its own.
    if sum(one.WhichOneof("operator") != "count" for one in asked.aggregations) > 1:
        asked.structured_query.ClearField("offset")
        asked.structured_query.ClearField("limit")
    return asked
