"""What strangers send on its whole way: bucket, notification, push, cleaning, what people see."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulator.children import free_port
from tests.corpus.hostile import HOSTILE
from tests.corpus.pictures import CAMERA, LAT, LON, SERIAL, TELLING, WORDS
from tests.corpus.webp import chunks
from tests.emulators import ON_GOOGLE
from tests.functions.uploads import sent
from tests.system.local_cloud import PATIENCE, REPORT, client_of, started, status_once_routed


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    port = free_port()
    with started(tmp_path_factory.mktemp("uploads"), port), client_of(port) as web:
        yield web


@pytest.fixture(scope="module")
def report(cloud: httpx.Client) -> dict[str, Any]:
    """In the public, since a person took it on."""
    filed = dict(cloud.post("/api/reports", json=REPORT).json())
    assert status_once_routed(cloud, filed["code"]) == "routed"
    _ordered(cloud, filed, _officer(cloud, "kepala.dlhk"), action="accept")
    return filed


def upload(web: httpx.Client, report: dict[str, Any], content: bytes, type_: str) -> str:
    about = {"name": "foto", "type": type_, "size": len(content), "public": True}
    path, body = (
        f"/api/reports/{report['code']}/attachments",
        {"sha256": sha256(content).hexdigest()},
    )
    answer = web.post(path, json=about | body, headers=_held(report))
    assert answer.status_code == 201, answer.text
    sent(answer.json(), content)
    return str(answer.json()["id"])


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
    return once(lambda: seen(web, report, id_, **_held(report)), lambda f: f["state"] != "pending")


def fetched(web: httpx.Client, link: str) -> bytes:
    answer = web.get(httpx.URL(link).raw_path.decode())
    assert answer.status_code == 200
    return answer.content


def _held(report: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Receipt {report['receipt'].replace(' ', '')}"}


def _officer(web: httpx.Client, name: str) -> dict[str, str]:
    token = web.post("/_emulator/token", json={"email": f"{name}@badung.example"}).json()
    return {"Authorization": f"Bearer {token['id_token']}"}


def _ordered(
    web: httpx.Client, report: dict[str, Any], officer: dict[str, str], **order: Any
) -> None:
    path = f"/api/desk/reports/{report['code']}"
    revision = web.get(path, headers=officer).json()["revision"]
    answer = web.post(f"{path}/actions", json=order | {"revision": revision}, headers=officer)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("type_", TELLING)
def test_what_everybody_gets_tells_nothing_but_what_can_be_seen(
    cloud: httpx.Client, report: dict[str, Any], type_: str
) -> None:
    """In no size; and in no answer but that to its reporter."""
    id_ = upload(cloud, report, TELLING[type_](), type_)
    mine = once_looked_at(cloud, report, id_)

    public = cloud.get(f"/api/reports/{report['code']}/attachments")
    links = next(each for each in public.json() if each["id"] == id_)["sizes"]

    assert (mine["place"]["lat"], mine["place"]["lon"]) == (LAT, LON)
    assert not [each for each in (CAMERA, SERIAL, WORDS, str(LAT), str(LON)) if each in public.text]
    for link in links.values():
        assert [kind for kind, _ in chunks(fetched(cloud, link))] == [b"VP8 "]


@pytest.mark.parametrize("name", ["a PDF that is an archive, too", "a PNG of 50,000 × 50,000"])
def test_what_is_hostile_ends_with_its_reason(
    cloud: httpx.Client, report: dict[str, Any], name: str
) -> None:
    make, reason = HOSTILE[name]

    file = once_looked_at(cloud, report, upload(cloud, report, make(), "image/jpeg"))

    assert (file["state"], file["reason"]) == ("rejected", reason)
    assert seen(cloud, report, file["id"]) is None


def test_what_an_officer_covers_is_covered_for_everybody(
    cloud: httpx.Client, report: dict[str, Any]
) -> None:
    """Several in quick succession: until all of them are in the copy nobody sees any."""
    id_ = upload(cloud, report, TELLING["image/jpeg"](), "image/jpeg")
    once_looked_at(cloud, report, id_)
    before = fetched(cloud, seen(cloud, report, id_)["sizes"]["large"])
    officer = _officer(cloud, "verifier1")
    for left in (0, 300, 600):
        covered = {"left": left, "top": 0, "right": left + 300, "bottom": 1000}
        redacted = {"attachment": id_, "region": covered, "text": "Wajah."}
        _ordered(cloud, report, officer, action="redact", **redacted)

    after = once(lambda: seen(cloud, report, id_), lambda file: file is not None)

    assert "public3-large" in after["sizes"]["large"]
    assert fetched(cloud, after["sizes"]["large"]) != before


@pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators keep nothing")
def test_killed_after_the_last_byte_came_the_file_is_ready_all_the_same(tmp_path: Path) -> None:
    """Wherever the function was: what the bucket told is kept, and is told again."""
    state = ("--state", str(tmp_path / "state"))
    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        report = dict(web.post("/api/reports", json=REPORT).json())
        id_ = upload(web, report, TELLING["image/heic"](), "image/heic")
        emulator.end(signal.SIGKILL)

    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        file = once_looked_at(web, report, id_)

        assert file["state"] == "ready"
        assert re.fullmatch(r"/berkas/.+", httpx.URL(file["sizes"]["small"]).path)
