"""What was given up or parked is listed, and sent again, on the local cloud."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from google.cloud.firestore import Client

from emulator.children import free_port
from emulator.environment import PROJECT
from infra.commands.redrive import publishing
from infra.manifest import ROOT
from shared.usecases.ports import WIRE_SCHEMA
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, client_of, started, status_once_routed

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators give nothing up")

# No push reaches its function.
NOTHING_ARRIVES = {"seed": 1, "messages": {"drop": 1.0}}


@dataclass(frozen=True)
class Cloud:
    web: httpx.Client
    hosts: Mapping[str, str]

    @property
    def store(self) -> Client:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FIRESTORE_EMULATOR_HOST", self.hosts["FIRESTORE_EMULATOR_HOST"])
            return Client(project=PROJECT)

    def redrive(self, *arguments: str) -> tuple[int, str]:
        ran = subprocess.run(
            [sys.executable, "-m", "infra.commands.redrive", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.hosts, "GOOGLE_CLOUD_PROJECT": PROJECT, "COLUMNS": "250"},
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode, ran.stdout + ran.stderr

    def advance(self, span: str) -> None:
        moved = self.web.post("/_emulator/clock", json={"advance": span}, timeout=300)
        moved.raise_for_status()

    def publish(self, wire: Mapping[str, Any]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PUBSUB_EMULATOR_HOST", self.hosts["PUBSUB_EMULATOR_HOST"])
            attributes = {"type": str(wire["type"]), "schema": str(wire["schema"])}
            publishing(PROJECT)("report-events", json.dumps(wire).encode(), attributes)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    port = free_port()
    with started(tmp_path_factory.mktemp("redrive"), port), client_of(port) as web:
        hosts = dict(re.findall(r"(\w+_HOST)=([\d.:]+)", web.get("/_emulator").text))
        yield Cloud(web, hosts)


@pytest.fixture
def lost(cloud: Cloud) -> Iterator[str]:
    """A report that no consumer heard of; its code as people read it."""
    cloud.web.post("/_emulator/faults", json=NOTHING_ARRIVES).raise_for_status()
    code = cloud.web.post("/api/reports", json=REPORT).json()["code"]
    cloud.advance("PT8H")
    cloud.web.delete("/_emulator/faults").raise_for_status()
    yield code
    cloud.redrive("--all")


def status_of(cloud: Cloud, code: str) -> str:
    status: str = cloud.web.get(f"/api/reports/{code}").json()["status"]
    return status


def letters(said: str) -> dict[str, str]:
    """Lines of the table by their ids."""
    lines = (re.match(r" *(\d+) +(report-events-dead .*)", line) for line in said.splitlines())
    return {found[1]: found[2] for found in lines if found}


def parked(code: str, **fields: Any) -> dict[str, Any]:
    wire = {"type": "report.submitted", "schema": WIRE_SCHEMA, "code": code, "seq": 1}
    return {**wire, "id": uuid4().hex, "at": "2026-01-02T01:00:00+00:00", **fields}


def test_what_was_given_up_is_listed_and_stays(cloud: Cloud, lost: str) -> None:
    """Looking changes nothing, however often: one line for each consumer that gave up."""
    for _ in range(2):
        code, said = cloud.redrive()
        found = letters(said)

        assert code == 0
        assert len(found) == 3
        for consumer in ("route_report", "count_report", "write_notices"):
            assert f"{consumer} gave up after 20 tries" in said
        assert all(lost.replace("-", "") in line for line in found.values())
        assert "Nothing was changed" in said
    assert status_of(cloud, lost) == "submitted"


def test_one_alone_is_sent_again_and_then_all(cloud: Cloud, lost: str) -> None:
    """It reaches every consumer; whoever had done it already does nothing twice."""
    _, listed = cloud.redrive()
    first, *others = sorted(letters(listed))

    code, said = cloud.redrive("--id", first)

    assert code == 0
    assert "1 sent again, 2 left where they are" in said
    assert status_once_routed(cloud.web, lost) == "routed"
    assert sorted(letters(cloud.redrive()[1])) == others
    code, said = cloud.redrive("--all")
    assert (code, said.count("sent to report-events")) == (0, 2)
    cloud.advance("PT1M")
    assert "Nothing was given up or parked" in cloud.redrive()[1]
    types = [e["type"] for e in cloud.web.get(f"/api/reports/{lost}").json()["timeline"]]
    assert types == ["submitted", "routed"]


def test_the_control_room_no_longer_shows_what_was_sent_again(cloud: Cloud, lost: str) -> None:
    """Both look at the same dead letters."""
    shown = cloud.web.get("/_emulator").text
    assert lost.replace("-", "") in shown or "gave up" in shown or "report-events-dead" in shown

    cloud.redrive("--all")
    cloud.advance("PT1M")

    assert letters(cloud.redrive()[1]) == {}


def test_an_unknown_id_is_no_success(cloud: Cloud) -> None:
    """A slip of the keyboard must not look like a deed."""
    code, said = cloud.redrive("--id", "nonsense")

    assert code == 1
    assert "0 sent again" in said


def test_a_parked_event_is_sent_again_when_its_reason_is_gone(cloud: Cloud) -> None:
    """It was parked because its report was not there; now it is."""
    code = cloud.web.post("/api/reports", json=REPORT).json()["code"]
    assert status_once_routed(cloud.web, code) == "routed"
    wire = parked("0000000000A")
    cloud.publish(wire)
    cloud.advance("PT1M")
    assert "no-such-report" in cloud.redrive()[1]
    for document in cloud.store.collection("parked").list_documents():
        mended = json.dumps({**wire, "code": code.replace("-", "")}).encode()
        document.update({"data": json.dumps({"data": b64encode(mended).decode()})})

    done, said = cloud.redrive("--id", wire["id"])

    assert done == 0
    assert "sent to report-events" in said
    cloud.advance("PT1M")
    assert "Nothing was given up or parked" in cloud.redrive()[1]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"schema": WIRE_SCHEMA + 1}, "schema 2 is newer than this release"),
        ({"code": "not a code"}, ""),
    ],
)
def test_what_would_only_come_back_stays(cloud: Cloud, fields: dict[str, Any], why: str) -> None:
    """Finish the release first; what is unreadable goes and is parked anew."""
    wire = {**parked("0000000000A"), **fields}
    cloud.publish(wire)
    cloud.advance("PT1M")

    code, said = cloud.redrive("--all")

    assert code == (1 if why else 0)
    assert why in said
    for document in cloud.store.collection("parked").list_documents():
        document.delete()
