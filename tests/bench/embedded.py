"""The embedded cloud beside Google's emulators, by turns in one run.

Every server is a process of its own. Of all rounds the quietest counts.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any
from uuid import uuid4

import httpx
from google.cloud.firestore import Client, FieldFilter

from emulator.children import Command, free_port, running
from infra.manifest import MANIFEST, ROOT
from tests.bench.pushed import Counter, Topic, listening
from tests.bench.rows import Effort, Row
from tests.bench.server import wait_until_it_listens
from tests.bench.world import World

_HOLD_OF_START, _NO_SLOWER, _HOLD_OF_GROWTH = 1 / 3, 1.0, 1.2
_SMALL, _LARGE = 10_000, 100_000
_PER_COMMIT = 500
_LIMIT = 21
_EVENTS = 1000
_STATUSES = ("submitted", "routed", "in_progress", "answered", "closed")
_START = datetime(2026, 11, 21, tzinfo=UTC)
_LOOK_EVERY = 0.005

Timed = Callable[[], object]


def starting(_: World, effort: Effort) -> Iterator[Row]:
    """From the command to the first answer of a function."""
    times = [(_start("--memory"), _start("--google")) for _ in range(effort.rounds // 3)]
    ours, google = map(min, zip(*times, strict=True))
    yield Row("embedded cloud: start to first answer", ours, google, _HOLD_OF_START)


def storing(world: World, effort: Effort) -> Iterator[Row]:
    """A commit as filing makes it, and a page of a queue among a thousand reports."""
    with serving_store() as host:
        stores = [client_at(each) for each in (host, world.environment["FIRESTORE_EMULATOR_HOST"])]
        for store in stores:
            _fill(store, _PER_COMMIT * 2)
        commits = [partial(_commit, store) for store in stores]
        yield _by_turns("embedded store: commit of 5 documents, p50", commits, effort)
        queries = [partial(_queue, store) for store in stores]
        yield _by_turns("embedded store: page of a queue, p50", queries, effort)


def pushing(world: World, effort: Effort) -> Iterator[Row]:
    """From the call to the subscriber; and many at once."""
    with serving_pubsub() as host, listening() as (url, counter):
        hosts = (host, world.environment["PUBSUB_EMULATOR_HOST"])
        topics = [Topic(each, url) for each in hosts]
        singles = [partial(_one_push, topic, counter) for topic in topics]
        yield _by_turns("embedded Pub/Sub: publish to push, p50", singles, effort)
        rounds = [tuple(_burst(topic, counter) for topic in topics) for _ in range(3)]
        ours, google = map(min, zip(*rounds, strict=True))
        rates = f"{1000 / ours:.0f} a second beside {1000 / google:.0f}"
        yield Row(f"embedded Pub/Sub: an event of {_EVENTS} ({rates})", ours, google, _NO_SLOWER)


def growing(_: World, effort: Effort) -> Iterator[Row]:
    """The same page of a queue in a large and in a small region: its index alone is read.

    Without one the query would be refused.
    """
    with serving_store() as host:
        stores = [client_at(host), client_at(host)]
        for store, size in zip(stores, (_LARGE, _SMALL), strict=True):
            _fill(store, size)
        name = f"embedded store: a queue among {_LARGE:,} beside {_SMALL:,}"
        reads = [float(_queue(store)) for store in stores]
        yield Row(f"{name}: documents read", *reads, _HOLD_OF_GROWTH, unit="")
        queries = [partial(_queue, store) for store in stores]
        yield _by_turns(f"{name}, p50", queries, effort, hold=_HOLD_OF_GROWTH)


MEASURES = (starting, storing, pushing, growing)


def _by_turns(name: str, sides: list[Timed], effort: Effort, *, hold: float = _NO_SLOWER) -> Row:
    number = effort.requests // 4
    for side in sides:
        _p50(side, number)
    rounds = [tuple(_p50(side, number) for side in sides) for _ in range(effort.rounds)]
    ours, other = map(min, zip(*rounds, strict=True))
    return Row(name, ours, other, hold)


def _p50(call: Timed, number: int) -> float:
    return median(_milliseconds(call) for _ in range(number))


def _milliseconds(call: Timed) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _start(option: str) -> float:
    port = free_port()
    command = Command([sys.executable, "-m", "emulator", "--port", str(port), option])
    with running({"local cloud": command}):
        return _milliseconds(partial(_wait_for_health, f"http://127.0.0.1:{port}/health"))


def _wait_for_health(url: str) -> None:
    while True:
        try:
            if httpx.get(url, timeout=30, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(_LOOK_EVERY)


@contextmanager
def serving_store() -> Iterator[str]:
    with _served("emulator.firestore", "--memory", "--manifest", str(MANIFEST)) as host:
        yield host


@contextmanager
def serving_pubsub() -> Iterator[str]:
    with _served("emulator.pubsub") as host:
        yield host


@contextmanager
def _served(module: str, *options: str) -> Iterator[str]:
    port = free_port()
    arguments = [sys.executable, "-m", module, "--port", str(port), *options]
    with running({module: Command(arguments, {"PYTHONPATH": str(ROOT)})}):
        wait_until_it_listens(port)
        yield f"127.0.0.1:{port}"


def client_at(host: str, project: str | None = None) -> Client:
    """Of a project of its own, if no other. The client reads the host when it is made."""
    before = os.environ.get("FIRESTORE_EMULATOR_HOST")
    os.environ["FIRESTORE_EMULATOR_HOST"] = host
    try:
        return Client(project=project or f"bench-{uuid4().hex[:8]}")
    finally:
        if before:
            os.environ["FIRESTORE_EMULATOR_HOST"] = before


def _fill(store: Client, size: int) -> None:
    for first in range(0, size, _PER_COMMIT):
        batch = store.batch()
        for number in range(first, first + _PER_COMMIT):
            batch.create(store.document("reports", f"{number:07}"), a_report(number))
        batch.commit()


def a_report(number: int) -> Mapping[str, Any]:
    return {
        "status": _STATUSES[number % len(_STATUSES)],
        "holder": f"dinas-{number % 40}",
        "agency": f"dinas-{number % 40}",
        "category": f"topik-{number % 60}",
        "due_at": _START + timedelta(minutes=number % 50_000),
        "tokens": [f"w:kata{(number * prime) % 5000}" for prime in (3, 7, 11, 13)],
        "body": f"Lampu jalan nomor {number} padam sejak tiga hari yang lalu. " * 4,
        "seq": 1,
    }


def _commit(store: Client) -> None:
    batch, code = store.batch(), uuid4().hex
    for path in ("reports/{}", "reports/{}/timeline/000001", "reporters/{}", "outbox/{}"):
        batch.create(store.document(path.format(code)), a_report(1))
    batch.create(store.document("idempotency", code), {"code": code, "seq": 1})
    batch.commit()


def _queue(store: Client) -> int:
    """How many documents were read."""
    waiting = store.collection("reports").where(filter=FieldFilter("status", "==", "submitted"))
    return len(waiting.order_by("due_at").order_by("__name__").limit(_LIMIT).get())


def _one_push(topic: Topic, counter: Counter) -> None:
    wanted = counter.count + 1
    topic.publish(1)
    counter.wait_for(wanted)


def _burst(topic: Topic, counter: Counter) -> float:
    """Milliseconds for each."""
    wanted = counter.count + _EVENTS

    def all_of_them() -> None:
        for _ in range(_EVENTS // 100):
            topic.publish(100)
        counter.wait_for(wanted)

    return _milliseconds(all_of_them) / _EVENTS
