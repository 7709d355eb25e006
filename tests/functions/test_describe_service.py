"""The service describes itself: its contract, its directory, its health."""

from typing import Any
from urllib.parse import urlencode

import pytest
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from shared.edge.replies.problems import ProblemDetails
from shared.edge.replies.service import DirectoryView, DueView, Health
from tests.functions.region import Region

# The paths of the HTTP contract that programs outside may call.
CONTRACT = {
    "/api/reports": {"post"},
    "/api/reports/{code}": {"get"},
    "/api/reports/{code}/actions": {"post"},
    "/api/reports/{code}/support": {"post"},
    "/api/reports/{code}/receipt": {"post"},
    "/api/reports/{code}/oversight-file": {"get"},
    "/api/reports/{code}/attachments": {"get", "post"},
    "/api/reports/{code}/attachments/{id}": {"delete"},
    "/api/desk/search": {"post"},
    "/api/desk/reports": {"post"},
    "/api/desk/reports/{code}": {"get"},
    "/api/desk/reports/{code}/actions": {"post"},
    "/api/desk/agencies": {"get"},
    "/api/desk/agencies/{id}": {"post"},
    "/api/desk/officers": {"get", "post"},
    "/api/desk/officers/{id}": {"post"},
    "/api/desk/edits": {"get"},
    "/api/desk/looks": {"get"},
    "/api/directory": {"get"},
    "/api/scoreboard": {"get"},
    "/api/scoreboard.csv": {"get"},
    "/api/scoreboard/roots": {"get"},
    "/api/calendar/due": {"get"},
    "/api/openapi.json": {"get"},
    "/health": {"get"},
}
REPORTS_FIELDS = {
    "body", "kind", "title", "about_official", "occurred_on", "category", "agency", "area",
    "location", "anonymous", "secret", "reporter", "language",
}  # fmt: skip
REPORTERS_ACTIONS = {
    "add", "reply", "supplement", "object", "appeal", "split", "confirm", "withdraw",
}  # fmt: skip
OFFICERS_ACTIONS = {
    "classify", "route", "refer", "hold", "resume", "forward", "recall", "accept", "assign",
    "plan", "respond", "extend", "archive", "merge", "direct", "reassign", "reopen", "redact",
    "reveal", "note", "review",
}  # fmt: skip


@pytest.fixture
def document(region: Region) -> dict[str, Any]:
    answer = region.call("describe_service", "/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def actions_in(document: dict[str, Any], model: str) -> set[str]:
    return set(document["components"]["schemas"][model]["discriminator"]["mapping"])


def test_the_description_is_valid_openapi(document: dict[str, Any]) -> None:
    """As the specification's own validator sees it."""
    validate(document)

    assert document["openapi"].startswith("3.1")


def test_the_description_names_paths_of_the_contract_only(document: dict[str, Any]) -> None:
    """And none of the scheduler's."""
    described = {path: set(methods) for path, methods in document["paths"].items()}

    assert {path: CONTRACT.get(path) for path in described} == described


def test_the_description_holds_the_contracts_names(document: dict[str, Any]) -> None:
    """Every field of a report and every action, no other."""
    schemas = document["components"]["schemas"]

    assert set(schemas["ReportForm"]["properties"]) == REPORTS_FIELDS
    assert actions_in(document, "ReporterActions") == REPORTERS_ACTIONS
    assert actions_in(document, "OfficerActions") == OFFICERS_ACTIONS


def test_every_operation_tells_how_it_fails(document: dict[str, Any]) -> None:
    """Problems have one shape; who needs credentials is told so."""
    operations = [each for path in document["paths"].values() for each in path.values()]

    assert all("503" in operation["responses"] for operation in operations)
    assert all(
        "application/problem+json" in failure["content"]
        for operation in operations
        for status, failure in operation["responses"].items()
        if status >= "400"
    )


@pytest.mark.parametrize(
    ("language", "name"), [("id", "Kabupaten Badung"), ("en", "Badung Regency")]
)
def test_anybody_reads_the_directory(region: Region, language: str, name: str) -> None:
    """Categories, agencies, bodies and areas, in the reader's language."""
    answer = region.call("describe_service", "/api/directory", accept_language=language)

    directory = DirectoryView.model_validate(answer.json)
    assert directory.region.name == name
    assert "dpupr" in {agency.id for agency in directory.agencies}
    assert ("51.03", "Kabupaten Badung") in {(area.code, area.name) for area in directory.areas}
    assert "dpupr@badung.example" not in answer.text


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/directory"])
def test_what_is_the_same_for_all_may_be_kept(region: Region, path: str) -> None:
    """For five minutes, by language."""
    headers = region.call("describe_service", path).headers

    assert headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Language" in headers["Vary"]


def test_the_service_is_well(region: Region) -> None:
    """When the store answers; nobody keeps that answer."""
    answer = region.call("describe_service", "/health")

    assert (answer.status_code, Health.model_validate(answer.json).status) == (200, "ok")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/health", 405),
        ("DELETE", "/api/directory", 405),
        ("GET", "/healthz", 404),
        ("GET", "/api/openapi.yaml", 404),
    ],
)
def test_other_methods_and_paths_are_told(
    region: Region, method: str, path: str, status: int
) -> None:
    """As a problem, like everywhere."""
    answer = region.call("describe_service", path, method=method)

    assert answer.status_code == status
    assert ProblemDetails.model_validate(answer.json).status == status


