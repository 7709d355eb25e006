"""The same scenarios here and on Google's emulator, answer by answer.

Where that one is known to differ from production there is a test of what production documents
elsewhere in this folder, and the difference is in docs/surprises.md.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.api_core import exceptions
from google.protobuf.field_mask_pb2 import FieldMask

from emulator.children import ChildFailed
from emulator.google import google_emulators
from emulator.pubsub.server import serve
from tests.emulator.pubsub import endpoints, world
from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import Clients

pytestmark = pytest.mark.xdist_group("pubsub-like-google")


@dataclass
class Side:
    """A fresh project on one of the two."""

    clients: Clients
    endpoint: Endpoint
    project: str

    @property
    def topic(self) -> str:
        return f"projects/{self.project}/topics/reports"

    @property
    def subscription(self) -> str:
        return f"projects/{self.project}/subscriptions/route"

    def subscribe(self, *, push: bool = False, **config: Any) -> Any:
        self.clients.topic(self.topic)
        if push:
            config["push_config"] = {"push_endpoint": self.endpoint.url}
        request = {"name": self.subscription, "topic": self.topic, **config}
        return self.clients.subscriber.create_subscription(request=request)

    def publish(self, *data: str, key: str = "", **attributes: str) -> None:
        self.clients.publish(*data, topic=self.topic, key=key, attributes=attributes)

    def pull(self, number: int = 1) -> list[Any]:
        """Google's emulator may give fewer than there are."""
        received: list[Any] = []
        end = time.monotonic() + 5
        while len(received) < number and time.monotonic() < end:
            received += self.clients.pull(number - len(received), self.subscription)
        return received

    def postpone(self, seconds: int, *received: Any) -> None:
        self.clients.subscriber.modify_ack_deadline(
            subscription=self.subscription,
            ack_ids=[each.ack_id for each in received],
            ack_deadline_seconds=seconds,
        )

    def acknowledge(self, *received: Any) -> None:
        self.clients.subscriber.acknowledge(
            subscription=self.subscription, ack_ids=[each.ack_id for each in received]
        )


Scenario = Callable[[Side], Any]
Same = Callable[[Scenario], Any]


@pytest.fixture(scope="module")
def hosts() -> Iterator[tuple[str, str]]:
    own = serve(memory=True)
    try:
        with google_emulators() as variables:
            yield own.host, variables["PUBSUB_EMULATOR_HOST"]
    except ChildFailed as reason:
        pytest.skip(str(reason))
    finally:
        own.stop()


@pytest.fixture
def same(hosts: tuple[str, str]) -> Same:
    """Runs a scenario on both at once; what came out is the same, and given back."""
    project = f"test-{uuid4().hex[:12]}"

    def run(host: str, scenario: Scenario) -> Any:
        with world.clients(host) as clients, endpoints.endpoint() as endpoint:
            return scenario(Side(clients, endpoint, project))

    def both(scenario: Scenario) -> Any:
        with ThreadPoolExecutor(2) as pool:
            own, google = pool.map(lambda host: run(host, scenario), hosts)
        assert own == google
        return own

    return both


def data(received: list[Any]) -> list[str]:
    return [each.message.data.decode() for each in received]


