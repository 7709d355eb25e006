"""Wire events to Pub/Sub, within two seconds or not at all: the outbox keeps what was not taken."""

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from shared.adapters.settings import setting
from shared.domain.plain import plain
from shared.usecases.ports import WireEvent

if TYPE_CHECKING:
    from google.pubsub_v1 import PublisherClient, PubsubMessage

# A person waits for the reply that comes after it.
_SECONDS = 2.0


class PubsubPublisher:
    """`client` makes the client at the first event: a request that was refused pays for none."""

    def __init__(self, topic: str, client: Callable[[], "PublisherClient"]) -> None:
        self._topic = topic
        self._client = client

    def publish(self, events: Iterable[WireEvent]) -> tuple[str, ...]:
        """One call for all, in this thread: nothing goes on in the background of a frozen CPU."""
        until = time.monotonic() + _SECONDS
        waiting = tuple(events)
        taken = self._taken(waiting)
        if taken is not None:
            return taken
        # One bad message makes Pub/Sub refuse the whole call; alone it holds up nobody.
        alone = takewhile(lambda _: time.monotonic() < until, waiting if len(waiting) > 1 else ())
        return tuple(event.id for event in alone if self._taken((event,)))

    def _taken(self, events: tuple[WireEvent, ...]) -> tuple[str, ...] | None:
        """None: refused for what is in it, at once. Empty: Pub/Sub is away."""
        from google.api_core.exceptions import InvalidArgument

        messages = [_message(event) for event in events]
        try:
            if messages:
                self._client().publish(topic=self._topic, messages=messages, **_bounded())
        except InvalidArgument:
            return None
        except _failures():
            return ()
        return tuple(event.id for event in events)


class PublisherByType:
    """Each kind of event to its topic, by what its type begins with."""

    def __init__(self, publishers: Mapping[str, PubsubPublisher]) -> None:
        self._publishers = publishers

    def publish(self, events: Iterable[WireEvent]) -> tuple[str, ...]:
        """One call for each topic that there is something for, nearly always a single one."""
        waiting = tuple(events)
        taken: list[str] = []
        for kind, publisher_ in self._publishers.items():
            mine = tuple(event for event in waiting if event.type.startswith(kind))
            taken += publisher_.publish(mine) if mine else ()
        return tuple(taken)


@cache
def publisher() -> PublisherByType:
    project = setting("GOOGLE_CLOUD_PROJECT")
    topics = {
        "report.": setting("EVENTS_TOPIC", "report-events"),
        "notice.": setting("NOTICES_TOPIC", "notices"),
    }
    return PublisherByType(
        {
            kind: PubsubPublisher(f"projects/{project}/topics/{topic}", _client)
            for kind, topic in topics.items()
        }
    )


def connected(emulator: str | None) -> "PublisherClient":
    """The plain client: the batching one publishes from threads of its own, with no end."""
    from google.pubsub_v1 import PublisherClient
    from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport

    if emulator is None:
        return PublisherClient()
    import grpc  # type: ignore[import-untyped]

    channel = grpc.insecure_channel(emulator)
    return PublisherClient(transport=PublisherGrpcTransport(channel=channel))


def _message(event: WireEvent) -> "PubsubMessage":
    from google.pubsub_v1 import PubsubMessage

    return PubsubMessage(
        data=json.dumps(plain(event)).encode(),
        attributes={"type": event.type, "schema": str(event.schema)},
    )


@cache
def _client() -> "PublisherClient":
    return connected(os.environ.get("PUBSUB_EMULATOR_HOST"))


@cache
def _bounded() -> dict[str, Any]:
    """A connection that died while the instance was frozen is made again at once."""
    from google.api_core.exceptions import ServiceUnavailable
    from google.api_core.retry import Retry, if_exception_type

    again = Retry(
        predicate=if_exception_type(ServiceUnavailable),
        initial=0.05,
        maximum=0.4,
        timeout=_SECONDS,
    )
    return {"retry": again, "timeout": _SECONDS}


@cache
def _failures() -> tuple[type[Exception], ...]:
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError

    return (GoogleAPIError, GoogleAuthError)
