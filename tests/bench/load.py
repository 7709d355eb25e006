"""Requests over a number of kept connections, each sent as soon as the one before is answered."""

import http.client
import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from statistics import median
from typing import Any

from emulator.children import ChildFailed
from tests.bench.server import Served

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    expected: int
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Calls = Callable[[], Iterator[Call]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: the server's CPU per request, and how long half of the callers waited."""

    cpu: float
    p50: float


def cost(served: Served, calls: Calls, number: int) -> Cost:
    before = served.cpu_seconds()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        share = number // CONNECTIONS
        loads = [pool.submit(_send_all, served, calls, share) for _ in range(CONNECTIONS)]
        seconds = [each for load in loads for each in load.result()]
    cpu = served.cpu_seconds() - before
    return Cost(cpu=cpu / len(seconds) * 1000, p50=median(seconds) * 1000)


def send(served: Served, call: Call) -> dict[str, Any]:
    """One request over a connection of its own."""
    connection = _connection(served)
    try:
        answer: dict[str, Any] = json.loads(_sent(connection, call))
        return answer
    finally:
        connection.close()


def _send_all(served: Served, calls: Calls, number: int) -> list[float]:
    connection = _connection(served)
    seconds = []
    for call in islice(calls(), number):
        started = time.perf_counter()
        _sent(connection, call)
        seconds.append(time.perf_counter() - started)
    connection.close()
    return seconds


def _connection(served: Served) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)


def _sent(connection: http.client.HTTPConnection, call: Call) -> bytes:
    connection.request(call.method, call.path, call.body, dict(call.headers))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != call.expected:
        raise ChildFailed(f"{call.method} {call.path}: {answer.status} {body[:300]!r}")
    return body
