"""Sending notices on the embedded cloud: how many a second, and what the sender weighs."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import httpx
from google.cloud.firestore import Client, FieldFilter

from emulator.aws import Aws
from emulator.children import ChildFailed
from emulator.environment import PROJECT, environment
from emulator.serving import listen, served, url_of
from infra import manifest
from infra.commands import seed
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.adapters.firestore_region import FirestoreRegion
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.notice_documents import notice_document
from shared.adapters.place_seals import PlaceSeals
from shared.domain.acts.filing import Filing
from shared.domain.events import Stamp
from shared.domain.notice import Audience, Notice
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.usecases.filing import file_report
from shared.usecases.ports import Identity, Keys
from shared.usecases.saving import Desk
from tests.bench import embedded
from tests.bench.rows import Effort, Row
from tests.bench.server import Served, Target, serving
from tests.bench.world import World
from tests.fakes.memory_records import MemoryOfficers
from tests.fakes.recording_publisher import RecordingPublisher

_NOTICES, _A_SECOND = 200, 20
_MOST_MEGABYTES = 120.0
_FILING = Filing(body="Lampu jalan padam sejak tiga hari; mohon segera diperbaiki. " * 3)


def sending(_: World, effort: Effort) -> Iterator[Row]:
    """Report, contact, words, lease, SES and result for each; of all rounds the quietest counts."""
    with cloud() as (store, settings), serving(_target(), settings) as function:
        code = a_report(store, settings)
        rounds = [_swept(store, function, code) for _ in range(max(2, effort.rounds // 3))]
        weight = _megabytes(function)
    ours, hold = min(rounds), 1000 / _A_SECOND
    yield Row(f"send_notice: one of {_NOTICES} ({1000 / ours:.0f} a second)", ours, hold, 1.0)
    yield Row("send_notice: memory after load", weight, _MOST_MEGABYTES, 1.0, "MB")


MEASURES = (sending,)


def _target() -> Target:
    return Target("send_notice", "main.py", manifest.load().functions["send_notice"].threads)


@contextmanager
def cloud() -> Iterator[tuple[Client, Mapping[str, str]]]:
    """A live region of nobody's; what the function calls is in other processes, but for moto."""
    aws, door = Aws(lambda: datetime.now(UTC)), listen(0)
    with embedded.serving_store() as host, served(aws, door, threads=8):
        hosts = {"FIRESTORE_EMULATOR_HOST": host, "PUBSUB_EMULATOR_HOST": "127.0.0.1:1"}
        settings = environment("", hosts, site="http://x.example", aws=url_of(door))
        del settings["CLOCK_URL"]
        store = embedded.client_at(host, PROJECT)
        seed.seed(store, "contoh")
        live = {"notices": "live", "version": "live"}
        store.document("settings", "region").update(live)
        yield store, settings
        store.close()


def a_report(store: Client, settings: Mapping[str, str]) -> str:
    keys = _keys(settings["IDENTITY_KEYS"])
    reports, outbox = FirestoreReports(store, keys), FirestoreOutbox(store)
    filed = file_report(
        _FILING,
        Identity(email="siti@contoh.example"),
        person=REPORTER,
        role=Role.REPORTER,
        attempt=None,
        rules=FirestoreRegion(store).rules(),
        stamp=Stamp(_now(), secrets.token_bytes(64)),
        desk=Desk(
            reports,
            MemoryOfficers(),
            outbox,
            RecordingPublisher(),
            keys,
            FirestoreShelves(store),
            PlaceSeals(keys),
        ),
    )
    return filed.report.code


def _keys(ring: str) -> Keys:
    written = json.loads(ring)
    secrets_ = {id_: b64decode(secret) for id_, secret in written["secrets"].items()}
    return Keys(written["current"], secrets_)


def _swept(store: Client, function: Served, code: str) -> float:
    """Milliseconds for each of those that are due."""
    batch = store.batch()
    for _ in range(_NOTICES):
        notice = _notice(code)
        batch.create(store.document("notices", notice.id), notice_document(notice))
    batch.commit()
    started = perf_counter()
    _tick(function)
    passed = perf_counter() - started
    is_sent = FieldFilter("state", "==", "sent")
    sent = store.collection("notices").where(filter=is_sent).get()
    if len(sent) % _NOTICES:
        raise ChildFailed(f"only {len(sent)} notices were sent")
    return passed * 1000 / _NOTICES


def _notice(code: str) -> Notice:
    at = _now()
    return Notice(
        id=secrets.token_hex(16),
        kind="received",
        audience=Audience.REPORTER,
        created_at=at,
        next_attempt_at=at,
        expires_at=at + timedelta(days=1),
        code=code,
        seq=1,
    )


def _tick(function: Served) -> None:
    data = b64encode(json.dumps({"type": "notice.due"}).encode()).decode()
    pushed = {"message": {"data": data, "messageId": "1"}, "subscription": "projects/p/s/x"}
    url = f"http://127.0.0.1:{function.port}/"
    httpx.post(url, json=pushed, timeout=120, trust_env=False).raise_for_status()


def _megabytes(function: Served) -> float:
    """What the largest process of the server holds: gunicorn's worker (Linux)."""
    held = [_resident(stat) for stat in Path("/proc").glob("[0-9]*/stat") if is_of(stat, function)]
    return max(held) / 1024


def is_of(stat: Path, function: Served) -> bool:
    try:
        return stat.read_text().rpartition(")")[2].split()[3] == str(function.session)
    except (FileNotFoundError, ProcessLookupError):
        return False


def _resident(stat: Path) -> float:
    """In KiB."""
    lines = stat.with_name("status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
