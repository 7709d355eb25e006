"""The desk: queues, one report, every command, and how each of them fails."""

from dataclasses import replace
from typing import Any

import pytest

from shared.edge.replies.problems import ProblemDetails
from shared.edge.replies.reports import DeskView, Found
from shared.edge.replies.service import Agencies
from tests.functions.region import GOOD_BODY, HEALTH, ROADS, Filed, Region, officer

KEY = "a-key-of-22-characters"
SOLVED = {"outcome": "solved", "text": "Sudah diaspal.", "proof": "Foto terlampir."}
PLAN_DAY = "2026-12-01"


def routed(region: Region) -> Filed:
    filed = region.filed()
    region.order(filed.code, "route", agency="dpupr")
    return filed


def in_progress(region: Region) -> Filed:
    filed = routed(region)
    region.order(filed.code, "accept", by="dpupr1")
    return filed


def contested(region: Region) -> Filed:
    filed = routed(region)
    region.order(filed.code, "forward", by="dpupr1", text="Bukan kami.")
    return filed


def held(region: Region) -> Filed:
    filed = region.filed()
    region.order(filed.code, "hold", text="Di dekat apa?")
    return filed


def archived(region: Region) -> Filed:
    filed = region.filed()
    region.order(filed.code, "archive", reason="test", text="Uji.")
    return filed


def routed_by_itself(region: Region) -> Filed:
    filed = region.filed(category=ROADS)
    (message,) = [each for each in region.topic.messages() if each["code"] == filed.id]
    region.deliver("route_report", message)
    return filed


SITUATIONS = {
    "filed": lambda region: region.filed(),
    "routed": routed,
    "routed by itself": routed_by_itself,
    "in progress": in_progress,
    "contested": contested,
    "held": held,
    "archived": archived,
}

COMMANDS: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("filed", "verifier1", "classify", {"category": HEALTH, "text": "Lebih tepat."}, "submitted"),
    ("filed", "verifier1", "classify", {"kind": "aspiration", "text": "Usul."}, "submitted"),
    ("filed", "verifier1", "classify", {"title": "Jalan rusak", "text": "Judul."}, "submitted"),
    ("filed", "verifier1", "classify", {"supervisory": True, "text": "Pungli."}, "submitted"),
    ("filed", "verifier1", "route", {"agency": "dpupr"}, "routed"),
    ("contested", "coordinator", "route", {"agency": "disperkim", "text": "Putusan."}, "routed"),
    ("filed", "verifier1", "refer", {"body": "pln", "text": "Kabel PLN."}, "referred"),
    ("filed", "verifier1", "hold", {"text": "Di dekat apa?"}, "on_hold"),
    ("routed", "dpupr1", "hold", {"text": "Sejak kapan?"}, "on_hold"),
    ("held", "verifier1", "resume", {"text": "Tidak perlu lagi."}, "submitted"),
    ("held", "coordinator", "resume", {}, "submitted"),
    ("routed", "dpupr1", "forward", {"agency": "disperkim", "text": "Perumahan."}, "routed"),
    ("routed", "dpupr1", "forward", {"text": "Tidak tahu milik siapa."}, "contested"),
    ("routed by itself", "verifier1", "recall", {"text": "Salah alamat."}, "submitted"),
    ("routed", "dpupr1", "accept", {}, "in_progress"),
    ("in progress", "dpupr1", "assign", {"officer": "dpupr2"}, "in_progress"),
    ("routed", "dpupr1", "plan", {"on": PLAN_DAY, "text": "Diaspal."}, "in_progress"),
    ("in progress", "dpupr1", "respond", SOLVED, "answered"),
    ("in progress", "coordinator", "direct", {"text": "Segera."}, "in_progress"),
    ("in progress", "inspectorate", "direct", {"text": "Segera."}, "in_progress"),
    ("contested", "coordinator", "reassign", {"agency": "disperkim", "text": "Putusan."}, "routed"),
    ("filed", "verifier1", "archive", {"reason": "test", "text": "Uji coba."}, "archived"),
    ("archived", "coordinator", "reopen", {"text": "Keliru."}, "submitted"),
    ("filed", "verifier1", "redact", {"start": 0, "end": 5, "text": "Nama."}, "submitted"),
    ("filed", "verifier1", "note", {"text": "Mirip laporan lama."}, "submitted"),
    ("filed", "coordinator", "note", {"text": "Pantau."}, "submitted"),
]


