"""A server on a clock that stands still until it is moved, the official client, and a browser."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
from google.cloud import storage
from google.oauth2 import service_account

from emulator.storage.buckets import Bucket, Cors, Forgetting, Notification
from emulator.storage.server import Server, serve

# One for all: to make a client takes longer than to ask.
WEB = httpx.Client(trust_env=False)
START = datetime(2026, 11, 25, 8, tzinfo=UTC)
BUCKET = "tanggap-attachments"
TOPIC = "projects/p/topics/uploads"
SITE = "https://lapor.badung.example"
NAME = "incoming/7K3M9QX2WDQ/one"
PIECE = 256 * 1024
CONFIG = Bucket(
    BUCKET,
    cors=(
        Cors((SITE,), ("POST", "PUT"), ("Content-Type", "Content-Range", "Location", "Range"), 60),
    ),
    notifications=(Notification(TOPIC, "incoming/", {"type": "upload.finished"}),),
    forgets=(Forgetting("incoming/", 1),),
)


@dataclass
class StandingClock:
    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Topics:
    """What was published; `away` times it fails first."""

    away: int = 0
    told: list[tuple[str, Mapping[str, Any], Mapping[str, str]]] = field(default_factory=list)

    def publish(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        if self.away:
            self.away -= 1
            raise ConnectionError
        self.told.append((topic, json.loads(data), attributes))

    @property
    def names(self) -> list[str]:
        return [attributes["objectId"] for _, _, attributes in self.told]


@dataclass
class World:
    server: Server
    clock: StandingClock
    topics: Topics
    client: storage.Client

    @property
    def bucket(self) -> storage.Bucket:
        return self.client.bucket(BUCKET)

    def signed(self, name: str = NAME, *, size: int = 10**9, **options: Any) -> tuple[str, Any]:
        """The address of a resumable start, and the headers that go with it."""
        limits = {"x-goog-content-length-range": f"0,{size}"}
        wanted = {
            "expiration": timedelta(days=1),
            "credentials": signer(self.server.key_file),
        } | options
        url = self.bucket.blob(name).generate_signed_url(
            version="v4",
            method="RESUMABLE",
            content_type="image/jpeg",
            headers=dict(limits),
            api_access_endpoint=self.server.url,
            **wanted,
        )
        return url, {"Content-Type": "image/jpeg", "x-goog-resumable": "start", **limits}

    def started(self, name: str = NAME, **options: Any) -> str:
        """The address of a session."""
        url, headers = self.signed(name, **options)
        answer = WEB.post(url, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["Location"])


def signer(key_file: Path) -> service_account.Credentials:
    return service_account.Credentials.from_service_account_file(str(key_file))


def put(session: str, content: bytes, range_: str | None = None) -> httpx.Response:
    headers = {"Content-Range": f"bytes {range_}"} if range_ else {}
    return WEB.put(session, content=content, headers=headers)


@contextmanager
def world(folder: Path, **options: Any) -> Iterator[World]:
    clock, topics = StandingClock(), options.pop("topics", None) or Topics()
    options = options if "path" in options else {"memory": True, **options}
    server = serve(key_file=key_file(folder), now=clock.now, publish=topics.publish, **options)
    server.declare([CONFIG])
    with patch.dict(os.environ, {"STORAGE_EMULATOR_HOST": server.url}):
        client = storage.Client(project="p")
    yield World(server, clock, topics, client)
    client.close()
    server.stop()


def key_file(folder: Path) -> Path:
    """One for all tests of a run: to make it takes as long as a test."""
    return folder.parent / "signer.json"
