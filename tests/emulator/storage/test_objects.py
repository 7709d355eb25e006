"""Objects, through Google's own client."""

from random import Random

import pytest
from google.api_core.exceptions import BadRequest, NotFound, PreconditionFailed
from google.cloud.storage import Bucket

from tests.emulator.storage.world import BUCKET, WEB, World

SMALL, LARGE = b"hello", Random(5).randbytes(9 * (1 << 20))


@pytest.fixture
def bucket(here: World) -> Bucket:
    return here.bucket


@pytest.mark.parametrize("content", [b"", SMALL, LARGE], ids=["none", "small", "resumable"])
def test_what_goes_in_comes_out(bucket: Bucket, content: bytes) -> None:
    """With its digests checked on both ways."""
    for checksum in ("md5", "crc32c"):
        bucket.blob("a/b c").upload_from_string(content, "image/webp", checksum=checksum)
        assert bucket.blob("a/b c").download_as_bytes(checksum=checksum) == content


def test_metadata_is_told(bucket: Bucket, here: World) -> None:
    bucket.blob("kept/x").upload_from_string(SMALL, "image/webp")

    found = bucket.get_blob("kept/x")

    assert (found.size, found.content_type) == (5, "image/webp")
    assert found.time_created == here.clock.time
    assert found.md5_hash == "XUFAKrxLKna5cZ2REBfFkg=="


@pytest.mark.parametrize(
    ("start", "end", "wanted"), [(1, 3, b"ell"), (3, None, b"lo"), (0, 99, b"hello")]
)
def test_a_part_is_read(bucket: Bucket, start: int, end: int | None, wanted: bytes) -> None:
    bucket.blob("x").upload_from_string(SMALL)

    assert bucket.blob("x").download_as_bytes(start=start, end=end) == wanted


def test_beyond_its_end_nothing_can_be_read(here: World, bucket: Bucket) -> None:
    bucket.blob("x").upload_from_string(SMALL)
    url = f"{here.server.url}/download/storage/v1/b/{BUCKET}/o/x?alt=media"

    assert WEB.get(url, headers={"Range": "bytes=5-"}).status_code == 416
    assert WEB.get(url, headers={"Range": "bytes=-2"}).content == b"lo"
    assert WEB.get(url, headers={"Range": "nonsense"}).content == SMALL


def test_names_are_listed_in_order_page_by_page(bucket: Bucket) -> None:
    for name in ("b/2", "a/1", "b/10", "b/1"):
        bucket.blob(name).upload_from_string(SMALL)

    pages = bucket.list_blobs(prefix="b/", max_results=None, page_size=2).pages

    assert [[blob.name for blob in page] for page in pages] == [["b/1", "b/10"], ["b/2"]]


def test_what_is_not_there_is_404(bucket: Bucket, here: World) -> None:
    elsewhere = here.client.bucket("another")
    for call in (
        bucket.blob("x").download_as_bytes,
        bucket.blob("x").delete,
        lambda: elsewhere.blob("x").upload_from_string(b""),
        lambda: list(elsewhere.list_blobs()),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_condition_that_does_not_hold_is_412(bucket: Bucket) -> None:
    """Generation 0 is that of an object that is not there."""
    blob = bucket.blob("x")
    blob.upload_from_string(SMALL, if_generation_match=0)
    first = blob.generation

    with pytest.raises(PreconditionFailed):
        blob.upload_from_string(b"again", if_generation_match=0)
    blob.upload_from_string(b"again", if_generation_match=first)
    with pytest.raises(PreconditionFailed):
        blob.delete(if_generation_match=first)

    assert bucket.get_blob("x").generation > first
    assert bucket.blob("x").download_as_bytes() == b"again"


def test_a_digest_that_does_not_fit_is_400(bucket: Bucket) -> None:
    blob = bucket.blob("x")
    blob.md5_hash = "AAAAAAAAAAAAAAAAAAAAAA=="

    with pytest.raises(BadRequest):
        blob.upload_from_string(SMALL, checksum=None)

    assert bucket.get_blob("x") is None


def test_what_it_does_not_do_it_says(here: World) -> None:
    """Not a silent success."""
    url = f"{here.server.url}/storage/v1/b/{BUCKET}/o/x/compose"

    assert WEB.post(url, json={}).status_code == 501
    assert WEB.get(here.signed()[0]).status_code == 501


def test_nobody_reads_without_a_right(here: World, bucket: Bucket) -> None:
    """The bucket is private: an address without a signature opens nothing."""
    bucket.blob("kept/x").upload_from_string(SMALL)

    for method in ("GET", "HEAD", "PUT", "DELETE"):
        answer = WEB.request(method, f"{here.server.url}/{BUCKET}/kept/x")
        assert answer.status_code == 403