def test_the_pushed_body(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe(push=True)
        side.publish("one", type="x")
        side.publish("two")
        side.endpoint.wait(2)
        for body in side.endpoint.bodies:
            message = body["message"]
            assert message.pop("message_id") == message.pop("messageId")
            assert message.pop("publish_time") == message.pop("publishTime")
            message.setdefault("attributes", {})
        return sorted(side.endpoint.bodies, key=lambda body: str(body["message"]["data"]))

    assert len(same(scenario)) == 2


@pytest.mark.parametrize("status", [102, 201, 204, 302, 404, 500])
def test_which_answers_acknowledge(same: Same, status: int) -> None:
    def scenario(side: Side) -> bool:
        side.endpoint.answers = [status]
        side.subscribe(push=True)
        side.publish("one")
        side.endpoint.wait(1)
        time.sleep(1.6)  # Google's emulator tries again after one second
        return len(side.endpoint.bodies) > 1

    assert same(scenario) is (status not in {102, 201, 204})


def test_a_redelivery_is_the_same_message(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.endpoint.answers = [500, 503]
        side.subscribe(push=True)
        side.publish("one", type="x")
        side.endpoint.wait(3, seconds=20)
        first, *others = side.endpoint.bodies
        return [other == first for other in others]

    assert same(scenario) == [True, True]


def test_the_order_of_a_key_under_failures(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.endpoint.answers = [200, 500]
        side.subscribe(push=True, enable_message_ordering=True)
        side.publish(*"abcd", key="k")
        side.endpoint.wait(5, seconds=20)
        return side.endpoint.data

    assert same(scenario) == ["YQ==", "Yg==", "Yg==", "Yw==", "ZA=="]


def test_pull_and_acknowledge(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe()
        side.publish(*"abc", type="x")
        received = side.pull(3)
        side.acknowledge(*received)
        attributes = [dict(each.message.attributes) for each in received]
        return sorted(data(received)), attributes, [each.delivery_attempt for each in received]

    assert same(scenario) == (["a", "b", "c"], [{"type": "x"}] * 3, [0] * 3)


def test_a_nack(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe()
        side.publish("one")
        side.postpone(0, *side.pull())
        return data(side.pull())

    assert same(scenario) == ["one"]


def test_a_missed_ack_deadline(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe(ack_deadline_seconds=10)
        side.publish("one")
        side.pull()
        time.sleep(9)
        before = side.clients.pull(name=side.subscription)
        time.sleep(2.5)
        return data(before), data(side.pull())

    assert same(scenario) == ([], ["one"])


def test_pulling_a_key_in_order(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe(enable_message_ordering=True)
        side.publish(*"abc", key="k")
        received = side.pull(3)
        side.acknowledge(*received)
        return data(received)

    assert same(scenario) == ["a", "b", "c"]


def test_a_redelivered_message_of_a_key_brings_the_following(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe(enable_message_ordering=True)
        side.publish(*"abc", key="k")
        a, *others = side.pull(3)
        side.acknowledge(a)
        side.postpone(0, *others)
        return data(side.pull(2))

    assert same(scenario) == ["b", "c"]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_after_many_operations(same: Same, seed: int) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe(ack_deadline_seconds=600)
        random, out, waiting = Random(seed), dict[str, Any](), set[str]()
        for number in range(40):
            match random.choice(["publish", "publish", "pull", "acknowledge", "nack"]):
                case "publish":
                    side.publish(str(number))
                    waiting.add(str(number))
                case "pull" if waiting:
                    received = side.pull(len(waiting))
                    assert set(data(received)) == waiting
                    out |= zip(data(received), received, strict=True)
                    waiting.clear()
                case "acknowledge" if out:
                    side.acknowledge(out.pop(random.choice(sorted(out))))
                case "nack" if out:
                    name = random.choice(sorted(out))
                    side.postpone(0, out.pop(name))
                    waiting.add(name)
        return sorted(waiting), sorted(data(side.pull(len(waiting)))), sorted(out)

    waiting, left, _ = same(scenario)
    assert waiting == left


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"ack_deadline_seconds": 600},
        {"retry_policy": {}},
        {"retry_policy": {"minimum_backoff": {"seconds": 1}}},
        {"filter": 'attributes.type = "x"', "labels": {"a": "b"}},
        {"enable_message_ordering": True, "retain_acked_messages": True},
    ],
    ids=repr,
)
def test_how_a_subscription_is_completed(same: Same, config: Any) -> None:
    """Google's emulator leaves out state and expiration."""

    def scenario(side: Side) -> Any:
        made = type(side.subscribe(**config)).to_dict(
            side.clients.subscriber.get_subscription(subscription=side.subscription)
        )
        return {key: value for key, value in made.items() if key not in _LEFT_OUT}

    same(scenario)


_LEFT_OUT = {"state", "expiration_policy"}


def _publish(**message: Any) -> Scenario:
    return lambda side: side.clients.publisher.publish(topic=side.topic, messages=[message])


def _subscribe(**config: Any) -> Scenario:
    return lambda side: side.clients.subscriber.create_subscription(
        request={"name": side.subscription + "2", "topic": side.topic, **config}
    )


def _update(*paths: str) -> Scenario:
    return lambda side: side.clients.subscriber.update_subscription(
        subscription={"name": side.subscription}, update_mask=FieldMask(paths=paths)
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda side: side.clients.topic(side.topic),
        lambda side: side.clients.topic(f"projects/{side.project}/topics/ab"),
        lambda side: side.clients.topic(f"projects/{side.project}/topics/goog-x"),
        lambda side: side.clients.publisher.get_topic(topic=side.topic + "-not"),
        lambda side: side.clients.publisher.delete_topic(topic=side.topic + "-not"),
        lambda side: side.clients.publish("x", topic=side.topic + "-not"),
        lambda side: side.clients.publisher.publish(topic=side.topic, messages=[]),
        lambda side: side.clients.publish(*["x"] * 1001, topic=side.topic),
        _publish(),
        _publish(data=b"x"),
        _publish(attributes={"a": ""}),
        _subscribe(),
        _subscribe(topic="projects/none/topics/nothing"),
        _subscribe(name="projects/none/subscriptions/x"),
        _subscribe(ack_deadline_seconds=601),
        _subscribe(message_retention_duration={"seconds": 5}),
        _subscribe(retry_policy={"minimum_backoff": {"seconds": 601}}),
        _subscribe(push_config={"push_endpoint": "rubbish"}),
        _subscribe(dead_letter_policy={"dead_letter_topic": "projects/p/topics/nothing"}),
        _update(),
        _update("nothing"),
        _update("filter"),
        _update("ack_deadline_seconds"),
        lambda side: side.clients.pull(0, side.subscription),
        lambda side: side.clients.pull(1, side.subscription + "-not"),
        lambda side: side.clients.subscriber.acknowledge(subscription=side.subscription),
        lambda side: side.clients.subscriber.acknowledge(
            subscription=side.subscription, ack_ids=["rubbish"]
        ),
        lambda side: side.clients.subscriber.get_subscription(subscription=side.topic),
    ],
)
def test_the_status_of_a_call(same: Same, call: Scenario) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe()
        try:
            call(side)
        except exceptions.GoogleAPICallError as refused:
            return refused.grpc_status_code
        return grpc.StatusCode.OK

    same(scenario)


def test_a_topic_that_is_gone(same: Same) -> None:
    def scenario(side: Side) -> Any:
        side.subscribe()
        side.clients.publisher.delete_topic(topic=side.topic)
        found = side.clients.subscriber.get_subscription(subscription=side.subscription)
        return found.topic

    assert same(scenario) == "_deleted-topic_"