@pytest.mark.parametrize(("situation", "by", "action", "fields", "status"), COMMANDS)
def test_an_officer_acts(
    region: Region, situation: str, by: str, action: str, fields: dict[str, Any], status: str
) -> None:
    """200 with the officer's view after it."""
    filed = SITUATIONS[situation](region)

    answer = region.order(filed.code, action, by=by, **fields)

    assert answer.status_code == 200, answer.text
    assert DeskView.model_validate(answer.json).status == status
    assert region.report(filed.code)["status"] == status


def test_a_dated_direction_is_read_by_the_reporter(region: Region) -> None:
    """Who directs, what, and until when."""
    filed = in_progress(region)
    order = {"action": "direct", "by": PLAN_DAY, "text": "Segera.", "revision": 3}

    answer = region.desk(f"/reports/{filed.code}/actions", order, by="coordinator")

    event = region.read(filed.code, filed.receipt).json["timeline"][-1]
    assert answer.status_code == 200, answer.text
    assert (event["by"], event["text"], event["until"]) == ("coordinator", "Segera.", PLAN_DAY)


def test_an_extension_names_its_legal_basis(region: Region) -> None:
    """Only where the policy row has one."""
    filed = region.filed(kind="information_request")
    region.order(filed.code, "route", agency="dpupr")

    answer = region.order(filed.code, "extend", by="coordinator", text="Data dikumpulkan.")

    (legal,) = [clock for clock in answer.json["clocks"] if clock["kind"] == "legal"]
    assert answer.status_code == 200, answer.text
    assert legal["because"]


def test_a_merge_takes_any_spelling_of_the_other_code(region: Region) -> None:
    """Both reports tell of it."""
    source, target = region.filed(), region.filed()

    answer = region.order(source.code, "merge", into=f" {target.id.lower()} ", text="Sama.")

    assert answer.json["merged_into"] == target.code
    assert region.report(target.code)["merged_from"] == [source.id]


@pytest.mark.parametrize("into", ["x", "7K3M9QX2WD-Q", "../settings", "  "])
def test_a_merge_into_no_report_is_refused(region: Region, a_report: Filed, into: str) -> None:
    """A code that cannot be read is the code of no report."""
    answer = region.order(a_report.code, "merge", into=into, text="Sama.")

    assert (answer.status_code, answer.json["code"]) == (422, "unknown-report")
    assert [fault["field"] for fault in answer.json["errors"]] == ["into"]


def test_a_reveal_shows_who_reported_and_is_recorded(region: Region) -> None:
    """The identity is in this answer only; the reporter sees the event."""
    filed = region.filed(reporter={"name": "Ni Luh", "email": "niluh@example.org"})

    revealed = region.order(filed.code, "reveal", text="Perlu menelepon.")

    DeskView.model_validate(revealed.json)
    assert revealed.json["identity"] == {
        "name": "Ni Luh",
        "email": "niluh@example.org",
        "phone": None,
    }
    assert "identity" not in region.desk(f"/reports/{filed.code}").json
    assert region.read(filed.code, filed.receipt).json["timeline"][-1]["type"] == "revealed"


def test_a_stale_revision_is_told(region: Region, a_report: Filed) -> None:
    """Somebody else decided since it was read."""
    first = region.order(a_report.code, "classify", category=HEALTH, text="Ya.", revision=1)
    second = region.order(a_report.code, "route", agency="dpupr", revision=1)

    assert (first.status_code, second.status_code) == (200, 409)
    assert ProblemDetails.model_validate(second.json).code == "stale-revision"


def test_a_note_makes_no_answer_stale(region: Region, a_report: Filed) -> None:
    """What is decided on did not change."""
    region.order(a_report.code, "note", text="Pantau.", revision=1)

    assert region.order(a_report.code, "route", agency="dpupr", revision=1).status_code == 200


def test_the_same_order_again_is_the_same_answer(region: Region, a_report: Filed) -> None:
    """Also under a renewed token, although the revision has moved on."""
    order = {"action": "route", "agency": "dpupr", "revision": 1}
    path = f"/reports/{a_report.code}/actions"

    first = region.desk(path, order, idempotency_key=KEY)
    second = region.desk(path, order, idempotency_key=KEY)

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json == first.json
    assert region.report(a_report.code)["seq"] == 2