# When a clock would be due


def explained(region: Region, **asked: str) -> TestResponse:
    return region.call("describe_service", f"/api/calendar/due?{urlencode(asked)}")


def faults_of(answer: TestResponse) -> list[tuple[str, str]]:
    assert answer.status_code == 422
    problem = ProblemDetails.model_validate(answer.json)
    return [(fault.field, fault.code) for fault in problem.errors or ()]


def test_anybody_asks_when_a_clock_would_be_due(region: Region) -> None:
    """Each day counted, each skipped holiday by name, and the row that says so."""
    answer = explained(region, start="2026-12-23T10:00:00+08:00", clock="verification")

    assert DueView.model_validate(answer.json)
    assert answer.json == {
        "due_at": "2026-12-30T23:59:59+08:00",
        "days": ["2026-12-28", "2026-12-29", "2026-12-30"],
        "skipped": [
            {"date": "2026-12-24", "name": "Cuti Bersama Hari Raya Natal"},
            {"date": "2026-12-25", "name": "Hari Raya Natal"},
        ],
        "policy": "verification-2018",
    }
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("start", "due_at"),
    [
        ("2026-11-20", "2026-11-27T23:59:59+08:00"),
        ("2026-11-20T23:59:59+08:00", "2026-11-27T23:59:59+08:00"),
        ("2026-11-20T15:59:59Z", "2026-11-27T23:59:59+08:00"),
        ("2026-11-20T16:00:00Z", "2026-11-27T23:59:59+08:00"),
        ("2026-11-22T16:00:00Z", "2026-11-30T23:59:59+08:00"),
    ],
)
def test_a_due_time_goes_by_the_local_day(region: Region, start: str, due_at: str) -> None:
    """A day alone is the region's own; the last two starts are a Saturday and a Monday here."""
    assert explained(region, start=start, clock="response").json["due_at"] == due_at


def test_a_plus_sign_that_nobody_escaped_is_one(region: Region) -> None:
    """In an address it stands for a blank."""
    path = "/api/calendar/due?start=2026-11-20T09:00:00+08:00&clock=response"

    assert region.call("describe_service", path).status_code == 200


@pytest.mark.parametrize(
    ("clock", "kind", "policy", "days"),
    [
        ("legal", "complaint", "legal-complaint-2018", 14),
        ("legal", "information_request", "legal-information-2018", 5),
        ("legal", "supervisory", "legal-supervisory-2018", 60),
        ("verification", "information_request", "verification-information-2018", 1),
        ("decision", "aspiration", "decision-2018", 2),
        ("reporter", "complaint", "reporter-2018", 10),
        ("completion", "complaint", "completion-2018", 30),
        ("completion_agency", "complaint", "completion-agency-2018", 10),
    ],
)
def test_every_clock_is_explained_by_the_row_of_its_kind(
    region: Region, clock: str, kind: str, policy: str, days: int
) -> None:
    """Working days or calendar days, as the row has it."""
    answer = explained(region, start="2026-11-02", clock=clock, kind=kind)

    assert (answer.json["policy"], len(answer.json["days"])) == (policy, days)


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({}, [("start", "required"), ("clock", "required")]),
        ({"start": "besok", "clock": "legal"}, [("start", "not-a-time")]),
        ({"start": "2026-02-30", "clock": "legal"}, [("start", "not-a-time")]),
        ({"start": "2026-11-20T09:00:00", "clock": "legal"}, [("start", "not-a-time")]),
        ({"start": "0001-01-01T00:00:00+14:00", "clock": "legal"}, [("start", "not-a-time")]),
        ({"start": "2019-01-01", "clock": "legal"}, [("start", "outside-calendar")]),
        ({"start": "2027-12-30", "clock": "reporter"}, [("start", "outside-calendar")]),
        ({"start": "2026-11-20", "clock": "promise"}, [("clock", "not-an-option")]),
        ({"start": "2026-11-20", "clock": "legal", "kind": "x"}, [("kind", "not-an-option")]),
        (
            {"start": "2026-11-20", "clock": "legal", "kind": "appreciation"},
            [("kind", "no-such-clock")],
        ),
        ({"start": "2026-11-20", "clock": "legal", "zone": "UTC"}, [("zone", "unknown-field")]),
    ],
    ids=str,
)
def test_a_question_that_has_no_answer_names_the_field(
    region: Region, asked: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    """With what would be right; what was sent is not repeated."""
    answer = explained(region, **asked)

    assert faults_of(answer) == faults
    assert "besok" not in answer.text


def test_the_description_tells_what_may_be_asked(document: dict[str, Any]) -> None:
    """Each with its type; what has a default may be left out."""
    asked = document["paths"]["/api/calendar/due"]["get"]["parameters"]

    assert {each["name"]: each["required"] for each in asked} == {
        "start": True,
        "clock": True,
        "kind": False,
    }
    assert {each["in"] for each in asked} == {"query"}
