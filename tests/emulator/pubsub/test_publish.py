"""What may be published."""

from typing import Any

import pytest
from google.api_core import exceptions

from tests.emulator.pubsub.world import TOPIC, Clients


def test_ids_are_in_the_order_of_the_messages(clients: Clients) -> None:
    first = clients.publish("a", "b")
    second = clients.publish("c")

    assert len({*first, *second}) == 3
    assert [*map(int, first + second)] == sorted(map(int, first + second))


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{}],
        [{"data": b"x"}, {"ordering_key": "k"}],
        [{"data": b"x"}] * 1001,
        [{"data": b"x" * 10_000_001}],
        [{"data": b"x" * 5_000_001}] * 2,
        [{"data": b"x", "attributes": {f"a{n}": "" for n in range(101)}}],
        [{"data": b"x", "attributes": {"a" * 257: ""}}],
        [{"data": b"x", "attributes": {"ä" * 129: ""}}],
        [{"data": b"x", "attributes": {"a": "b" * 1025}}],
        [{"data": b"x", "attributes": {"": "b"}}],
        [{"data": b"x", "attributes": {"google": "b"}}],
        [{"data": b"x", "ordering_key": "k" * 1025}],
        [{"data": b"x", "ordering_key": "k"}, {"data": b"x", "ordering_key": "l"}],
    ],
    ids=repr,
)
def test_messages_that_are_refused(clients: Clients, messages: Any) -> None:
    with pytest.raises(exceptions.InvalidArgument):
        clients.publisher.publish(topic=TOPIC, messages=messages)


@pytest.mark.parametrize(
    "messages",
    [
        [{"attributes": {"a": ""}}],
        [{"data": b"x"}] * 1000,
        [{"data": b"x" * 9_999_000}],
        [{"data": b"x", "attributes": {f"a{n}": "" for n in range(100)}}],
        [{"data": b"x", "attributes": {"a" * 256: "b" * 1024}}],
        [{"data": b"x", "attributes": {"googclient_traceparent": "b"}}],
        [{"data": b"x", "ordering_key": "k" * 1024}],
    ],
    ids=lambda messages: repr(messages)[:40],
)
def test_messages_at_the_limit(clients: Clients, messages: Any) -> None:
    clients.subscribe()

    clients.publisher.publish(topic=TOPIC, messages=messages)

    assert len(clients.pull(1000)) == len(messages)


def test_one_refused_message_refuses_all(clients: Clients) -> None:
    clients.subscribe()

    with pytest.raises(exceptions.InvalidArgument):
        clients.publish("good", "")

    assert clients.pull() == []


def test_no_topic(clients: Clients) -> None:
    with pytest.raises(exceptions.NotFound):
        clients.publish("one", topic="projects/p/topics/nowhere")
