"""The manifest's topics and push subscriptions, as JSON that both Pub/Sub emulators read."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
from google.protobuf.json_format import ParseDict  # type: ignore[import-untyped]

from emulator.environment import PROJECT
from emulator.iam import PUSH_IDENTITY
from emulator.pubsub.protocol import Config, Topic, message_class
from emulator.pubsub.service import Service
from infra.manifest import Event, Function, Manifest

# The longest that Pub/Sub waits for an answer to a push.
_LONGEST_DEADLINE = 600
# What Pub/Sub lets be changed later; with another topic or filter a subscription is a new one.
_CHANGEABLE = ("push_config", "ack_deadline_seconds", "retry_policy", "dead_letter_policy")

PushUrl = Callable[[str], str]


def create(manifest: Manifest, pubsub: str, push_url: PushUrl) -> None:
    """In Google's emulator. One call for each: no client needed."""
    with httpx.Client(base_url=f"http://{pubsub}/v1/", timeout=10, trust_env=False) as service:
        for topic in manifest.topics:
            service.put(_topic(topic)).raise_for_status()
        for name, body in _subscriptions(manifest, push_url):
            service.put(name, json=body).raise_for_status()


def bring_up(manifest: Manifest, service: Service, push_url: PushUrl) -> None:
    """In the embedded one, where all of it may be kept from before, with messages waiting."""
    project = {"project": f"projects/{PROJECT}"}
    there = service.list_topics(message_class("ListTopicsRequest")(**project)).topics
    for name in {_topic(topic) for topic in manifest.topics} - {topic.name for topic in there}:
        service.create_topic(Topic(name=name))
    listed = service.list_subscriptions(message_class("ListSubscriptionsRequest")(**project))
    kept = {subscription.name: subscription for subscription in listed.subscriptions}
    wanted = {
        name: ParseDict({"name": name, **body}, Config())
        for name, body in _subscriptions(manifest, push_url)
    }
    for name in kept.keys() - wanted.keys():
        _delete(service, name)
    for name, config in wanted.items():
        _bring_up(service, config, kept.get(name))


def _bring_up(service: Service, wanted: Config, kept: Config | None) -> None:
    """As Terraform would: changed in place where Pub/Sub can, else replaced."""
    if kept and (kept.topic, kept.filter) == (wanted.topic, wanted.filter):
        update = message_class("UpdateSubscriptionRequest")(subscription=wanted)
        update.update_mask.paths.extend(_CHANGEABLE)
        service.update_subscription(update)
        return
    if kept:
        _delete(service, kept.name)
    service.create_subscription(wanted)


def _delete(service: Service, name: str) -> None:
    service.delete_subscription(message_class("DeleteSubscriptionRequest")(subscription=name))


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
