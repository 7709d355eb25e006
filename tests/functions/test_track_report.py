"""Following a report: what anybody reads, what the reporter reads and does, and how it fails."""

import os
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.edge.replies.problems import ProblemDetails
from shared.edge.replies.reports import ReportView, Supported
from tests.functions.region import GOOD_BODY, HEALTH, ORIGIN, Filed, Region

KEY = "a-key-of-22-characters"
ANSWER = {"outcome": "explained", "cause": "anggaran", "text": "Dianggarkan tahun depan."}
AGENCY = "dpupr1"


def routed(region: Region, **fields: Any) -> Filed:
    filed = region.filed(**fields)
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def answered(region: Region) -> Filed:
    filed = routed(region)
    assert region.order(filed.code, "respond", by=AGENCY, **ANSWER).status_code == 200
    return filed


def closed(region: Region) -> Filed:
    filed = answered(region)
    assert region.act(filed, "confirm", solved=False).status_code == 200
    return filed


def held(region: Region) -> Filed:
    filed = region.filed()
    assert region.order(filed.code, "hold", text="Di dekat apa?").status_code == 200
    return filed


def archived(region: Region) -> Filed:
    filed = region.filed()
    assert region.order(filed.code, "archive", reason="test", text="Uji.").status_code == 200
    return filed


def merged(region: Region) -> Filed:
    filed, target = region.filed(), region.filed()
    answer = region.order(filed.code, "merge", into=target.code.lower(), text="Sama.")
    assert answer.status_code == 200, answer.text
    return filed


def support(region: Region, filed: Filed, cookie: str = "", **headers: str) -> TestResponse:
    sent = {"cookie": cookie} if cookie else {}
    path = f"/api/reports/{filed.code}/support"
    return region.call("track_report", path, method="POST", **sent, **headers)


def cookie_of(answer: TestResponse) -> str:
    return answer.headers["Set-Cookie"].split(";")[0]


def test_anybody_reads_where_a_report_stands(region: Region, a_report: Filed) -> None:
    """Status and clocks at once; the text only when a person took it on."""
    answer = region.read(a_report.code)

    view = ReportView.model_validate(answer.json)
    assert (answer.status_code, view.status, view.actions) == (200, "submitted", None)
    assert not {"title", "body", "location", "anonymous"} & answer.json.keys()
    assert [clock.kind for clock in view.clocks] == ["verification", "legal"]


def test_a_routed_report_is_public(region: Region) -> None:
    """Agency and text can be read by everybody."""
    view = region.read(routed(region).code, accept_language="en").json

    assert view["status_label"] == "Routed to Dinas Pekerjaan Umum dan Penataan Ruang"
    assert view["agency"]["id"] == "dpupr"
    assert view["body"] == GOOD_BODY


def test_a_secret_report_shows_its_status_only(region: Region) -> None:
    """Nothing that would tell what it is about."""
    filed = region.filed(secret=True, category=HEALTH)

    assert region.read(filed.code).json.keys() == {"code", "status", "status_label", "clocks"}


def test_the_holder_reads_everything_and_what_may_be_done(region: Region, a_report: Filed) -> None:
    """`actions` are what this viewer may do now."""
    answer = region.read(a_report.code, a_report.receipt)

    view = ReportView.model_validate(answer.json)
    assert view.body == GOOD_BODY
    assert view.actions == ["add", "withdraw"]


def test_each_clock_says_why(region: Region, a_report: Filed) -> None:
    """In a sentence, in the reader's language."""
    clocks = region.read(a_report.code, accept_language="en").json["clocks"]

    assert all("working days" in clock["because"] for clock in clocks)


@pytest.mark.parametrize("value", ["Bearer abc", "Basic eA==", "Receiptx 1", ""])
def test_other_credentials_make_no_holder(region: Region, a_report: Filed, value: str) -> None:
    """They are read as if there were none."""
    answer = region.read(a_report.code, authorization=value)

    assert answer.status_code == 200
    assert "body" not in answer.json


# Every action of a reporter