def test_another_officers_same_words_are_another_order(region: Region, a_report: Filed) -> None:
    """A key belongs to who used it first."""
    order = {"action": "note", "text": "Pantau.", "revision": 1}
    path = f"/reports/{a_report.code}/actions"
    region.desk(path, order, idempotency_key=KEY + "x")

    answer = region.desk(path, order, by="verifier2", idempotency_key=KEY + "x")

    assert (answer.status_code, answer.json["code"]) == (409, "idempotency-mismatch")


REFUSALS: list[tuple[str, str, str, dict[str, Any], int, str]] = [
    ("filed", "verifier1", "recall", {"text": "x"}, 409, "wrong-status"),
    ("routed", "verifier1", "recall", {"text": "x"}, 409, "not-recallable"),
    ("filed", "verifier1", "route", {"agency": "tidak-ada"}, 422, "unknown-agency"),
    ("filed", "verifier1", "refer", {"body": "tidak-ada", "text": "x"}, 422, "unknown-body"),
    ("filed", "verifier1", "classify", {"category": "tidak", "text": "x"}, 422, "unknown-category"),
    ("filed", "verifier1", "classify", {"text": "x"}, 409, "nothing-to-change"),
    (
        "filed",
        "verifier1",
        "archive",
        {"reason": "incomplete", "text": "x"},
        409,
        "hold-unanswered-first",
    ),
    ("filed", "verifier1", "redact", {"start": 5, "end": 5, "text": "x"}, 422, "unknown-text"),
    (
        "filed",
        "verifier1",
        "redact",
        {"event_seq": 9, "start": 0, "end": 1, "text": "x"},
        422,
        "unknown-text",
    ),
    ("filed", "dpupr1", "accept", {}, 403, "not-yours"),
    ("filed", "admin", "note", {"text": "x"}, 403, "not-yours"),
    ("routed", "dlhk1", "accept", {}, 403, "not-yours"),
    ("in progress", "dpupr1", "assign", {"officer": "dlhk1"}, 422, "unknown-officer"),
    ("in progress", "dpupr1", "respond", {"outcome": "solved", "text": "x"}, 422, "proof-needed"),
    (
        "in progress",
        "dpupr1",
        "respond",
        {"outcome": "explained", "text": "x"},
        422,
        "unknown-cause",
    ),
    ("in progress", "dpupr1", "plan", {"on": "2026-11-20", "text": "x"}, 409, "day-out-of-range"),
    ("in progress", "dpupr1", "plan", {"on": "9999-12-31", "text": "x"}, 409, "day-out-of-range"),
    ("in progress", "coordinator", "extend", {"text": "x"}, 409, "no-legal-basis"),
    ("held", "dpupr1", "resume", {}, 403, "not-yours"),
]


@pytest.mark.parametrize(("situation", "by", "action", "fields", "status", "code"), REFUSALS)
def test_a_refusal_has_its_code_and_changes_nothing(
    region: Region,
    situation: str,
    by: str,
    action: str,
    fields: dict[str, Any],
    status: int,
    code: str,
) -> None:
    """The rules say no: 409, or 422 where one field is to blame."""
    filed = SITUATIONS[situation](region)
    before = region.report(filed.code)

    answer = region.order(filed.code, action, by=by, **fields)

    assert (answer.status_code, ProblemDetails.model_validate(answer.json).code) == (status, code)
    assert region.report(filed.code) == before


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"revision": 1}, "action", "required"),
        ({"action": "submit", "revision": 1}, "action", "not-an-option"),
        ({"action": "expire", "revision": 1}, "action", "not-an-option"),
        ({"action": "note", "text": "x"}, "revision", "required"),
        ({"action": "note", "text": "x", "revision": "1"}, "revision", "invalid"),
        ({"action": "note", "text": "x", "revision": -1}, "revision", "invalid"),
        ({"action": "note", "revision": 1}, "text", "required"),
        ({"action": "route", "revision": 1}, "agency", "required"),
        ({"action": "route", "agency": "A/B", "revision": 1}, "agency", "invalid"),
        ({"action": "plan", "text": "x", "on": "besok", "revision": 1}, "on", "invalid"),
        (
            {"action": "respond", "text": "x", "outcome": "ok", "revision": 1},
            "outcome",
            "not-an-option",
        ),
        (
            {"action": "archive", "text": "x", "reason": "malas", "revision": 1},
            "reason",
            "not-an-option",
        ),
        (
            {"action": "redact", "text": "x", "start": -1, "end": 1, "revision": 1},
            "start",
            "invalid",
        ),
        ({"action": "classify", "text": "x", "area": "Kuta", "revision": 1}, "area", "invalid"),
        ({"action": "accept", "by": "saya", "revision": 1}, "by", "unknown-field"),
    ],
)
def test_a_wrong_order_is_told_its_field(
    region: Region, a_report: Filed, body: Any, field: str, code: str
) -> None:
    """422, by the name people know."""
    answer = region.desk(f"/reports/{a_report.code}/actions", body)

    assert answer.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in answer.json["errors"]] == [(field, code)]


