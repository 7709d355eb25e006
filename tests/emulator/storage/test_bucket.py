"""What a bucket does by itself: it tells, forgets, answers some browsers, fails on purpose."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from emulator.storage.faults import Faults
from emulator.storage.refusals import unavailable
from infra.manifest import ROOT
from tests.emulator.storage.world import (
    BUCKET,
    NAME,
    PIECE,
    SITE,
    TOPIC,
    WEB,
    Topics,
    World,
    key_file,
    put,
    world,
)

# It tells


def test_a_new_object_is_told_as_documented(here: World) -> None:
    here.bucket.blob(NAME).upload_from_string(b"x", "image/jpeg")

    ((topic, data, attributes),) = here.topics.told

    assert topic == TOPIC
    assert attributes == {
        "type": "upload.finished",
        "notificationConfig": f"projects/_/buckets/{BUCKET}/notificationConfigs/1",
        "eventType": "OBJECT_FINALIZE",
        "payloadFormat": "JSON_API_V1",
        "bucketId": BUCKET,
        "objectId": NAME,
        "objectGeneration": data["generation"],
        "eventTime": "2026-11-25T08:00:00.000Z",
    }
    assert (data["kind"], data["name"], data["size"]) == ("storage#object", NAME, "1")


def test_whoever_is_overwritten_is_named(here: World) -> None:
    blob = here.bucket.blob(NAME)
    blob.upload_from_string(b"x")
    first = blob.generation

    blob.upload_from_string(b"y")

    assert here.topics.told[1][2]["overwroteGeneration"] == str(first)


def test_only_what_lies_below_the_prefix_is_told(here: World) -> None:
    """What is kept in the end is nobody's news."""
    for name in ("kept/x", "incoming", NAME):
        here.bucket.blob(name).upload_from_string(b"x")
    here.bucket.blob("kept/x").delete()

    assert here.topics.names == [NAME]


def test_what_could_not_be_told_is_told_later(tmp_path: Path) -> None:
    """In its order; nobody who uploads hears of it."""
    with world(tmp_path, topics=Topics(away=2)) as here:
        for name in ("incoming/1", "incoming/2", "incoming/3"):
            here.bucket.blob(name).upload_from_string(b"x")

        assert here.topics.names == ["incoming/1", "incoming/2", "incoming/3"]


# It forgets


def test_what_came_in_is_forgotten_after_a_day(here: World) -> None:
    """By the clock; what is kept stays."""
    for name in (NAME, "kept/x"):
        here.bucket.blob(name).upload_from_string(b"x")

    here.clock.advance(hours=23)
    here.server.sweep()
    assert here.bucket.get_blob(NAME)
    here.clock.advance(hours=1)
    here.server.sweep()

    assert here.bucket.get_blob(NAME) is None
    assert here.bucket.get_blob("kept/x")


# It answers some browsers


def preflight(here: World, **headers: str) -> httpx.Response:
    url, _ = here.signed()
    asked = {
        "Origin": SITE,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type, content-range",
    }
    return WEB.options(url, headers=asked | {n.replace("_", "-"): v for n, v in headers.items()})


def test_our_own_pages_may_upload(here: World) -> None:
    answer = preflight(here)

    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert answer.headers["Access-Control-Allow-Methods"] == "POST, PUT"
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type, content-range"


@pytest.mark.parametrize(
    "asked",
    [
        {"Origin": "https://evil.example"},
        {"Access_Control_Request_Method": "DELETE"},
        {"Access_Control_Request_Headers": "content-type, x-goog-acl"},
    ],
)
def test_nobody_else_does(here: World, asked: dict[str, str]) -> None:
    """The browser sends nothing after that."""
    assert "Access-Control-Allow-Origin" not in preflight(here, **asked).headers


