"""A photo on its way: announced, uploaded straight to the bucket, cleaned, shown; and kept."""

import re
import signal
import time
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from emulator.children import free_port
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, client_of, started

PIECE = 256 * 1024
_PATIENCE = 30.0


def photo() -> bytes:
    """Large enough to come in two pieces: noise does not let itself be made small."""
    written = BytesIO()
    Image.effect_noise((900, 700), 120).convert("RGB").save(written, "JPEG", quality=95)
    assert len(written.getvalue()) > PIECE
    return written.getvalue()


PHOTO = photo()


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    port = free_port()
    with started(tmp_path_factory.mktemp("files"), port), client_of(port) as web:
        yield web


def filed(web: httpx.Client) -> dict[str, Any]:
    answer = web.post("/api/reports", json=REPORT)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def held(report: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Receipt {report['receipt'].replace(' ', '')}"}


def announced(web: httpx.Client, report: dict[str, Any], content: bytes = PHOTO) -> Any:
    about = {"name": "jalan.jpg", "type": "image/jpeg", "size": len(content), "public": True}
    answer = web.post(
        f"/api/reports/{report['code']}/attachments",
        json={**about, "sha256": sha256(content).hexdigest()},
        headers=held(report),
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def session_of(invitation: Any, origin: str) -> str:
    started_ = httpx.request(
        invitation["method"],
        invitation["upload_url"],
        headers={**invitation["headers"], "Origin": origin},
    )
    assert started_.status_code == 201, started_.text
    assert started_.headers["Access-Control-Allow-Origin"] == origin
    return str(started_.headers["Location"])


def put(session: str, content: bytes, start: int) -> int:
    range_ = f"bytes {start}-{start + len(content) - 1}/{len(PHOTO)}"
    return httpx.put(session, content=content, headers={"Content-Range": range_}).status_code


def once_looked_at(web: httpx.Client, report: dict[str, Any]) -> Any:
    """The one file, as its owner sees it."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        path = f"/api/reports/{report['code']}/attachments"
        (file,) = web.get(path, headers=held(report)).json()
        if file["state"] != "pending":
            return file
        time.sleep(0.05)
    raise AssertionError(file)


def test_a_photo_comes_in_and_is_shown(cloud: httpx.Client) -> None:
    """In two pieces, from our own page, and no byte of it through a function."""
    report = filed(cloud)
    session = session_of(announced(cloud, report), str(cloud.base_url).rstrip("/"))

    assert put(session, PHOTO[:PIECE], 0) == 308
    assert put(session, PHOTO[PIECE:], PIECE) == 200
    file = once_looked_at(cloud, report)

    assert file["state"] == "ready", file
    shown = cloud.get(httpx.URL(file["sizes"]["small"]).raw_path.decode())
    assert Image.open(BytesIO(shown.content)).format == "WEBP"


def test_the_control_room_shows_what_lies_there(cloud: httpx.Client) -> None:
    shown = cloud.get("/_emulator").text

    assert re.search(r"<td>tanggap-local-attachments</td><td>\d+</td>", shown)


def test_an_upload_that_nobody_finishes_is_gone_after_its_day(cloud: httpx.Client) -> None:
    """With its entry; the session is of no use any more."""
    report = filed(cloud)
    announced(cloud, report)

    cloud.post("/_emulator/clock", json={"advance": "P1D"}, timeout=300).raise_for_status()

    found = cloud.get(f"/api/reports/{report['code']}/attachments", headers=held(report))
    assert found.json() == []


@pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators keep nothing")
def test_an_upload_goes_on_after_the_local_cloud_was_killed(tmp_path: Path) -> None:
    """Its session and what had come of it; the bucket is at another address then."""
    state = ("--state", str(tmp_path / "state"))
    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        report = filed(web)
        session = session_of(announced(web, report), str(web.base_url).rstrip("/"))
        put(session, PHOTO[:PIECE], 0)
        emulator.end(signal.SIGKILL)

    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        there = re.search(r"STORAGE_EMULATOR_HOST=(\S+?)<", web.get("/_emulator").text)
        assert there
        again = re.sub(r"^http://[^/]+", there[1], session)

        assert put(again, PHOTO[PIECE:], PIECE) == 200
        assert once_looked_at(web, report)["state"] == "ready"
