"""A filed report finds its agency by itself, once, or waits for a person."""

import json
from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.functions.outside import NOW
from tests.functions.region import HEALTH, ROADS, Filed, Region, client_of

AT = NOW.isoformat().replace("+00:00", "Z")
NO_CODE = "7K3M9QX2WDQ"


def event_of(filed: Filed | str, **fields: Any) -> dict[str, Any]:
    code = filed if isinstance(filed, str) else filed.id
    wire = {"id": uuid4().hex, "type": "report.submitted", "schema": 1, "seq": 1, "at": AT}
    return wire | {"code": code} | fields


def routed(region: Region, filed: Filed, **fields: Any) -> dict[str, Any]:
    """The report after the event was delivered."""
    answer = region.deliver("route_report", event_of(filed, **fields))
    assert answer.status_code == 200, answer.text
    return region.report(filed.code)


def parked(region: Region) -> list[str]:
    """Reasons of what was parked since the last look."""
    found = region.in_collection("parked")
    for id_ in found:
        region.store.document("parked", id_).delete()
    return [each["reason"] for each in found.values()]


def test_the_only_candidate_gets_the_report(region: Region) -> None:
    """With the rule that says so, in the report's language."""
    filed = region.filed(category=ROADS, area="51.03.05")

    stored = routed(region, filed)

    event = region.read(filed.code, filed.receipt).json["timeline"][-1]
    assert (stored["status"], stored["agency"], stored["routed_by"]) == (
        "routed",
        "dpupr",
        "system",
    )
    assert (event["by"], event["agency"]["id"]) == ("system", "dpupr")
    assert event["text"].endswith("→ Dinas Pekerjaan Umum dan Penataan Ruang, aturan 13")


def test_what_filing_published_is_what_routes(region: Region) -> None:
    """The very message of the topic, as Pub/Sub pushes it."""
    region.topic.messages()
    filed = region.filed(category=ROADS)
    (message,) = region.topic.messages()

    answer = region.deliver("route_report", message)

    assert (answer.status_code, region.report(filed.code)["status"]) == (200, "routed")
    assert [each["type"] for each in region.topic.messages()] == ["report.routed"]


def test_the_agency_named_by_the_citizen_gets_it(region: Region) -> None:
    """Straight there, whatever the category says."""
    filed = region.filed(agency="dinkes", category=ROADS)

    assert routed(region, filed)["agency"] == "dinkes"


@pytest.mark.parametrize(
    ("fields", "candidates"),
    [
        ({"category": "ekonomi-dan-keuangan"}, ["bapenda", "diskopukmp"]),
        ({"category": HEALTH}, ["dinkes", "bpjs-kesehatan"]),
        ({"category": "legalisasi-konsuler"}, ["kemlu"]),
        ({"body": "Jalan dan jembatan rusak parah sekali"}, ["dpupr"]),
        ({"category": ROADS, "area": "31.71"}, []),
        ({"body": "Zzzz zzzz zzzz"}, []),
    ],
)
def test_without_one_certain_agency_a_person_decides(
    region: Region, fields: dict[str, Any], candidates: list[str]
) -> None:
    """Two candidates, a body outside, words alone, another region: suggestions on the desk."""
    filed = region.filed(**fields)

    stored = routed(region, filed)

    view = region.desk(f"/reports/{filed.code}").json
    first = view["suggestion"]
    found = [first, *first["others"]] if first else []
    assert (stored["status"], stored["seq"]) == ("submitted", 1)
    assert [each["agency"] or each["body"] for each in found][: len(candidates)] == candidates
    assert bool(found) == bool(candidates)


@pytest.mark.parametrize("fields", [{}, {"agency": "dpupr"}, {"secret": False}])
def test_a_supervisory_report_is_never_routed(region: Region, fields: dict[str, Any]) -> None:
    """Least of all to the agency it is about."""
    filed = region.filed(category=ROADS, about_official=True, **fields)

    assert routed(region, filed)["status"] == "submitted"


def test_an_appreciation_is_passed_on(region: Region) -> None:
    """It ends with its agency."""
    filed = region.filed(category=ROADS, kind="appreciation")

    stored = routed(region, filed)

    assert (stored["status"], stored["outcome"]) == ("closed", "passed_on")


