"""What is measured: our function and the bare one by turns, so that what drifts, drifts for both.

Of all rounds the quietest counts: a busy machine only ever adds.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat

from infra import manifest
from tests.bench.load import CONNECTIONS, Call, Calls, Cost, cost, send
from tests.bench.server import Served, Target, serving
from tests.bench.world import MESSAGE, World, check_sizes

_BODY = json.dumps(MESSAGE).encode()
_SUBMIT = ("submit_report", "bare_submit")
_TRACK = ("track_report", "bare_track")
_HOLD, _HOLD_OF_COLD_START = 1.35, 1.25


@dataclass(frozen=True, slots=True)
class Effort:
    rounds: int
    requests: int
    cold_starts: int


FULL = Effort(rounds=9, requests=320, cold_starts=9)
QUICK = Effort(rounds=3, requests=160, cold_starts=3)


@dataclass(frozen=True, slots=True)
class Row:
    """`hold`: how many times the other one's ours may be."""

    name: str
    ours: float
    bare: float
    hold: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    @property
    def excess(self) -> float:
        """What share of the hold it is over by; 0 when it holds."""
        return max(0.0, self.ratio / self.hold - 1)


Pair = tuple[Served, Served]


def submitting(world: World, effort: Effort) -> Iterator[Row]:
    with _serving(_SUBMIT, world) as pair:
        check_sizes(*(send(served, next(_posts())) for served in pair))
        yield from _by_turns("submit_report", pair, _posts, effort)


def cold_starts(world: World, effort: Effort) -> Iterator[Row]:
    """The first of each is left out: it may find nothing compiled and nothing in the disk cache."""
    ours, bare = _targets(_SUBMIT)
    rounds = [
        (_first_answer(ours, world), _first_answer(bare, world))
        for _ in range(effort.cold_starts + 1)
    ]
    ours_best, bare_best = map(min, zip(*rounds[1:], strict=True))
    yield Row("submit_report: cold start to first 201", ours_best, bare_best, _HOLD_OF_COLD_START)


def tracking(world: World, effort: Effort) -> Iterator[Row]:
    path, held = f"/api/reports/{world.code}", {"Authorization": f"Receipt {world.receipt}"}
    public, with_receipt = Call("GET", path, 200), Call("GET", path, 200, headers=held)
    with _serving(_TRACK, world) as pair:
        yield from _by_turns("track_report, public", pair, lambda: repeat(public), effort)
        yield from _by_turns("track_report, receipt", pair, lambda: repeat(with_receipt), effort)


MEASURES: tuple[Callable[[World, Effort], Iterator[Row]], ...] = (submitting, cold_starts, tracking)


def _by_turns(name: str, pair: Pair, calls: Calls, effort: Effort) -> Iterator[Row]:
    for served in pair:
        cost(served, calls, effort.requests)
    rounds = [
        tuple(cost(served, calls, effort.requests) for served in pair) for _ in range(effort.rounds)
    ]
    ours, bare = (_quietest(side) for side in zip(*rounds, strict=True))
    yield Row(f"{name}: CPU per request", ours.cpu, bare.cpu, _HOLD)
    yield Row(f"{name}: p50 at {CONNECTIONS} connections", ours.p50, bare.p50, _HOLD)


def _quietest(costs: tuple[Cost, ...]) -> Cost:
    return Cost(cpu=min(each.cpu for each in costs), p50=min(each.p50 for each in costs))


def _first_answer(target: Target, world: World) -> float:
    """Milliseconds from nothing to the first report filed."""
    started = time.perf_counter()
    with serving(target, world.environment) as served:
        send(served, next(_posts()))
        return (time.perf_counter() - started) * 1000


def _posts() -> Iterator[Call]:
    while True:
        key = secrets.token_urlsafe(24)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        yield Call("POST", "/api/reports", 201, _BODY, headers)


@contextmanager
def _serving(names: tuple[str, str], world: World) -> Iterator[Pair]:
    ours, bare = _targets(names)
    with serving(ours, world.environment) as first, serving(bare, world.environment) as second:
        yield first, second


def _targets(names: tuple[str, str]) -> tuple[Target, Target]:
    """The bare one is given as many threads as the manifest gives ours."""
    ours, bare = names
    threads = manifest.load().functions[ours].threads
    return Target(ours, "main.py", threads), Target(bare, "tests/bench/bare.py", threads)
