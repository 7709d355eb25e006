"""Filing: the answer of the HTTP contract, once per idempotency key, within the limits."""

import os
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.domain.codes import parse_code
from shared.edge.replies.problems import ProblemDetails
from shared.edge.replies.reports import Filed as FiledReply
from tests.functions.region import GOOD_BODY, HEALTH, Region, client_of, officer

KEY = "a-key-of-22-characters"
ON_BEHALF = {"body": GOOD_BODY, "channel": "walk_in", "on_behalf": True}


def on_behalf(region: Region, body: Any, by: str | None = "intake", **headers: str) -> TestResponse:
    bearer = {"authorization": region.bearer(by)} if by else {}
    return region.call("submit_report", "/api/desk/reports", body, **bearer, **headers)


def test_a_report_is_answered_as_the_contract_shows(region: Region) -> None:
    """The page's own example: Saturday 09:12, checked by Wednesday."""
    answer = region.post({"body": GOOD_BODY, "category": HEALTH})

    filed = FiledReply.model_validate(answer.json)
    assert (answer.status_code, answer.content_type) == (201, "application/json; charset=utf-8")
    assert answer.headers["Location"] == f"/api/reports/{filed.code}"
    assert answer.json["links"] == {
        "self": f"/api/reports/{filed.code}",
        "page": f"/r/{filed.code}",
    }
    assert (filed.status, filed.status_label) == ("submitted", "Belum Terverifikasi")
    assert answer.json["submitted_at"] == "2026-11-21T09:12:44+08:00"
    assert parse_code(filed.code) == filed.code.replace("-", "")


def test_verification_and_legal_clocks_run_from_the_start(region: Region) -> None:
    """Three and fourteen working days; December has its first holiday on the 25th."""
    clocks = region.post({"body": GOOD_BODY}).json["clocks"]

    assert clocks == [
        {
            "kind": "verification",
            "run": 1,
            "due_at": "2026-11-25T23:59:59+08:00",
            "state": "running",
        },
        {"kind": "legal", "run": 1, "due_at": "2026-12-10T23:59:59+08:00", "state": "running"},
    ]


def test_the_receipt_opens_the_report(region: Region) -> None:
    """Whoever holds it is the reporter."""
    filed = region.filed()

    assert region.read(filed.code, filed.receipt).json["body"] == GOOD_BODY
    assert "body" not in region.read(filed.code).json


def test_filing_is_published_once(region: Region) -> None:
    """Ids only, and nothing stays in the outbox."""
    region.topic.messages()

    filed = region.filed()

    (message,) = region.topic.messages()
    assert set(message) == {"id", "type", "schema", "code", "seq", "at"}
    assert (message["type"], message["code"], message["seq"]) == ("report.submitted", filed.id, 1)
    assert region.in_collection("outbox") == {}


@pytest.mark.parametrize("kind", ["complaint", "aspiration", "information_request", "appreciation"])
def test_every_kind_is_taken(region: Region, kind: str) -> None:
    """An appreciation has no legal deadline."""
    answer = region.post({"body": GOOD_BODY, "kind": kind})

    kinds = [clock["kind"] for clock in answer.json["clocks"]]
    assert kinds == ["verification", "legal"][: 1 if kind == "appreciation" else 2]


@pytest.mark.parametrize(
    ("fields", "secret"),
    [
        ({}, False),
        ({"secret": True}, True),
        ({"about_official": True}, True),
        ({"about_official": True, "secret": False}, False),
    ],
)
def test_what_is_about_an_official_is_secret(
    region: Region,
    fields: dict[str, Any],
    secret: bool,  # noqa: FBT001
) -> None:
    """Unless the reporter says otherwise."""
    stored = region.report(region.filed(**fields).code)

    assert stored["secret"] is secret
    assert stored["supervisory"] is ("about_official" in fields)


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("id", "Belum Terverifikasi"),
        ("en-GB,id;q=0.5", "Awaiting verification"),
        ("ban", "Belum Terverifikasi"),
    ],
)
def test_labels_follow_the_readers_language(region: Region, language: str, label: str) -> None:
    """Indonesian where nothing fits."""
    answer = region.post({"body": GOOD_BODY}, accept_language=language)

    assert answer.json["status_label"] == label


