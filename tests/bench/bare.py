"""What the functions are held against: the same calls and documents, and no rule around them.

As one would write it by hand for just this job. Clients are made in the worker, not when this file
is loaded: gRPC does not survive gunicorn's fork.
"""

import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import functions_framework
import grpc  # type: ignore[import-untyped]
from flask import Request
from google.api_core.exceptions import InternalServerError, ServiceUnavailable
from google.api_core.retry import Retry, if_exception_type
from google.cloud.firestore import Client, DocumentReference
from google.pubsub_v1 import PublisherClient, PubsubMessage
from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport
from pydantic import BaseModel

Json = dict[str, Any]

STORE: Json = {
    "retry": Retry(
        predicate=if_exception_type(ServiceUnavailable, InternalServerError),
        initial=0.05,
        maximum=0.5,
        timeout=2.0,
    ),
    "timeout": 5.0,
}
TOPIC: Json = {
    "retry": Retry(
        predicate=if_exception_type(ServiceUnavailable), initial=0.05, maximum=0.4, timeout=2.0
    ),
    "timeout": 2.0,
}
COLLECTIONS = ("agencies", "categories", "policy", "ladder", "calendars")
SHOWN = (
    "code", "kind", "status", "outcome", "category", "agency", "area", "submitted_at",
    "revision", "head", "merged_into", "referred_to", "archive_reason",
)  # fmt: skip
SHOWN_TO_HOLDER = (
    *SHOWN, "title", "body", "language", "occurred_on", "location", "anonymous", "secret",
    "supervisory", "links", "satisfaction", "oversight_offered",
)  # fmt: skip
FILED: Json = {
    "kind": "complaint", "status": "submitted", "channel": "web", "language": "id",
    "supervisory": False, "anonymous": False, "secret": False, "occurred_on": None,
    "named_agency": None, "excluded": [], "links": {},
}  # fmt: skip
UNTOUCHED: Json = {
    "agency": None, "assignee": None, "referred_to": None, "merged_into": None, "routed_by": None,
    "hold": None, "archived_by": None, "archive_reason": None, "outcome": None, "answer": None,
    "satisfaction": None, "final_at": None, "published": False, "split_off": False,
    "agency_held": False, "oversight_offered": False, "merged_from": [], "masks": [], "rungs": [],
    "custody": [], "counts": {"submitted": 1}, "seq": 1, "revision": 1, "schema": 1,
    "appealed": False, "holder": "verifier",
}  # fmt: skip
CLOCK: Json = {
    "run": 1, "calendar": "contoh-2026-000000", "minimum_left": 0, "no_later_than": None,
    "ended_at": None, "ended_by": None,
}  # fmt: skip
RUNNING: Json = {"kind": "running", "end": None, "reason": "submitted", "days": 0}
PRIVATE: Json = {"officer": None, "agency": None, "facts": {}, "public": False}


class Posted(BaseModel):
    """Nobody takes posts unchecked: one model is the least there is."""

    title: str
    body: str
    category: str
    area: str
    location: Json
    reporter: Json


@functions_framework.http
def bare_submit(request: Request) -> tuple[Json, int]:
    record = store().document("idempotency", hashed(request.headers["Idempotency-Key"].encode()))
    if record.get(**STORE).exists:
        return {"error": "repeated"}, 409
    message, now = Posted.model_validate_json(request.get_data()).model_dump(), datetime.now(UTC)
    if message["category"] not in region()["categories"]:
        return {"error": "category"}, 422
    report = save(message, record, hashed(request.get_data()), now)
    answer = {name: report[name] for name in ("code", "status", "submitted_at")}
    receipt = f"{secrets.randbelow(10**16):016}"
    return {**answer, "receipt": receipt, "clocks": due_times(report)}, 201


@functions_framework.http
def bare_track(request: Request) -> Json:
    code = request.path.rpartition("/")[2]
    holder = "Authorization" in request.headers
    report = report_and_reporter(code) if holder else report_alone(code)
    supporters = store().document("supporters", code).get(**STORE).to_dict() or {}
    entries = (timeline_entry(code, seq + 1) for seq in range(report["seq"]))
    *timeline, shelf = read(*entries, store().document("attachments", code))
    return {
        **{name: report[name] for name in (SHOWN_TO_HOLDER if holder else SHOWN)},
        "agency_name": region()["agencies"][report["agency"]]["name"],
        "supporters": supporters.get("count", 0),
        "clocks": due_times(report),
        "timeline": [{**entry["header"], "hash": entry["hash"]} for entry in timeline],
        "attachments": shelf.get("files", []),
    }


