"""Our writes are the very messages that Google's own client makes."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from google.cloud.firestore import GeoPoint
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.adapters import firestore_writes
from shared.adapters.report_documents import changed_fields, event_document, report_document
from tests.builders import journey

if TYPE_CHECKING:
    from google.cloud.firestore import Client

keys = st.text("aå .`/", min_size=1, max_size=4)
names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.binary()
    | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 the zone is beside
)
values = st.recursive(
    leaves,
    lambda inside: st.lists(inside) | st.dictionaries(keys, inside),
    max_leaves=8,
)
documents = st.dictionaries(names, values, max_size=5)


def writes_of(store: "Client", document: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Ours and Google's, of a new document and of a changed one."""
    reference, ours, google = store.document("reports", "x"), store.batch(), store.batch()
    firestore_writes.create(ours, reference, document)
    google.create(reference, document)
    if document:
        firestore_writes.update(ours, reference, document)
        google.update(reference, document)
    return ours._write_pbs, google._write_pbs


@given(documents)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_becomes_what_google_makes_of_it(
    store: "Client", document: dict[str, Any]
) -> None:
    """Field by field, with its mask and its condition."""
    ours, google = writes_of(store, document)

    assert ours == google


def test_reports_and_events_do_too(store: "Client") -> None:
    """Of a whole journey."""
    begun, *later = journey()
    documents = [report_document(begun), *map(changed_fields, later)]
    documents += [event_document(event) for step in journey() for event in step.events]

    for document in documents:
        ours, google = writes_of(store, document)
        assert ours == google


@pytest.mark.parametrize("value", [object(), GeoPoint(0, 0), {"a": {1, 2}}, 1j])
def test_what_no_document_of_ours_holds_is_refused(store: "Client", value: Any) -> None:
    """A programming error is loud."""
    with pytest.raises(KeyError):
        firestore_writes.create(store.batch(), store.document("reports", "x"), {"field": value})
