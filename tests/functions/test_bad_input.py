"""Whatever is sent: an answer that helps, never a bug, never the sender's own words back."""

import json
import time
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from shared.edge.replies.problems import ProblemDetails
from tests.functions.region import GOOD_BODY, HEALTH, Filed, Region, client_of

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SCRIPT = "<script>alert(1)</script>"
A_KEY = "k" * 22


def sent(data: bytes | str, content_type: str | None = JSON, **headers: str) -> TestResponse:
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    client = client_of("submit_report")
    return client.post("/api/reports", data=data, content_type=content_type, headers=named)


def form(fields: Mapping[str, str], **headers: str) -> TestResponse:
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    client = client_of("submit_report")
    return client.post("/api/reports", data=fields, content_type=FORM, headers=named)


def problem(answer: TestResponse) -> ProblemDetails:
    assert answer.content_type == "application/problem+json"
    return ProblemDetails.model_validate(answer.json)


def faults(answer: TestResponse) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return [(fault.field, fault.code) for fault in problem(answer).errors or []]


NOT_AN_OBJECT = {
    "nothing": b"",
    "one byte": b"{",
    "a blank": b" ",
    "a word": b"laporan",
    "a list": b"[]",
    "a text": b'"laporan"',
    "a number": b"5",
    "null": b"null",
    "NaN": b"NaN",
    "cut off": b'{"body": "Jalan berlubang',
    "two objects": b'{"body": "Jalan rusak"} {"body": "Jalan rusak"}',
    "no UTF-8": b'{"body": "Jalan berlubang \xff\xfe di Kuta"}',
    "UTF-16": '{"body": "Jalan berlubang"}'.encode("utf-16"),
    "a lone surrogate": b'{"body": "Jalan berlubang \\ud800 di Kuta"}',
    "a bare control character": b'{"body": "Jalan berlubang \x01 di Kuta"}',
    "lists in lists": b"[" * 1000 + b"]" * 1000,
    "nested body": b'{"body": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    "objects in objects": b'{"location": ' * 1000 + b"1" + b"}" * 1000,
}


@pytest.mark.parametrize("data", NOT_AN_OBJECT.values(), ids=NOT_AN_OBJECT)
def test_what_is_no_json_object_is_malformed(region: Region, data: bytes) -> None:
    """400 says what to send instead."""
    answer = sent(data)

    assert answer.status_code == 400
    assert problem(answer).code == "malformed-body"


@pytest.mark.parametrize("data", NOT_AN_OBJECT.values(), ids=NOT_AN_OBJECT)
def test_what_is_no_action_is_malformed_too(region: Region, a_report: Filed, data: bytes) -> None:
    """Actions of reporters and reports are read by the same rule."""
    answer = client_of("track_report").post(
        f"/api/reports/{a_report.code}/actions", data=data, content_type=JSON
    )

    assert answer.status_code == 400
    assert problem(answer).code == "malformed-body"


WRONG_FIELDS: list[tuple[dict[str, Any], str, str]] = [
    ({"body": None}, "body", "invalid"),
    ({"body": 5}, "body", "invalid"),
    ({"body": ["Jalan berlubang"]}, "body", "invalid"),
    ({"body": {"text": "Jalan berlubang"}}, "body", "invalid"),
    ({"body": ""}, "body", "too-short"),
    ({"body": "x"}, "body", "too-short"),
    ({"body": "  123456789  "}, "body", "too-short"),
    ({"body": "\u202e\u0000\u0007" * 9}, "body", "too-short"),
    ({"body": "x" * 10_001}, "body", "too-long"),
    ({"kind": "rant"}, "kind", "not-an-option"),
    ({"kind": 1}, "kind", "not-an-option"),
    ({"title": "x" * 151}, "title", "too-long"),
    ({"about_official": "true"}, "about_official", "invalid"),
    ({"about_official": 1}, "about_official", "invalid"),
    ({"anonymous": None}, "anonymous", "invalid"),
    ({"secret": "no"}, "secret", "invalid"),
    ({"occurred_on": "2026-11-22"}, "occurred_on", "in-the-future"),
    ({"occurred_on": "2026-02-30"}, "occurred_on", "invalid"),
    ({"occurred_on": "21-11-2026"}, "occurred_on", "invalid"),
    ({"occurred_on": 1}, "occurred_on", "invalid"),
    ({"occurred_on": "2026-11-20T08:00:00"}, "occurred_on", "invalid"),
    ({"category": "tidak-ada"}, "category", "not-in-directory"),
    ({"category": "Kesehatan"}, "category", "invalid"),
    ({"category": "../settings"}, "category", "invalid"),
    ({"agency": "tidak-ada"}, "agency", "not-in-directory"),
    ({"agency": ["dinkes"]}, "agency", "invalid"),
    ({"area": "5103"}, "area", "invalid"),
    ({"area": "51.03."}, "area", "invalid"),
    ({"area": "５１.０３"}, "area", "invalid"),
    ({"area": "51.03\n"}, "area", "invalid"),
    ({"area": 51.03}, "area", "invalid"),
    ({"location": "Kuta"}, "location", "invalid"),
    ({"location": {"text": "x" * 301}}, "location.text", "too-long"),
    ({"location": {"lat": 90.1}}, "location.lat", "invalid"),
    ({"location": {"lat": -90.1}}, "location.lat", "invalid"),
    ({"location": {"lon": 180.1}}, "location.lon", "invalid"),
    ({"location": {"lon": "115.17"}}, "location.lon", "invalid"),
    ({"location": {"lat": float("nan")}}, "location.lat", "invalid"),
    ({"location": {"lat": float("inf")}}, "location.lat", "invalid"),
    ({"location": {"alt": 3}}, "location.alt", "unknown-field"),
    ({"reporter": {"name": "x" * 101}}, "reporter.name", "too-long"),
    ({"reporter": {"email": "sekar@"}}, "reporter.email", "not-an-email"),
    ({"reporter": {"email": "a b@c.example"}}, "reporter.email", "not-an-email"),
    ({"reporter": {"email": "a@b.example\nBcc: all"}}, "reporter.email", "not-an-email"),
    ({"reporter": {"phone": "0812"}}, "reporter.phone", "not-a-phone"),
    ({"reporter": {"phone": "nomor saya"}}, "reporter.phone", "not-a-phone"),
    ({"reporter": {"phone": "+6٢٢٢٢٢٢٢"}}, "reporter.phone", "not-a-phone"),
    ({"reporter": {"phone": 6281234567890}}, "reporter.phone", "invalid"),
    ({"reporter": {"nik": "5103"}}, "reporter.nik", "unknown-field"),
    ({"language": "ban"}, "language", "not-an-option"),
    ({"nik": "5103"}, "nik", "unknown-field"),
    ({"channel": "phone"}, "channel", "unknown-field"),
    ({"website": ""}, "website", "unknown-field"),
    ({"__proto__": {}}, "__proto__", "unknown-field"),
    ({SCRIPT: 1}, "?", "unknown-field"),
    ({"x" * 5000: 1}, "?", "unknown-field"),
    ({"": 1}, "?", "unknown-field"),
]


@pytest.mark.parametrize(("fields", "name", "code"), WRONG_FIELDS)
def test_a_wrong_field_is_named_with_its_code(
    region: Region, fields: dict[str, Any], name: str, code: str
) -> None:
    """One fault, for the field that is wrong."""
    assert faults(sent(json.dumps({"body": GOOD_BODY} | fields))) == [(name, code)]


def test_no_value_and_no_strange_name_comes_back(region: Region) -> None:
    """Neither what was typed nor a field somebody made up is echoed."""
    wrong = {"body": SCRIPT[:9], "kind": SCRIPT, "reporter": {"email": SCRIPT}, SCRIPT: SCRIPT}

    answer = sent(json.dumps(wrong))

    assert len(faults(answer)) == 4
    assert "script" not in answer.text


def test_every_fault_is_named_at_once(region: Region) -> None:
    """Nobody has to send a form five times."""
    answer = sent(json.dumps({"kind": "x", "area": "x", "location": {"lat": 91, "lon": 181}}))

    assert faults(answer) == [
        ("body", "required"),
        ("kind", "not-an-option"),
        ("area", "invalid"),
        ("location.lat", "invalid"),
        ("location.lon", "invalid"),
    ]


def test_what_is_given_twice_is_not_guessed_at(region: Region) -> None:
    """In a form as in an address; a strange name is not echoed."""
    twice = {"body": [GOOD_BODY, f"{GOOD_BODY} Lagi."]}
    form = client_of("submit_report").post("/api/reports", data=twice)
    question = "/api/scoreboard?from=2026-11-01&from=2026-11-02"
    asked = client_of("show_scoreboard").get(question)

    assert faults(form) == [("body", "given-twice")]
    assert faults(asked) == [("from", "given-twice")]


ACCEPTED: list[tuple[dict[str, Any], str, Any]] = [
    ({"body": f"{SCRIPT} di laporan"}, "body", f"{SCRIPT} di laporan"),
    (
        {"body": "Jalan \u202erusak\u202c parah \u0000\u0007\u200b!"},
        "body",
        "Jalan rusak parah \u200b!",
    ),
    ({"body": "Sampah 🗑️👨‍👩‍👧 di Kuta"}, "body", "Sampah 🗑️👨‍👩‍👧 di Kuta"),
    ({"body": "Baris satu\r\nBaris dua\tdan"}, "body", "Baris satu\nBaris dua\tdan"),
    ({"body": "Kafe\u0301 berisik"}, "body", "Kafé berisik"),
    ({"body": "  1234567890  "}, "body", "1234567890"),
    ({"body": "x" * 10_000}, "body", "x" * 10_000),
    ({"body": "'; DROP TABLE reports; --"}, "body", "'; DROP TABLE reports; --"),
    ({"occurred_on": "2026-11-21"}, "occurred_on", "2026-11-21"),
    ({"area": "51.03.06"}, "area", "51.03.06"),
    ({"area": "31.71.01.1001"}, "area", "31.71.01.1001"),
    ({"area": "51"}, "area", "51"),
    (
        {"location": {"lat": -90, "lon": 180.0}},
        "location",
        {"text": None, "lat": -90.0, "lon": 180.0},
    ),
    ({"title": None, "category": None, "reporter": None}, "title", GOOD_BODY),
    ({"title": "x" * 150}, "title", "x" * 150),
]


@pytest.mark.parametrize(("fields", "name", "stored"), ACCEPTED)
def test_odd_but_honest_input_is_taken(
    region: Region, fields: dict[str, Any], name: str, stored: Any
) -> None:
    """Markup is text like any other; only what nobody sees is left out."""
    filed = region.filed(**fields)

    assert region.report(filed.code)[name] == stored


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "62812 34567890", "０８１２34567890"],
)
def test_a_phone_is_stored_as_e164(region: Region, typed: str) -> None:
    """As Indonesians write it, or as the world does."""
    filed = region.filed(reporter={"phone": typed})

    region.order(filed.code, "reveal", text="Perlu menelepon.")
    answer = region.order(filed.code, "reveal", text="Perlu menelepon.")

    assert answer.json["identity"]["phone"] == "+6281234567890"


