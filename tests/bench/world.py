"""The local cloud that both sides work in, and a report in it that was answered."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import grpc  # type: ignore[import-untyped]
from google.pubsub_v1 import PublisherClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport

from emulator.children import ChildFailed
from emulator.environment import environment
from emulator.google import google_emulators
from infra.commands.seed import seed
from shared.adapters.desk import desk
from shared.adapters.firestore_client import client
from shared.adapters.firestore_region import region
from shared.domain import commands as c
from shared.domain.acts.filing import Filing
from shared.domain.events import Stamp
from shared.domain.report import Location
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import AnswerKind, Role
from shared.usecases.acting import Order, act
from shared.usecases.filing import Filed, file_report
from shared.usecases.ports import Identity

# What a citizen posts: of middling length, with a place, and with somebody to write back to.
MESSAGE: Mapping[str, Any] = {
    "title": "Lampu jalan padam di Jalan Melati",
    "body": (
        "Lampu penerangan jalan di Jalan Melati padam sejak tiga hari yang lalu. Warga kesulitan "
        "melintas pada malam hari karena jalan sangat gelap dan berlubang. Mohon segera "
        "diperbaiki sebelum terjadi kecelakaan."
    ),
    "category": "perhubungan",
    "area": "99.71.01",
    "location": {"text": "Jalan Melati, dekat pasar", "lat": -6.2, "lon": 106.8},
    "reporter": {"name": "Siti Contoh", "email": None, "phone": "+6281234567890"},
}
_AGENCY = Person(frozenset({Role.AGENCY}), "dishub1", "dishub")
_VERIFIER = Person(frozenset({Role.VERIFIER}), "verifier1")
_HISTORY: tuple[tuple[c.Command, Person], ...] = (
    (c.Route(agency="dishub", text="Lampu jalan ada pada Dinas Perhubungan."), _VERIFIER),
    (c.Accept(text="Kami terima dan jadwalkan."), _AGENCY),
    (
        c.Respond(outcome=AnswerKind.SOLVED, text="Tiga lampu diganti.", proof="Foto: tiga lampu."),
        _AGENCY,
    ),
    (c.Reply(text="Satu lampu masih berkedip."), REPORTER),
)
# No post is one too many here.
_SETTINGS = {"REPORTS_PER_MINUTE": "1000000000"}
_ENTROPY_BYTES = 64
_UNLIKE = 0.03


@dataclass(frozen=True, slots=True)
class World:
    """`environment` is every function's; `code` and `receipt` are of the answered report."""

    environment: Mapping[str, str]
    code: str
    receipt: str


@contextmanager
def world() -> Iterator[World]:
    with google_emulators() as google:
        settings = {**environment("", google), **_SETTINGS}
        del settings["CLOCK_URL"]
        os.environ.update(settings)
        seed(client(), "contoh")
        _create_topic(settings)
        filed = _answered_report()
        yield World(settings, filed.report.code, filed.receipt)


def check_sizes(*answers: Mapping[str, Any]) -> None:
    """The bare function must not drift away from what ours keeps of a report."""
    ours, bare = (_sizes(answer["code"].replace("-", "")) for answer in answers)
    for name, size in ours.items():
        if abs(bare[name] - size) > size * _UNLIKE:
            raise ChildFailed(f"tests/bench/bare.py: {name} of {bare[name]} bytes, ours: {size}")


def _sizes(code: str) -> dict[str, int]:
    paths = {"report": "reports/{}", "event": "reports/{}/timeline/000001"}
    documents = {name: client().document(path.format(code)) for name, path in paths.items()}
    return {
        name: len(json.dumps(document.get().to_dict(), default=str))
        for name, document in documents.items()
    }


def _create_topic(settings: Mapping[str, str]) -> None:
    channel = grpc.insecure_channel(settings["PUBSUB_EMULATOR_HOST"])
    publisher = PublisherClient(transport=PublisherGrpcTransport(channel=channel))
    project, topic = settings["GOOGLE_CLOUD_PROJECT"], settings["EVENTS_TOPIC"]
    publisher.create_topic(name=f"projects/{project}/topics/{topic}")


def _answered_report() -> Filed:
    filed = _filed()
    for command, person in _HISTORY:
        order = Order(filed.report.code, command, person)
        act(order, rules=region().rules(), stamp=_stamp(), desk=desk())
    return filed


def _filed() -> Filed:
    given = {name: MESSAGE[name] for name in ("title", "body", "category", "area")}
    return file_report(
        Filing(**given, location=Location(**MESSAGE["location"])),
        Identity(**MESSAGE["reporter"]),
        person=REPORTER,
        role=Role.REPORTER,
        attempt=None,
        rules=region().rules(),
        stamp=_stamp(),
        desk=desk(),
    )


def _stamp() -> Stamp:
    return Stamp(datetime.now(UTC).replace(microsecond=0), secrets.token_bytes(_ENTROPY_BYTES))
