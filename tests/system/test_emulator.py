"""`make run` as people meet it: a process of its own, looked at from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulator.children import free_port
from infra.manifest import ROOT
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import (
    PATIENCE,
    REPORT,
    Emulator,
    client_of,
    started,
    status_once_routed,
)


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with started(tmp_path_factory.mktemp("emulator"), free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def web(emulator: Emulator) -> Iterator[httpx.Client]:
    with client_of(emulator.port) as client:
        yield client


def _signed_in(web: httpx.Client, name: str) -> dict[str, str]:
    answer = web.post("/_emulator/token", json={"email": f"{name}@badung.example"})
    return {"Authorization": f"Bearer {answer.json()['id_token']}"}


def _now(web: httpx.Client) -> datetime:
    return datetime.fromisoformat(web.get("/_emulator/clock").json()["now"])


def test_it_says_where_everything_is(emulator: Emulator) -> None:
    """The first thing a developer reads names what to open and how to sign in."""
    for path in ("/api/reports", "/api/openapi.json", "/health", "/_emulator/officers"):
        assert f"http://127.0.0.1:{emulator.port}{path}" in emulator.said()
    assert "verifier1@badung.example" in emulator.said()


def test_health_answers(web: httpx.Client) -> None:
    """The store is there."""
    answer = web.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_report_is_routed_by_the_system(web: httpx.Client) -> None:
    """Commit, publish, push, rule, commit: the whole way, within seconds."""
    filed = web.post("/api/reports", json=REPORT)

    assert filed.status_code == 201
    assert status_once_routed(web, filed.json()["code"]) == "routed"
    assert web.get(filed.json()["links"]["self"]).json()["agency"]["id"] == "dlhk"


def test_a_burst_of_reports_is_routed_to_the_last_one(web: httpx.Client) -> None:
    """Requests, clock questions and pushes share the front door and never wait for each other."""
    with ThreadPoolExecutor(30) as people:
        filed = list(people.map(lambda _: web.post("/api/reports", json=REPORT), range(60)))

    assert {answer.status_code for answer in filed} == {201}
    assert {status_once_routed(web, answer.json()["code"]) for answer in filed} == {"routed"}


def test_a_seeded_officer_signs_in_and_sees_the_queue(web: httpx.Client) -> None:
    """The token passes the same check as a real issuer's."""
    answer = web.post(
        "/api/desk/search", json={"queue": "verification"}, headers=_signed_in(web, "verifier1")
    )

    assert answer.status_code == 200
    assert "reports" in answer.json()


def test_nobody_else_signs_in(web: httpx.Client) -> None:
    """An unknown address is told where the known ones are listed."""
    answer = web.post("/_emulator/token", json={"email": "nobody@badung.example"})

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "/_emulator/officers" in answer.json()["detail"]


def test_the_officers_cover_every_role_and_every_agency(web: httpx.Client) -> None:
    """Every command can be tried; the same people come back at every start."""
    officers = web.get("/_emulator/officers").json()
    by_email = {officer["email"]: officer for officer in officers}

    assert {role for officer in officers for role in officer["roles"]} == {
        "verifier", "intake", "coordinator", "oversight", "admin", "agency",
    }  # fmt: skip
    assert {officer["agency"] for officer in officers if officer["head"]} >= {"dlhk", "inspektorat"}
    assert by_email["kepala.dlhk@badung.example"]["agency"] == "dlhk"
    assert by_email["inspektorat1@badung.example"]["agency"] == "inspektorat"


@pytest.mark.parametrize("path", ["/api/nothing", "/_emulator/nothing"])
def test_an_unknown_path_is_a_problem_document(web: httpx.Client, path: str) -> None:
    """As the contract promises for every error."""
    answer = web.get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not-found"


def test_only_pubsub_may_push(web: httpx.Client) -> None:
    """Event functions are private here as in the cloud."""
    assert web.post("/_private/guessed/route_report", json={}).status_code == 403
    assert web.post("/_private/route_report", json={}).status_code == 403


@pytest.mark.parametrize(
    "move", [{"advance": "-P1D"}, {"set": "2020-01-01T00:00:00+08:00"}, {"advance": "soon"}, {}, []]
)
def test_the_clock_goes_only_forward(web: httpx.Client, move: Any) -> None:
    """What passed has had its effects; what is unreadable moves nothing."""
    before = _now(web)

    assert web.post("/_emulator/clock", json=move).status_code == 422
    assert before <= _now(web) < before + timedelta(minutes=1)


def test_functions_live_by_the_emulators_clock(web: httpx.Client) -> None:
    """After a week's advance a new report is a week younger."""
    before = _now(web)
    web.post("/_emulator/clock", json={"advance": "P7D"}).raise_for_status()

    filed = web.post("/api/reports", json=REPORT).json()

    assert datetime.fromisoformat(filed["submitted_at"]) >= before + timedelta(days=7)


def test_a_taken_port_is_said_and_another_one_used(emulator: Emulator, tmp_path: Path) -> None:
    """Two checkouts side by side need no configuration."""
    with started(tmp_path, emulator.port) as second:
        assert f"Port {emulator.port} is taken" in second.said()
        assert f"http://127.0.0.1:{emulator.port}/" not in second.said()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_however_it_ends_nothing_is_left_behind(tmp_path: Path, sign: signal.Signals) -> None:
    """Nothing keeps running after Ctrl-C, a stop, or a kill."""
    with started(tmp_path, 0) as emulator:
        # Google's emulators are processes of their own, each with a shell that watches over it.
        assert len(emulator.left_behind()) > (2 if ON_GOOGLE else 0)

        code = emulator.end(sign)

    end = time.monotonic() + PATIENCE
    while emulator.left_behind() and time.monotonic() < end:
        time.sleep(0.1)
    assert emulator.left_behind() == []
    assert code == (-signal.SIGKILL if sign is signal.SIGKILL else 0)


def test_isolated_functions_do_the_same(tmp_path: Path) -> None:
    """Each in a process of its own, as in the cloud: no state is shared by accident."""
    port = free_port()
    with started(tmp_path, port, "--isolated"), client_of(port) as web:
        filed = web.post("/api/reports", json=REPORT)

        assert status_once_routed(web, filed.json()["code"]) == "routed"


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--port", "http"], "number from 1 to 65535"),
        (["--region", "nowhere"], "choose one of: badung"),
    ],
)
def test_a_wrong_option_is_one_helpful_line(options: list[str], remedy: str) -> None:
    """No traceback: what is wrong, and what to write instead."""
    done = subprocess.run(
        [sys.executable, "-m", "emulator", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert remedy in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_start_without_an_offset_is_one_helpful_line() -> None:
    """CLOCK without a zone would mean another instant on every machine."""
    done = subprocess.run(
        [sys.executable, "-m", "emulator"],
        cwd=ROOT,
        env={**os.environ, "CLOCK": "2026-11-21T08:00"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "2026-11-21T08:00+08:00" in done.stderr
