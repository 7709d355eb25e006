"""The embedded services as the manifest declares them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.api_core.exceptions import FailedPrecondition
from google.cloud.firestore import FieldFilter

from emulator import due
from infra.manifest import Due
from tests.emulator.rooms import Furnished
from tests.emulator.test_clock import START


def test_a_query_without_a_declared_index_says_what_to_add(furnished_room: Furnished) -> None:
    """The very lines of infra/functions.yaml, where Google's emulator would just answer."""
    reports = furnished_room.store.collection("reports")
    asked = reports.where(filter=FieldFilter("status", "==", "routed")).order_by("seq")

    with pytest.raises(FailedPrecondition) as refused:
        asked.get()

    assert "- collection: reports\n      fields: [" in refused.value.message
    assert "{path: status, order: ascending}, {path: seq, order: ascending}" in (
        refused.value.message
    )


@pytest.mark.parametrize("field", ["status", "holder", "agency", "category", "appealed"])
def test_the_declared_ones_serve_the_queues(furnished_room: Furnished, field: str) -> None:
    """Two filters at once are joined from one index each."""
    reports = furnished_room.store.collection("reports")
    asked = reports.where(filter=FieldFilter(field, "==", "x"))
    asked = asked.where(filter=FieldFilter("tokens", "array_contains", "w:jalan"))

    assert asked.order_by("due_at").order_by("__name__").limit(21).get() == []


def test_a_text_that_is_exempt_cannot_be_searched(furnished_room: Furnished) -> None:
    reports = furnished_room.store.collection("reports")

    with pytest.raises(FailedPrecondition):
        reports.where(filter=FieldFilter("body", "==", "x")).get()


def test_what_has_expired_goes_with_the_clock(furnished_room: Furnished) -> None:
    """Until the move it shows, as in the cloud."""
    store = furnished_room.store
    store.document("consumed/a").set({"expires_at": START + timedelta(days=1)})
    store.document("consumed/b").set({"expires_at": START + timedelta(days=90)})

    furnished_room.room.travel.advance(timedelta(days=2))

    assert [found.id for found in store.collection("consumed").stream()] == ["b"]


@pytest.mark.parametrize(
    ("documents", "earliest"),
    [
        ([], None),
        ([{"at": None}, {}], None),
        ([{"at": START + timedelta(hours=2)}, {"at": START}, {"at": None}], START),
    ],
    ids=["none", "none with a time", "the first of them"],
)
def test_there_is_something_to_do_from_the_earliest_time_on(
    furnished_room: Furnished, documents: list[Any], earliest: datetime | None
) -> None:
    """A field may be null while nothing is due."""
    for number, document in enumerate(documents):
        furnished_room.store.document(f"outbox/{number}").set(document)

    found = due.earliest(furnished_room.store, Due("outbox", "at", after=60))

    assert found == (earliest and earliest.astimezone(UTC) + timedelta(seconds=60))
