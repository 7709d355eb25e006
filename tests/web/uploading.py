"""Files of a report in the local cloud, sent as programs send them and looked at to the end."""

import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx

from tests.corpus.documents import pdf
from tests.corpus.pictures import jpeg, quarters
from tests.functions.uploads import sent
from tests.system.local_cloud import PATIENCE

# Light enough for a page that is weighed.
PHOTO = jpeg(quarters(480, 640))
AFTER = jpeg(quarters(640, 480).rotate(180))
LETTER = pdf()


def uploaded(
    web: httpx.Client,
    code: str,
    held: Mapping[str, str],
    content: bytes,
    type_: str = "image/jpeg",
    **said: Any,
) -> str:
    """Its id, once it is ready. `held`: the headers of whose file it is."""
    about = {"name": "foto.jpg", "type": type_, "size": len(content), **said}
    path = f"/api/reports/{code}/attachments"
    digest = {"sha256": sha256(content).hexdigest()}
    answer = web.post(path, json=about | digest, headers=dict(held))
    assert answer.status_code == 201, answer.text
    sent(answer.json(), content)
    id_ = str(answer.json()["id"])
    _wait(web, path, held, id_)
    return id_


def _wait(web: httpx.Client, path: str, held: Mapping[str, str], id_: str) -> None:
    """Messages take a moment."""
    end = time.monotonic() + PATIENCE
    while True:
        files = web.get(path, headers=dict(held)).json()
        state = next(file["state"] for file in files if file["id"] == id_)
        if state == "ready":
            return
        assert (state, time.monotonic() < end) == ("pending", True)
        time.sleep(0.05)