def test_an_event_delivered_twice_routes_once(region: Region) -> None:
    """At least once is how Pub/Sub delivers."""
    filed = region.filed(category=ROADS)
    event = event_of(filed)

    answers = [region.deliver("route_report", event).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert region.report(filed.code)["seq"] == 2


def test_an_event_delivered_again_after_a_recall_routes_nothing(region: Region) -> None:
    """A person took it back: the late second delivery changes nothing."""
    filed = region.filed(category=ROADS)
    event = event_of(filed)
    region.deliver("route_report", event)
    region.order(filed.code, "recall", text="Salah alamat.")

    region.deliver("route_report", event)

    assert region.report(filed.code)["status"] == "submitted"


@pytest.mark.parametrize("faster", ["withdrawn", "routed"])
def test_a_late_event_finds_nothing_to_do(region: Region, faster: str) -> None:
    """The reporter withdrew, or a verifier was faster."""
    filed = region.filed(category=ROADS)
    if faster == "withdrawn":
        region.act(filed, "withdraw")
    else:
        region.order(filed.code, "route", agency="dinkes")
    before = region.report(filed.code)

    assert routed(region, filed) == before


@pytest.mark.parametrize("type_", ["report.routed", "report.answered", "notice.queued", ""])
def test_a_foreign_type_is_ignored(region: Region, type_: str) -> None:
    """The emulator knows no filters; a subscription may lose its own."""
    filed = region.filed(category=ROADS)

    assert routed(region, filed, type=type_)["seq"] == 1
    assert parked(region) == []


UNREADABLE: dict[str, Any] = {
    "no JSON": b"halo",
    "nothing": b"",
    "no UTF-8": b"\xff\xfe",
    "a list": [],
    "a text": "report.submitted",
    "null": None,
    "no schema": {"id": "e", "type": "report.submitted", "code": NO_CODE, "seq": 1, "at": AT},
    "a wrong number": event_of(NO_CODE, seq="first"),
    "a wrong time": event_of(NO_CODE, at="yesterday"),
    "a time without zone": event_of(NO_CODE, at="2026-11-21T01:12:44"),
    "no code": event_of(""),
    "a path as code": event_of("a/b"),
    "lists in lists": b"[" * 100_000,
    "a lone surrogate": event_of(NO_CODE, id="\ud800"),
    "no id": event_of(NO_CODE, id=""),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_parked_and_acknowledged(region: Region, data: Any) -> None:
    """No retry can help; a person looks at it."""
    answer = region.deliver("route_report", data)

    assert answer.status_code == 200
    assert parked(region) == ["unreadable"]


ENVELOPES: dict[str, Any] = {
    "no data": {"message": {"messageId": "7"}},
    "data of another type": {"message": {"messageId": "7", "data": 5}},
    "no base64": {"message": {"messageId": "7", "data": "%%%"}},
    "no message": {},
    "a text as message": {"message": "halo"},
    "null as message": {"message": None},
    "a list": ["message"],
    "an id with slashes": {"message": {"messageId": "../../reports/x", "data": "%%%"}},
}


@pytest.mark.parametrize("data", ENVELOPES.values(), ids=ENVELOPES)
def test_a_broken_envelope_is_parked_too(region: Region, data: Any) -> None:
    """As a CloudEvent, which is how Eventarc sends it."""
    answer = delivered_as_cloud_event(data)

    assert answer.status_code == 200
    assert parked(region) == ["unreadable"]


def test_a_cloud_event_routes_like_a_push(region: Region) -> None:
    """Two ways in, one consumer."""
    filed = region.filed(category=ROADS)
    data = b64encode(json.dumps(event_of(filed)).encode()).decode()

    answer = delivered_as_cloud_event({"message": {"data": data, "messageId": "8"}})

    assert (answer.status_code, region.report(filed.code)["status"]) == (200, "routed")


def delivered_as_cloud_event(data: Any) -> TestResponse:
    event = {
        "specversion": "1.0",
        "type": "google.cloud.pubsub.topic.v1.messagePublished",
        "source": "//pubsub.googleapis.com/projects/p/topics/report-events",
        "id": "7",
        "data": data,
    }
    client = client_of("route_report")
    return client.post("/", json=event, content_type="application/cloudevents+json")


def test_a_schema_of_the_future_is_parked(region: Region) -> None:
    """Readers are deployed first; what came too early waits for them."""
    filed = region.filed(category=ROADS)

    assert routed(region, filed, schema=2)["status"] == "submitted"
    assert parked(region) == ["unknown-schema"]


def test_unknown_fields_of_an_event_are_ignored(region: Region) -> None:
    """A newer publisher may run beside this consumer."""
    filed = region.filed(category=ROADS)

    assert routed(region, filed, new_field={"x": 1})["status"] == "routed"


def test_an_event_of_a_report_not_yet_there_comes_again(region: Region) -> None:
    """Young: its commit may not be seen everywhere yet."""
    region.outside.advance(minutes=4)

    answer = region.deliver("route_report", event_of(NO_CODE))

    assert (answer.status_code, parked(region)) == (500, [])


def test_an_old_event_of_no_report_is_parked(region: Region) -> None:
    """After five minutes it will not appear."""
    region.outside.advance(minutes=5)

    answer = region.deliver("route_report", event_of(NO_CODE))

    assert (answer.status_code, parked(region)) == (200, ["no-such-report"])


def test_one_line_is_logged_per_event(region: Region, capsys: pytest.CaptureFixture[str]) -> None:
    """With consumer and event id, and nothing of the report."""
    filed = region.filed(category=ROADS, body="Rahasia di jalan raya")
    event = event_of(filed)
    capsys.readouterr()

    region.deliver("route_report", event)

    (line,) = capsys.readouterr().out.splitlines()
    assert (json.loads(line)["consumer"], json.loads(line)["event"]) == (
        "route_report",
        event["id"],
    )
    assert "Rahasia" not in line
