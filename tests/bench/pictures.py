"""Photos of twelve megapixels through process_upload: how many a second, and what it weighs.

The other side is Pillow alone: from the same bytes to the same three sizes, in this process.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter

import httpx
import pillow_heif
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client as StorageClient
from PIL import Image

from emulator import files
from emulator.children import ChildFailed
from emulator.environment import PROJECT
from infra import manifest
from shared.adapters.bucket import CloudBucket
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.domain.attachment import (
    SIZES,
    UPLOAD_WITHIN,
    Attachment,
    FileLimits,
    FileState,
    announced,
    incoming_name,
)
from shared.domain.statuses import Role
from shared.usecases.shelving import reshelve
from tests.bench.notices import a_report, cloud, is_of
from tests.bench.rows import Effort, Row
from tests.bench.server import Served, Target, serving
from tests.bench.world import World

_NAME, _BUCKET = "process_upload", f"{PROJECT}-attachments"
_PIXELS = (4032, 3024)
_KINDS = {"JPEG": "image/jpeg", "HEIF": "image/heic"}
# What it does besides: the shelf, the bucket, every digest and every transfer.
_HOLD, _MOST_MEGABYTES = 1.5, 350.0
_ANY = FileLimits(1000, 1 << 30, 1 << 40, frozenset(_KINDS.values()))


@dataclass(frozen=True, slots=True)
class _Region:
    """Of nobody's, with one report."""

    code: str
    shelves: FirestoreShelves
    bucket: CloudBucket
    settings: Mapping[str, str]

    def receive(self, content: bytes, type_: str, number: int) -> str:
        """What a phone does, and its id."""
        now, id_ = datetime.now(UTC).replace(microsecond=0), f"{number:022}"
        new = Attachment(
            id=id_,
            owner=Role.REPORTER,
            name="foto",
            type=type_,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            announced_at=now,
            expires_at=now + UPLOAD_WITHIN,
        )
        reshelve(self.shelves, self.code, lambda shelf: announced(shelf, new, _ANY, now))
        self.bucket.save(incoming_name(self.code, id_), content, type_)
        return id_

    def is_ready(self, id_: str) -> bool:
        found = self.shelves.of(self.code).find(id_, datetime.now(UTC))
        return bool(found and found.state is FileState.READY)


def cleaning(_: World, effort: Effort) -> Iterator[Row]:
    """By turns; of all rounds the quietest counts, and the heaviest."""
    for kind, type_ in _KINDS.items():
        content = _photo(kind)
        with _region() as region, serving(_target(), region.settings) as function:
            rounds = [
                (_cleaned(region, function, content, type_, number), _bare(content))
                for number in range(max(2, effort.rounds // 3))
            ]
            weight = _most_megabytes(function)
        ours, bare = map(min, zip(*rounds, strict=True))
        name = f"{_NAME}: {kind} of 12 megapixels"
        yield Row(f"{name} ({1000 / ours:.1f} a second)", ours, bare, _HOLD)
        yield Row(f"{name}: memory at its highest", weight, _MOST_MEGABYTES, 1.0, "MB")


MEASURES = (cleaning,)


def _target() -> Target:
    return Target(_NAME, "main.py", manifest.load().functions[_NAME].threads)


@contextmanager
def _region() -> Iterator[_Region]:
    with (
        cloud() as (store, settings),
        files.files_served(lambda *_: None, memory=True) as kept,
    ):
        kept.declare(files.buckets_of(manifest.load(), pages=(), origins=()))
        storage = StorageClient(
            project=PROJECT,
            credentials=AnonymousCredentials(),  # type: ignore[no-untyped-call]
            client_options={"api_endpoint": kept.url},
        )
        yield _Region(
            a_report(store, settings),
            FirestoreShelves(store),
            CloudBucket(lambda: storage.bucket(_BUCKET)),
            {**settings, **files.variables_of(kept)},
        )


def _photo(kind: str) -> bytes:
    """As fine and as coarse as a street: noise over noise."""
    pillow_heif.register_heif_opener()
    coarse = Image.effect_noise((_PIXELS[0] // 8, _PIXELS[1] // 8), 80).resize(_PIXELS)
    turned = (coarse.transpose(way) for way in (0, 1, 3))
    written = BytesIO()
    Image.merge("RGB", tuple(turned)).save(written, kind, quality=85)
    return written.getvalue()


def _cleaned(region: _Region, function: Served, content: bytes, type_: str, number: int) -> float:
    """Milliseconds from the push to its answer."""
    id_ = region.receive(content, type_, number)
    pushed = {
        "message": _message(incoming_name(region.code, id_)),
        "subscription": "projects/p/s/x",
    }
    started = perf_counter()
    url = f"http://127.0.0.1:{function.port}/"
    httpx.post(url, json=pushed, timeout=120, trust_env=False).raise_for_status()
    passed = perf_counter() - started
    if not region.is_ready(id_):
        raise ChildFailed("a photo was not cleaned")
    return passed * 1000


def _message(name: str) -> dict[str, object]:
    attributes = {
        "eventType": "OBJECT_FINALIZE",
        "objectId": name,
        "objectGeneration": "1",
        "eventTime": datetime.now(UTC).isoformat(),
    }
    data = b64encode(json.dumps({"name": name}).encode()).decode()
    return {"data": data, "messageId": "1", "attributes": attributes}


def _bare(content: bytes) -> float:
    started = perf_counter()
    image = Image.open(BytesIO(content)).convert("RGB")
    for edge in sorted(SIZES.values(), reverse=True):
        image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        image.save(BytesIO(), "WEBP", quality=80)
    return (perf_counter() - started) * 1000


def _most_megabytes(function: Served) -> float:
    """The most that the largest process of the server ever held: gunicorn's worker (Linux)."""
    held = [_highest(stat) for stat in Path("/proc").glob("[0-9]*/stat") if is_of(stat, function)]
    return max(held) / 1024


def _highest(stat: Path) -> float:
    """In KiB."""
    lines = stat.with_name("status").read_text().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
