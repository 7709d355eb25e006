"""The buckets that the manifest names, on a port of this machine."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from emulator.environment import PROJECT
from emulator.storage.buckets import Bucket, Cors, Forgetting, Notification
from infra import manifest
from infra.manifest import ROOT, Manifest

if TYPE_CHECKING:
    from emulator.pubsub.server import Server as PubSub
    from emulator.storage.announcing import Publish
    from emulator.storage.server import Server

# Made once on a machine: a new one for every start would cost more than all the rest of it.
_KEY_FILE = ROOT / ".tanggap" / "signer.json"
# What a browser sends with an upload, and what its page reads of the answer.
_UPLOADING = (
    "Content-Type",
    "Content-Range",
    "Location",
    "Range",
    "x-goog-content-length-range",
    "x-goog-resumable",
)
# DELETE gives an upload up.
_METHODS = ("POST", "PUT", "DELETE")
_SECONDS = 10


@contextmanager
def files_served(publish: "Publish", **options: Any) -> Iterator["Server"]:
    """`options`: see emulator/storage/server.py."""
    from emulator.storage.server import serve  # noqa: PLC0415 the manifest's readers need no server

    server = serve(key_file=_KEY_FILE, publish=publish, **options)
    try:
        yield server
    finally:
        server.stop()


def variables_of(server: "Server") -> Mapping[str, str]:
    """By which Google's client finds it, and what it signs uploads with."""
    return {
        "STORAGE_EMULATOR_HOST": server.url,
        "GOOGLE_APPLICATION_CREDENTIALS": str(server.key_file),
    }


def bucket_name(name: str) -> str:
    """As in the cloud: with the project's before it, since all the world shares the names."""
    return f"{PROJECT}-{name}"


def buckets_of(plan: Manifest, *, pages: Iterable[str], origins: Iterable[str]) -> list[Bucket]:
    """`pages`: where browsers find our own."""
    sites = {"pages": tuple(pages), "origins": tuple(origins)}
    return [
        Bucket(
            name=bucket_name(name),
            cors=(Cors(_all(sites[each] for each in bucket.uploads_from), _METHODS, _UPLOADING),),
            notifications=(_notification(bucket),),
            forgets=tuple(Forgetting(each.prefix, each.days) for each in bucket.forgets),
        )
        for name, bucket in plan.buckets.items()
    ]


def into(pubsub: "PubSub") -> "Publish":
    """The embedded one, without a call."""
    from emulator.pubsub.protocol import PubsubMessage, message_class  # noqa: PLC0415

    def publish(topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        messages = [PubsubMessage(data=data, attributes=attributes)]
        pubsub.service.publish(message_class("PublishRequest")(topic=topic, messages=messages))

    return publish


def into_google(host: str) -> "Publish":
    """Google's emulator."""
    import httpx  # noqa: PLC0415 a tenth of the start of the embedded cloud, which needs none

    def publish(topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        message = {"data": b64encode(data).decode(), "attributes": dict(attributes)}
        url = f"http://{host}/v1/{topic}:publish"
        httpx.post(url, json={"messages": [message]}, timeout=_SECONDS).raise_for_status()

    return publish


def _notification(bucket: manifest.Bucket) -> Notification:
    told = bucket.notifies
    return Notification(f"projects/{PROJECT}/topics/{told.topic}", told.prefix, {"type": told.type})


def _all(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(each for group in groups for each in group)
