"""The control room: a plain page that shows everything, and forms that move it."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from emulator.aws import AWS_REGION, SENDER, Aws
from emulator.clock import Clock
from emulator.environment import PROJECT
from emulator.pubsub.inspection import TopicState
from emulator.pubsub.protocol import PubsubMessage, message_class
from tests.emulator.rooms import NEXT_RUNG, Furnished, furnished
from tests.emulator.test_clock import START

MOVE = "/_emulator/room/clock"


def publish(room: Furnished, data: str, type_: str = "report.submitted") -> None:
    topic = f"projects/{PROJECT}/topics/report-events"
    message = PubsubMessage(data=data.encode(), attributes={"type": type_})
    request = message_class("PublishRequest")(topic=topic, messages=[message])
    room.services.pubsub.service.publish(request)


def now(room: Furnished) -> datetime:
    return room.room.clock.now()


def test_the_page_shows_all_there_is(furnished_room: Furnished) -> None:
    page = furnished_room.web.get("/_emulator")

    assert page.status_code == 200
    for expected in (
        "Kabupaten Badung", "2026-11-23 08:00", "Asia/Makassar", "report-events-dead",
        "attributes.type", "verifier1@badung.example", "FIRESTORE_EMULATOR_HOST=",
        "Monday, 2026-11-30 08:00", 'href="/scoreboard"', 'href="/desk"',
    ):  # fmt: skip
        assert expected in page.text, expected


def test_the_page_needs_no_script_and_lets_nobody_in(furnished_room: Furnished) -> None:
    """Nothing but its own forms and style; not in a frame."""
    page = furnished_room.web.get("/_emulator")

    assert "<script" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("form", "to"),
    [
        ({"step": "+1 hour"}, START + timedelta(hours=1)),
        ({"step": "+1 day"}, START + timedelta(days=1)),
        ({"opening": "next"}, datetime(2026, 11, 24, tzinfo=UTC)),
        ({"rung": "next"}, NEXT_RUNG),
        ({"to": "2026-12-01T07:30"}, datetime(2026, 11, 30, 23, 30, tzinfo=UTC)),
        ({"to": "2026-12-01T07:30+07:00"}, datetime(2026, 12, 1, 0, 30, tzinfo=UTC)),
    ],
)
def test_the_buttons_move_the_clock(
    furnished_room: Furnished, form: dict[str, str], to: datetime
) -> None:
    """A time without a zone is the region's."""
    answer = furnished_room.web.post(MOVE, data=form)

    assert (answer.status_code, answer.location) == (303, "/_emulator")
    assert to <= now(furnished_room) < to + timedelta(minutes=1)


@pytest.mark.parametrize("form", [{}, {"to": "soon"}, {"to": "2020-01-01T00:00"}, {"step": "+2"}])
def test_what_cannot_be_a_time_moves_nothing(
    furnished_room: Furnished, form: dict[str, str]
) -> None:
    answer = furnished_room.web.post(MOVE, data=form)

    assert answer.status_code == 422
    assert now(furnished_room) < START + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("start", "opening"),
    [
        ("2026-11-23T07:59:00+08:00", "2026-11-23T08:00:00+08:00"),
        ("2026-11-23T08:00:00+08:00", "2026-11-24T08:00:00+08:00"),
        ("2026-11-27T12:00:00+08:00", "2026-11-30T08:00:00+08:00"),
        ("2026-11-28T07:00:00+08:00", "2026-11-30T08:00:00+08:00"),
    ],
    ids=["Monday before eight", "Monday at eight", "Friday noon", "Saturday morning"],
)
def test_the_next_opening_is_on_a_working_day(start: str, opening: str) -> None:
    with furnished(Clock(datetime.fromisoformat(start))) as there:
        assert there.room.next_opening() == datetime.fromisoformat(opening)


def test_another_site_cannot_press_a_button(furnished_room: Furnished) -> None:
    """A page on the web that posts to this address is refused."""
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    answer = furnished_room.web.post(MOVE, data={"step": "+1 day"}, headers=elsewhere)

    assert answer.status_code == 403
    assert now(furnished_room) < START + timedelta(minutes=1)


def topics(furnished_room: Furnished) -> list[TopicState]:
    return furnished_room.services.inspection.topics()


def test_dead_letters_are_shown_and_redriven(furnished_room: Furnished) -> None:
    """After twenty tries in vain; then they are on their way again."""
    publish(furnished_room, "<b>hopeless</b>")
    furnished_room.room.travel.advance(timedelta(days=1))

    page = furnished_room.web.get("/_emulator").text
    assert "&lt;b&gt;hopeless&lt;/b&gt;" in page
    assert "redrive" in page

    topic = f"projects/{PROJECT}/topics/report-events-dead"
    furnished_room.web.post("/_emulator/room/redrive", data={"topic": topic})

    assert "hopeless" not in furnished_room.web.get("/_emulator").text
    (events,) = (each for each in topics(furnished_room) if each.name.endswith("/report-events"))
    assert sum(each.waiting + each.out for each in events.subscriptions) > 0


def test_a_foreign_type_is_filtered_out(furnished_room: Furnished) -> None:
    """The subscription has the manifest's types, and here they count."""
    publish(furnished_room, "noted", "report.noted")

    (subscription,) = furnished_room.services.inspection.topics()[0].subscriptions
    assert subscription.waiting + subscription.out == 0


