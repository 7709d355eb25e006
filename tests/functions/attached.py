"""Files attached to a region's reports, without whoever processes them."""

from hashlib import sha256
from typing import Any

from werkzeug.test import TestResponse

from shared.adapters.bucket import bucket
from shared.adapters.firestore_shelves import shelves
from shared.adapters.place_seals import seals
from shared.domain.attachment import (
    SIZES,
    Attachment,
    Place,
    incoming_name,
    kept_name,
    processed,
)
from tests.domain.files import EXTENTS
from tests.functions.region import Filed, Region

PHOTO = b"\xff\xd8\xff\xe0 not quite a photo"


def announcement(content: bytes = PHOTO, **fields: Any) -> dict[str, Any]:
    digest = sha256(content).hexdigest()
    given = {"name": "foto.jpg", "type": "image/jpeg", "size": len(content), "sha256": digest}
    return given | fields


def attach(region: Region, code: str, credentials: str, /, **fields: Any) -> TestResponse:
    """`key`: the Idempotency-Key; all else as in an announcement."""
    key = {"idempotency_key": fields.pop("key")} if "key" in fields else {}
    path = f"/api/reports/{code}/attachments"
    body = announcement() | fields
    return region.call("track_report", path, body, authorization=credentials, **key)


def listed(region: Region, code: str, credentials: str | None = None) -> TestResponse:
    given = {"authorization": credentials} if credentials else {}
    return region.call("track_report", f"/api/reports/{code}/attachments", **given)


def receipt(filed: Filed) -> str:
    return f"Receipt {filed.receipt}"


def a_ready_file(
    region: Region,
    filed: Filed,
    credentials: str | None = None,
    *,
    place: Place | None = None,
    **fields: Any,
) -> str:
    """Its id; each copy holds its own name."""
    answer = attach(region, filed.code, credentials or receipt(filed), **fields)
    assert answer.status_code == 201, answer.text
    id_ = str(answer.json["id"])
    file = next(each for each in shelves().of(filed.id).files if each.id == id_)
    for leaf in SIZES if file.is_picture else ("file",):
        bucket().save(kept_name(filed.id, id_, leaf), leaf.encode(), "image/webp")
    _made_ready(filed.id, file, place)
    return id_


def incoming(filed: Filed, id_: str) -> bytes:
    return bucket().open(incoming_name(filed.id, id_)).read()


def _made_ready(code: str, file: Attachment, place: Place | None) -> None:
    found = seals().seal(place, code=code) if place else None
    sizes = EXTENTS if file.is_picture else {}
    shelf = processed(shelves().of(code), file.id, type_=file.type, sizes=sizes, found=found)
    assert shelves().put(shelf)
