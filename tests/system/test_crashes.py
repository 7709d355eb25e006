"""Processes that die, neighbours that are away, answers that get lost: one report, one event."""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Barrier
from typing import Any
from uuid import uuid4

import httpx
import pytest

from emulator.children import Child, Command, free_port, running
from infra.manifest import ROOT
from tests.emulators import silence
from tests.functions.outside import outside_world
from tests.functions.region import GOOD_BODY, Region, a_region, client_of
from tests.system.line import Line

pytestmark = pytest.mark.xdist_group("crashes")
WRITERS = 8


@dataclass(frozen=True)
class Process:
    """One function under the framework's own server."""

    child: Child
    http: httpx.Client

    def file(self, body: str = GOOD_BODY, key: str | None = None) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return self.http.post("/api/reports", json={"body": body}, headers=headers)

    def kill(self) -> None:
        """-9: server and worker at once, without a word."""
        os.killpg(self.child.process.pid, signal.SIGKILL)


@contextmanager
def started(function: str, **variables: str) -> Iterator[Process]:
    port = free_port()
    command = Command(
        [
            *(sys.executable, "-m", "functions_framework", "--source", str(ROOT / "main.py")),
            *("--target", function, "--host", "127.0.0.1", "--port", str(port)),
        ],
        {"THREADS": "16", **variables},
    )
    with (
        running({function: command}) as children,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as http,
    ):
        children[function].wait_until_it_answers(f"http://127.0.0.1:{port}/robots.txt")
        yield Process(children[function], http)


def seconds_of(call: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    begun = time.monotonic()
    answer = call()
    return time.monotonic() - begun, answer


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def relay(region: Region) -> dict[str, Any]:
    """The next minute's sweep."""
    region.outside.advance(seconds=61)
    return client_of("relay_outbox").post("/").json


def reports_saying(region: Region, body: str) -> list[str]:
    return [code for code, each in region.in_collection("reports").items() if each["body"] == body]


@pytest.fixture(scope="module")
def region(emulators: Mapping[str, str]) -> Iterator[Region]:
    with outside_world() as outside, a_region(emulators, outside) as region:
        yield region


@pytest.fixture(scope="module")
def line(emulators: Mapping[str, str]) -> Iterator[Line]:
    line = Line(emulators["FIRESTORE_EMULATOR_HOST"])
    yield line
    line.close()


@pytest.fixture(scope="module")
def submit(region: Region, line: Line) -> Iterator[Process]:
    """Files reports over a line to the store; warm."""
    with started("submit_report", FIRESTORE_EMULATOR_HOST=line.address) as process:
        process.file()
        yield process


@pytest.fixture(scope="module")
def desk(region: Region) -> Iterator[Process]:
    with started("handle_report") as process:
        yield process


@pytest.fixture
def unheard(region: Region) -> Iterator[Process]:
    """Files reports, while Pub/Sub takes connections and never answers."""
    with silence() as nobody, started("submit_report", PUBSUB_EMULATOR_HOST=nobody) as process:
        yield process


def test_what_a_killed_process_did_not_publish_goes_out_once(
    region: Region, unheard: Process
) -> None:
    """Killed between commit and publish: the relay sends the very event that was committed."""
    body = f"Listrik padam {uuid4()}"
    region.topic.messages()
    with ThreadPoolExecutor(1) as pool, suppress(httpx.TransportError):
        answer = pool.submit(unheard.file, body)
        until(lambda: bool(reports_saying(region, body)))
        unheard.kill()
        answer.result()

    (waiting,) = region.in_collection("outbox").values()
    sweeps = [relay(region), relay(region)]

    assert sweeps == [{"published": 1, "left": 0}, {"published": 0, "left": 0}]
    assert [message["id"] for message in region.topic.messages()] == [waiting["id"]]


def test_without_pubsub_a_report_is_filed_all_the_same(
    region: Region, unheard: Process, submit: Process
) -> None:
    """It takes the two seconds that publishing may take, and the relay delivers."""
    unheard.file()
    usual, _ = seconds_of(submit.file)

    slow, answer = seconds_of(unheard.file)

    assert answer.status_code == 201
    assert slow < usual + 4
    assert relay(region) == {"published": 2, "left": 0}


def test_without_the_store_it_is_said_soon_and_repeated_safely(
    region: Region, submit: Process, line: Line
) -> None:
    """503 with Retry-After; the same key later gives exactly one report."""
    body, key = f"Air keruh {uuid4()}", "a" * 30
    line.cut()
    seconds, refused = seconds_of(lambda: submit.file(body, key))
    line.mend()

    until(lambda: submit.file(body, key).status_code == 201)
    again = submit.file(body, key)

    assert (refused.status_code, refused.json()["code"]) == (503, "store-away")
    assert int(refused.headers["Retry-After"]) > 0
    assert seconds < 10
    assert reports_saying(region, body) == [again.json()["code"].replace("-", "")]


def test_a_commit_whose_answer_was_lost_is_one_report(
    region: Region, submit: Process, line: Line
) -> None:
    """It stood already: 201, and the same receipt for the same key."""
    body, key = f"Jembatan retak {uuid4()}", "b" * 30
    region.topic.messages()
    line.lose_the_answer_to_a_commit()

    first, second = submit.file(body, key), submit.file(body, key)

    assert line.lost == 1
    assert (first.status_code, second.json()) == (201, first.json())
    assert reports_saying(region, body) == [first.json()["code"].replace("-", "")]
    assert len(region.topic.messages()) == 1


def test_a_key_that_comes_twice_at_once_is_one_report(region: Region, submit: Process) -> None:
    """A double click: both read the same code and receipt."""
    body, key = f"Pohon tumbang {uuid4()}", "c" * 30

    answers = at_once(lambda _: submit.file(body, key), 4)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(reports_saying(region, body)) == 1


def test_a_megabyte_in_chunks_is_refused(submit: Process) -> None:
    """Nobody said how long it would be."""
    chunks = (b"x" * 64 * 1024 for _ in range(16))
    headers = {"Content-Type": "application/json"}

    answer = submit.http.post("/api/reports", content=chunks, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize("officers", [2, WRITERS])
def test_of_officers_who_decide_at_once_one_wins(
    region: Region, desk: Process, officers: int
) -> None:
    """The others decided on what is no longer so: 409 stale-revision."""
    filed = region.filed()
    tokens = [region.bearer(f"verifier{1 + number % 2}") for number in range(officers)]

    answers = at_once(lambda number: archived(desk, filed.code, tokens[number]), officers)

    codes = Counter(answer.json().get("code") for answer in answers if answer.status_code == 409)
    assert codes == {"stale-revision": officers - 1}
    assert [answer.status_code for answer in answers].count(200) == 1
    assert region.report(filed.code)["seq"] == 2


def archived(desk: Process, code: str, token: str) -> httpx.Response:
    order = {"action": "archive", "reason": "test", "text": "Uji coba.", "revision": 1}
    headers = {"Authorization": token}
    return desk.http.post(f"/api/desk/reports/{code}/actions", json=order, headers=headers)


def at_once(call: Callable[[int], httpx.Response], times: int) -> list[httpx.Response]:
    start = Barrier(times)

    def called(number: int) -> httpx.Response:
        start.wait()
        return call(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(called, range(times)))