# Reading and searching


def test_a_verifier_reads_a_report_with_a_suggestion(region: Region) -> None:
    """Ranked candidates, each with its reason."""
    filed = region.filed(category="politik-dan-hukum")

    answer = region.desk(f"/reports/{filed.code}", accept_language="en")

    view = DeskView.model_validate(answer.json)
    assert view.suggestion is not None
    assert view.suggestion.agency == "kesbangpol"
    assert "rule 17" in view.suggestion.because
    assert [other.body for other in view.suggestion.others] == ["imigrasi"]


def test_a_queue_is_sorted_by_nearest_due_time(region: Region) -> None:
    """An information request is due sooner; pages follow each other without a gap."""
    codes = [
        region.filed(body=f"{GOOD_BODY} Antrian {kind}", kind=kind).code
        for kind in ("complaint", "information_request", "aspiration")
    ]
    asked = {"queue": "verification", "q": "antrian", "limit": 2}

    first = region.desk("/search", asked)
    second = region.desk("/search", {**asked, "cursor": first.json["next_cursor"]})

    pages = [Found.model_validate(answer.json) for answer in (first, second)]
    found = [row.code for page in pages for row in page.reports]
    assert (found[0], sorted(found)) == (codes[1], sorted(codes))
    assert pages[1].next_cursor is None


@pytest.mark.parametrize(
    ("situation", "by", "queue"),
    [
        ("filed", "verifier1", "verification"),
        ("routed", "dpupr1", "agency"),
        ("contested", "coordinator", "contested"),
        ("filed", "inspectorate", "all"),
        ("routed", "dpupr1", "all"),
    ],
)
def test_a_report_waits_in_the_queue_of_whose_turn_it_is(
    region: Region, situation: str, by: str, queue: str
) -> None:
    """Found there by its code, in any spelling."""
    filed = SITUATIONS[situation](region)

    answer = region.desk("/search", {"queue": queue, "q": filed.id.lower()}, by=by)

    assert [row.code for row in Found.model_validate(answer.json).reports] == [filed.code]


def test_what_was_assigned_is_mine(region: Region) -> None:
    """And nobody else's."""
    filed = in_progress(region)
    region.order(filed.code, "assign", by="dpupr1", officer="dpupr2")
    asked = {"queue": "mine", "q": filed.code}

    found = [
        len(region.desk("/search", asked, by=by).json["reports"]) for by in ("dpupr1", "dpupr2")
    ]

    assert found == [0, 1]


def test_what_is_late_is_in_the_overdue_queue(region: Region, a_report: Filed) -> None:
    """From the second after the due time."""
    asked = {"queue": "overdue", "q": a_report.code}
    before = region.desk("/search", asked).json["reports"]
    region.outside.advance(days=5)

    assert before == []
    assert [row["code"] for row in region.desk("/search", asked).json["reports"]] == [a_report.code]


def test_an_appeal_is_in_its_queue(region: Region) -> None:
    """For another officer than who archived it."""
    filed = archived(region)
    region.act(filed, "appeal", text="Bukan uji coba.")

    answer = region.desk("/search", {"queue": "appeals", "q": filed.code}, by="verifier2")

    assert [row["code"] for row in answer.json["reports"]] == [filed.code]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({}, "queue", "required"),
        ({"queue": "everything"}, "queue", "not-an-option"),
        ({"queue": "all", "limit": 0}, "limit", "invalid"),
        ({"queue": "all", "limit": 101}, "limit", "invalid"),
        ({"queue": "all", "limit": "5"}, "limit", "invalid"),
        ({"queue": "all", "cursor": "x"}, "cursor", "invalid"),
        ({"queue": "all", "cursor": "é" * 10}, "cursor", "invalid"),
        ({"queue": "all", "cursor": "W10="}, "cursor", "invalid"),
        ({"queue": "all", "cursor": "x" * 501}, "cursor", "too-long"),
        ({"queue": "all", "q": "x" * 201}, "q", "too-long"),
        ({"queue": "all", "status": "lost"}, "status", "not-an-option"),
        ({"queue": "all", "area": "Kuta"}, "area", "invalid"),
        ({"queue": "all", "sort": "due"}, "sort", "unknown-field"),
    ],
)
def test_a_wrong_search_is_told_its_field(
    region: Region, asked: Any, field: str, code: str
) -> None:
    """422 with one fault."""
    answer = region.desk("/search", asked)

    assert answer.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in answer.json["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    "words", ["a'; DROP", "🗑️", "%", "*", "\u202e", "  ", "جالان", "w:jalan", "c:0", "x" * 200]
)
def test_any_words_can_be_searched_for(region: Region, words: str) -> None:
    """Words that nothing holds find nothing; they break nothing."""
    answer = region.desk("/search", {"queue": "all", "q": words, "limit": 1})

    assert answer.status_code == 200, answer.text


