"""A seeded region with its functions, each called through the framework's own application."""

import json
import os
import pkgutil
import sys
import warnings
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import functions_framework
import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from google.cloud.firestore import Client
from google.pubsub_v1 import SubscriberClient
from werkzeug.test import TestResponse

import shared.adapters
from emulator import officers
from emulator.aws import AWS_REGION, SENDER
from infra import region_file, seeding
from infra.manifest import ROOT
from shared.adapters.pubsub_publisher import connected
from shared.domain.directory import Officer
from tests.functions.outside import AUDIENCE, CLIENT_SECRET, Outside

GOOD_BODY = "Jalan berlubang di depan Pasar Kuta, sudah tiga bulan."
ROADS, ENVIRONMENT, HEALTH = (
    "pekerjaan-umum-dan-penataan-ruang",
    "lingkungan-hidup-dan-kehutanan",
    "kesehatan",
)
ORIGIN = "https://badungkab.go.id"
SITE = "https://lapor.badung.example"
SNS_TOPIC = "arn:aws:sns:ap-southeast-3:123456789012:tanggap-badung-feedback"
_KEYS = json.dumps({"current": "k1", "secrets": {"k1": b64encode(b"k" * 32).decode()}})


def environment(project: str, outside: Outside) -> dict[str, str]:
    """As the region's Terraform sets it; the clock is the tests' own."""
    return {
        "GOOGLE_CLOUD_PROJECT": project,
        "EVENTS_TOPIC": "report-events",
        "ATTACHMENTS_BUCKET": f"{project}-attachments",
        "TOKEN_ISSUER": outside.issuer.url,
        "TOKEN_AUDIENCE": AUDIENCE,
        "REPORTS_PER_MINUTE": "10000",
        "RECEIPT_KEYS": _KEYS,
        "IDENTITY_KEYS": _KEYS,
        "SESSION_KEYS": _KEYS,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "CLOCK_URL": outside.clock_url,
        "NOTICES_TOPIC": "notices",
        "PUBLIC_URL": SITE,
        "AWS_ENDPOINT_URL": outside.aws_url,
        "AWS_REGION": AWS_REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "SENDER": SENDER,
        "SMS_SENDER_ID": "TANGGAP",
        "SNS_TOPIC_ARN": SNS_TOPIC,
    }


@cache
def _badung() -> tuple[seeding.Documents, tuple[Officer, ...]]:
    written = region_file.read("badung")
    file = replace(written, directory=replace(written.directory, notices="live"))
    return seeding.documents(file, date(2026, 11, 21)), officers.officers_of(file.directory)


def seed(store: Client) -> None:
    wanted, people = _badung()
    seeding.write(store, wanted, seeding.compare(store, wanted))
    officers.write(store, people)


def officer(id_: str) -> Officer:
    return next(each for each in _badung()[1] if each.id == id_)


