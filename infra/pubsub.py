"""Pub/Sub as an operator reaches it: by the endpoint of the place where the topics are.

They refuse who publishes or pulls elsewhere, and the global endpoint leads to whatever is nearest.
"""

import os
from typing import Any

from infra.letters import Publish
from shared.adapters.pubsub_publisher import connected

HOME = "asia-southeast2"
_SECONDS = 20


def publishing(project: str, location: str = HOME) -> Publish:
    """Returns when Pub/Sub has taken it."""
    from google.pubsub_v1 import PublisherClient, PubsubMessage  # noqa: PLC0415 few pay for it

    emulator = _emulator()
    publisher = connected(emulator) if emulator else PublisherClient(client_options=_at(location))

    def publish(topic: str, data: bytes, attributes: Any) -> None:
        message = PubsubMessage(data=data, attributes=attributes)
        name = f"projects/{project}/topics/{topic}"
        publisher.publish(topic=name, messages=[message], timeout=_SECONDS)

    return publish


def subscriber(location: str = HOME) -> Any:
    from google.pubsub_v1 import SubscriberClient  # noqa: PLC0415
    from google.pubsub_v1.services.subscriber.transports import (  # noqa: PLC0415
        SubscriberGrpcTransport,
    )

    emulator = _emulator()
    if emulator is None:
        return SubscriberClient(client_options=_at(location))
    import grpc  # type: ignore[import-untyped]  # noqa: PLC0415

    return SubscriberClient(
        transport=SubscriberGrpcTransport(channel=grpc.insecure_channel(emulator))
    )


def _at(location: str) -> dict[str, str]:
    return {"api_endpoint": f"{location}-pubsub.googleapis.com:443"}


def _emulator() -> str | None:
    return os.environ.get("PUBSUB_EMULATOR_HOST")
