"""Topics and push subscriptions of the manifest, in the Pub/Sub emulator."""

from collections.abc import Callable
from typing import Any

import httpx

from emulator.environment import PROJECT
from infra.manifest import Event, Function, Manifest


def create(manifest: Manifest, pubsub: str, push_url: Callable[[str], str]) -> None:
    """`push_url` gives the address of a function's pushes. Two calls a topic: no client needed."""
    with httpx.Client(base_url=f"http://{pubsub}/v1/", timeout=10, trust_env=False) as service:
        for topic in manifest.topics:
            service.put(_topic(topic)).raise_for_status()
        for function in manifest.functions.values():
            if function.event:
                body = _subscription(manifest, function, function.event, push_url(function.name))
                path = f"projects/{PROJECT}/subscriptions/{function.name}"
                service.put(path, json=body).raise_for_status()


def _subscription(
    manifest: Manifest, function: Function, event: Event, endpoint: str
) -> dict[str, Any]:
    """As Terraform makes it; this emulator ignores filter and dead letter, a newer one may not."""
    dead_letter = manifest.topics[event.topic].dead_letter or event.topic
    return {
        "topic": _topic(event.topic),
        "pushConfig": {"pushEndpoint": endpoint},
        "ackDeadlineSeconds": function.timeout,
        "filter": " OR ".join(f'attributes.type = "{type_}"' for type_ in event.types),
        "retryPolicy": {
            "minimumBackoff": f"{event.retry.min}s",
            "maximumBackoff": f"{event.retry.max}s",
        },
        "deadLetterPolicy": {
            "deadLetterTopic": _topic(dead_letter),
            "maxDeliveryAttempts": event.retry.attempts,
        },
    }


def _topic(name: str) -> str:
    return f"projects/{PROJECT}/topics/{name}"
