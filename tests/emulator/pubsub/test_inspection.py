"""What a control room sees, and redrive."""

from base64 import b64encode

import pytest

from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import DEAD, SUBSCRIPTION, TOPIC, World


@pytest.fixture
def failing(here: World, endpoint: Endpoint) -> World:
    """Two messages were given up; the endpoint works again."""
    endpoint.answer = 500
    here.clients.topic()
    here.clients.topic(DEAD)
    here.clients.subscribe(
        push_config={"push_endpoint": endpoint.url},
        retry_policy={},
        dead_letter_policy={"dead_letter_topic": DEAD},
    )
    here.clients.publish("one", attributes={"type": "x"})
    here.clients.publish("two", key="k")
    here.pass_time(4)
    endpoint.answer = 200
    endpoint.bodies.clear()
    return here


def test_topics_with_their_depths(here: World) -> None:
    here.clients.topic()
    here.clients.subscribe(filter="attributes:a")
    here.clients.publish(*"abc", attributes={"a": ""})
    here.clients.publish("other")
    here.clients.pull(1)

    (topic,) = here.server.inspection.topics()

    (subscription,) = topic.subscriptions
    assert (topic.name, topic.dead_letters) == (TOPIC, 0)
    assert (subscription.name, subscription.filter) == (SUBSCRIPTION, "attributes:a")
    assert (subscription.waiting, subscription.out) == (2, 1)


def test_dead_letters_are_kept_without_any_subscription(failing: World) -> None:
    letters = failing.server.inspection.dead_letters()

    assert sorted(each.data for each in letters) == [b"one", b"two"]
    assert {(each.topic, each.source) for each in letters} == {(DEAD, TOPIC)}
    assert {(each.subscription, each.attempts) for each in letters} == {(SUBSCRIPTION, 5)}
    assert [each.dead_letters for each in failing.server.inspection.topics()] == [0, 2]


def test_redrive_publishes_them_as_they_were(failing: World, endpoint: Endpoint) -> None:
    count = failing.server.inspection.redrive(DEAD)

    failing.rest()
    messages = sorted((body["message"] for body in endpoint.bodies), key=lambda m: m["data"])
    assert count == 2
    assert messages[0]["data"] == b64encode(b"one").decode()
    assert messages[0]["attributes"] == {"type": "x"}
    assert messages[1]["orderingKey"] == "k"
    assert [body["deliveryAttempt"] for body in endpoint.bodies] == [1, 1]
    assert failing.server.inspection.dead_letters() == []


def test_redrive_takes_them_from_who_subscribes_to_the_dead(here: World, failing: World) -> None:
    dead = here.clients.subscribe(name="projects/p/subscriptions/dead", topic=DEAD)

    here.server.inspection.redrive()

    assert here.clients.pull(name=dead) == []


def test_of_another_topic_nothing_is_redriven(failing: World) -> None:
    assert failing.server.inspection.redrive("projects/p/topics/another") == 0
    assert len(failing.server.inspection.dead_letters()) == 2


def test_a_letter_whose_topic_is_gone_stays(failing: World) -> None:
    failing.clients.publisher.delete_topic(topic=TOPIC)

    assert failing.server.inspection.redrive() == 0
    assert len(failing.server.inspection.dead_letters(DEAD)) == 2