@pytest.mark.parametrize(
    ("situation", "action", "fields", "status"),
    [
        ("filed", "add", {"text": "Masih begitu."}, "submitted"),
        ("answered", "add", {"text": "Terima kasih.", "public": True}, "answered"),
        ("filed", "withdraw", {}, "closed"),
        ("answered", "withdraw", {"text": "Sudah beres."}, "closed"),
        ("held", "supplement", {"text": "Dekat bale banjar."}, "submitted"),
        ("answered", "reply", {"text": "Belum."}, "replied"),
        ("answered", "confirm", {"solved": True, "satisfaction": 5, "text": "Bagus."}, "closed"),
        ("answered", "confirm", {"solved": False}, "closed"),
        ("closed", "object", {"text": "Rusak lagi."}, "replied"),
        ("archived", "appeal", {"text": "Ini bukan uji coba."}, "submitted"),
        ("merged", "split", {"text": "Bukan yang sama."}, "submitted"),
    ],
)
def test_a_reporter_acts(
    region: Region, situation: str, action: str, fields: dict[str, Any], status: str
) -> None:
    """200 with the reporter's view as it is after it."""
    filed = SITUATIONS[situation](region)

    answer = region.act(filed, action, **fields)

    assert answer.status_code == 200, answer.text
    assert ReportView.model_validate(answer.json).status == status
    assert region.report(filed.code)["status"] == status


SITUATIONS = {
    "filed": lambda region: region.filed(),
    "answered": answered,
    "closed": closed,
    "held": held,
    "archived": archived,
    "merged": merged,
}


@pytest.mark.parametrize(
    ("situation", "action", "fields", "code"),
    [
        ("filed", "reply", {"text": "Halo."}, "wrong-status"),
        ("filed", "confirm", {"solved": True}, "wrong-status"),
        ("filed", "split", {"text": "Lain."}, "wrong-status"),
        ("closed", "add", {"text": "Halo."}, "wrong-status"),
        ("answered", "object", {"text": "Belum."}, "wrong-status"),
        ("merged", "withdraw", {}, "wrong-status"),
    ],
)
def test_the_rules_say_no(
    region: Region, situation: str, action: str, fields: dict[str, Any], code: str
) -> None:
    """409 with the code and the sentence of the refusal; nothing changes."""
    filed = SITUATIONS[situation](region)
    before = region.report(filed.code)

    answer = region.act(filed, action, **fields)

    problem = ProblemDetails.model_validate(answer.json)
    assert (answer.status_code, problem.code, problem.errors) == (409, code, None)
    assert region.report(filed.code) == before


def test_an_objection_after_the_window_is_refused(region: Region) -> None:
    """Thirty days after the report was closed."""
    filed = closed(region)
    region.outside.advance(days=31)

    answer = region.act(filed, "object", text="Rusak lagi.")

    assert (answer.status_code, answer.json["code"]) == (409, "window-over")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "action", "required"),
        ({"action": None}, "action", "not-an-option"),
        ({"action": "route", "agency": "dpupr"}, "action", "not-an-option"),
        ({"action": "add"}, "text", "required"),
        ({"action": "add", "text": ""}, "text", "too-short"),
        ({"action": "add", "text": " \u202e "}, "text", "too-short"),
        ({"action": "add", "text": "x" * 10_001}, "text", "too-long"),
        ({"action": "add", "text": "x", "public": "yes"}, "public", "invalid"),
        ({"action": "add", "text": "x", "revision": 1}, "revision", "unknown-field"),
        ({"action": "confirm"}, "solved", "required"),
        ({"action": "confirm", "solved": 1}, "solved", "invalid"),
        ({"action": "confirm", "solved": True, "satisfaction": 6}, "satisfaction", "invalid"),
        ({"action": "confirm", "solved": True, "satisfaction": 4.5}, "satisfaction", "invalid"),
        ({"action": "withdraw", "<b>": 1}, "?", "unknown-field"),
    ],
)
def test_a_wrong_action_is_told_its_field(
    region: Region, a_report: Filed, body: Any, field: str, code: str
) -> None:
    """422, by the name people know."""
    answer = region.call(
        "track_report",
        f"/api/reports/{a_report.code}/actions",
        body,
        authorization=f"Receipt {a_report.receipt}",
    )

    assert answer.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in answer.json["errors"]] == [(field, code)]


def test_the_same_action_again_is_the_same_answer(region: Region, a_report: Filed) -> None:
    """No second event, however the receipt is typed."""
    first = region.act(a_report, "add", text="Masih begitu.", key=KEY)
    retyped = Filed(a_report.code, a_report.receipt.replace(" ", ""))

    second = region.act(retyped, "add", text="Masih begitu.", key=KEY)

    assert (second.status_code, second.data) == (200, first.data)
    assert region.report(a_report.code)["seq"] == 2


