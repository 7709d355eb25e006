"""What was acknowledged is there after a restart, also after kill -9, and goes on its way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulator.children import free_port
from emulator.state import StateInUse, kept_in
from infra.manifest import ROOT
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, Emulator, client_of, started, status_once_routed

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators keep nothing")

SIGNS = (signal.SIGTERM, signal.SIGKILL)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def kept(tmp_path: Path, state: Path, *options: str) -> AbstractContextManager[Emulator]:
    """On another port each time, as after a restart of the machine."""
    return started(tmp_path, free_port(), *options, on=("--state", str(state)))


def filed(web: httpx.Client) -> dict[str, Any]:
    answer = web.post("/api/reports", json=REPORT)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def now(web: httpx.Client) -> datetime:
    return datetime.fromisoformat(web.get("/_emulator/clock").json()["now"])


def status_of_a_sign_in(web: httpx.Client) -> int:
    token = web.post("/_emulator/token", json={"email": "verifier1@badung.example"}).json()
    bearer = {"Authorization": f"Bearer {token['id_token']}"}
    return web.post("/api/desk/search", json={"queue": "all"}, headers=bearer).status_code


@dataclass(frozen=True)
class Restarted:
    """What the first cloud had, and the client of the second."""

    report: dict[str, Any]
    clock: datetime
    directory: dict[str, Any]
    web: httpx.Client


@pytest.fixture(scope="module", params=SIGNS)
def restarted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Restarted]:
    """With a routed report and an officer who had signed in, three days later than real time."""
    folder = tmp_path_factory.mktemp("restarted")
    with kept(folder, folder / "state") as emulator, client_of(emulator.port) as web:
        report = filed(web)
        status_once_routed(web, report["code"])
        assert status_of_a_sign_in(web) == 200
        web.post("/_emulator/clock", json={"advance": "P3D"}).raise_for_status()
        clock, directory = now(web), web.get("/api/directory").json()
        emulator.end(request.param)

    with kept(folder, folder / "state") as emulator, client_of(emulator.port) as web:
        yield Restarted(report, clock, directory, web)


def test_a_report_and_the_clock_outlive_the_process(restarted: Restarted) -> None:
    """The same report, already routed, and three days later than real time."""
    code, receipt = restarted.report["code"], restarted.report["receipt"].replace(" ", "")
    held = {"Authorization": f"Receipt {receipt}"}
    again = restarted.web.get(f"/api/reports/{code}", headers=held).json()

    assert (again["status"], again["body"]) == ("routed", REPORT["body"])
    assert restarted.clock <= now(restarted.web) < restarted.clock + timedelta(minutes=5)


def test_seeding_again_changes_nothing(restarted: Restarted) -> None:
    """The directory stands once, in the same order."""
    assert restarted.web.get("/api/directory").json() == restarted.directory


def test_officers_sign_in_again_after_a_restart(restarted: Restarted) -> None:
    """The local issuer has another address each time; that makes nobody a stranger."""
    assert status_of_a_sign_in(restarted.web) == 200


def test_what_was_acknowledged_when_it_was_killed_is_routed_afterwards(
    tmp_path: Path, state: Path
) -> None:
    """Killed in the middle of everything: some events were under way, some not yet published."""
    with kept(tmp_path, state) as emulator, client_of(emulator.port) as web:
        with ThreadPoolExecutor(8) as people:
            reports = list(people.map(lambda _: filed(web), range(24)))
        emulator.end(signal.SIGKILL)

    with kept(tmp_path, state) as emulator, client_of(emulator.port) as web:
        web.post("/_emulator/clock", json={"advance": "PT5M"}).raise_for_status()

        statuses = {web.get(f"/api/reports/{each['code']}").json()["status"] for each in reports}

    assert statuses == {"routed"}


def test_fresh_forgets_it(tmp_path: Path, state: Path) -> None:
    """The report is gone, and the clock is real time again."""
    with kept(tmp_path, state) as emulator, client_of(emulator.port) as web:
        code = filed(web)["code"]
        web.post("/_emulator/clock", json={"advance": "P3D"}).raise_for_status()

    with kept(tmp_path, state, "--fresh") as emulator, client_of(emulator.port) as web:
        assert web.get(f"/api/reports/{code}").status_code == 404
        assert now(web) < datetime.now().astimezone() + timedelta(minutes=5)


@pytest.fixture
def used(state: Path) -> Iterator[Path]:
    """By another local cloud; three days ahead."""
    with kept_in(state) as ours:
        ours.keep_clock(timedelta(days=3))
        yield state


def test_a_state_belongs_to_one_cloud_at_a_time(used: Path) -> None:
    """Two would write over each other."""
    done = _refused("--state", str(used))

    assert "is in use by another local cloud" in done
    with pytest.raises(StateInUse), kept_in(used):
        pass


def test_a_kept_clock_is_not_set_back(tmp_path: Path) -> None:
    """One line that says how to start from the beginning."""
    with kept_in(tmp_path) as state:
        state.keep_clock(timedelta(days=3))

    assert "--fresh forgets" in _refused("--state", str(tmp_path), CLOCK="2022-01-01T08:00+08:00")


def test_fresh_removes_its_own_files_only(tmp_path: Path) -> None:
    """Somebody may name a folder that holds other things."""
    (tmp_path / "thesis.txt").write_text("irreplaceable")
    (tmp_path / "documents.sqlite").write_text("old")

    with kept_in(tmp_path, fresh=True) as state:
        assert not state.documents.exists()
        assert (tmp_path / "thesis.txt").exists()
        assert state.clock_ahead() is None


def _refused(*options: str, **variables: str) -> str:
    """One line, and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "emulator", "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "300", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr
