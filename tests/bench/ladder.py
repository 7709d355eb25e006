"""The ladder's sweep on the embedded cloud: what it costs follows what is due, not what is open."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from statistics import median
from time import perf_counter
from typing import Any

from google.cloud.firestore import Client

from infra import region_file
from infra.region_file import RegionFile
from shared.adapters.firestore_due import FirestoreDue
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.place_seals import PlaceSeals
from shared.adapters.pubsub_publisher import PubsubPublisher, connected
from shared.adapters.report_documents import report_document
from shared.domain.acts.filing import Filing
from shared.domain.calendar import Calendar
from shared.domain.codes import make_code
from shared.domain.events import Stamp
from shared.domain.scene import REPORTER, Rules
from shared.domain.statuses import Role
from shared.domain.workflow import submit
from shared.usecases.ports import Keys
from shared.usecases.saving import Desk
from shared.usecases.sweeping import Sweep, Swept
from tests.bench import embedded
from tests.bench.rows import Effort, Row
from tests.bench.world import World
from tests.fakes.memory_records import MemoryOfficers

_DUE, _SMALL, _LARGE = 100, 10_000, 100_000
_MANY, _STEPS_A_SECOND = 5_000, 400
_HOLD_OF_GROWTH = 1.2
_PER_COMMIT = 500
_TOPIC = "projects/bench/topics/report-events"
# A Monday; verification ends on Thursday night, and Friday morning escalates.
_FILED = datetime(2026, 11, 2, 2, tzinfo=UTC)
_ESCALATED = _FILED + timedelta(days=4)
_LATER = _FILED + timedelta(days=30)
# Of middling length; it names no topic, so that every step is one rung and nothing else.
_FILING = Filing(
    body="Mohon bantuan bapak dan ibu, keadaan ini sudah kami sampaikan tiga kali tanpa hasil. " * 3
)
_KEYS = Keys("k", {"k": b"k" * 32})


def growing(_: World, effort: Effort) -> Iterator[Row]:
    """The same hundred due in a large and in a small region."""
    name = f"remind_overdue {_DUE} due among {_LARGE:,} beside {_SMALL:,} open"
    with _store() as store, _store() as other:
        sides = []
        for each, size in ((store, _LARGE), (other, _SMALL)):
            _fill_open(each, size)
            _fill_due(each, _DUE)
            sides.append(each)
        rounds = effort.rounds * 3
        times = zip(*([_asked(side) for side in sides] for _ in range(rounds)), strict=True)
        counts = [_counted(side) for side in sides]
    reads, calls = zip(*counts, strict=True)
    yield Row(f"{name}: documents read", *reads, _HOLD_OF_GROWTH, unit="")
    yield Row(f"{name}: calls made", *calls, _HOLD_OF_GROWTH, unit="")
    yield Row(f"{name}: time to ask, p50", *map(median, times), _HOLD_OF_GROWTH)


def climbing(_: World, effort: Effort) -> Iterator[Row]:
    """Commits, publishing and forgetting included; of all rounds the quietest counts."""
    rounds = [_milliseconds_of_a_step() for _ in range(max(1, effort.rounds // 3))]
    ours, hold = min(rounds), 1000 / _STEPS_A_SECOND
    name = f"remind_overdue: a step of {_MANY:,} due ({1000 / ours:.0f} a second)"
    yield Row(name, ours, hold, 1.0)


MEASURES = (growing, climbing)


def _milliseconds_of_a_step() -> float:
    with _store() as store, embedded.serving_pubsub() as host:
        connected(host).create_topic(name=_TOPIC)
        _fill_due(store, _MANY)
        started = perf_counter()
        swept = _sweep(store, host)
        passed = perf_counter() - started
    assert swept.events == {"escalated": _MANY}, swept
    return passed * 1000 / _MANY


def _sweep(store: Client, pubsub: str) -> Swept:
    publisher = connected(pubsub)
    desk = Desk(
        reports=FirestoreReports(store, _KEYS),
        officers=MemoryOfficers(),
        outbox=FirestoreOutbox(store),
        publisher=PubsubPublisher(_TOPIC, lambda: publisher),
        keys=_KEYS,
        shelves=FirestoreShelves(store),
        seals=PlaceSeals(_KEYS),
    )
    stamp = Stamp(_ESCALATED, secrets.token_bytes(64))
    failures: list[tuple[str, Exception]] = []
    sweep = Sweep(
        rules=_rules(),
        stamp=stamp,
        desk=desk,
        due=FirestoreDue(store),
        is_over=lambda: False,
        tell=lambda *failed: failures.append(failed),
    )
    swept = sweep.run()
    assert not failures, failures[0]
    return swept


@dataclass(slots=True)
class _Counting:
    """Google's client underneath, counting what is asked and what comes back."""

    api: Any
    counts: Counter[str] = field(default_factory=Counter)

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.api, name)
        return lambda *args, **options: self._answered(call(*args, **options))

    def _answered(self, answer: Any) -> Any:
        self.counts["calls"] += 1
        return self._read(answer) if isinstance(answer, Iterable) else answer

    def _read(self, answers: Iterable[Any]) -> Iterator[Any]:
        for each in answers:
            has_document = bool(getattr(each, "document", None) or getattr(each, "found", None))
            self.counts["documents"] += has_document
            yield each


def _counted(store: Client) -> tuple[float, float]:
    """Documents read and calls made by one sweep; the store's own answer to the last."""
    counting = _Counting(store._firestore_api)
    store._firestore_api_internal = counting
    with embedded.serving_pubsub() as host:
        connected(host).create_topic(name=_TOPIC)
        swept = _sweep(store, host)
    assert swept.reports == _DUE, swept
    return float(counting.counts["documents"]), float(counting.counts["calls"])


def _asked(store: Client) -> float:
    started = perf_counter()
    found = sum(len(page) for page in FirestoreDue(store).due(_ESCALATED, 200))
    passed = perf_counter() - started
    assert found == _DUE
    return passed * 1000


@contextmanager
def _store() -> Iterator[Client]:
    with embedded.serving_store() as host:
        yield embedded.client_at(host)


def _fill_open(store: Client, size: int) -> None:
    """Nobody looks at them: not due for long."""
    documents = ({**embedded.a_report(number), "next_tick_at": _LATER} for number in range(size))
    _fill(store, ((f"{number:07}", each) for number, each in enumerate(documents)))


def _fill_due(store: Client, size: int) -> None:
    decisions = (
        submit(
            _FILING,
            code=make_code((number << 6).to_bytes(7, "big")),
            person=REPORTER,
            role=Role.REPORTER,
            rules=_rules(),
            stamp=Stamp(_FILED, number.to_bytes(32, "big")),
        )
        for number in range(size)
    )
    _fill(store, ((each.report.code, report_document(each)) for each in decisions))


def _fill(store: Client, documents: Iterator[tuple[str, Any]]) -> None:
    batch = store.batch()
    for id_, document in documents:
        batch.create(store.document("reports", id_), document)
        if len(batch) == _PER_COMMIT:
            batch.commit()
            batch = store.batch()
    if len(batch):
        batch.commit()


@cache
def _region() -> RegionFile:
    return region_file.read("contoh")


@cache
def _rules() -> Rules:
    region = _region()
    calendar = Calendar("2026", region.directory.zone)
    versions = {calendar.version: calendar}
    return Rules(region.directory, region.policy, calendar, versions, region.ladder)
