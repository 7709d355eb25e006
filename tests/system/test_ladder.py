"""Weeks pass on the local cloud: silence is told of by itself, and ends what nobody answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from emulator.children import free_port
from tests.system.local_cloud import REPORT, client_of, started, status_once_routed

# Nothing in it says where or what: nobody's report.
HELPLESS = {"body": "Mohon dibantu, terima kasih banyak."}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    port = free_port()
    with started(tmp_path_factory.mktemp("ladder"), port), client_of(port) as client:
        yield client


def filed(web: httpx.Client, report: dict[str, str]) -> str:
    code: str = web.post("/api/reports", json=report).json()["code"]
    return code


def happened(web: httpx.Client, code: str) -> list[str]:
    return [event["type"] for event in web.get(f"/api/reports/{code}").json()["timeline"]]


def advance(web: httpx.Client, days: int) -> None:
    moved = web.post("/_emulator/clock", json={"advance": f"P{days}D"}, timeout=600)
    moved.raise_for_status()


def answer(web: httpx.Client, code: str) -> None:
    """As the head of the agency that has it."""
    token = web.post("/_emulator/token", json={"email": "kepala.dlhk@badung.example"}).json()
    headers = {"Authorization": f"Bearer {token['id_token']}"}
    revision = web.get(f"/api/desk/reports/{code}", headers=headers).json()["revision"]
    order: dict[str, Any] = {
        "action": "respond",
        "revision": revision,
        "outcome": "explained",
        "cause": "anggaran",
        "text": "Dianggarkan tahun depan.",
    }
    done = web.post(f"/api/desk/reports/{code}/actions", json=order, headers=headers)
    done.raise_for_status()


@dataclass(frozen=True)
class Left:
    """Codes of reports about which nobody did any more after they were filed, sent, answered."""

    nobodys: str
    silent: str
    unanswered: str


@pytest.fixture(scope="module")
def left(web: httpx.Client) -> Left:
    """For six weeks, in one jump."""
    nobodys, silent, unanswered = filed(web, HELPLESS), filed(web, REPORT), filed(web, REPORT)
    assert status_once_routed(web, silent) == status_once_routed(web, unanswered) == "routed"
    answer(web, unanswered)
    advance(web, 42)
    return Left(nobodys, silent, unanswered)


def test_silence_climbs_by_itself_and_ends_what_nobody_answers(
    web: httpx.Client, left: Left
) -> None:
    """Each rung at its own hour, each once."""
    # Verification near, over, two days over; the legal time near and over.
    assert sorted(happened(web, left.nobodys)[1:]) == ["escalated"] * 3 + ["reminded"] * 2
    # Response near, over, two and five days over; the legal time near and over.
    assert sorted(happened(web, left.silent)[2:]) == ["escalated"] * 4 + ["reminded"] * 2
    assert happened(web, left.unanswered)[2:] == ["answered", "reminded", "expired"]
    assert web.get(f"/api/reports/{left.unanswered}").json()["status"] == "closed"


def test_afterwards_nothing_more_is_said(web: httpx.Client, left: Left) -> None:
    """Every rung was climbed; no report is looked at again and again."""
    codes = (left.nobodys, left.silent, left.unanswered)
    said = [happened(web, code) for code in codes]

    advance(web, 20)

    assert [happened(web, code) for code in codes] == said