def save(message: Json, record: DocumentReference, mac: str, now: datetime) -> Json:
    code = secrets.token_hex(6)[:11].upper()
    event, report = event_and_report(message, code, now)
    id_ = event["header"]["id"]
    wire = {"id": id_, "type": "report.submitted", "schema": 1, "code": code, "seq": 1}
    outbox = store().document("outbox", id_)
    create(
        (timeline_entry(code, 1), event),
        (store().document("reports", code), report),
        (outbox, {**wire, "at": now}),
        (store().document("reporters", code), reporter(message)),
        (record, {"mac": mac, "code": code, "seq": 1, "expires_at": now + timedelta(days=7)}),
    )
    publish({**wire, "at": report["submitted_at"]})
    forget(outbox)
    return report


def event_and_report(message: Json, code: str, now: datetime) -> tuple[Json, Json]:
    at, due_at = f"{now:%Y-%m-%dT%H:%M:%SZ}", now + timedelta(days=3)
    texts = {"title": message["title"], "body": message["body"]}
    changes = {
        **FILED,
        **{name: message[name] for name in ("category", "area", "location")},
        "code": code,
        "submitted_at": at,
        "clocks": [clock("verification", 3, at), clock("legal", 14, at)],
    }
    content = {**PRIVATE, "salt": secrets.token_hex(16), "changes": changes, "texts": texts}
    header = {"seq": 1, "type": "submitted", "at": at, "by": "reporter"}
    header |= {"id": secrets.token_hex(16), "digest": secrets.token_hex(32)}
    head = secrets.token_hex(32)
    ticks = {"due_at": due_at, "next_tick_at": due_at, "tick_failures": 0}
    due = {**ticks, "tokens": tokens(message, code)}
    report = {**UNTOUCHED, **changes, **texts, **due, "head": head}
    return {"header": header, "hash": head, "content": content}, report


def clock(kind: str, days: int, at: str) -> Json:
    return {
        **CLOCK,
        "kind": kind,
        "policy": f"{kind}-complaint",
        "started_at": at,
        "due_at": at,
        "allowances": [{"number": days, "unit": "WD"}],
        "intervals": [{**RUNNING, "start": at}],
    }


def due_times(report: Json) -> list[Json]:
    return [{name: each[name] for name in ("kind", "run", "due_at")} for each in report["clocks"]]


def tokens(message: Json, code: str) -> list[str]:
    words = {word.strip(".,") for word in f"{message['title']} {message['body']}".lower().split()}
    areas = (message["area"][:length] for length in (8, 5))
    return [
        f"c:{code}",
        *(f"a:{area}" for area in areas),
        *(f"w:{word}" for word in words if len(word) > 2),
    ]


def reporter(message: Json) -> Json:
    sealed = secrets.token_bytes(28) + json.dumps(message["reporter"]).encode()
    receipt = {"key_id": "development-only", "mac": secrets.token_hex(32)}
    return {"sealed": sealed, "key_id": "development-only", "receipt": receipt}


@cache
def region() -> dict[str, dict[str, Json]]:
    def documents(collection: str) -> dict[str, Json]:
        return {
            found.id: found.to_dict() or {}
            for found in store().collection(collection).stream(**STORE)
        }

    store().document("settings/region").get(**STORE)
    with ThreadPoolExecutor(len(COLLECTIONS) + 1) as pool:
        areas = pool.submit(store().document("settings/areas").get, **STORE)
        loaded = dict(zip(COLLECTIONS, pool.map(documents, COLLECTIONS), strict=True))
        areas.result()
    return loaded


@cache
def store() -> Client:
    return Client(project=os.environ["GOOGLE_CLOUD_PROJECT"])


def report_alone(code: str) -> Json:
    return store().document("reports", code).get(**STORE).to_dict() or {}


def report_and_reporter(code: str) -> Json:
    report, _ = read(store().document("reports", code), store().document("reporters", code))
    return report


def timeline_entry(code: str, seq: int) -> DocumentReference:
    return store().document("reports", code, "timeline", f"{seq:06}")


def read(*references: DocumentReference) -> list[Json]:
    """One call; it answers in any order."""
    found = store().get_all(list(references), **STORE)
    documents = {each.reference.path: each.to_dict() or {} for each in found}
    return [documents[reference.path] for reference in references]


def create(*documents: tuple[DocumentReference, Json]) -> None:
    batch = store().batch()
    for reference, document in documents:
        batch.create(reference, document)
    batch.commit(**STORE)


def forget(reference: DocumentReference) -> None:
    batch = store().batch()
    batch.delete(reference)
    batch.commit(**STORE)


def hashed(data: bytes) -> str:
    return sha256(data).hexdigest()


@cache
def publisher() -> PublisherClient:
    channel = grpc.insecure_channel(os.environ["PUBSUB_EMULATOR_HOST"])
    return PublisherClient(transport=PublisherGrpcTransport(channel=channel))


def publish(wire: Json) -> None:
    topic = f"projects/{os.environ['GOOGLE_CLOUD_PROJECT']}/topics/{os.environ['EVENTS_TOPIC']}"
    attributes = {"type": wire["type"], "schema": str(wire["schema"])}
    message = PubsubMessage(data=json.dumps(wire).encode(), attributes=attributes)
    publisher().publish(topic=topic, messages=[message], **TOPIC)
