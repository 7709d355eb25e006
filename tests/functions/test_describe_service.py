"""The service describes itself: its contract, its directory, its health."""

from typing import Any

import pytest
from openapi_spec_validator import validate

from shared.edge.replies import DirectoryView, Health, ProblemDetails
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
    "/api/desk/search": {"post"},
    "/api/desk/reports": {"post"},
    "/api/desk/reports/{code}": {"get"},
    "/api/desk/reports/{code}/actions": {"post"},
    "/api/desk/agencies": {"get"},
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
    "reveal", "note",
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