def test_a_report_from_elsewhere_waits_for_a_verifier(region: Region) -> None:
    """An area outside the region is no fault of the reporter."""
    filed = region.filed(area="31.71.01", category=HEALTH)

    assert region.report(filed.code)["status"] == "submitted"


@pytest.mark.parametrize("size", [256 * 1024 + 1, 1024 * 1024])
@pytest.mark.parametrize("content_type", [JSON, FORM, MULTIPART])
def test_a_large_body_is_refused(region: Region, size: int, content_type: str) -> None:
    """Over 256 KiB, whatever it is."""
    answer = sent(b"x" * size, content_type)

    assert answer.status_code == 413
    assert problem(answer).code == "too-large"


@pytest.mark.parametrize("content_type", [JSON, FORM, MULTIPART])
def test_a_large_body_without_a_length_is_refused(region: Region, content_type: str) -> None:
    """Chunked: nobody said how much would come."""
    body = b"body=Jalan+rusak+di+Kuta&title=" + b"x" * 300_000
    answer = client_of("submit_report").open(
        "/api/reports",
        method="POST",
        content_type=content_type,
        input_stream=BytesIO(body),
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )

    assert answer.status_code == 413
    assert problem(answer).code == "too-large"


def test_the_largest_body_is_read(region: Region) -> None:
    """256 KiB to the byte reaches the fields' own limits."""
    padded = json.dumps({"body": GOOD_BODY}).ljust(256 * 1024)

    assert sent(padded).status_code == 201