def test_faults_are_shown_and_switched_off(furnished_room: Furnished) -> None:
    furnished_room.web.post("/_emulator/faults", json={"seed": 4242})
    assert "4242" in furnished_room.web.get("/_emulator").text

    furnished_room.web.post("/_emulator/room/faults/off")

    assert "4242" not in furnished_room.web.get("/_emulator").text
    assert furnished_room.web.get("/_emulator/faults").json == {}


def test_documents_are_read_from_the_collections_down(furnished_room: Furnished) -> None:
    """Collections, documents, and a document with what lies below it; every value as text."""
    store, web = furnished_room.store, furnished_room.web
    report = {"n": 3, "at": START, "tags": ["<i>"], "of": {"a": None}, "raw": b"x", "yes": True}
    store.document("reports/7K3M").set(report)
    store.document("reports/7K3M/timeline/000001").set({"type": "submitted"})

    assert "/_emulator/documents/reports" in web.get("/_emulator/documents/").text
    assert "/_emulator/documents/reports/7K3M" in web.get("/_emulator/documents/reports").text
    page = web.get("/_emulator/documents/reports/7K3M").text
    assert "/_emulator/documents/reports/7K3M/timeline" in page
    assert "&#34;n&#34;: 3" in page
    assert "&lt;i&gt;" in page
    assert "submitted" in web.get("/_emulator/documents/reports/7K3M/timeline/000001").text


def test_a_long_collection_comes_in_pages(furnished_room: Furnished) -> None:
    batch = furnished_room.store.batch()
    for number in range(150):
        batch.set(furnished_room.store.document(f"many/{number:03}"), {})
    batch.commit()

    first = furnished_room.web.get("/_emulator/documents/many").text
    second = furnished_room.web.get("/_emulator/documents/many?after=099").text

    assert ("/many/099" in first, "/many/100" in first, "?after=099" in first) == (
        True,
        False,
        True,
    )
    assert ("/many/100" in second, "/many/149" in second, "?after" in second) == (True, True, False)


@pytest.mark.parametrize("path", ["reports/none", "reports//x", "reports/"])
def test_what_is_not_there_is_not_found(furnished_room: Furnished, path: str) -> None:
    assert furnished_room.web.get(f"/_emulator/documents/{path}").status_code == 404


def test_messages_are_listed_and_shown(furnished_room: Furnished) -> None:
    """What was handed to SES and SNS, by the emulator's clock; the newest last."""
    handed_over(furnished_room.aws, "sekar@example.org", "+6281234567890")
    listed = furnished_room.web.get("/_emulator/messages").json

    assert [each["channel"] for each in listed] == ["email", "sms"]
    assert listed[0] == {
        "channel": "email",
        "to": "sekar@example.org",
        "subject": "Kabar <b>",
        "text": "Halo.",
        "at": listed[0]["at"],
        "kind": "answered",
    }
    page = furnished_room.web.get("/_emulator").text
    assert "Kabar &lt;b&gt;" in page
    assert "+6281234567890" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 2),
        ("?to=sekar@example.org", 1),
        ("?to=%2B6281234567890", 1),
        ("?to=+6281234567890", 1),
        ("?to=nobody@example.org", 0),
        ("?since=2020-01-01T00:00:00Z", 2),
        ("?since=2120-01-01T00:00:00%2B08:00", 0),
    ],
)
def test_messages_are_found_by_recipient_and_time(
    furnished_room: Furnished, asked: str, found: int
) -> None:
    """Both are optional; a plus sign need not be escaped."""
    handed_over(furnished_room.aws, "sekar@example.org", "+6281234567890")

    assert len(furnished_room.web.get(f"/_emulator/messages{asked}").json) == found


@pytest.mark.parametrize("since", ["yesterday", "2026-11-23T08:00:00"])
def test_an_unreadable_time_is_said_to_be_one(furnished_room: Furnished, since: str) -> None:
    """Without its offset it would be nobody's."""
    assert furnished_room.web.get(f"/_emulator/messages?since={since}").status_code == 422


def handed_over(aws: Aws, address: str, number: str) -> None:
    """As boto3 posts them."""
    web = Client(aws)
    content = {"Subject": {"Data": "Kabar <b>"}, "Body": {"Text": {"Data": "Halo."}}}
    mail = {
        "FromEmailAddress": SENDER,
        "Destination": {"ToAddresses": [address]},
        "Content": {"Simple": content},
        "EmailTags": [{"Name": "kind", "Value": "answered"}],
    }
    path = "/v2/email/outbound-emails"
    assert web.post(path, json=mail, headers=signed_for("ses")).status_code == 200
    sms = {"Action": "Publish", "PhoneNumber": number, "Message": "Halo.", "Version": "2010-03-31"}
    kind = {"Name": "kind", "Value.DataType": "String", "Value.StringValue": "answered"}
    sms |= {f"MessageAttributes.entry.1.{name}": value for name, value in kind.items()}
    assert web.post("/", data=sms, headers=signed_for("sns")).status_code == 200


def signed_for(service: str) -> dict[str, str]:
    scope = f"x/20261121/{AWS_REGION}/{service}/aws4_request"
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}"}