@cache
def _app(name: str) -> Flask:
    """The framework notes its function in the environment, where the next one would find it."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("FUNCTION_TARGET", "FUNCTION_SIGNATURE_TYPE"):
            patch.setenv(variable, name)
            patch.delenv(variable)
        return functions_framework.create_app(name, str(Path(ROOT, "main.py")))


def client_of(name: str) -> FlaskClient:
    return _app(name).test_client(use_cookies=False)


def forget_adapters() -> None:
    """They keep clients and settings as long as a process lives; a test run has many lives."""
    for found in pkgutil.iter_modules(shared.adapters.__path__, "shared.adapters."):
        for value in vars(sys.modules.get(found.name, object)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@contextmanager
def living_in(variables: Mapping[str, str]) -> Iterator[None]:
    """As if a new process had started with these variables."""
    before = dict(os.environ)
    os.environ.update(variables)
    forget_adapters()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        forget_adapters()


class Topic:
    """A topic of the region, with one subscriber: the test."""

    def __init__(self, project: str, pubsub: str, name: str = "report-events") -> None:
        self.name = f"projects/{project}/topics/{name}"
        self._subscription = f"projects/{project}/subscriptions/{name}-tests"
        self._subscriber = _subscriber(pubsub)
        connected(pubsub).create_topic(name=self.name)
        self._subscriber.create_subscription(name=self._subscription, topic=self.name)

    def messages(self) -> list[dict[str, Any]]:
        """What was published since the last look."""
        with warnings.catch_warnings():
            # Deprecated, for a busy subscriber would hear nothing; this one comes after the fact.
            warnings.simplefilter("ignore", DeprecationWarning)
            answer = self._subscriber.pull(
                subscription=self._subscription, max_messages=100, return_immediately=True
            )
        ids = [received.ack_id for received in answer.received_messages]
        if ids:
            self._subscriber.acknowledge(subscription=self._subscription, ack_ids=ids)
        return [json.loads(received.message.data) for received in answer.received_messages]


def _subscriber(pubsub: str) -> SubscriberClient:
    import grpc  # noqa: PLC0415 untyped, and only this line needs it
    from google.pubsub_v1.services.subscriber.transports import (  # noqa: PLC0415
        SubscriberGrpcTransport,
    )

    return SubscriberClient(
        transport=SubscriberGrpcTransport(channel=grpc.insecure_channel(pubsub))
    )


@dataclass(frozen=True)
class Region:
    """`call` posts as JSON when there is something to post."""

    store: Client
    topic: Topic
    outside: Outside

    def call(
        self,
        function: str,
        path: str,
        body: Any = None,
        /,
        method: str | None = None,
        **headers: str,
    ) -> TestResponse:
        """Header names as keywords: `accept_language`."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        sent = {} if body is None else {"json": body}
        verb = method or ("GET" if body is None else "POST")
        return client_of(function).open(path, method=verb, headers=named, **sent)

    def post(self, body: Any = None, /, **headers: str) -> TestResponse:
        """A citizen's post."""
        return self.call("submit_report", "/api/reports", body, method="POST", **headers)

    def filed(self, **fields: Any) -> "Filed":
        answer = self.post({"body": GOOD_BODY} | fields)
        assert answer.status_code == 201, answer.text
        return Filed(answer.json["code"], answer.json["receipt"])

    def read(self, code: str, receipt: str | None = None, **headers: str) -> TestResponse:
        given = {"authorization": f"Receipt {receipt}"} if receipt else {}
        return self.call("track_report", f"/api/reports/{code}", **(given | headers))

    def act(self, filed: "Filed", action: str, /, **fields: Any) -> TestResponse:
        """The reporter acts."""
        key = {"idempotency_key": fields.pop("key")} if "key" in fields else {}
        return self.call(
            "track_report",
            f"/api/reports/{filed.code}/actions",
            {"action": action, **fields},
            authorization=f"Receipt {filed.receipt}",
            **key,
        )

    def deliver(self, function: str, data: Any, **message: Any) -> TestResponse:
        """As Pub/Sub pushes it; bytes as they are, anything else as JSON."""
        raw = data if isinstance(data, bytes) else json.dumps(data).encode()
        envelope = {"data": b64encode(raw).decode(), "messageId": "1", "attributes": {}} | message
        pushed = {"message": envelope, "subscription": f"projects/p/subscriptions/{function}"}
        return client_of(function).post("/", json=pushed)

    def bearer(self, id_: str) -> str:
        return f"Bearer {self.outside.token(officer(id_))}"

    def desk(
        self, path: str, body: Any = None, /, by: str = "verifier1", **headers: str
    ) -> TestResponse:
        """An officer's call below /api/desk."""
        given = {"authorization": self.bearer(by)} | headers
        return self.call("handle_report", f"/api/desk{path}", body, **given)

    def order(
        self, code: str, action: str, /, by: str = "verifier1", **fields: Any
    ) -> TestResponse:
        """An officer acts on the report as it is now."""
        now = {} if "revision" in fields else {"revision": self.report(code)["revision"]}
        return self.desk(f"/reports/{code}/actions", {"action": action, **now, **fields}, by=by)

    def report(self, code: str) -> dict[str, Any]:
        """As it is stored."""
        return self.store.document("reports", code.replace("-", "")).get().to_dict() or {}

    def in_collection(self, name: str) -> dict[str, dict[str, Any]]:
        return {found.id: found.to_dict() or {} for found in self.store.collection(name).stream()}


@dataclass(frozen=True)
class Filed:
    code: str
    receipt: str

    @property
    def id(self) -> str:
        return self.code.replace("-", "")


def _make_bucket(storage: str, name: str) -> None:
    httpx.post(f"{storage}/storage/v1/b", json={"name": name}).raise_for_status()


@contextmanager
def a_region(emulators: Mapping[str, str], outside: Outside) -> Iterator[Region]:
    project = f"test-{uuid4().hex[:12]}"
    with living_in({**emulators, **environment(project, outside)}):
        store = Client(project=project)
        seed(store)
        _make_bucket(emulators["STORAGE_EMULATOR_HOST"], f"{project}-attachments")
        yield Region(store, Topic(project, emulators["PUBSUB_EMULATOR_HOST"]), outside)
        store.close()