def test_stacked_accents_cost_no_time(region: Region) -> None:
    """A quarter of a megabyte of them would take a minute to put into order."""
    started = time.monotonic()

    answer = sent(json.dumps({"body": "a" + "\u0301\u0316" * 50_000}, ensure_ascii=False))

    assert faults(answer) == [("body", "too-long")]
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "text/json", "application/xml", "application/jsonp", "x"],
)
def test_another_content_type_is_refused(region: Region, content_type: str | None) -> None:
    """Guessing what somebody meant is how a form on another site posts JSON."""
    answer = sent(json.dumps({"body": GOOD_BODY}), content_type)

    assert answer.status_code == 415
    assert problem(answer).code == "unsupported-media-type"


@pytest.mark.parametrize("content_type", [FORM, MULTIPART])
def test_actions_are_no_forms(region: Region, a_report: Filed, content_type: str) -> None:
    """Only reports can be posted as one."""
    answer = client_of("track_report").post(
        f"/api/reports/{a_report.code}/actions", data=b"action=add", content_type=content_type
    )

    assert answer.status_code == 415


BAD_KEYS = {
    "slashes": "a/b/c/d/e/f/g/h/i/j/k/l",
    "short": "k" * 21,
    "long": "k" * 129,
    "very long": "k" * 5000,
    "empty": "",
    "blanks inside": "kkkkkkkkkkk kkkkkkkkkkk",
    "dots": "." * 22,
    "full-width": "ｋ" * 22,
    "latin": "é" * 22,
}


