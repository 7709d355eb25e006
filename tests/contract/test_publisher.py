"""Wire events to Pub/Sub: within two seconds, or left to the relay."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

import grpc
import pytest
from google.pubsub_v1 import PublisherClient, SubscriberClient
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

from shared.adapters.pubsub_publisher import PublisherByType, PubsubPublisher, connected
from shared.domain.plain import plain
from shared.usecases.ports import Publisher
from tests.builders import commit_of, journey
from tests.emulators import ON_GOOGLE, silence
from tests.fakes.recording_publisher import RecordingPublisher

NOBODY = "127.0.0.1:1"
EVENTS = commit_of(*journey()[:3]).wire_events
IDS = tuple(event.id for event in EVENTS)


@pytest.fixture
def pubsub(emulators: Mapping[str, str]) -> PublisherClient:
    return connected(emulators["PUBSUB_EMULATOR_HOST"])


@pytest.fixture
def topic(pubsub: PublisherClient, project: str) -> str:
    return pubsub.create_topic(name=f"projects/{project}/topics/report-events").name


@pytest.fixture(params=["recording", "pubsub"])
def publisher(request: pytest.FixtureRequest) -> Publisher:
    if request.param == "recording":
        return RecordingPublisher()
    pubsub, topic = map(request.getfixturevalue, ("pubsub", "topic"))
    return PubsubPublisher(topic, lambda: pubsub)


@pytest.fixture
def pull(emulators: Mapping[str, str], topic: str) -> Callable[[], list[Any]]:
    channel = grpc.insecure_channel(emulators["PUBSUB_EMULATOR_HOST"])
    subscriber = SubscriberClient(transport=SubscriberGrpcTransport(channel=channel))
    name = topic.replace("topics", "subscriptions")
    subscriber.create_subscription(name=name, topic=topic)
    return lambda: [
        received.message
        for received in subscriber.pull(subscription=name, max_messages=10).received_messages
    ]


def away(address: str) -> PubsubPublisher:
    return PubsubPublisher("projects/p/topics/report-events", lambda: connected(address))


def test_the_ids_taken_over_are_returned(publisher: Publisher) -> None:
    """These may be forgotten by the outbox."""
    assert publisher.publish(EVENTS) == IDS
    assert publisher.publish(iter(EVENTS[:1])) == IDS[:1]


def test_nothing_to_publish_is_no_call(publisher: Publisher) -> None:
    """A commit without events costs nothing here."""
    assert publisher.publish(()) == ()
    assert away(NOBODY).publish(()) == ()


def test_a_message_is_the_wire_event_and_nothing_else(
    pubsub: PublisherClient, topic: str, pull: Callable[[], list[Any]]
) -> None:
    """Ids and times, never a text; type and schema once more for filters."""
    PubsubPublisher(topic, lambda: pubsub).publish(EVENTS[:1])

    (message,) = pull()

    assert json.loads(message.data) == plain(EVENTS[0])
    assert set(json.loads(message.data)) == {"id", "type", "schema", "code", "seq", "at"}
    assert dict(message.attributes) == {"type": "report.submitted", "schema": "1"}


def test_a_missing_topic_takes_nothing(pubsub: PublisherClient, project: str) -> None:
    """A fault of the deployment: the reply stands, the relay will tell."""
    missing = PubsubPublisher(f"projects/{project}/topics/not-there", lambda: pubsub)

    assert missing.publish(EVENTS) == ()


def test_pubsub_away_costs_two_seconds_each_time() -> None:
    """Nothing piles up from the calls before."""
    publisher = away(NOBODY)

    for _ in range(2):
        started = monotonic()
        assert publisher.publish(EVENTS) == ()
        assert monotonic() - started < 4


def test_a_silent_pubsub_is_given_up() -> None:
    """It takes the connection and never answers."""
    started = monotonic()

    with silence() as address:
        assert away(address).publish(EVENTS) == ()

    assert monotonic() - started < 4


@pytest.mark.skipif(ON_GOOGLE, reason="Google's emulator takes what production refuses")
def test_a_refused_event_holds_up_nobody(pubsub: PublisherClient, topic: str) -> None:
    """Pub/Sub refuses a call for one bad message in it: here an attribute over 1,024 bytes."""
    refused = replace(EVENTS[0], id="refused", type="x" * 1025)

    taken = PubsubPublisher(topic, lambda: pubsub).publish([refused, *EVENTS])

    assert taken == IDS


def test_each_kind_of_event_goes_to_its_own_topic(
    pubsub: PublisherClient, project: str, topic: str, pull: Callable[[], list[Any]]
) -> None:
    """Reports' to one, notices' to another; what is of neither stays in the outbox."""
    notices = pubsub.create_topic(name=f"projects/{project}/topics/notices").name
    both = PublisherByType(
        {
            "report.": PubsubPublisher(topic, lambda: pubsub),
            "notice.": PubsubPublisher(notices, lambda: pubsub),
        }
    )
    queued = replace(EVENTS[0], id="n1", type="notice.queued")
    foreign = replace(EVENTS[0], id="x1", type="other.thing")

    taken = both.publish([queued, *EVENTS, foreign])

    assert sorted(taken) == sorted(["n1", *IDS])
    assert [json.loads(message.data)["id"] for message in pull()] == list(IDS)


def test_one_topic_that_is_missing_does_not_hold_up_the_other(
    pubsub: PublisherClient, project: str, topic: str
) -> None:
    """The relay tries the rest again."""
    both = PublisherByType(
        {
            "notice.": PubsubPublisher(f"projects/{project}/topics/not-there", lambda: pubsub),
            "report.": PubsubPublisher(topic, lambda: pubsub),
        }
    )

    assert both.publish([replace(EVENTS[0], type="notice.queued"), *EVENTS]) == IDS
