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
from infra.commands.redrive import Looked, redrive
from infra.dead_letters import DeadLetters
from infra.manifest import ROOT
from infra.parked_events import ParkedEvents
from infra.pubsub import publishing, subscriber
from shared.usecases.ports import WIRE_SCHEMA
from tests.corpus.pictures import TELLING
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, client_of, started, status_once_routed
from tests.system.local_files import once_looked_at, upload

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

    def redrive(self, *ids: str, all_: bool = False) -> list[Looked]:
        """Whatever lies in the region's dead letters or is parked; one look is enough here."""
        with pytest.MonkeyPatch.context() as patch:
            for name, host in self.hosts.items():
                patch.setenv(name, host)
            letters = DeadLetters(subscriber(), PROJECT, "report-events-dead", looks=1)
            places = (letters, ParkedEvents(self.store))
            return redrive(places, publishing(PROJECT), lambda one: all_ or one.id in ids)

    def command(self, *arguments: str) -> tuple[int, str]:
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
    cloud.advance("PT3H")
    cloud.web.delete("/_emulator/faults").raise_for_status()
    yield code
    cloud.redrive(all_=True)


def status_of(cloud: Cloud, code: str) -> str:
    status: str = cloud.web.get(f"/api/reports/{code}").json()["status"]
    return status


def parked(code: str, **fields: Any) -> dict[str, Any]:
    wire = {"type": "report.submitted", "schema": WIRE_SCHEMA, "code": code, "seq": 1}
    return {**wire, "id": uuid4().hex, "at": "2026-01-02T01:00:00+00:00", **fields}


def test_what_was_given_up_is_listed_and_stays(cloud: Cloud, lost: str) -> None:
    """Looking changes nothing, however often: one line for each consumer that gave up."""
    for _ in range(2):
        found = cloud.redrive()

        assert {each.letter.reason for each in found} == {
            f"{consumer} gave up after 20 tries"
            for consumer in ("route_report", "count_report", "write_notices")
        }
        assert {each.letter.about for each in found} == {lost.replace("-", "")}
        assert {each.outcome for each in found} == {""}
    assert status_of(cloud, lost) == "submitted"


def test_one_alone_is_sent_again_and_then_all(cloud: Cloud, lost: str) -> None:
    """It reaches every consumer; whoever had done it already does nothing twice."""
    first, *others = sorted(each.letter.id for each in cloud.redrive())

    sent = {each.letter.id: each.outcome for each in cloud.redrive(first)}

    assert sent == {first: "sent to report-events", **dict.fromkeys(others, "")}
    assert status_once_routed(cloud.web, lost) == "routed"
    assert {each.outcome for each in cloud.redrive(all_=True)} == {"sent to report-events"}
    cloud.advance("PT1M")
    assert cloud.redrive() == []
    types = [each["type"] for each in cloud.web.get(f"/api/reports/{lost}").json()["timeline"]]
    assert types == ["submitted", "routed"]


def test_the_command_says_what_it_did(cloud: Cloud, lost: str) -> None:
    """And the control room shows no dead letter that was sent."""
    assert cloud.command()[1].count("report-events-dead") == 3
    code, said = cloud.command("--all")

    assert code == 0
    assert said.count("sent to report-events") == 3
    assert "3 sent again, 0 left where they are" in said
    assert "Nothing was given up or parked" in cloud.command()[1]


def test_an_upload_that_was_given_up_is_cleaned_after_all(cloud: Cloud) -> None:
    """The bucket tells of it once; its reporter sees no more than a delay."""
    cloud.web.post("/_emulator/faults", json=NOTHING_ARRIVES).raise_for_status()
    report = cloud.web.post("/api/reports", json=REPORT).json()
    id_ = upload(cloud.web, report, TELLING["image/png"](), "image/png")
    cloud.advance("PT6H")
    cloud.web.delete("/_emulator/faults").raise_for_status()

    code, said = cloud.command("--all")

    assert code == 0
    assert said.count("sent to uploads") == 1
    assert once_looked_at(cloud.web, report, id_)["state"] == "ready"


def test_an_unknown_id_is_no_success(cloud: Cloud) -> None:
    """A slip of the keyboard must not look like a deed."""
    code, said = cloud.command("--id", "nonsense")

    assert code == 1
    assert "0 sent again" in said


def test_a_parked_event_is_sent_again_when_its_reason_is_gone(cloud: Cloud) -> None:
    """It was parked because its report was not there; now it is."""
    code = cloud.web.post("/api/reports", json=REPORT).json()["code"]
    assert status_once_routed(cloud.web, code) == "routed"
    wire = parked("0000000000A")
    cloud.publish(wire)
    cloud.advance("PT1M")
    assert {each.letter.reason for each in cloud.redrive()} == {"no-such-report"}
    for document in cloud.store.collection("parked").list_documents():
        mended = json.dumps({**wire, "code": code.replace("-", "")}).encode()
        document.update({"data": json.dumps({"data": b64encode(mended).decode()})})

    sent = cloud.redrive(wire["id"])

    assert {each.outcome for each in sent} == {"sent to report-events"}
    cloud.advance("PT1M")
    assert cloud.redrive() == []


def test_what_is_newer_than_this_release_stays(cloud: Cloud) -> None:
    """It would only be parked once more: finish the release first."""
    cloud.publish(parked("0000000000A", schema=WIRE_SCHEMA + 1))
    cloud.advance("PT1M")

    found = cloud.redrive(all_=True)

    assert {each.outcome for each in found} == {"stays: schema 2 is newer than this release"}
    for document in cloud.store.collection("parked").list_documents():
        document.delete()