# Again


def test_the_same_post_again_is_the_same_answer(region: Region) -> None:
    """Receipt included, without a second report or event."""
    body = {"body": f"{GOOD_BODY} Sekali."}
    first = region.post(body, idempotency_key=KEY)
    events = len(region.topic.messages())
    region.outside.advance(days=6)

    second = region.post(body, idempotency_key=KEY)

    assert (second.status_code, second.data) == (201, first.data)
    assert second.headers["Location"] == first.headers["Location"]
    assert (events > 0, region.topic.messages()) == (True, [])


def test_the_first_answer_is_given_even_when_the_report_moved_on(region: Region) -> None:
    """As it was then, not as it is now."""
    first = region.post({"body": GOOD_BODY}, idempotency_key=KEY + "moved")
    region.order(first.json["code"], "route", agency="dinkes")

    second = region.post({"body": GOOD_BODY}, idempotency_key=KEY + "moved")

    assert second.data == first.data


@pytest.mark.parametrize(
    "fields", [{"body": GOOD_BODY + "!"}, {"body": GOOD_BODY, "anonymous": True}]
)
def test_another_body_under_the_same_key_is_refused(region: Region, fields: dict[str, Any]) -> None:
    """Never silently the first answer."""
    region.post({"body": GOOD_BODY}, idempotency_key=KEY + "mismatch")

    answer = region.post(fields, idempotency_key=KEY + "mismatch")

    assert answer.status_code == 409
    assert answer.json["code"] == "idempotency-mismatch"
    assert "receipt" not in answer.text


def test_after_a_week_the_key_is_free_again(region: Region) -> None:
    """An expired record is replaced, whether or not the broom has been there."""
    first = region.post({"body": GOOD_BODY}, idempotency_key=KEY + "expired")
    region.outside.advance(days=7)

    second = region.post({"body": GOOD_BODY + "!"}, idempotency_key=KEY + "expired")
    again = region.post({"body": GOOD_BODY + "!"}, idempotency_key=KEY + "expired")

    assert second.json["code"] != first.json["code"]
    assert again.data == second.data


def test_a_key_is_of_one_path_only(region: Region) -> None:
    """The same key and body as an action is another request."""
    filed = region.filed()
    first = region.act(filed, "add", text="Masih begitu.", key=KEY + "path")
    other = region.filed()

    answer = region.act(other, "add", text="Masih begitu.", key=KEY + "path")

    assert (first.status_code, answer.status_code) == (200, 409)
    assert answer.json["code"] == "idempotency-mismatch"


def test_a_form_carries_its_key_in_a_field(region: Region) -> None:
    """A browser that posts twice files once."""
    fields = {"body": GOOD_BODY, "idempotency_key": KEY + "form"}
    client = client_of("submit_report")

    first, second = (client.post("/api/reports", data=fields) for _ in range(2))

    assert (first.status_code, second.data) == (201, first.data)


# Limits


