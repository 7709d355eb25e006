"""Files of reports on the local cloud, as their senders see them."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx

from tests.functions.uploads import sent
from tests.system.local_cloud import PATIENCE


def announced(web: httpx.Client, report: dict[str, Any], content: bytes, type_: str) -> Any:
    about = {"name": "foto", "type": type_, "size": len(content), "public": True}
    path = f"/api/reports/{report['code']}/attachments"
    body = about | {"sha256": sha256(content).hexdigest()}
    answer = web.post(path, json=body, headers=held(report))
    assert answer.status_code == 201, answer.text
    return answer.json()


def upload(web: httpx.Client, report: dict[str, Any], content: bytes, type_: str) -> str:
    invitation = announced(web, report, content, type_)
    sent(invitation, content)
    return str(invitation["id"])


def seen(web: httpx.Client, report: dict[str, Any], id_: str, **headers: str) -> Any:
    """The file in the list of whoever asks; None: it is not there."""
    files = web.get(f"/api/reports/{report['code']}/attachments", headers=headers).json()
    return next((file for file in files if file["id"] == id_), None)


def once(look: Callable[[], Any], is_so: Callable[[Any], bool]) -> Any:
    """Messages take a moment."""
    end = time.monotonic() + PATIENCE
    while not is_so(found := look()):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def once_looked_at(web: httpx.Client, report: dict[str, Any], id_: str) -> Any:
    return once(lambda: seen(web, report, id_, **held(report)), lambda f: f["state"] != "pending")


def held(report: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Receipt {report['receipt'].replace(' ', '')}"}
