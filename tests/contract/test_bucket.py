"""Files in a bucket: the fake and the real adapter against the embedded Cloud Storage."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random

import httpx
import pytest

from shared.adapters import bucket as adapter
from shared.adapters import upload_signing
from shared.adapters.bucket import CloudBucket
from shared.usecases.file_ports import Bucket, Invitation, NoSuchObject
from shared.usecases.ports import StoreAway
from tests.emulators import silence
from tests.fakes.bucket import MemoryBucket

NAME = "incoming/7K3M9QX2WDQ/photo"
KEPT = "kept/7K3M9QX2WDQ/photo/"
# More than one request takes, and no whole number of any unit.
LARGE = Random(7).randbytes(9 * (1 << 20) + 321)
NOBODY = "http://127.0.0.1:1"

Send = Callable[[Invitation, bytes], None]


def tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def clear() -> Iterator[None]:
    """The adapter keeps its client as long as a process lives."""
    yield
    for kept in (adapter.attachments, adapter.bounded, upload_signing._credentials):
        kept.cache_clear()


@pytest.fixture
def cloud(
    emulators: Mapping[str, str], project: str, monkeypatch: pytest.MonkeyPatch, clear: None
) -> CloudBucket:
    name = f"{project}-attachments"
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", project)
    monkeypatch.setenv("ATTACHMENTS_BUCKET", name)
    adapter.attachments.cache_clear()
    adapter.attachments().create()
    return CloudBucket(adapter.attachments)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, clear: None) -> Callable[[str], CloudBucket]:
    def at(address: str) -> CloudBucket:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p")
        monkeypatch.setenv("ATTACHMENTS_BUCKET", "p-attachments")
        adapter.attachments.cache_clear()
        return CloudBucket(adapter.attachments)

    return at


@pytest.fixture(params=["memory", "cloud"])
def bucket(request: pytest.FixtureRequest) -> Bucket:
    return MemoryBucket() if request.param == "memory" else request.getfixturevalue("cloud")


@pytest.fixture
def send(bucket: Bucket) -> Send:
    """What an invited client does."""
    return bucket.receive if isinstance(bucket, MemoryBucket) else upload


def upload(invitation: Invitation, content: bytes) -> None:
    started = httpx.request(invitation.method, invitation.url, headers=dict(invitation.headers))
    assert started.status_code == 201, started.text
    done = httpx.put(started.headers["Location"], content=content)
    assert done.status_code == 200, done.text


@pytest.mark.parametrize("content", [b"", b"x", LARGE], ids=["nothing", "one byte", "9 MiB"])
def test_what_is_saved_is_read_again(bucket: Bucket, content: bytes) -> None:
    bucket.save(NAME, content, "image/jpeg")

    assert bucket.open(NAME).read() == content
    assert bucket.size(NAME) == len(content)


def test_a_stream_is_saved_whole_wherever_it_stands(bucket: Bucket) -> None:
    """Somebody may have looked into it before."""
    stream = BytesIO(LARGE)
    stream.read(1000)

    bucket.save(NAME, stream, "video/mp4")

    assert bucket.open(NAME).read() == LARGE


def test_an_object_is_read_from_anywhere(bucket: Bucket) -> None:
    """A decoder of pictures jumps."""
    bucket.save(NAME, LARGE, "image/heic")
    stream = bucket.open(NAME)

    stream.seek(5_000_000)
    middle = stream.read(100)
    stream.seek(0)

    assert middle == LARGE[5_000_000:5_000_100]
    assert stream.read(10) == LARGE[:10]


def test_the_later_save_counts(bucket: Bucket) -> None:
    """What is redelivered writes the same name again."""
    bucket.save(NAME, b"first", "image/jpeg")
    bucket.save(NAME, b"second", "image/jpeg")

    assert bucket.open(NAME).read() == b"second"


def test_what_was_brought_first_stays(bucket: Bucket) -> None:
    """The same form came again, or the client uploaded it meanwhile."""
    for content in (LARGE, b"second"):
        bucket.bring(NAME, BytesIO(content), "image/jpeg")

    assert bucket.open(NAME).read() == LARGE


def test_what_is_not_there_has_no_size_and_cannot_be_opened(bucket: Bucket) -> None:
    assert bucket.size(NAME) is None
    with pytest.raises(NoSuchObject):
        bucket.open(NAME)


def test_everything_below_a_prefix_is_removed_and_nothing_else(bucket: Bucket) -> None:
    """Again, or where nothing lies, is fine."""
    other = KEPT.replace("photo", "other")
    for name in (KEPT + "small", KEPT + "large", other + "small"):
        bucket.save(name, b"x", "image/webp")

    for _ in range(2):
        bucket.remove(KEPT)

    assert [bucket.size(name) for name in (KEPT + "small", KEPT + "large")] == [None, None]
    assert bucket.size(other + "small") == 1


def test_whoever_is_invited_uploads_that_one_object(bucket: Bucket, send: Send) -> None:
    invitation = bucket.invite(NAME, type_="image/jpeg", size=len(LARGE), until=tomorrow())

    send(invitation, LARGE)

    assert bucket.open(NAME).read() == LARGE
    assert (invitation.method, invitation.headers["Content-Type"]) == ("POST", "image/jpeg")


def test_more_than_announced_does_not_come_in(bucket: Bucket, send: Send) -> None:
    invitation = bucket.invite(NAME, type_="image/jpeg", size=len(LARGE) - 1, until=tomorrow())

    with pytest.raises(AssertionError):
        send(invitation, LARGE)

    assert bucket.size(NAME) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"Content-Type": "text/html"},
        {"x-goog-content-length-range": "0,999999999"},
        {"x-goog-resumable": ""},
        {"x-goog-if-generation-match": "0"},
    ],
    ids=["another type", "a larger size", "no resumable upload", "a header that is not signed"],
)
def test_an_invitation_is_for_what_was_announced(
    cloud: CloudBucket, changed: dict[str, str]
) -> None:
    invitation = cloud.invite(NAME, type_="image/jpeg", size=10, until=tomorrow())

    refused = httpx.post(invitation.url, headers={**invitation.headers, **changed})

    assert refused.status_code in (400, 403, 501)


def test_an_invitation_is_for_one_name(cloud: CloudBucket) -> None:
    invitation = cloud.invite(NAME, type_="image/jpeg", size=10, until=tomorrow())
    elsewhere = invitation.url.replace("7K3M9QX2WDQ", "8K3M9QX2WDQ")

    assert httpx.post(elsewhere, headers=dict(invitation.headers)).status_code == 403


@pytest.mark.parametrize(
    ("until", "seconds"),
    [(timedelta(1), 86_400), (timedelta(-300), 3600), (timedelta(300), 7 * 86_400)],
    ids=["a day", "the clock is behind", "the clock is ahead"],
)
def test_a_signature_runs_by_real_time(cloud: CloudBucket, until: timedelta, seconds: int) -> None:
    """For a week at most, as Google takes it; the local cloud's clock may be anywhere."""
    asked = datetime.now(UTC) + until

    url = cloud.invite(NAME, type_="image/jpeg", size=10, until=asked).url

    assert abs(int(httpx.URL(url).params["X-Goog-Expires"]) - seconds) <= 2


def test_pages_may_upload_to_this_bucket_only(cloud: CloudBucket) -> None:
    """What the pages' policy is made of."""
    site = adapter.upload_site()

    assert cloud.invite(NAME, type_="x/y", size=1, until=tomorrow()).url.startswith(site)
    assert site.endswith(f"/{os.environ['ATTACHMENTS_BUCKET']}/")


def test_nobody_there_is_a_store_that_is_away(away: Callable[[str], CloudBucket]) -> None:
    """The same request may be repeated."""
    there = away(NOBODY)
    calls: tuple[Callable[[], object], ...] = (
        lambda: there.size(NAME),
        lambda: there.save(NAME, b"x", "image/webp"),
        lambda: there.remove(KEPT),
    )
    for call in calls:
        with pytest.raises(StoreAway):
            call()


def test_a_silent_bucket_is_given_up(
    away: Callable[[str], CloudBucket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "_SECONDS_PER_ANSWER", 0.2)
    monkeypatch.setattr(adapter, "_SECONDS_OF_RESENDING", 0.5)
    adapter.bounded.cache_clear()

    with silence() as address, pytest.raises(StoreAway):
        away(f"http://{address}").size(NAME)