def test_a_page_reads_where_its_upload_goes_and_how_far_it_is(here: World) -> None:
    url, headers = here.signed()
    started = WEB.post(url, headers=headers | {"Origin": SITE})
    location = started.headers["Location"]
    asked = WEB.put(location, headers={"Content-Range": "bytes */9", "Origin": SITE})
    stranger = WEB.put(location, headers={"Content-Range": "bytes */9", "Origin": "https://x.y"})

    for answer in (started, asked):
        assert answer.headers["Access-Control-Allow-Origin"] == SITE
        assert "Location" in answer.headers["Access-Control-Expose-Headers"]
        assert "Range" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_a_page_reads_why_it_was_refused(here: World) -> None:
    url, headers = here.signed()

    refused = WEB.post(url + "0", headers=headers | {"Origin": SITE})

    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (403, SITE)


# It fails on purpose


def test_a_connection_ends_in_the_middle(tmp_path: Path) -> None:
    """What had come stays, and the rest goes on from there."""
    breaks = iter([False, True])
    content = bytes(3 * PIECE)
    with world(tmp_path, faults=Faults(piece=lambda: next(breaks, False))) as here:
        session = here.started()
        with pytest.raises(httpx.TransportError):
            put(session, content)

        left = put(session, b"", f"*/{len(content)}")
        assert left.headers["Range"] == f"bytes=0-{PIECE - 1}"
        done = put(session, content[PIECE:], f"{PIECE}-{len(content) - 1}/{len(content)}")
        assert done.status_code == 200


def test_an_upload_is_complete_and_nobody_hears_of_it(tmp_path: Path) -> None:
    lost = iter([True])
    with world(tmp_path, faults=Faults(answer=lambda: next(lost, False))) as here:
        session = here.started()
        with pytest.raises(httpx.TransportError):
            put(session, b"x")

        assert here.topics.names == [NAME]
        assert put(session, b"", "*/1").status_code == 200


def test_the_bucket_is_away(tmp_path: Path) -> None:
    """Google's client tries again by itself."""
    times = iter([True, True])

    def away() -> None:
        if next(times, False):
            unavailable("on purpose")

    with world(tmp_path, faults=Faults(request=away)) as here:
        here.bucket.blob("x").upload_from_string(b"x")

        assert here.bucket.get_blob("x")


# It outlives its process


@contextmanager
def kept_at(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "emulator.storage", "--port", "0"),
            *("--path", str(folder / "objects.sqlite"), "--key-file", str(key_file(folder))),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        yield process.stdout.readline().strip().partition("=")[2], process
    finally:
        process.kill()
        process.wait()


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Objects, and an upload half-way."""
    content = bytes(range(256)) * 2048
    with kept_at(tmp_path) as (url, process):
        WEB.post(f"{url}/storage/v1/b", json={"name": BUCKET}).raise_for_status()
        there = f"{url}/upload/storage/v1/b/{BUCKET}/o"
        WEB.post(f"{there}?uploadType=media&name=whole", content=content).raise_for_status()
        begun = WEB.post(f"{there}?uploadType=resumable&name=half").headers["Location"]
        put(begun, content[:PIECE], f"0-{PIECE - 1}/{len(content)}")
        process.send_signal(signal.SIGKILL)
        process.wait()

    with kept_at(tmp_path) as (again, _):
        session = begun.replace(url, again)
        done = put(session, content[PIECE:], f"{PIECE}-{len(content) - 1}/{len(content)}")
        read = f"{again}/download/storage/v1/b/{BUCKET}/o"

        assert done.status_code == 200
        assert WEB.get(f"{read}/whole?alt=media").content == content
        assert WEB.get(f"{read}/half?alt=media").content == content


def test_what_was_not_told_before_the_end_is_told_at_the_next_start(tmp_path: Path) -> None:
    with world(tmp_path, path=tmp_path / "o.sqlite", topics=Topics(away=99)) as here:
        here.bucket.blob(NAME).upload_from_string(b"x")
        assert here.topics.told == []

    with world(tmp_path, path=tmp_path / "o.sqlite") as again:
        assert again.topics.names == [NAME]