@pytest.mark.parametrize("key", BAD_KEYS.values(), ids=BAD_KEYS)
def test_a_bad_idempotency_key_is_refused(region: Region, key: str) -> None:
    """Going on without the protection that was asked for would be worse."""
    answer = client_of("submit_report").post(
        "/api/reports",
        json={"body": GOOD_BODY},
        environ_overrides={"HTTP_IDEMPOTENCY_KEY": key.encode().decode("latin-1")},
    )

    assert faults(answer) == [("idempotency_key", "bad-key")]


@pytest.mark.parametrize("key", ["k" * 22, "K" * 128, "AZaz09-_AZaz09-_AZaz09"])
def test_a_good_idempotency_key_is_taken(region: Region, key: str) -> None:
    """22 to 128 of letters, digits, dash and underscore."""
    assert sent(json.dumps({"body": GOOD_BODY}), idempotency_key=key).status_code == 201


# Forms


def test_a_form_with_dotted_names_is_filed(region: Region) -> None:
    """As any web site can post it."""
    answer = form(
        {
            "body": GOOD_BODY,
            "location.text": "Pasar Kuta",
            "location.lat": "-8.72",
            "reporter.email": "sekar@example.org",
            "anonymous": "on",
            "occurred_on": "2026-11-20",
            "title": "",
            "website": "",
        }
    )

    stored = region.report(answer.json["code"])
    assert stored["location"] == {"text": "Pasar Kuta", "lat": -8.72, "lon": None}
    assert (stored["anonymous"], stored["occurred_on"]) == (True, "2026-11-20")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_browser_reads_a_page_with_code_and_receipt(region: Region, language: str) -> None:
    """Same status, small page, nothing loaded from anywhere."""
    answer = form({"body": f"{SCRIPT} laporan"}, accept=BROWSER, accept_language=language)

    (code,) = [id_ for id_ in region.in_collection("reports") if id_[:10] in answer.text]
    assert answer.status_code == 201
    assert answer.content_type == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in answer.text
    assert region.report(code)["body"] == f"{SCRIPT} laporan"
    assert "<script>" not in answer.text


