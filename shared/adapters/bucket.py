"""Files in the region's bucket. Uploads go straight there, by an address signed for one object.

Google's client loads with the first call, not with this module.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from io import SEEK_END, BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from shared.adapters.settings import setting
from shared.adapters.upload_signing import signing
from shared.usecases.file_ports import Invitation, NoSuchObject
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.storage import Blob, Bucket

_GOOGLE = "https://storage.googleapis.com"
_SECONDS_PER_ANSWER = 10.0
_SECONDS_OF_RESENDING = 4.0
# What is read ahead of whoever streams an object on.
_PIECE = 1 << 20
# A signature runs by real time, wherever the local cloud's clock is, and for a week at most.
_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(days=7)


class CloudBucket:
    """`there` makes the client at the first call."""

    def __init__(self, there: Callable[[], "Bucket"]) -> None:
        self._there = there

    def invite(self, name: str, *, type_: str, size: int, until: datetime) -> Invitation:
        """Its sender has to repeat the headers: they are signed."""
        there, limits = self._there(), {"x-goog-content-length-range": f"0,{size}"}
        with reaching_the_bucket():
            url = there.blob(name).generate_signed_url(
                version="v4",
                method="RESUMABLE",
                expiration=_lifetime(until),
                content_type=type_,
                headers=dict(limits),
                api_access_endpoint=there.client.api_endpoint,
                **signing(),
            )
        started = {"Content-Type": type_, "x-goog-resumable": "start"}
        return Invitation(url, "POST", {**started, **limits})

    def open(self, name: str) -> BinaryIO:
        blob = self._existing(name)
        return cast(BinaryIO, blob.open("rb", chunk_size=_PIECE, **bounded()))

    def size(self, name: str) -> int | None:
        try:
            return int(self._existing(name).size)
        except NoSuchObject:
            return None

    def save(self, name: str, content: BinaryIO | bytes, type_: str) -> None:
        stream = BytesIO(content) if isinstance(content, bytes) else content
        with reaching_the_bucket():
            self._write(name, stream, type_)

    def bring(self, name: str, content: BinaryIO, type_: str) -> None:
        """Whoever may only add to the bucket may not look whether it is there."""
        from google.api_core.exceptions import Forbidden, PreconditionFailed

        try:
            with reaching_the_bucket():
                self._write(name, content, type_, if_generation_match=0)
        except PreconditionFailed:
            return
        except Forbidden as error:
            raise StoreAway from error

    def remove(self, prefix: str) -> None:
        with reaching_the_bucket():
            for blob in list(self._there().list_blobs(prefix=prefix, **bounded())):
                _remove(blob)

    def _write(self, name: str, content: BinaryIO, type_: str, **conditions: int) -> None:
        """All of it, wherever it stands."""
        length = content.seek(0, SEEK_END)
        self._there().blob(name).upload_from_file(
            content, rewind=True, size=length, content_type=type_, **conditions, **bounded()
        )

    def _existing(self, name: str) -> "Blob":
        """As it is now: a later change of the object is no part of what is read of it."""
        with reaching_the_bucket():
            found = self._there().get_blob(name, **bounded())
        if found is None:
            raise NoSuchObject
        return found


@cache
def bucket() -> CloudBucket:
    return CloudBucket(attachments)


@cache
def attachments() -> "Bucket":
    from google.cloud import storage

    client = storage.Client(project=setting("GOOGLE_CLOUD_PROJECT"))
    return client.bucket(setting("ATTACHMENTS_BUCKET"))


def upload_site() -> str:
    """Below which addresses a browser uploads: for the pages' content security policy.

    No page waits for the client, or for who it is, to say so.
    """
    host = setting("STORAGE_EMULATOR_HOST", _GOOGLE)
    return f"{host}/{setting('ATTACHMENTS_BUCKET')}/"


@cache
def bounded() -> dict[str, Any]:
    """`retry` and `timeout` of every call."""
    from google.cloud.storage.retry import DEFAULT_RETRY

    return {
        "retry": DEFAULT_RETRY.with_timeout(_SECONDS_OF_RESENDING),
        "timeout": _SECONDS_PER_ANSWER,
    }


@cache
def _signs_of_absence() -> tuple[type[Exception], ...]:
    from google.api_core.exceptions import RetryError, ServerError, TooManyRequests
    from google.auth.exceptions import GoogleAuthError
    from google.cloud.storage.exceptions import DataCorruption
    from requests.exceptions import ChunkedEncodingError, ConnectionError, Timeout  # noqa: A004

    ours = (RetryError, ServerError, TooManyRequests, GoogleAuthError, DataCorruption)
    return (*ours, ChunkedEncodingError, ConnectionError, Timeout)


@contextmanager
def reaching_the_bucket() -> Iterator[None]:
    try:
        yield
    except _signs_of_absence() as error:
        raise StoreAway from error


def _remove(blob: "Blob") -> None:
    """Whoever was quicker did the same."""
    from google.api_core.exceptions import NotFound

    try:
        blob.delete(**bounded())
    except NotFound:
        return


def _lifetime(until: datetime) -> timedelta:
    return min(max(until - datetime.now(UTC), _SHORTEST), _LONGEST)
