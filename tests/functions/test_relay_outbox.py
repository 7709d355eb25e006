"""The relay: what was committed and not published goes out within the next minutes."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from google.cloud.firestore import Client

from shared.adapters.commit_documents import outbox_document
from shared.edge.replies.runs import Swept
from shared.usecases.ports import WireEvent
from tests.functions.outside import NOW
from tests.functions.region import GOOD_BODY, Region, client_of, living_in

NOBODY = "127.0.0.1:1"


@pytest.fixture(autouse=True)
def nothing_waits(region: Region) -> None:
    for id_ in region.in_collection("outbox"):
        region.store.document("outbox", id_).delete()
    region.topic.messages()


def waiting(store: Client, *, seconds: float, **fields: Any) -> str:
    """An outbox entry as old as that."""
    wire = {"id": uuid4().hex, "type": "report.submitted", "code": "7K3M9QX2WDQ", "seq": 1}
    event = WireEvent(**(wire | fields), at=NOW - timedelta(seconds=seconds))
    store.document("outbox", event.id).set(outbox_document(event))
    return event.id


def swept() -> Swept:
    answer = client_of("relay_outbox").post("/")
    assert answer.status_code == 200, answer.text
    return Swept.model_validate(answer.json)


def published(region: Region) -> list[str]:
    return [message["id"] for message in region.topic.messages()]


def test_what_waits_for_over_a_minute_goes_out(region: Region) -> None:
    """Once, and is then forgotten."""
    id_ = waiting(region.store, seconds=61)

    first, second = swept(), swept()

    assert (first.published, second.published) == (1, 0)
    assert published(region) == [id_]
    assert region.in_collection("outbox") == {}


@pytest.mark.parametrize("seconds", [0, 59, 60])
def test_what_is_younger_stays(region: Region, seconds: float) -> None:
    """The request that made it is still about to publish it."""
    id_ = waiting(region.store, seconds=seconds)

    assert swept() == Swept(published=0, left=0)
    assert (published(region), list(region.in_collection("outbox"))) == ([], [id_])


def test_the_oldest_goes_first(region: Region) -> None:
    """In the order in which it happened."""
    newer, older = waiting(region.store, seconds=70), waiting(region.store, seconds=90)

    swept()

    assert published(region) == [older, newer]


def test_while_pubsub_is_away_everything_stays(region: Region) -> None:
    """And goes out when it is back."""
    id_ = waiting(region.store, seconds=61)
    with living_in({"PUBSUB_EMULATOR_HOST": NOBODY}):
        away = swept()

    back = swept()

    assert (away, back) == (Swept(published=0, left=1), Swept(published=1, left=0))
    assert published(region) == [id_]


def test_a_report_filed_while_pubsub_is_away_is_published_later(region: Region) -> None:
    """201 at once; the event has the id of the timeline's."""
    with living_in({"PUBSUB_EMULATOR_HOST": NOBODY}):
        filed = region.post({"body": GOOD_BODY})
    region.outside.advance(seconds=61)

    swept()

    event = region.read(filed.json["code"]).json["timeline"][0]
    assert (filed.status_code, published(region)) == (201, [event["id"]])


def test_an_entry_that_cannot_be_read_holds_up_nobody(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stays for a person to look at; the alarm on the outbox's age tells of it."""
    broken = NOW - timedelta(hours=1)
    region.store.document("outbox", "broken").set({"at": broken})
    id_ = waiting(region.store, seconds=61)

    assert swept() == Swept(published=1, left=0)
    assert published(region) == [id_]
    told = next(line for line in capsys.readouterr().out.splitlines() if "outbox swept" in line)
    assert json.loads(told)["oldest_seconds"] == 3600
