"""What a region has to live through: every event twice, no mail for an hour, a leap of a month."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from emulator.children import free_port
from emulator.environment import PROJECT
from infra.manifest import ROOT
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import client_of, started

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators fail only by themselves")

CLOCK = "2026-06-01T09:00:00+07:00"
REPLACED_ON = date(2026, 6, 10)
TWICE = {"messages": {"duplicate": 1.0}}
BODY = "Mohon dibantu, sudah seminggu tidak ada yang datang ke tempat kami."
COORDINATOR = "coordinator@contoh.example"


@dataclass(frozen=True)
class Filed:
    code: str
    receipt: str
    email: str


@dataclass(frozen=True)
class Cloud:
    web: httpx.Client

    def file(self, agency: str, name: str) -> Filed:
        email = f"{name}@warga.example"
        report = {"body": BODY, "agency": agency, "reporter": {"email": email}}
        answer = self.web.post("/api/reports", json=report).json()
        self.move("PT0S")
        return Filed(answer["code"], answer["receipt"], email)

    def move(self, span: str) -> None:
        moved = self.web.post("/_emulator/clock", json={"advance": span}, timeout=300)
        moved.raise_for_status()

    def fail(self, plan: dict[str, Any]) -> None:
        self.web.post("/_emulator/faults", json=plan).raise_for_status()

    def messages(self, to: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.web.get("/_emulator/messages", params={"to": to}).json()
        return found

    def mails(self, to: str) -> Counter[str]:
        """What was sent, by kind."""
        return Counter(each["kind"] for each in self.messages(to))

    def as_officer(self, email: str, method: str, path: str, body: Any = None) -> Any:
        token = self.web.post("/_emulator/token", json={"email": email}).json()["id_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return self.web.request(method, f"/api/desk{path}", json=body, headers=headers).json()

    def report(self, filed: Filed) -> Any:
        return self.as_officer(COORDINATOR, "GET", f"/reports/{filed.code}")

    def happened(self, filed: Filed) -> list[str]:
        return [event["type"] for event in self.report(filed)["timeline"]]

    def transfer(self) -> subprocess.CompletedProcess[str]:
        hosts = dict(re.findall(r"(\w+_HOST)=([\d.:]+)", self.web.get("/_emulator").text))
        clock = {"CLOCK_URL": str(self.web.base_url.join("/_emulator/clock"))}
        return subprocess.run(
            [sys.executable, "-m", "infra.commands.transfer", "contoh"],
            cwd=ROOT,
            env={**os.environ, **hosts, **clock, "GOOGLE_CLOUD_PROJECT": PROJECT},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def infra(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """dishub is replaced by dpu on a day of June; dinsos can be phoned only."""
    folder = tmp_path_factory.mktemp("region") / "infra"
    shutil.copytree(ROOT / "infra", folder, ignore=shutil.ignore_patterns("*.tf", "*.py"))
    file = folder / "regions" / "contoh.yaml"
    region = yaml.safe_load(file.read_text(encoding="utf-8"))
    agencies = {agency["id"]: agency for agency in region["agencies"]}
    agencies["dishub"]["succeeded_by"] = {"agency": "dpu", "on": REPLACED_ON}
    agencies["dinsos"]["contact"] = {"phone": "0800 1234567"}
    file.write_text(yaml.safe_dump(region), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory, infra: Path) -> Iterator[Cloud]:
    port, folder = free_port(), tmp_path_factory.mktemp("survival")
    options = ("--region", "contoh", "--infra", str(infra))
    with (
        started(folder, port, *options, on=("--memory",), clock=CLOCK),
        client_of(port) as web,
    ):
        yield Cloud(web)


def test_an_hour_without_mail_loses_none_and_doubles_none(cloud: Cloud) -> None:
    """SES and SNS are away: reports go on, and each mail goes out once when they are back."""
    cloud.fail({"post": {"away": 1.0}})
    filed = cloud.file("dpu", "hour")
    cloud.move("PT1H")
    meanwhile = cloud.mails(filed.email)

    cloud.fail(TWICE)
    cloud.move("PT2H")

    assert cloud.happened(filed) == ["submitted", "routed"]
    assert meanwhile == {}
    assert set(cloud.mails(filed.email).values()) == {1}
    assert "new_report" in cloud.mails("dpu@contoh.example")


def test_every_event_twice_over_a_month_says_everything_once(cloud: Cloud) -> None:
    """One leap of 31 days, each message of Pub/Sub delivered again: each rung and mail once."""
    cloud.fail(TWICE)
    filed = cloud.file("satpolpp", "twice")

    cloud.move("P31D")

    rungs = [event["rung"] for event in cloud.report(filed)["timeline"] if "rung" in event]
    assert sorted(rungs) == [
        "legal+0#1", "legal-3-complaint#1", "response+0#1", "response+2#1", "response+5#1",
        "response-1#1",
    ]  # fmt: skip
    told = cloud.messages(filed.email)
    assert {"received", "routed", "legal_over"} < {each["kind"] for each in told}
    assert len(told) == len({each["text"] for each in told})
    assert cloud.mails("satpolpp@contoh.example")["new_report"] == 1


def test_of_an_agency_without_an_address_the_coordinator_is_told(cloud: Cloud) -> None:
    """Once: nobody may find out by silence."""
    before = cloud.mails(COORDINATOR)["agency_unreachable"]
    cloud.file("dinsos", "nomail")
    cloud.move("PT10M")

    assert cloud.mails(COORDINATOR)["agency_unreachable"] - before == 1


def test_a_replaced_agencys_reports_go_to_its_successor(cloud: Cloud) -> None:
    """From its first day on, once; and nobody forwards to the agency that is gone."""
    filed, other = cloud.file("dishub", "replaced"), cloud.file("dpu", "other")
    first, second = cloud.transfer(), cloud.transfer()
    cloud.move("PT10M")

    revision = cloud.report(other)["revision"]
    order = {"action": "forward", "agency": "dishub", "revision": revision, "text": "Bukan kami."}
    refused = cloud.as_officer(
        "kepala.dpu@contoh.example", "POST", f"/reports/{other.code}/actions", order
    )

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "0 of" in second.stdout
    assert cloud.happened(filed).count("transferred") == 1
    assert cloud.report(filed)["agency"]["id"] == "dpu"
    assert refused["code"] == "agency-replaced"
