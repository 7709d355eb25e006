"""Who sees what: reports full of marked personal data, walked by everybody, searched everywhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.edge import limits
from shared.edge.openapi import reply_model
from tests.functions.journeys import (
    HANDLER,
    IDENTITY,
    ROADS,
    WASTE,
    Exchange,
    Stage,
    Step,
    a_phone,
    a_word,
    everything_stored,
    everything_written,
    pushed,
)
from tests.functions.outside import NOW
from tests.functions.region import Region, client_of, living_in

# Who sees what. P: the public, once a person took the report on, unless it is
# secret or archived; R: its reporter; A: the agency that has it; O: verifiers, coordinators and the
# oversight, for the whole region. Whoever is none of these sees nothing.
TEXTS = {
    "title":    "P R A O",
    "body":     "P R A O",
    "masked":   "  R A O",  # a word of the body that an officer masked
    "ticked":   "P R A O",  # "boleh dibaca umum"
    "hidden":   "  R A O",  # not ticked
    "answer":   "P R A O",  # plans, answers and their proof
    "location": "  R A O",
    "question": "  R A O",  # of a hold
    "reason":   "  R A O",  # why somebody looked at the identity
    "archive":  "  R A O",  # the public reads the reason only
    "internal": "  R A O",  # routing, classifying, directing, masking, merging
    "note":     "    A O",
}  # fmt: skip
# Numbers in a text: as the text, but not for the public, nor for the agency of somebody anonymous.
# Identity is in no view; it is told to who reveals it. The receipt is told to who files.

# Filed how, and by whom it is held in the end.
FILINGS: Mapping[str, dict[str, Any]] = {
    "plain": {"title": "~title"},
    "anonymous": {"anonymous": True},
    "secret": {"secret": True},
    "supervisory": {"about_official": True, "agency": WASTE},
    "target": {},
    "merged": {},
    "archived": {},
    "unpublished": {},
    "routed by the system": {"agency": ROADS},
    "on behalf": {"by": "intake"},
}
HOLDERS = {
    **dict.fromkeys(("plain", "anonymous", "secret", "target", "merged"), "roads"),
    "routed by the system": "roads",
    "supervisory": "handler",
}
IN_PUBLIC = {"plain", "anonymous", "target", "merged"}
CLOSED_TO_ACCUSED = {"supervisory"}
OFFICE = ("verifier", "coordinator", "oversight")
AGENCIES = ("roads", "health", "handler", "accused")
OUTSIDERS = ("public", "reporter", "wrong receipt")
VIEWERS = (*OUTSIDERS, *AGENCIES, *OFFICE, "verifier at the accused", "intake", "admin")

ASKED: tuple[Step, ...] = (
    ("reporter", "add", {"text": "~ticked", "public": True}),
    ("verifier", "hold", {"text": "~question"}),
    ("reporter", "supplement", {"text": "~hidden"}),
    ("verifier", "note", {"text": "~note"}),
    ("verifier", "reveal", {"text": "~reason"}),
    ("coordinator", "redact", {"text": "~internal", "at": "~span"}),
    ("verifier", "classify", {"area": "51.03.01", "text": "~internal"}),
)
WORKED_ON: tuple[Step, ...] = (
    ("holder", "accept", {"text": "~internal"}),
    ("holder", "reveal", {"text": "~reason"}),
    ("holder", "note", {"text": "~note"}),
    ("coordinator", "direct", {"text": "~internal", "by": "2026-11-24"}),
    ("oversight", "note", {"text": "~note"}),
    ("oversight", "reveal", {"text": "~reason"}),
    ("holder", "hold", {"text": "~question"}),
    ("reporter", "supplement", {"text": "~hidden"}),
    ("holder", "plan", {"on": "2026-11-25", "text": "~answer"}),
    ("holder", "respond", {"outcome": "explained", "cause": "anggaran", "text": "~answer"}),
    ("reporter", "reply", {"text": "~hidden"}),
    ("holder", "respond", {"outcome": "solved", "proof": "~answer", "text": "~answer"}),
    ("reporter", "reply", {"text": "~ticked", "public": True}),
    ("holder", "respond", {"outcome": "explained", "cause": "aturan", "text": "~answer"}),
    ("reporter", "confirm", {"solved": False, "satisfaction": 2, "text": "~hidden"}),
    ("reporter", "object", {"text": "~ticked", "public": True}),
)


def routed_to(agency: str) -> Step:
    return ("verifier", "route", {"agency": agency, "text": "~internal"})


ASSIGNED: Step = ("roads", "assign", {"officer": "~officer:colleague", "text": "~internal"})
JOURNEYS: Mapping[str, tuple[Step, ...]] = {
    "plain": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "anonymous": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "secret": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "supervisory": (*ASKED, routed_to(HANDLER), *WORKED_ON),
    "target": (*ASKED, routed_to(ROADS)),
    "merged": (
        *(*ASKED, routed_to(ROADS)),
        ("verifier", "merge", {"into": "~code:target", "text": "~internal"}),
    ),
    "archived": (
        *(*ASKED, ("coordinator", "reveal", {"text": "~reason"})),
        ("verifier", "archive", {"reason": "abusive", "text": "~archive"}),
    ),
    "unpublished": ASKED,
    "routed by the system": (
        ("roads", "note", {"text": "~note"}),
        ("roads", "hold", {"text": "~question"}),
        ("reporter", "supplement", {"text": "~ticked", "public": True}),
    ),
    "on behalf": ASKED,
}  # fmt: skip
REFUSED = {("anonymous", "holder", "reveal"): 403}


# The walk


@dataclass(frozen=True)
class Walk:
    """All that came of it: answers (those of the journeys in the stage), writings, documents."""

    stage: Stage
    written: str
    stored: Mapping[str, str]
    waiting: Mapping[str, str]
    seen: Mapping[tuple[str, str], Exchange]
    queues: Mapping[str, Exchange]


@pytest.fixture(scope="module")
def walk(region_of_module: Region) -> Walk:
    region_of_module.outside.now = NOW
    limits._posts.clear()
    stage = Stage(region_of_module)
    with everything_written() as written:
        waiting = _played(stage)
        seen = {
            (viewer, name): stage.look(viewer, name) for viewer, name in product(VIEWERS, FILINGS)
        }
        queues = {viewer: _searched(stage, viewer) for viewer in VIEWERS if viewer in stage.cast}
        _asked_around(stage)
    stored = everything_stored(region_of_module.store)
    return Walk(stage, written.getvalue(), stored, waiting, seen, queues)


def _played(stage: Stage) -> dict[str, str]:
    """Every journey; returns what lay in the outbox while Pub/Sub took nothing."""
    for name, fields in FILINGS.items():
        stage.file(name, location={"text": "~location", "lat": -8.6, "lon": 115.1}, **fields)
    stage.deliver("route_report")
    for name, steps in JOURNEYS.items():
        for who, action, fields in steps:
            done = stage.play(name, (HOLDERS[name] if who == "holder" else who, action, fields))
            expected = REFUSED.get((name, who, action), 200)
            assert done.answer.status_code == expected, f"{done}: {done.answer.text}"
    with living_in({"EVENTS_TOPIC": "nowhere"}):
        stage.play("unpublished", ("coordinator", "note", {"text": "~note"}))
        waiting = everything_stored(stage.region.store)
    stage.region.outside.advance(minutes=2)
    stage.ask("system", "relay_outbox", "/", {})
    stage.deliver("route_report")
    return {path: text for path, text in waiting.items() if path.startswith("outbox/")}


def _searched(stage: Stage, viewer: str) -> Exchange:
    """Every queue, and the words of a report that most may not know; returns the whole list."""
    for queue in ("verification", "agency", "mine", "contested", "overdue", "appeals"):
        stage.search(viewer, queue=queue)
    for name in ("supervisory", "anonymous"):
        stage.search(viewer, queue="all", q=stage.marked[name].words["body"])
        stage.search(viewer, queue="all", q=stage.filed[name].code)
    return stage.search(viewer, queue="all")


def _asked_around(stage: Stage) -> None:
    """What holds no report at all; and what event functions do with events they cannot use."""
    for path in ("/api/directory", "/api/openapi.json", "/health"):
        stage.ask("public", "describe_service", path)
    for viewer in VIEWERS:
        stage.ask(viewer, "handle_report", "/api/desk/agencies")
        stage.ask(viewer, "track_report", f"/api/reports/{stage.filed['plain'].code}/support", {})
    known = stage.published[0]
    lost = {"id": "lost", "code": "0000000000A", "at": "2026-11-01T00:00:00Z"}
    stage.push("route_report", {**known, "id": "newer", "schema": 99}, {**known, **lost})


# What everybody sees


def seat_of(viewer: str, name: str) -> str:
    """P, R, A or O; empty for whom the report is not there."""
    if viewer in ("public", "reporter"):
        return viewer[0].upper()
    if viewer in OFFICE or (viewer == "verifier at the accused" and name not in CLOSED_TO_ACCUSED):
        return "O"
    return "A" if HOLDERS.get(name) == viewer else ""


def allowed(viewer: str, name: str) -> set[str]:
    """The kinds of marks of this report that this viewer may see, by the table above."""
    seat = seat_of(viewer, name)
    if not seat or (seat == "P" and name not in IN_PUBLIC):
        return set()
    texts = {kind for kind, seats in TEXTS.items() if seat in seats.split()}
    scrubbed = seat == "P" or (seat == "A" and FILINGS[name].get("anonymous"))
    return texts | (set() if scrubbed else {f"number in {kind}" for kind in texts})


def kinds_of(walk: Walk, name: str) -> set[str]:
    """The kinds of marks that are in the report at all."""
    return {kind for kind, _ in walk.stage.marked[name].needles()}


def of_reports(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name, kind) for name, kind in found if name}


@pytest.mark.parametrize(("viewer", "name"), list(product(VIEWERS, FILINGS)))
def test_everybody_sees_what_the_table_says(viewer: str, name: str, walk: Walk) -> None:
    """Neither more nor less: every kind of text and number of every report, for every viewer."""
    exchange = walk.seen[viewer, name]

    found = of_reports(walk.stage.found_in(exchange.told))

    assert found == {(name, kind) for kind in allowed(viewer, name) & kinds_of(walk, name)}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_whose_report_it_is_not_is_told_so(viewer: str, walk: Walk) -> None:
    """401 without the receipt, 403 for officers of elsewhere; 200 for all others."""
    refused = 401 if viewer in OUTSIDERS else 403

    statuses = {name: walk.seen[viewer, name].answer.status_code for name in FILINGS}

    assert statuses == {name: 200 if seat_of(viewer, name) else refused for name in FILINGS}


@pytest.mark.parametrize("viewer", VIEWERS)
def test_of_the_people_at_the_desk_only_who_works_on_it_is_named(viewer: str, walk: Walk) -> None:
    """Events are done by roles; the assignee is shown to those who work, by id."""
    assigned = {name for name in FILINGS if ASSIGNED in JOURNEYS[name]}

    naming = {
        name
        for name in FILINGS
        if ("", "officer") in walk.stage.found_in(walk.seen[viewer, name].told)
    }

    assert naming == {name for name in assigned if seat_of(viewer, name) in {"A", "O"}}


@pytest.mark.parametrize("viewer", [*AGENCIES, *OFFICE, "verifier at the accused"])
def test_a_queue_lists_what_its_reader_may_read(viewer: str, walk: Walk) -> None:
    """An agency its own; the region all; the accused never the report about it."""
    mine = {walk.stage.filed[name].code for name in FILINGS if seat_of(viewer, name)}

    listed = walk.queues[viewer].answer.json["reports"]

    assert {row["code"] for row in listed} == mine


@pytest.mark.parametrize("viewer", ["intake", "admin"])
def test_who_files_or_keeps_the_directory_searches_nothing(viewer: str, walk: Walk) -> None:
    """Their work needs no report."""
    assert walk.queues[viewer].answer.status_code == 403


def test_no_answer_of_any_journey_told_more_than_its_reader_may_know(walk: Walk) -> None:
    """Every answer there was: to actions, searches, filings and refusals, headers included."""
    leaks = [
        (str(exchange), name, kind)
        for exchange in walk.stage.exchanges
        for name, kind in of_reports(walk.stage.found_in(exchange.told))
        if kind not in allowed(exchange.viewer, name) | _once(exchange, name)
    ]

    assert len(walk.stage.exchanges) > 300
    assert leaks == []


def _once(exchange: Exchange, name: str) -> set[str]:
    """What is told once: the receipt to who filed, the identity to who revealed it."""
    if exchange.report != name or not exchange.answer.is_json or exchange.answer.status_code > 201:
        return set()
    if exchange.answer.status_code == 201:
        return {"receipt"}
    return set(IDENTITY) if exchange.action == "reveal" else set()


def test_who_reveals_the_identity_is_told_it(walk: Walk) -> None:
    """Or the test above would say nothing: the marks are there to be found."""
    revealed = [each for each in walk.stage.exchanges if each.action == "reveal" and each.is_done]

    assert {each.viewer for each in revealed} == {*OFFICE, "roads", "handler"}
    for exchange in revealed:
        assert {(exchange.report, kind) for kind in IDENTITY} <= walk.stage.found_in(exchange.told)


def test_an_answer_is_what_its_model_says(walk: Walk) -> None:
    """Every good answer of these journeys fits the OpenAPI page, and every bad one RFC 9457."""
    for exchange in walk.stage.exchanges:
        if exchange.answer.is_json and exchange.model:
            model = reply_model(exchange.model)
            model.model_validate_json(exchange.answer.data, strict=True)


# Secrets


@pytest.mark.parametrize("name", ["secret", "supervisory"])
def test_of_a_secret_report_the_public_sees_status_and_clocks(name: str, walk: Walk) -> None:
    """Not even which agency has it: Inspektorat would say what it is about."""
    view = walk.seen["public", name].answer.json

    assert set(view) == {"code", "status", "status_label", "clocks"}
    assert not [name for name in _names_of_offices(walk) if name in json.dumps(view)]


@pytest.mark.parametrize(("action", "fields"), [
    ("route", {"agency": HANDLER}), ("refer", {"body": "ombudsman", "text": "Lihat."}),
    ("merge", {"into": "~code:secret", "text": "Sama."}),
])  # fmt: skip
def test_the_status_of_a_secret_report_names_nobody(
    action: str, fields: dict[str, Any], walk: Walk
) -> None:
    """The labels of these statuses hold a name or a code; the public reads them without it."""
    name = f"secret, then {action}"
    walk.stage.file(name, secret=True)

    done = walk.stage.play(name, ("verifier", action, fields))
    told = walk.stage.look("public", name).told

    assert done.is_done
    assert not [named for named in _names_of_offices(walk) if named in told]
    assert walk.stage.filed["secret"].code not in told


def _names_of_offices(walk: Walk) -> list[str]:
    listed = walk.stage.region.call("describe_service", "/api/directory").json
    return [each["name"] for kind in ("agencies", "bodies") for each in listed[kind]]


def test_support_for_a_secret_report_is_support_for_none(walk: Walk) -> None:
    """The public is not told how many it concerns."""
    code = walk.stage.filed["secret"].code

    answer = walk.stage.ask("public", "track_report", f"/api/reports/{code}/support", {}).answer

    assert answer.status_code == 404


# What is written beside the answers


def test_no_line_of_any_log_holds_a_mark(walk: Walk) -> None:
    """Not a word, number, name, receipt or address, of nobody; ids of reports do not appear."""
    assert '"operation": "act_as_officer"' in walk.written
    assert walk.stage.found_in(walk.written) == set()
    assert not [filed.code for filed in walk.stage.filed.values() if filed.code in walk.written]


def test_wire_events_are_ids_and_nothing_else(walk: Walk) -> None:
    """What travels may be read by anybody who ever subscribes."""
    assert len(walk.stage.published) > 100
    for wire in walk.stage.published:
        assert set(wire) == {"id", "type", "schema", "code", "seq", "at"}
        assert walk.stage.found_in(json.dumps(wire)) == set()


@pytest.mark.parametrize(
    "collection", ["consumed", "idempotency", "parked", "attempts", "supporters", "outbox"]
)
def test_records_beside_a_report_hold_no_mark(collection: str, walk: Walk) -> None:
    """They outlive the report's own erasure, and nobody looks after them."""
    documents = {**walk.stored, **walk.waiting}
    found = [text for path, text in documents.items() if path.startswith(f"{collection}/")]

    assert found
    assert not [text for text in found if walk.stage.found_in(text)]


