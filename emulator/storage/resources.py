"""An object as the JSON API shows it, and as headers beside its bytes."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from emulator.storage.stored import Stored
from emulator.storage.times import http_date, written


def resource_of(stored: Stored) -> dict[str, Any]:
    path = f"b/{stored.bucket}/o/{quote(stored.name, safe='')}"
    return {
        "kind": "storage#object",
        "id": f"{stored.bucket}/{stored.name}/{stored.generation}",
        "selfLink": f"https://www.googleapis.com/storage/v1/{path}",
        "name": stored.name,
        "bucket": stored.bucket,
        "generation": str(stored.generation),
        "metageneration": "1",
        "contentType": stored.type,
        "timeCreated": written(stored.created),
        "updated": written(stored.created),
        "storageClass": "STANDARD",
        "size": str(stored.size),
        "md5Hash": stored.md5,
        "crc32c": stored.crc32c,
        "etag": _etag(stored),
    }


def headers_of(stored: Stored) -> Mapping[str, str]:
    return {
        "Content-Type": stored.type,
        "ETag": f'"{_etag(stored)}"',
        "Last-Modified": http_date(stored.created),
        "Accept-Ranges": "bytes",
        "X-Goog-Generation": str(stored.generation),
        "X-Goog-Metageneration": "1",
        "X-Goog-Hash": f"crc32c={stored.crc32c},md5={stored.md5}",
        "X-Goog-Stored-Content-Length": str(stored.size),
        "X-Goog-Storage-Class": "STANDARD",
    }


def _etag(stored: Stored) -> str:
    return b64encode(str(stored.generation).encode()).decode()