def test_the_key_on_the_page_is_the_receipt(region: Region) -> None:
    """What was shown opens the report."""
    key = {"idempotency_key": "form" * 6}
    page = form({"body": GOOD_BODY, **key}, accept=BROWSER)
    shown = form({"body": GOOD_BODY, **key}).json

    assert shown["receipt"] in page.text
    assert region.read(shown["code"], shown["receipt"]).json["body"] == GOOD_BODY


def test_a_browser_reads_its_faults_by_field(region: Region) -> None:
    """422 as a page, without what was typed."""
    answer = form({"body": "x", "reporter.email": SCRIPT, SCRIPT: "1"}, accept=BROWSER)

    assert answer.status_code == 422
    assert answer.content_type == "text/html; charset=utf-8"
    assert "<b>Apa yang terjadi?</b>" in answer.text
    assert "<b>Surel</b>" in answer.text
    assert "script" not in answer.text


WRONG_FORMS: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({}, [("body", "required")]),
    ({"body": "   "}, [("body", "required")]),
    ({"body": GOOD_BODY, "website": "https://example.org"}, [("website", "not-an-option")]),
    ({"body": GOOD_BODY, "website": " "}, [("website", "not-an-option")]),
    ({"body": GOOD_BODY, "location": "Kuta"}, [("location", "invalid")]),
    ({"body": GOOD_BODY, "location.lat": "nan"}, [("location.lat", "invalid")]),
    ({"body": GOOD_BODY, "location.lat": "91"}, [("location.lat", "invalid")]),
    ({"body": GOOD_BODY, "anonymous": "maybe"}, [("anonymous", "invalid")]),
    (
        {"body": GOOD_BODY, "reporter": "x", "reporter.email": "a@b.example"},
        [("reporter", "invalid")],
    ),
    (
        {"body": GOOD_BODY, "reporter.email": "a@b.example", "reporter": "x"},
        [("reporter", "invalid")],
    ),
    ({"body": GOOD_BODY, SCRIPT: "x", f"{SCRIPT}.a": "x"}, [("?", "invalid")]),
    ({"body": GOOD_BODY, "reporter.nik": "5103"}, [("reporter.nik", "unknown-field")]),
    ({"body": GOOD_BODY, "body.text": "x"}, [("body", "invalid")]),
    ({"body": GOOD_BODY, "...": "x"}, [("?", "unknown-field")]),
    ({"body": GOOD_BODY, "location.lat" + ".x" * 2000: "1"}, [("location.lat", "invalid")]),
    ({"body": GOOD_BODY, "idempotency_key": "short"}, [("idempotency_key", "bad-key")]),
    ({"body": GOOD_BODY, "kind": "rant"}, [("kind", "not-an-option")]),
]


