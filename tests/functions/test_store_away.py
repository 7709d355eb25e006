"""When the store, the issuer or a setting is away, it is said, and soon."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.edge.replies.problems import ProblemDetails
from tests.functions.region import GOOD_BODY, ORIGIN, Region, client_of, living_in

NOBODY = "127.0.0.1:1"


WIRE = {"id": "e", "type": "report.submitted", "schema": 1, "code": "7K3M9QX2WDQ", "seq": 1}
CALLS: list[tuple[str, str, Any]] = [
    ("submit_report", "/api/reports", {"body": GOOD_BODY}),
    ("track_report", "/api/reports/7K3M9QX2WD-Q", None),
    ("handle_report", "/api/desk/search", {"queue": "all"}),
    ("describe_service", "/health", None),
    ("relay_outbox", "/", {}),
]


@pytest.fixture
def without_store(region: Region) -> Iterator[Region]:
    with living_in({"FIRESTORE_EMULATOR_HOST": NOBODY}):
        yield region


def test_without_the_store_every_function_says_so(without_store: Region) -> None:
    """503 and when to come again; all at once, for each takes two seconds."""
    token = without_store.bearer("verifier1")

    with ThreadPoolExecutor(len(CALLS)) as pool:
        answers = list(pool.map(lambda c: without_store.call(*c, authorization=token), CALLS))

    problems = [ProblemDetails.model_validate(answer.json) for answer in answers]
    assert [(each.status, each.code) for each in problems] == [(503, "store-away")] * len(CALLS)
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)


def test_a_wrong_post_needs_no_store(without_store: Region) -> None:
    """Its faults are told all the same."""
    assert without_store.post({"body": "x"}).status_code == 422


def test_without_the_store_no_site_is_known(without_store: Region) -> None:
    """A browser's cross-origin post then shows no reason, but it ends."""
    answer = without_store.post({"body": "x"}, origin=ORIGIN)

    assert answer.status_code == 422
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_an_event_comes_again_when_the_store_is_back(without_store: Region) -> None:
    """500 is how a push is asked for once more."""
    answer = without_store.deliver("route_report", WIRE | {"at": "2026-11-21T01:12:44Z"})

    assert answer.status_code == 500


def test_without_the_issuer_no_token_is_judged(region: Region) -> None:
    """503: the token may well be good."""
    token = region.bearer("verifier1")

    with living_in({"TOKEN_ISSUER": f"http://{NOBODY}"}):
        answer = region.desk("/agencies", authorization=token)

    assert (answer.status_code, answer.json["code"]) == (503, "issuer-away")
    assert "Retry-After" in answer.headers


def test_a_bug_is_answered_with_an_id_only(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key ring that cannot be read is ours to mend: the log says where, the answer does not."""
    with living_in({"RECEIPT_KEYS": "secret-that-is-no-ring"}):
        answer = client_of("submit_report").post("/api/reports", json={"body": GOOD_BODY})

    line = capsys.readouterr().out
    assert (answer.status_code, answer.json["code"]) == (500, "internal-error")
    assert '"severity": "ERROR"' in line
    assert "NotConfigured" in line
    assert "secret-that-is-no-ring" not in line + answer.text
