"""What happened is told to whom it concerns: notices lie in the store, their ids go out."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from shared.domain.notice_table import TYPES
from tests.functions.outside import NOW
from tests.functions.region import ROADS, Filed, Region, Topic

AT = NOW.isoformat().replace("+00:00", "Z")
NO_CODE = "7K3M9QX2WDQ"


def event_of(filed: Filed | str, type_: str, seq: int, **fields: Any) -> dict[str, Any]:
    code = filed if isinstance(filed, str) else filed.id
    wire = {"id": uuid4().hex, "type": type_, "schema": 1, "seq": seq, "at": AT, "code": code}
    return wire | fields


def notices(region: Region) -> list[tuple[str, str]]:
    """Whom and as what, since the last look."""
    found = region.in_collection("notices")
    for id_ in found:
        region.store.document("notices", id_).delete()
    return sorted((each["audience"], each["kind"]) for each in found.values())


def delivered(region: Region, event: dict[str, Any]) -> list[tuple[str, str]]:
    """What is written after the event was delivered."""
    notices(region)
    answer = region.deliver("write_notices", event)
    assert answer.status_code == 200, answer.text
    return notices(region)


def is_of_a_notice(entry: dict[str, Any]) -> bool:
    return entry["type"] == "notice.queued"


@pytest.fixture(autouse=True)
def nothing_told(region: Region) -> None:
    """The region is the module's."""
    for name in ("notices", "outbox", "parked"):
        for id_ in region.in_collection(name):
            region.store.document(name, id_).delete()


@pytest.fixture
def routed(region: Region) -> Filed:
    filed = region.filed(category=ROADS, reporter={"name": "Sekar", "email": "sekar@surat.example"})
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def test_what_filing_published_is_told_to_the_reporter(region: Region) -> None:
    """The very message of the topic, as Pub/Sub pushes it."""
    region.topic.messages()
    region.filed()
    (message,) = region.topic.messages()

    assert delivered(region, message) == [("reporter", "received")]


def test_reporter_and_agency_are_told_of_a_routing(region: Region, routed: Filed) -> None:
    """One event, two notices; each names its recipient and holds no text."""
    event = event_of(routed, "report.routed", 2)

    region.deliver("write_notices", event)

    written = region.in_collection("notices")
    told = {each["audience"]: (each["kind"], each["unit"]) for each in written.values()}
    assert told["reporter"] == ("routed", None)
    assert told["agency"] == ("new_report", "dpupr")
    assert not [word for word in ("Sekar", "surat.example", "berlubang") if word in str(written)]
    assert {each["state"] for each in written.values()} == {"queued"}


def test_what_was_written_is_on_its_way(
    region: Region, routed: Filed, emulators: Mapping[str, str]
) -> None:
    """Ids only; without the topic they wait in the outbox for the relay."""
    region.deliver("write_notices", event_of(routed, "report.submitted", 1))
    waiting = {id_ for id_, e in region.in_collection("outbox").items() if is_of_a_notice(e)}
    assert set(region.in_collection("notices")) == waiting != set()

    topic = Topic(region.store.project, emulators["PUBSUB_EMULATOR_HOST"], "notices")
    region.deliver("write_notices", event_of(routed, "report.routed", 2))

    messages = topic.messages()
    assert {each["id"] for each in messages} == set(region.in_collection("notices")) - waiting
    assert {(each["type"], each["code"], each["seq"]) for each in messages} == {
        ("notice.queued", routed.id, 2)
    }
    assert set(region.in_collection("outbox")) & {each["id"] for each in messages} == set()


def test_an_event_delivered_twice_is_told_once(region: Region, routed: Filed) -> None:
    """At least once is how Pub/Sub delivers; the mark outlives the notices."""
    event = event_of(routed, "report.routed", 2)

    assert delivered(region, event) == [("agency", "new_report"), ("reporter", "routed")]
    assert delivered(region, event) == []


def test_events_may_come_in_the_wrong_order(region: Region, routed: Filed) -> None:
    """Each tells its own."""
    assert delivered(region, event_of(routed, "report.routed", 2)) != []
    assert delivered(region, event_of(routed, "report.submitted", 1)) == [("reporter", "received")]


def test_an_agency_that_gave_the_report_away_hears_nothing_late(
    region: Region, routed: Filed
) -> None:
    """It is no longer its business."""
    region.order(routed.code, "forward", by="dpupr1", agency="dinkes", text="Ini klinik.")

    assert delivered(region, event_of(routed, "report.routed", 2)) == [("reporter", "routed")]


@pytest.mark.parametrize("type_", ["report.noted", "report.accepted", "notice.queued", ""])
def test_what_concerns_nobody_is_ignored(region: Region, type_: str) -> None:
    """Before anything is loaded."""
    filed = region.filed()

    assert delivered(region, event_of(filed, type_, 1)) == []
    assert region.in_collection("parked") == {}


def test_an_event_of_a_type_nobody_knows_yet_is_ignored(region: Region) -> None:
    """A newer publisher may run beside this consumer."""
    filed = region.filed()

    assert "teleported" not in TYPES
    assert delivered(region, event_of(filed, "report.teleported", 1)) == []
    assert region.in_collection("parked") == {}


def test_an_event_of_a_report_not_yet_there_comes_again(region: Region) -> None:
    """Young: its commit may not be seen everywhere yet."""
    answer = region.deliver("write_notices", event_of(NO_CODE, "report.submitted", 1))

    assert answer.status_code == 500


def test_an_event_ahead_of_its_report_comes_again(region: Region) -> None:
    """The report is there, the event not yet."""
    filed = region.filed()

    answer = region.deliver("write_notices", event_of(filed, "report.routed", 2))

    assert answer.status_code == 500


def test_an_old_event_of_no_report_is_parked(region: Region) -> None:
    """After five minutes it will not appear."""
    region.outside.advance(minutes=5)

    answer = region.deliver("write_notices", event_of(NO_CODE, "report.submitted", 1))

    reasons = [each["reason"] for each in region.in_collection("parked").values()]
    assert (answer.status_code, reasons) == (200, ["no-such-report"])


def test_a_supervisory_report_is_told_of_to_nobody_accused(region: Region) -> None:
    """A verifier sends it to the inspectorate; the named agency hears nothing."""
    filed = region.filed(about_official=True, agency="dpupr")
    assert region.order(filed.code, "route", agency="inspektorat").status_code == 200
    notices(region)

    region.deliver("write_notices", event_of(filed, "report.routed", 2))

    units = {each["unit"] for each in region.in_collection("notices").values()}
    assert units == {None, "inspektorat"}


def test_the_log_says_which_event_and_nothing_of_the_report(
    region: Region, routed: Filed, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line."""
    capsys.readouterr()

    region.deliver("write_notices", event_of(routed, "report.routed", 2))

    (line,) = capsys.readouterr().out.splitlines()
    assert '"write_notices"' in line
    assert not [word for word in ("Sekar", "surat.example", "berlubang") if word in line]