def test_the_identity_lies_in_one_place_and_sealed(walk: Walk) -> None:
    """reporters/{code}, unreadable there; in no other document of any collection."""
    once = {f"reporters/{walk.stage.filed[name].id}" for name in FILINGS}

    holding = {
        path: found
        for path, text in walk.stored.items()
        if (found := {kind for _, kind in walk.stage.found_in(text)} & {*IDENTITY, "receipt"})
    }

    assert holding == {}
    assert once <= set(walk.stored)


def test_texts_lie_with_their_report_only(walk: Walk) -> None:
    """Whoever erases a report and its timeline has erased what it said."""
    elsewhere = {
        path
        for path, text in walk.stored.items()
        if of_reports(walk.stage.found_in(text)) and not path.startswith("reports/")
    }

    assert elsewhere == set()


# Refusals


@dataclass(frozen=True)
class Probe:
    """A request that fails with this status; `~` stands for a mark, `~#` for a telephone number."""

    status: int
    function: str
    path: str
    body: Any = None
    by: str = "public"
    report: str = "plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


ACT, DESK, FILE = "/api/reports/{code}/actions", "/api/desk/reports/{code}/actions", "/api/reports"
GOOD = "Jalan berlubang di depan pasar, sudah tiga bulan."
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGE = {**FORM, "accept": "text/html"}
PROBES = {
    "broken JSON": Probe(400, "submit_report", FILE, '{"body": "~"', headers=JSON),
    "no object": Probe(400, "submit_report", FILE, '["~"]', headers=JSON),
    "a bad token": Probe(401, "handle_report", "/api/desk/agencies", method="GET",
                         headers={"authorization": "Bearer ~.~.~"}),
    "a bad receipt": Probe(401, "track_report", "/api/reports/{code}", method="GET",
                           headers={"authorization": "Receipt ~"}),
    "a foreign agency": Probe(403, "handle_report", DESK, by="health",
                              body={"action": "note", "revision": 1, "text": "~"}),
    "no such report": Probe(404, "track_report", "/api/reports/~", method="GET"),
    "no such path": Probe(404, "submit_report", "/api/~"),
    "another method": Probe(405, "track_report", "/api/reports/{code}", method="DELETE", body="~"),
    "the wrong status": Probe(409, "track_report", ACT, by="reporter",
                              body={"action": "supplement", "text": "~"}),
    "a stale revision": Probe(409, "handle_report", DESK, by="verifier",
                              body={"action": "note", "revision": 0, "text": "~"}),
    "too large": Probe(413, "submit_report", FILE, body={"body": "~ " * 20_000}),
    "another content type": Probe(415, "submit_report", FILE, "<body>~</body>",
                                  headers={"content-type": "text/~"}),
    "an unknown field": Probe(422, "submit_report", FILE, {"body": GOOD, "~ ~": "~"}),
    "an unknown field below": Probe(422, "submit_report", FILE,
                                    {"body": GOOD, "reporter": {"~@surat.example": "~"}}),
    "a number for a name": Probe(422, "submit_report", FILE, {"body": GOOD, "~#": "~"}),
    "no e-mail address": Probe(422, "submit_report", FILE,
                               {"body": GOOD, "reporter": {"email": "~ at surat.example"}}),
    "no phone": Probe(422, "submit_report", FILE, {"body": GOOD, "reporter": {"phone": "0812~"}}),
    "too long a name": Probe(422, "submit_report", FILE,
                             {"body": GOOD, "reporter": {"name": "~" * 101}}),
    "no date": Probe(422, "submit_report", FILE, {"body": GOOD, "occurred_on": "~"}),
    "no kind": Probe(422, "submit_report", FILE, {"body": GOOD, "kind": "~"}),
    "no such agency": Probe(422, "submit_report", FILE, {"body": GOOD, "agency": "~"}),
    "no area": Probe(422, "submit_report", FILE, {"body": GOOD, "area": "~"}),
    "no position": Probe(422, "submit_report", FILE, {"body": GOOD, "location": {"lat": "~"}}),
    "no key": Probe(422, "submit_report", FILE, {"body": GOOD}, headers={"idempotency-key": "~ ~"}),
    "a form with faults": Probe(422, "submit_report", FILE, "body=~&agency=~&%20~=1", headers=FORM),
    "a page of faults": Probe(422, "submit_report", FILE, "body=~&agency=~&%20~=1", headers=PAGE),
    "no action": Probe(422, "track_report", ACT, {"action": "~", "~": "~"}, by="reporter"),
    "no satisfaction": Probe(422, "track_report", ACT, by="reporter",
                             body={"action": "confirm", "solved": "~", "text": "~"}),
    "no such body": Probe(422, "handle_report", DESK, by="verifier", report="unpublished",
                          body={"action": "refer", "revision": "~now", "body": "~", "text": "~"}),
    "no such report to merge into": Probe(
        422, "handle_report", DESK, by="verifier", report="unpublished",
        body={"action": "merge", "revision": "~now", "into": "~", "text": "~"}),
    "no queue": Probe(422, "handle_report", "/api/desk/search", {"queue": "~"}, by="verifier"),
    "no cursor": Probe(422, "handle_report", "/api/desk/search", {"queue": "all", "cursor": "~"},
                       by="verifier"),
    "another's agency": Probe(403, "handle_report", "/api/desk/search",
                              {"queue": "all", "agency": "dlhk", "q": "~"}, by="health"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROBES)
def test_a_refusal_repeats_nothing_of_what_was_sent(
    name: str, walk: Walk, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither to the caller nor in a log: what is wrong may be a name in the wrong field."""
    probe, mark, number = PROBES[name], a_word(), a_phone()

    answer = _probed(walk.stage, probe, mark, number)
    told = f"{answer.headers}{answer.text}{''.join(capfd.readouterr())}".lower()

    assert answer.status_code == probe.status, answer.text
    assert mark not in told
    assert number not in told


def test_a_key_used_with_another_body_tells_neither(walk: Walk) -> None:
    """409 idempotency-mismatch: the first body may be somebody else's."""
    key = {"idempotency_key": a_word() * 2}
    first, second = ({"body": f"{GOOD} {a_word()}"} for _ in range(2))
    walk.stage.ask("public", "submit_report", FILE, first, **key)

    told = walk.stage.ask("public", "submit_report", FILE, second, **key)

    assert told.answer.status_code == 409
    assert not [
        word for word in f"{first} {second}".split() if word[0] == "q" and word in told.told
    ]


def test_a_reveal_sent_again_by_somebody_else_reveals_nothing(walk: Walk) -> None:
    """Key and body are no credentials: the answer is for the officer who gave the reason."""
    order = {"action": "reveal", "revision": 0, "text": "Perlu menelepon pelapor."}
    order["revision"] = walk.stage.region.report(walk.stage.filed["target"].code)["revision"]
    path, key = DESK.format(code=walk.stage.filed["target"].code), {"idempotency_key": a_word() * 2}
    told = {
        who: walk.stage.ask(who, "handle_report", path, order, report="target", **key)
        for who in ("verifier", "coordinator", "health", "admin", "verifier")
    }

    assert {who: done.answer.status_code for who, done in told.items()} == {
        "verifier": 200, "coordinator": 409, "health": 409, "admin": 409,
    }  # fmt: skip


def _probed(stage: Stage, probe: Probe, mark: str, number: str) -> TestResponse:
    filed = stage.filed[probe.report]
    signed = stage.signed(probe.by, probe.report)
    headers = {name: text.replace("~", mark) for name, text in {**signed, **probe.headers}.items()}
    path = probe.path.format(code=filed.code).replace("~", mark)
    data = probe.body if isinstance(probe.body, str) else json.dumps(probe.body)
    now = str(stage.region.report(filed.code)["revision"])
    data = data.replace('"~now"', now).replace("~#", number).replace("~", mark)
    sent = data if probe.body else None
    if not isinstance(probe.body, str):
        headers |= JSON
    client = client_of(probe.function)
    return client.open(path, method=probe.method, data=sent, headers=headers)


# Failures


def test_a_report_that_cannot_be_read_is_answered_without_it(
    walk: Walk, capfd: pytest.CaptureFixture[str]
) -> None:
    """500: what is wrong with a stored document is for the log, and its words are not."""
    code, mark = _damaged(walk.stage)

    answer = walk.stage.region.read(code)

    assert answer.status_code == 500
    assert answer.json["code"] == "internal-error"
    assert mark not in f"{answer.headers}{answer.text}{''.join(capfd.readouterr())}"


def test_a_report_with_a_hole_in_its_timeline_is_answered_without_it(
    walk: Walk, capfd: pytest.CaptureFixture[str]
) -> None:
    """500 again, with the place in the code as the only word about it."""
    walk.stage.file("with a hole")
    filed = walk.stage.filed["with a hole"]
    walk.stage.region.store.document(f"reports/{filed.id}/timeline/000001").delete()

    answer = walk.stage.region.read(filed.code, filed.receipt)
    written = "".join(capfd.readouterr())

    assert answer.status_code == 500
    assert "BrokenTimeline at" in written
    assert walk.stage.found_in(f"{answer.text} {written}") == set()


def test_an_event_that_fails_says_where_and_not_on_what(
    walk: Walk, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """It is raised, so that it comes again; the framework prints what is raised."""
    code, mark = _damaged(walk.stage)
    wire = {**walk.stage.published[0], "id": "failing", "code": code}

    answer = pushed(walk.stage.region, "route_report", wire)
    written = "".join([*capfd.readouterr(), caplog.text])

    assert answer.status_code == 500
    assert "event failed" in written
    assert "Traceback" in written
    assert mark not in f"{answer.text} {written}"


def _damaged(stage: Stage) -> tuple[str, str]:
    """A stored report with a mark where no text can be; its code and the mark."""
    name, mark = f"damaged {a_word()}", a_word()
    stage.file(name)
    code = stage.filed[name].id
    stage.region.store.document("reports", code).update({"status": mark})
    return code, mark
