"""A dozen reports while everything goes wrong on purpose: none is lost, none is doubled."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from google.cloud.firestore import Client

from emulator.children import free_port
from emulator.connection import Answer
from emulator.desk_client import DeskClient
from emulator.environment import PROJECT
from shared.adapters.report_documents import event_of, report_of
from shared.domain.events import Event, fold, verifies
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, client_of, started

pytestmark = pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators fail only by themselves")

REPORTS = 12
FAULTS = """
seed: 20261121
messages: {duplicate: 0.3, reorder: 0.3, drop: 0.1, delay: {probability: 0.1, seconds: 90}}
store: {unavailable: 0.15, aborted: 0.2, answer_lost: 0.1}
"""
AGENCY = "kepala.dlhk@badung.example"
ANSWER = {"outcome": "solved", "text": "Sampah sudah diangkut.", "proof": "Foto lokasi bersih."}
# What the world may do to a good request: time heals it.
HEALS = frozenset({"stale-revision", "store-away"})
MOST_TRIES = 30


@dataclass(frozen=True)
class Filed:
    code: str
    receipt: str


@dataclass(frozen=True)
class Stored:
    """As it lies in the store when all is over."""

    report: Mapping[str, Any]
    timeline: tuple[Event, ...]

    @property
    def types(self) -> Counter[str]:
        return Counter(event.type for event in self.timeline)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Stored]]:
    """Filed, routed by the system, accepted, answered, confirmed; then looked at without faults."""
    folder, port = tmp_path_factory.mktemp("faults"), free_port()
    plan = folder / "faults.yaml"
    plan.write_text(FAULTS)
    options = ("--faults", str(plan))
    with started(folder, port, *options, on=("--memory",)), client_of(port) as web:
        desk = DeskClient(f"http://127.0.0.1:{port}", connections=8)
        with ThreadPoolExecutor(8) as people:
            reports = list(people.map(lambda number: file(desk, number), range(REPORTS)))
            # Redeliveries and what a failed request left in the outbox come with time.
            web.post("/_emulator/clock", json={"advance": "P1D"}, timeout=120).raise_for_status()
            list(people.map(lambda filed: drive(desk, filed), reports))
        web.post("/_emulator/clock", json={"advance": "P1D"}, timeout=120).raise_for_status()
        web.delete("/_emulator/faults").raise_for_status()
        hosts = dict(re.findall(r"(\w+_HOST)=([\d.:]+)", web.get("/_emulator").text))
        yield everything(hosts["FIRESTORE_EMULATOR_HOST"])


def file(desk: DeskClient, number: int) -> Filed:
    key = uuid4().hex
    answer = until_healed(lambda: desk.file({**REPORT, "title": f"Sampah {number}"}, key=key))
    return Filed(answer.body["code"], answer.body["receipt"])


def drive(desk: DeskClient, filed: Filed) -> None:
    for action in ({"action": "accept", "text": "Kami terima."}, {"action": "respond", **ANSWER}):
        until_healed(lambda action=action: ordered(desk, filed, action))  # type: ignore[misc]
    confirm = {"action": "confirm", "solved": True, "satisfaction": 5}
    until_healed(lambda: desk.act(filed.code, filed.receipt, confirm))


def ordered(desk: DeskClient, filed: Filed, action: Mapping[str, Any]) -> Answer:
    """On the report as it is now; done already if an answer got lost."""
    read = desk.read_as(AGENCY, filed.code)
    if not read.is_done:
        return read
    return desk.act_as(AGENCY, filed.code, {**action, "revision": read.body["revision"]})


def until_healed(attempt: Any) -> Answer:
    for _ in range(MOST_TRIES):
        answer: Answer = attempt()
        if answer.is_done:
            return answer
        assert answer.body.get("code") in HEALS, answer
    raise AssertionError("time did not heal it")


def everything(host: str) -> dict[str, Stored]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", host)
        store = Client(project=PROJECT)
    found = {
        report.id: Stored(report.to_dict() or {}, tuple(timeline(report)))
        for report in store.collection("reports").stream()
    }
    left = [entry.id for entry in store.collection("outbox").stream()]
    store.close()
    assert left == []
    return found


def timeline(report: Any) -> Iterator[Event]:
    for entry in report.reference.collection("timeline").order_by("__name__").stream():
        yield event_of(entry.to_dict())


def test_none_is_lost_and_none_is_doubled(stored: dict[str, Stored]) -> None:
    """As many reports as were acknowledged, though many posts and events came more than once."""
    titles = Counter(each.report["title"] for each in stored.values())

    assert titles == {f"Sampah {number}": 1 for number in range(REPORTS)}


def test_every_report_went_its_whole_way_once(stored: dict[str, Stored]) -> None:
    """Filed, routed, accepted, answered and closed, each exactly once."""
    way = ("submitted", "routed", "accepted", "answered", "confirmed")

    assert {each.report["status"] for each in stored.values()} == {"closed"}
    assert [each.types for each in stored.values()] == [dict.fromkeys(way, 1)] * REPORTS


def test_every_chain_verifies(stored: dict[str, Stored]) -> None:
    """The headers lead to the stored head, and the report is the fold of its timeline."""
    for code, each in stored.items():
        assert verifies(each.timeline, code, each.report["head"])
        assert fold(each.timeline) == report_of(each.report)
