"""Pull and streaming pull, by the official clients."""

import queue
import time
from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import pubsub_v1
from google.protobuf.timestamp_pb2 import Timestamp
from google.pubsub_v1.types import StreamingPullRequest

from emulator.pubsub import pull
from tests.emulator.pubsub.world import DEAD, START, SUBSCRIPTION, TOPIC, Clients, World


def data(received: Any) -> list[str]:
    return [each.message.data.decode() for each in received]


def test_what_is_acknowledged_never_comes_again(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one", "two")

    clients.acknowledge(*clients.pull())
    here.clock.advance(days=1)

    assert clients.pull() == []


def test_what_is_not_comes_again_after_the_ack_deadline(here: World, clients: Clients) -> None:
    clients.subscribe(ack_deadline_seconds=20)
    clients.publish("one")
    clients.pull()

    here.clock.advance(seconds=19)
    before = clients.pull()
    here.clock.advance(seconds=1)

    assert before == []
    assert data(clients.pull()) == ["one"]


def test_a_nack_brings_it_back_at_once(clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")

    clients.postpone(0, *clients.pull())

    assert data(clients.pull()) == ["one"]


def test_a_nack_under_a_retry_policy_waits(here: World, clients: Clients) -> None:
    clients.subscribe(retry_policy={})
    clients.publish("one")
    clients.postpone(0, *clients.pull())

    at_once = clients.pull()
    here.clock.advance(seconds=10)

    assert at_once == []
    assert data(clients.pull()) == ["one"]


def test_a_deadline_can_be_extended(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")
    clients.postpone(60, *clients.pull())

    here.clock.advance(seconds=59)
    before = clients.pull()
    here.clock.advance(seconds=1)

    assert before == []
    assert data(clients.pull()) == ["one"]


def test_a_late_acknowledgement_counts(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")
    received = clients.pull()
    here.clock.advance(seconds=11)

    clients.acknowledge(*received)

    assert clients.pull() == []


def test_a_late_nack_does_not_touch_the_next_delivery(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")
    first = clients.pull()
    here.clock.advance(seconds=11)
    clients.pull()

    clients.postpone(0, *first)

    assert clients.pull() == []


def test_no_more_than_asked_for(clients: Clients) -> None:
    clients.subscribe()
    clients.publish(*"abc")

    assert data(clients.pull(2)) == ["a", "b"]
    assert data(clients.pull(2)) == ["c"]


def test_every_subscription_gets_its_own(clients: Clients) -> None:
    clients.subscribe()
    other = clients.subscribe(name="projects/p/subscriptions/other")
    clients.publish("one")
    clients.acknowledge(*clients.pull())

    assert data(clients.pull(name=other)) == ["one"]


def test_the_attempt_is_told_with_a_dead_letter_policy_only(clients: Clients) -> None:
    clients.topic(DEAD)
    clients.subscribe(dead_letter_policy={"dead_letter_topic": DEAD})
    other = clients.subscribe(name="projects/p/subscriptions/other")
    clients.publish("one")

    clients.postpone(0, *clients.pull())

    assert [each.delivery_attempt for each in clients.pull()] == [2]
    assert [each.delivery_attempt for each in clients.pull(name=other)] == [0]


def test_the_fifth_failure_is_the_last(here: World, clients: Clients) -> None:
    """Nacks and missed deadlines both count."""
    clients.topic(DEAD)
    clients.subscribe(dead_letter_policy={"dead_letter_topic": DEAD})
    dead = clients.subscribe(name="projects/p/subscriptions/dead", topic=DEAD)
    clients.publish("one")

    for _ in range(2):
        clients.postpone(0, *clients.pull())
    for _ in range(3):
        clients.pull()
        here.clock.advance(seconds=10)

    assert clients.pull() == []
    assert data(clients.pull(name=dead)) == ["one"]


def test_a_key_comes_in_order_and_then_waits_for_its_acknowledgements(clients: Clients) -> None:
    clients.subscribe(enable_message_ordering=True)
    clients.publish(*"abc", key="k")

    first = clients.pull(2)
    blocked = clients.pull()
    clients.acknowledge(*first)

    assert data(first) == ["a", "b"]
    assert blocked == []
    assert data(clients.pull()) == ["c"]


def test_a_redelivered_message_brings_all_that_follow_again(clients: Clients) -> None:
    """Also those that were acknowledged already."""
    clients.subscribe(enable_message_ordering=True)
    clients.publish(*"abc", key="k")
    a, b, c = clients.pull()

    clients.acknowledge(c)
    clients.acknowledge(a)
    clients.postpone(0, b)

    assert data(clients.pull()) == ["b", "c"]


def test_the_acknowledgement_of_a_delivery_that_was_revoked_does_not_count(
    clients: Clients,
) -> None:
    clients.subscribe(enable_message_ordering=True)
    clients.publish(*"ab", key="k")
    a, b = clients.pull()
    clients.postpone(0, a)

    clients.acknowledge(b)

    assert data(clients.pull()) == ["a", "b"]


def test_keys_mean_nothing_without_ordering(clients: Clients) -> None:
    clients.subscribe()
    clients.publish(*"ab", key="k")
    clients.pull(1)

    assert data(clients.pull(1)) == ["b"]


def test_a_dead_letter_lets_its_key_go_on(clients: Clients) -> None:
    clients.topic(DEAD)
    policy = {"dead_letter_topic": DEAD}
    clients.subscribe(enable_message_ordering=True, dead_letter_policy=policy)
    clients.publish(*"ab", key="k")

    for _ in range(5):
        clients.postpone(0, clients.pull(1)[0])

    assert data(clients.pull()) == ["b"]


def test_pull_waits_a_little_for_a_message(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "_PATIENCE", 30)
    clients.subscribe()
    future = clients.channel.unary_unary(
        "/google.pubsub.v1.Subscriber/Pull",
        pubsub_v1.types.PullRequest.serialize,
        pubsub_v1.types.PullResponse.deserialize,
    ).future(pubsub_v1.types.PullRequest(subscription=SUBSCRIPTION, max_messages=1))

    time.sleep(0.1)
    clients.publish("one")

    assert data(future.result(30).received_messages) == ["one"]


def test_seek_forward_acknowledges(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("old")
    here.clock.advance(seconds=5)
    clients.publish("new")

    _seek(clients, seconds=3)

    assert data(clients.pull()) == ["new"]


def test_seek_back_replays_what_is_retained(here: World, clients: Clients) -> None:
    clients.subscribe(retain_acked_messages=True)
    clients.publish("old")
    here.clock.advance(seconds=5)
    clients.publish("new")
    clients.acknowledge(*clients.pull())

    _seek(clients, seconds=3)

    assert data(clients.pull()) == ["new"]


def _seek(clients: Clients, seconds: int) -> None:
    time_ = Timestamp(seconds=int(START.timestamp()) + seconds)
    clients.subscriber.seek(request={"subscription": SUBSCRIPTION, "time": time_})


@pytest.mark.parametrize("ack_ids", [[], ["rubbish"], ["x" * 300_000] * 2])
def test_ack_ids_that_are_refused(clients: Clients, ack_ids: list[str]) -> None:
    clients.subscribe()

    with pytest.raises(exceptions.InvalidArgument):
        clients.subscriber.acknowledge(subscription=SUBSCRIPTION, ack_ids=ack_ids)


@pytest.mark.parametrize("seconds", [-1, 601])
def test_deadlines_that_are_refused(clients: Clients, seconds: int) -> None:
    clients.subscribe()
    clients.publish("one")

    with pytest.raises(exceptions.InvalidArgument):
        clients.postpone(seconds, *clients.pull())


def test_nobody_pulls_a_push_subscription(clients: Clients) -> None:
    clients.subscribe(push_config={"push_endpoint": "http://127.0.0.1:9"})

    with pytest.raises(exceptions.FailedPrecondition):
        clients.pull()


def test_nobody_pulls_a_subscription_that_is_not_there(clients: Clients) -> None:
    with pytest.raises(exceptions.NotFound):
        clients.pull()


def _stream(clients: Clients, *more: Any, **first: Any) -> Any:
    """The answers; the client's side stays open."""
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    defaults = {"subscription": SUBSCRIPTION, "stream_ack_deadline_seconds": 10}
    for request in ({**defaults, **first}, *more):
        requests.put(StreamingPullRequest(request))
    answers = clients.subscriber.streaming_pull(requests=iter(requests.get, None), timeout=10)
    return requests, answers


def _messages(answers: Any) -> list[Any]:
    """Of the next answer that has any."""
    return next(list(each.received_messages) for each in answers if each.received_messages)


def test_a_stream_brings_what_there_is_and_what_comes(clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")

    _, answers = _stream(clients)
    first = _messages(answers)
    clients.publish("two")
    second = _messages(answers)
    answers.cancel()

    assert data(first) == ["one"]
    assert data(second) == ["two"]


def test_acknowledgements_and_nacks_on_the_stream(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one", "two")
    requests, answers = _stream(clients)
    one, two = _messages(answers)

    nack = {"modify_deadline_ack_ids": [two.ack_id], "modify_deadline_seconds": [0]}
    requests.put(StreamingPullRequest({"ack_ids": [one.ack_id], **nack}))
    again = _messages(answers)
    answers.cancel()

    assert data(again) == ["two"]


def test_a_stream_has_its_own_deadline(here: World, clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")
    _, answers = _stream(clients, stream_ack_deadline_seconds=60)
    _messages(answers)
    answers.cancel()

    here.clock.advance(seconds=59)

    assert clients.pull() == []


def test_flow_control_holds_messages_back(clients: Clients) -> None:
    clients.subscribe()
    clients.publish(*"abc")
    requests, answers = _stream(clients, max_outstanding_messages=2)
    first = _messages(answers)

    requests.put(StreamingPullRequest(ack_ids=[first[0].ack_id]))
    second = _messages(answers)
    answers.cancel()

    assert data(first) == ["a", "b"]
    assert data(second) == ["c"]


@pytest.mark.parametrize(
    "second",
    [
        {"ack_ids": ["rubbish"]},
        {"modify_deadline_ack_ids": ["a"]},
        {"modify_deadline_seconds": [601], "modify_deadline_ack_ids": ["MToxOjE="]},
        {"stream_ack_deadline_seconds": 9},
    ],
)
def test_requests_that_end_a_stream(clients: Clients, second: Any) -> None:
    clients.subscribe()
    _, answers = _stream(clients, second)

    with pytest.raises(exceptions.InvalidArgument):
        list(answers)


def test_a_stream_ends_with_its_subscription(clients: Clients) -> None:
    clients.subscribe()
    _, answers = _stream(clients)
    next(answers)

    clients.subscriber.delete_subscription(subscription=SUBSCRIPTION)

    with pytest.raises(exceptions.NotFound):
        list(answers)


def test_the_high_level_clients(
    here: World, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", here.server.host)
    clients.subscribe(enable_message_ordering=True)
    options = pubsub_v1.types.PublisherOptions(enable_message_ordering=True)
    publisher = pubsub_v1.PublisherClient(publisher_options=options)
    subscriber = pubsub_v1.SubscriberClient()
    got: queue.SimpleQueue[str] = queue.SimpleQueue()

    def take(message: Any) -> None:
        got.put(message.data.decode())
        message.ack()

    pulling = subscriber.subscribe(SUBSCRIPTION, take)
    for number in range(20):
        publisher.publish(TOPIC, str(number).encode(), ordering_key="k")
    received = [got.get(timeout=5) for _ in range(20)]
    pulling.cancel()
    pulling.result(5)
    subscriber.close()
    publisher.stop()

    assert received == [str(number) for number in range(20)]