def test_another_action_under_the_same_key_is_refused(region: Region, a_report: Filed) -> None:
    """409 idempotency-mismatch, and nothing happens."""
    region.act(a_report, "add", text="Masih begitu.", key=KEY + "x")

    answer = region.act(a_report, "withdraw", key=KEY + "x")

    assert (answer.status_code, answer.json["code"]) == (409, "idempotency-mismatch")
    assert region.report(a_report.code)["status"] == "submitted"


def test_without_a_key_the_same_words_count_twice(region: Region, a_report: Filed) -> None:
    """Two thanks are two thanks."""
    region.act(a_report, "add", text="Terima kasih.")
    region.act(a_report, "add", text="Terima kasih.")

    assert region.report(a_report.code)["seq"] == 3


def test_a_timeline_withholds_a_text_but_never_its_digest(region: Region) -> None:
    """So that the chain can be checked by everybody."""
    filed = routed(region)
    region.act(filed, "add", text="Nomor saya 0812.")

    public = region.read(filed.code).json["timeline"]
    own = region.read(filed.code, filed.receipt).json["timeline"]

    assert [event["hash"] for event in public] == [event["hash"] for event in own]
    assert ("text" in public[-1], own[-1]["text"]) == (False, "Nomor saya 0812.")


# Support


def test_support_counts_once_per_browser(region: Region, a_report: Filed) -> None:
    """A cookie knows the browser; another browser counts again. Officers see the same number."""
    first = support(region, a_report)
    again = support(region, a_report, cookie_of(first))
    other = support(region, a_report)

    counts = [Supported.model_validate(answer.json).supporters for answer in (first, again, other)]
    assert counts == [1, 1, 2]
    assert region.read(a_report.code).json["supporters"] == 2
    seen = region.desk(f"/reports/{a_report.code}")
    assert seen.json["supporters"] == 2


def test_the_cookie_is_for_this_site_only(region: Region, a_report: Filed) -> None:
    """Unreadable for scripts, sent over TLS, kept as a hash that differs by report."""
    answer = support(region, a_report)

    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert cookie_of(answer).partition("=")[2] not in str(region.report(a_report.code))


def test_a_secret_report_has_no_supporters(region: Region) -> None:
    """It is not there for anybody but its reporter."""
    answer = support(region, region.filed(secret=True))

    assert (answer.status_code, answer.json["code"]) == (404, "no-such-report")


def test_support_is_no_event(region: Region, a_report: Filed) -> None:
    """It never makes a typed answer stale."""
    before = region.report(a_report.code)

    support(region, a_report)

    assert region.report(a_report.code) == before


def test_support_has_a_limit_too(
    region: Region, a_report: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of posts from one address within a minute."""
    monkeypatch.setitem(os.environ, "REPORTS_PER_MINUTE", "1")
    address = {"x_forwarded_for": "192.0.2.77, 10.0.0.1"}

    statuses = [support(region, a_report, **address).status_code for _ in range(2)]

    assert statuses == [200, 429]


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("POST", "/api/reports/{code}", 405, "GET, HEAD, OPTIONS"),
        ("GET", "/api/reports/{code}/actions", 405, "OPTIONS, POST"),
        ("DELETE", "/api/reports/{code}/support", 405, "OPTIONS, POST"),
        ("GET", "/api/reports/{code}/nothing", 404, None),
        ("POST", "/api/reports/7K3M9QX2WD-Q/support", 404, None),
        ("GET", "/api/reports/7K3M9QX2WD-Q", 404, None),
    ],
)
def test_other_methods_and_paths_are_told(
    region: Region, a_report: Filed, method: str, path: str, status: int, allow: str | None
) -> None:
    """405 names what is allowed."""
    answer = region.call("track_report", path.format(code=a_report.code), method=method)

    assert (answer.status_code, answer.headers.get("Allow")) == (status, allow)
    assert ProblemDetails.model_validate(answer.json).status == status


def test_nobody_acts_on_a_report_that_is_not_there(region: Region, a_report: Filed) -> None:
    """404 for its holder as for anybody."""
    nowhere = Filed("7K3M9QX2WD-Q", a_report.receipt)

    assert region.act(nowhere, "add", text="Halo.").status_code == 404


def test_a_head_request_answers_without_a_body(region: Region, a_report: Filed) -> None:
    """As HTTP has it for every GET."""
    answer = region.call(
        "track_report", f"/api/reports/{a_report.code}", method="HEAD", origin=ORIGIN
    )

    assert (answer.status_code, answer.data) == (200, b"")