@pytest.mark.parametrize(("fields", "expected"), WRONG_FORMS)
def test_a_wrong_form_is_told_its_faults(
    region: Region, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    """The honeypot among them: only robots fill it."""
    assert faults(form(fields)) == expected


@pytest.mark.parametrize(
    "data", [b"body=Jalan+rusak+%FF%FE+parah", b"body=Jalan+rusak+%ED%A0%80+parah"]
)
def test_a_form_without_utf8_is_malformed(region: Region, data: bytes) -> None:
    """No guess at what the letters were."""
    answer = sent(data, FORM)

    assert answer.status_code == 400
    assert problem(answer).code == "malformed-body"


def test_multipart_is_a_form_too(region: Region) -> None:
    """With a file it is refused by name, until files are taken."""
    fields = {"body": GOOD_BODY, "reporter.name": "Sekar"}
    client = client_of("submit_report")

    plain = client.post("/api/reports", data=fields, content_type="multipart/form-data")
    with_file = client.post("/api/reports", data={**fields, "foto": (BytesIO(b"x"), "a.jpg")})

    assert plain.status_code == 201
    assert faults(with_file) == [("attachments", "no-files")]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"x", "multipart/form-data"),
        (b"--x\r\n", MULTIPART),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--", MULTIPART),
        (b"\x00\xff" * 50, MULTIPART),
    ],
)
def test_broken_multipart_is_refused(region: Region, data: bytes, content_type: str) -> None:
    """400 or a missing body; never a bug."""
    assert sent(data, content_type).status_code in (400, 422)


def test_too_many_parts_are_too_large(region: Region) -> None:
    """Thousands of tiny fields are no report."""
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'

    answer = sent(part * 2000 + b"--x--", MULTIPART)

    assert answer.status_code in (413, 422)


def test_a_file_field_left_empty_is_no_file(region: Region) -> None:
    """Browsers send an empty part for it."""
    fields = {"body": GOOD_BODY, "foto": (BytesIO(b""), "")}

    assert client_of("submit_report").post("/api/reports", data=fields).status_code == 201


# Codes, receipts, headers, methods


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("0", "o"),
        lambda code: code.replace("1", "l"),
        lambda code: f" {'-'.join(code.replace('-', ''))} ",
        lambda code: "".join(chr(ord(each) + 0xFEE0) for each in code),
        lambda code: code.replace("-", "\N{EN DASH}"),
    ],
)
def test_a_code_is_read_as_people_type_it(region: Region, a_report: Filed, typed: Any) -> None:
    """Case, O for 0, dashes anywhere, full-width letters."""
    assert region.read(typed(a_report.code)).json["code"] == a_report.code


@pytest.mark.parametrize(
    "typed",
    [
        lambda receipt: receipt.replace(" ", ""),
        lambda receipt: receipt.replace(" ", "-"),
        " ".join,
        lambda receipt: f"  {receipt}  ",
        lambda receipt: "".join(chr(ord(each) + 0xFEE0) for each in receipt.replace(" ", "")),
    ],
)
def test_a_receipt_is_read_as_people_type_it(region: Region, a_report: Filed, typed: Any) -> None:
    """Blanks, dashes, full-width digits."""
    header = f"Receipt {typed(a_report.receipt)}".encode().decode("latin-1")
    answer = client_of("track_report").get(
        f"/api/reports/{a_report.code}", environ_overrides={"HTTP_AUTHORIZATION": header}
    )

    assert answer.status_code == 200
    assert answer.json["body"] == GOOD_BODY


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "7K3M9QX2WD-P",
        "0" * 11,
        "%00",
        "..%2F..%2Fsettings",
        "%ED%A0%80",
        "é" * 11,
        "A" * 5000,
    ],
)
def test_a_code_of_no_report_is_not_found(region: Region, code: str) -> None:
    """A mistyped one is like one that never was."""
    answer = region.read(code)

    assert answer.status_code == 404
    assert problem(answer).code in ("no-such-report", "no-such-path")


@pytest.mark.parametrize(
    "value",
    [
        "Receipt",
        "Receipt ",
        "Receipt x",
        "Receipt 1234",
        "Receipt " + "1" * 5000,
        "Receipt é",
        "receipt ½",
    ],
)
def test_a_receipt_that_is_none_is_wrong(region: Region, a_report: Filed, value: str) -> None:
    """401, whatever stands there."""
    answer = region.read(a_report.code, authorization=value, x_forwarded_for="192.0.2.9, 10.0.0.1")

    assert answer.status_code in (401, 429)


