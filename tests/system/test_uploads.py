"""A file on its whole way: announced, uploaded, cleaned, shown, covered; and what is forgotten."""

import re
import signal
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from emulator.children import free_port
from shared.domain.attachment import SIZES
from tests.corpus.hostile import HOSTILE
from tests.corpus.pictures import CAMERA, LAT, LON, SERIAL, TELLING, WORDS
from tests.corpus.webp import chunks
from tests.emulators import ON_GOOGLE
from tests.system.local_cloud import REPORT, client_of, started, status_once_routed
from tests.system.local_files import announced, held, once, once_looked_at, seen, upload

PIECE = 256 * 1024


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
    with started(tmp_path_factory.mktemp("uploads"), port), client_of(port) as web:
        yield web


@pytest.fixture(scope="module")
def report(cloud: httpx.Client) -> dict[str, Any]:
    """In the public, since a person took it on."""
    filed = dict(cloud.post("/api/reports", json=REPORT).json())
    assert status_once_routed(cloud, filed["code"]) == "routed"
    _ordered(cloud, filed, _officer(cloud, "kepala.dlhk"), action="accept")
    return filed


def begun(invitation: Any, origin: str) -> str:
    """The address that takes the bytes; a page of `origin` may read it."""
    headers = {**invitation["headers"], "Origin": origin}
    answer = httpx.request(invitation["method"], invitation["upload_url"], headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    return str(answer.headers["Location"])


def put(session: str, start: int, end: int) -> int:
    """A piece of PHOTO."""
    range_ = f"bytes {start}-{end - 1}/{len(PHOTO)}"
    return httpx.put(
        session, content=PHOTO[start:end], headers={"Content-Range": range_}
    ).status_code


def fetched(web: httpx.Client, link: str) -> bytes:
    answer = web.get(httpx.URL(link).raw_path.decode())
    assert answer.status_code == 200
    return answer.content


def _room(web: httpx.Client) -> str:
    return web.get("/_emulator").text


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


def test_a_photo_comes_in_pieces_from_our_own_page(
    cloud: httpx.Client, report: dict[str, Any]
) -> None:
    """And no byte of it through a function."""
    invitation = announced(cloud, report, PHOTO, "image/jpeg")
    session = begun(invitation, str(cloud.base_url).rstrip("/"))

    assert put(session, 0, PIECE) == 308
    assert put(session, PIECE, len(PHOTO)) == 200
    file = once_looked_at(cloud, report, invitation["id"])

    shown = Image.open(BytesIO(fetched(cloud, file["sizes"]["small"])))
    assert (shown.format, shown.size) == ("WEBP", (320, 249))


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


def test_the_control_room_shows_what_lies_there(
    cloud: httpx.Client, report: dict[str, Any]
) -> None:
    once_looked_at(cloud, report, upload(cloud, report, PHOTO, "image/jpeg"))

    found = re.search(r"<td>tanggap-local-attachments</td><td>(\d+)</td>", _room(cloud))

    assert found
    assert int(found[1]) >= len(SIZES)


def test_an_upload_that_nobody_finishes_is_gone_after_its_day(cloud: httpx.Client) -> None:
    """With its entry; the session is of no use any more. The clock goes on: this comes last."""
    filed = dict(cloud.post("/api/reports", json=REPORT).json())
    id_ = announced(cloud, filed, PHOTO, "image/jpeg")["id"]

    cloud.post("/_emulator/clock", json={"advance": "P1D"}, timeout=300).raise_for_status()

    assert seen(cloud, filed, id_, **held(filed)) is None


@pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators keep nothing")
def test_killed_in_the_middle_every_upload_goes_on(tmp_path: Path) -> None:
    """What had come of one stays; of one that was complete the bucket tells again.

    The bucket is at another address then.
    """
    state = ("--state", str(tmp_path / "state"))
    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        report = dict(web.post("/api/reports", json=REPORT).json())
        half = announced(web, report, PHOTO, "image/jpeg")
        session = begun(half, str(web.base_url).rstrip("/"))
        put(session, 0, PIECE)
        whole = upload(web, report, TELLING["image/heic"](), "image/heic")
        emulator.end(signal.SIGKILL)

    with started(tmp_path, free_port(), on=state) as emulator, client_of(emulator.port) as web:
        there = re.search(r"STORAGE_EMULATOR_HOST=(\S+?)<", _room(web))
        assert there
        again = re.sub(r"^http://[^/]+", there[1], session)

        assert put(again, PIECE, len(PHOTO)) == 200
        for id_ in (half["id"], whole):
            file = once_looked_at(web, report, id_)
            assert file["state"] == "ready"
            assert fetched(web, file["sizes"]["small"])