def test_agencies_are_listed_for_officers(region: Region) -> None:
    """With contacts, outside bodies, causes and who handles supervisory reports."""
    listed = Agencies.model_validate(region.desk("/agencies", by="dpupr1").json)

    assert "dpupr" in {agency.id for agency in listed.agencies}
    assert "pln" in {body.id for body in listed.bodies}
    assert listed.handlers == ["inspektorat"]


# Who may come in


@pytest.mark.parametrize(
    "path", ["/search", "/agencies", "/reports/{code}", "/reports/{code}/actions"]
)
@pytest.mark.parametrize(
    "value", [None, "Bearer ", "Bearer x", "Bearer a.b.c", "Receipt {receipt}"]
)
def test_without_a_token_nobody_comes_in(
    region: Region, a_report: Filed, path: str, value: str | None
) -> None:
    """401 and how to sign in, also with the reporter's receipt."""
    bodies = {"/search": {"queue": "all"}, "/reports/{code}/actions": NOTE}
    header = {"authorization": value.format(receipt=a_report.receipt)} if value else {}
    url = f"/api/desk{path.format(code=a_report.code)}"

    answer = region.call("handle_report", url, bodies.get(path), **header)

    assert (answer.status_code, answer.json["code"]) == (401, "no-credentials")
    assert "Bearer" in answer.headers["WWW-Authenticate"]


NOTE = {"action": "note", "text": "x", "revision": 1}


def test_a_token_of_nobody_on_record_is_refused(region: Region) -> None:
    """The issuer knows them; this region does not."""
    stranger = replace(officer("verifier1"), email="stranger@badung.example")

    answer = region.desk("/agencies", authorization=f"Bearer {region.outside.token(stranger)}")

    assert (answer.status_code, answer.json["code"]) == (401, "no-credentials")


@pytest.mark.parametrize(
    ("by", "asked"),
    [
        ("admin", {"queue": "all"}),
        ("intake", {"queue": "all"}),
        ("dpupr1", {"queue": "all", "agency": "dlhk"}),
    ],
)
def test_a_search_is_not_everybodys(region: Region, by: str, asked: dict[str, str]) -> None:
    """Nor of another agency's reports."""
    answer = region.desk("/search", asked, by=by)

    assert (answer.status_code, answer.json["code"]) == (403, "not-yours")


@pytest.mark.parametrize("by", ["dlhk1", "admin", "intake"])
def test_a_report_is_not_everybodys(region: Region, by: str) -> None:
    """Another agency's is not yours to read."""
    answer = region.desk(f"/reports/{routed(region).code}", by=by)

    assert (answer.status_code, answer.json["code"]) == (403, "not-yours")


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/search", 405, "OPTIONS, POST"),
        ("POST", "/agencies", 405, "GET, HEAD, OPTIONS"),
        ("PUT", "/reports/{code}", 405, "GET, HEAD, OPTIONS"),
        ("GET", "/reports/{code}/actions", 405, "OPTIONS, POST"),
        ("GET", "/nothing", 404, None),
        ("GET", "/reports/7K3M9QX2WD-Q", 404, None),
        ("GET", "/reports/nothing", 404, None),
    ],
)
def test_other_methods_and_paths_are_told(
    region: Region, a_report: Filed, method: str, path: str, status: int, allow: str | None
) -> None:
    """405 names what is allowed."""
    answer = region.desk(path.format(code=a_report.code), None, method=method)

    assert (answer.status_code, answer.headers.get("Allow")) == (status, allow)
    assert ProblemDetails.model_validate(answer.json).status == status