ODD_HEADERS = [
    {"accept": "*"},
    {"accept": ";;;,,,q=x"},
    {"accept_language": "x" * 3000},
    {"accept_language": "en;q=abc, *;q=-1"},
    {"x_forwarded_for": ","},
    {"x_forwarded_for": "é, ü, ö"},
    {"x_cloud_trace_context": "'; x/1"},
    {"cookie": "=;=;tanggap_supporter=é"},
    {"origin": "null"},
    {"authorization": "é" * 100},
]


@pytest.mark.parametrize("headers", ODD_HEADERS)
def test_odd_headers_change_nothing(
    region: Region, a_report: Filed, headers: dict[str, str]
) -> None:
    """They are read as far as they can be."""
    assert region.read(a_report.code, **headers).status_code == 200


@pytest.mark.parametrize("value", ['"a\\012b"', '"a; Domain=evil"', "é", "x" * 3000, ""])
def test_a_made_up_cookie_is_replaced(region: Region, a_report: Filed, value: str) -> None:
    """It would go back into a header."""
    answer = region.call(
        "track_report",
        f"/api/reports/{a_report.code}/support",
        method="POST",
        cookie=f"tanggap_supporter={value}",
    )

    assert answer.status_code == 200
    assert len(answer.headers["Set-Cookie"].split(";")[0]) == len("tanggap_supporter=") + 22


# At random

_TEXTS = st.text(max_size=30) | st.sampled_from(
    [GOOD_BODY, "dinkes", HEALTH, "51.03", "2026-11-20"]
)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_ACTIONS = [
    "add", "reply", "supplement", "object", "appeal", "split", "confirm", "withdraw",
    "classify", "route", "refer", "hold", "resume", "forward", "recall", "accept", "assign",
    "plan", "respond", "extend", "archive", "merge", "direct", "reassign", "reopen", "redact",
    "reveal", "note", "review",
]  # fmt: skip
_NAMES = [
    "body", "kind", "title", "about_official", "occurred_on", "category", "agency", "area",
    "location", "anonymous", "secret", "reporter", "language", "text", "public", "solved",
    "satisfaction", "revision", "supervisory", "officer", "on", "outcome", "proof", "cause",
    "reason", "into", "by", "event_seq", "start", "end",
]  # fmt: skip
_FIELDS = st.dictionaries(st.sampled_from(_NAMES), _VALUES, max_size=5)
_LIKELY = st.fixed_dictionaries(
    {"action": st.sampled_from(_ACTIONS), "text": st.just("Alasan."), "revision": st.just(1)}
)
_BODIES = _VALUES | _FIELDS | st.builds(lambda first, then: {**first, **then}, _LIKELY, _FIELDS)
_AT_RANDOM = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@given(body=_BODIES)
@_AT_RANDOM
def test_no_post_is_a_bug(region: Region, body: Any) -> None:
    """Whatever JSON there is."""
    assert sent(json.dumps(body)).status_code < 500


@given(body=_BODIES)
@_AT_RANDOM
def test_no_action_of_a_reporter_is_a_bug(region: Region, a_report: Filed, body: Any) -> None:
    """Whatever the holder of the receipt sends."""
    answer = region.call(
        "track_report",
        f"/api/reports/{a_report.code}/actions",
        body,
        method="POST",
        authorization=f"Receipt {a_report.receipt}",
    )

    assert answer.status_code < 500, answer.text


@given(body=_BODIES)
@_AT_RANDOM
def test_no_action_of_an_officer_is_a_bug(region: Region, a_report: Filed, body: Any) -> None:
    """Whatever a desk program sends."""
    current = region.report(a_report.code)["revision"]
    if isinstance(body, dict) and body.get("revision") == 1:
        body = {**body, "revision": current}

    answer = region.desk(f"/reports/{a_report.code}/actions", body, by="verifier1")

    assert answer.status_code < 500, answer.text