@pytest.fixture
def two_a_minute(region: Region, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setitem(os.environ, "REPORTS_PER_MINUTE", "2")
    return region


def test_an_address_that_posts_too_often_has_to_wait(two_a_minute: Region) -> None:
    """429 with Retry-After; others go on, and it does too after a minute."""
    here, there = ({"x_forwarded_for": f"192.0.2.{n}, 10.0.0.1"} for n in (1, 2))
    statuses = [two_a_minute.post({"body": GOOD_BODY}, **here) for _ in range(3)]
    other = two_a_minute.post({"body": GOOD_BODY}, **there)
    two_a_minute.outside.advance(seconds=60)
    later = two_a_minute.post({"body": GOOD_BODY}, **here)

    assert [answer.status_code for answer in statuses] == [201, 201, 429]
    assert ProblemDetails.model_validate(statuses[2].json).code == "too-many-requests"
    assert statuses[2].headers["Retry-After"] == "60"
    assert (other.status_code, later.status_code) == (201, 201)


def test_a_claimed_address_escapes_no_limit(two_a_minute: Region) -> None:
    """What the client writes into X-Forwarded-For stands left of what the balancer adds."""
    answers = [
        two_a_minute.post(
            {"body": GOOD_BODY}, x_forwarded_for=f"198.51.100.{n}, 192.0.2.3, 10.0.0.1"
        )
        for n in range(3)
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 429]


def test_a_refused_post_counts_for_nothing(two_a_minute: Region) -> None:
    """Mending a form does not use up the limit."""
    address = {"x_forwarded_for": "192.0.2.4, 10.0.0.1"}
    for _ in range(3):
        two_a_minute.post({"body": "x"}, **address)

    assert two_a_minute.post({"body": GOOD_BODY}, **address).status_code == 201


# On behalf


def test_an_intake_officer_files_for_somebody(region: Region) -> None:
    """The channel is kept, the receipt is handed to who came."""
    answer = on_behalf(region, ON_BEHALF | {"reporter": {"phone": "081234567890"}})

    filed = FiledReply.model_validate(answer.json)
    view = region.read(filed.code, filed.receipt).json
    assert answer.status_code == 201
    assert region.report(filed.code)["channel"] == "walk_in"
    assert [event["by"] for event in view["timeline"]] == ["intake"]


@pytest.mark.parametrize(
    ("by", "status", "code"),
    [(None, 401, "no-credentials"), ("verifier1", 403, "not-yours"), ("admin", 403, "not-yours")],
)
def test_nobody_else_files_on_behalf(
    region: Region, by: str | None, status: int, code: str
) -> None:
    """It takes an intake officer."""
    answer = on_behalf(region, ON_BEHALF, by)

    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"body": GOOD_BODY, "on_behalf": True}, ("channel", "required")),
        (ON_BEHALF | {"channel": "pigeon"}, ("channel", "not-an-option")),
        (ON_BEHALF | {"on_behalf": False}, ("on_behalf", "not-an-option")),
        (ON_BEHALF | {"website": ""}, ("website", "unknown-field")),
    ],
)
def test_on_behalf_says_how_it_came(
    region: Region, fields: dict[str, Any], fault: tuple[str, str]
) -> None:
    """And that it is on somebody's behalf."""
    (error,) = on_behalf(region, fields).json["errors"]

    assert (error["field"], error["code"]) == fault


def test_a_renewed_token_is_the_same_officer(region: Region) -> None:
    """A repeated post is the same one when the token ran out in between."""
    first = on_behalf(region, ON_BEHALF, idempotency_key=KEY + "officer")
    renamed = replace(officer("intake"), name="Petugas Loket (baru)")

    second = region.call(
        "submit_report",
        "/api/desk/reports",
        ON_BEHALF,
        authorization=f"Bearer {region.outside.token(renamed)}",
        idempotency_key=KEY + "officer",
    )

    assert (second.status_code, second.data) == (201, first.data)


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/api/reports", 405, "OPTIONS, POST"),
        ("PUT", "/api/reports", 405, "OPTIONS, POST"),
        ("DELETE", "/api/desk/reports", 405, "OPTIONS, POST"),
        ("PATCH", "/api/reports/", 405, "OPTIONS, POST"),
        ("POST", "/api", 404, None),
        ("POST", "/", 404, None),
        ("POST", "/api/reports/x", 404, None),
    ],
)
def test_other_methods_and_paths_are_told(
    region: Region, method: str, path: str, status: int, allow: str | None
) -> None:
    """405 names what is allowed; a wrong path where to look."""
    answer = region.call("submit_report", path, method=method)

    assert (answer.status_code, answer.headers.get("Allow")) == (status, allow)
    assert ProblemDetails.model_validate(answer.json).status == status


def test_a_report_filed_a_second_before_midnight_belongs_to_that_day(region: Region) -> None:
    """Day zero is the local day: one second later the deadline is a day later."""
    midnight = timedelta(hours=14, minutes=47, seconds=16)
    region.outside.now += midnight + timedelta(days=1, seconds=-1)
    sunday = region.post({"body": GOOD_BODY}).json["clocks"][0]["due_at"]
    region.outside.advance(seconds=1)
    monday = region.post({"body": GOOD_BODY}).json["clocks"][0]["due_at"]

    assert (sunday, monday) == ("2026-11-25T23:59:59+08:00", "2026-11-26T23:59:59+08:00")
