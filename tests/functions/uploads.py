"""Files on their way into a region: announced, sent to the bucket, and what the bucket tells."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx
from werkzeug.test import TestResponse

from shared.adapters import bucket
from shared.domain.attachment import incoming_name, kept_prefix
from tests.functions.region import Filed, Region

UPLOADED = "OBJECT_FINALIZE"


def announced(region: Region, filed: Filed, content: bytes, **said: Any) -> dict[str, Any]:
    """The invitation that its reporter gets."""
    body = {
        "name": "foto.jpg",
        "type": "image/jpeg",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        **said,
    }
    held = {"authorization": f"Receipt {filed.receipt}"}
    answer = region.call("track_report", f"/api/reports/{filed.code}/attachments", body, **held)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def sent(invitation: Mapping[str, Any], content: bytes) -> None:
    """As a browser does it: a session is begun where the invitation says, then the bytes go."""
    begun = httpx.request(
        invitation["method"], invitation["upload_url"], headers=invitation["headers"]
    )
    assert begun.status_code == 201, begun.text
    done = httpx.put(begun.headers["Location"], content=content)
    assert done.status_code == 200, done.text


def attached(region: Region, filed: Filed, content: bytes, **said: Any) -> str:
    """The id of a file that has come in, and of which nobody was told yet."""
    invitation = announced(region, filed, content, **said)
    sent(invitation, content)
    return str(invitation["id"])


def processed(region: Region, filed: Filed, content: bytes, **said: Any) -> str:
    id_ = attached(region, filed, content, **said)
    assert told(region, incoming_name(filed.id, id_)).status_code == 200
    return id_


def told(region: Region, name: str, **attributes: Any) -> TestResponse:
    """As the bucket tells of it and Pub/Sub pushes it."""
    usual = {
        "notificationConfig": "projects/_/buckets/b/notificationConfigs/1",
        "eventType": UPLOADED,
        "payloadFormat": "JSON_API_V1",
        "bucketId": "b",
        "objectId": name,
        "objectGeneration": "1700000000000001",
        "eventTime": "2026-11-21T01:12:44.345678Z",
        "type": "upload.finished",
    }
    given = {key: value for key, value in (usual | attributes).items() if value is not None}
    data = json.dumps({"kind": "storage#object", "name": name}).encode()
    return region.deliver("process_upload", data, attributes=given)


def stored(region: Region, filed: Filed, id_: str) -> dict[str, Any]:
    """What the store knows of the file."""
    shelf = region.store.document("attachments", filed.id).get().to_dict() or {}
    return next(file for file in shelf["files"] if file["id"] == id_)


def kept(filed: Filed, id_: str) -> dict[str, bytes]:
    """By leaf."""
    prefix = kept_prefix(filed.id, id_)
    found = bucket.attachments().list_blobs(prefix=prefix)
    return {blob.name.removeprefix(prefix): blob.download_as_bytes() for blob in found}


def is_incoming(filed: Filed, id_: str) -> bool:
    return bucket.bucket().size(incoming_name(filed.id, id_)) is not None
