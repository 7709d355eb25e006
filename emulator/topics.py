"""The manifest's topics and push subscriptions, as JSON that both Pub/Sub emulators read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from emulator.environment import PROJECT
from emulator.iam import PUSH_IDENTITY
from emulator.pubsub.protocol import message_class
from emulator.pubsub.server import Server
from infra.manifest import Event, Function, Manifest

# The longest that Pub/Sub waits for an answer to a push.
_LONGEST_DEADLINE = 600
# What was given up is kept as long as Pub/Sub keeps anything; Google's emulator stops at a week.
_KEPT = timedelta(days=31)
_KEPT_BY_GOOGLES_EMULATOR = timedelta(days=7)

PushUrl = Callable[[str], str]


def create(manifest: Manifest, pubsub: str, push_url: PushUrl) -> None:
    """In Google's emulator. One call for each: no client needed."""
    import httpx  # noqa: PLC0415 a tenth of the start of the embedded cloud, which needs none

    with httpx.Client(base_url=f"http://{pubsub}/v1/", timeout=10, trust_env=False) as service:
        for topic in manifest.topics:
            service.put(_topic(topic)).raise_for_status()
        for name, body in _all(manifest, push_url, _KEPT_BY_GOOGLES_EMULATOR):
            service.put(name, json=body).raise_for_status()


def bring_up(manifest: Manifest, pubsub: Server, push_url: PushUrl) -> None:
    """In the embedded one, where all of it may be kept from before, with messages waiting."""
    wanted = {name: {"name": name, **body} for name, body in _all(manifest, push_url, _KEPT)}
    of_project = message_class("ListSubscriptionsRequest")(project=f"projects/{PROJECT}")
    for kept in pubsub.service.list_subscriptions(of_project).subscriptions:
        if kept.name not in wanted:
            gone = message_class("DeleteSubscriptionRequest")(subscription=kept.name)
            pubsub.service.delete_subscription(gone)
    pubsub.declare(map(_topic, manifest.topics), wanted.values())


def _all(
    manifest: Manifest, push_url: PushUrl, kept: timedelta
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from _subscriptions(manifest, push_url)
    for name in manifest.dead_letters():
        yield f"projects/{PROJECT}/subscriptions/{name}", _dead_letters(name, kept)


def _dead_letters(topic: str, kept: timedelta) -> Mapping[str, Any]:
    """Nobody is pushed what was given up: infra.commands.redrive pulls it."""
    return {
        "topic": _topic(topic),
        "ackDeadlineSeconds": 60,
        "messageRetentionDuration": f"{kept // timedelta(seconds=1)}s",
    }


def _subscriptions(
    manifest: Manifest, push_url: PushUrl
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for function in manifest.functions.values():
        if function.event:
            name = f"projects/{PROJECT}/subscriptions/{function.name}"
            url = push_url(function.name)
            yield name, _subscription(manifest, function, function.event, url)


def _subscription(
    manifest: Manifest, function: Function, event: Event, endpoint: str
) -> Mapping[str, Any]:
    """As Terraform makes it. Google's emulator ignores filter, dead letter and token."""
    dead_letter = manifest.topics[event.topic].dead_letter or event.topic
    token = {"serviceAccountEmail": PUSH_IDENTITY, "audience": endpoint}
    return {
        "topic": _topic(event.topic),
        "pushConfig": {"pushEndpoint": endpoint, "oidcToken": token},
        "ackDeadlineSeconds": min(function.timeout, _LONGEST_DEADLINE),
        "filter": " OR ".join(map(_condition, filter(None, (*event.types, function.tick)))),
        "retryPolicy": {
            "minimumBackoff": f"{event.retry.min}s",
            "maximumBackoff": f"{event.retry.max}s",
        },
        "deadLetterPolicy": {
            "deadLetterTopic": _topic(dead_letter),
            "maxDeliveryAttempts": event.retry.attempts,
        },
    }


def _condition(type_: str) -> str:
    """Pub/Sub takes filters of 256 bytes: that is seven types, or a whole family."""
    if type_.endswith("*"):
        return f'hasPrefix(attributes.type, "{type_.removesuffix("*")}")'
    return f'attributes.type = "{type_}"'


def _topic(name: str) -> str:
    return f"projects/{PROJECT}/topics/{name}"
