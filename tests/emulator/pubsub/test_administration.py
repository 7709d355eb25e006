"""Topics and subscriptions through the official clients."""

from typing import Any

import grpc
import pytest
from google.api_core import exceptions
from google.protobuf.field_mask_pb2 import FieldMask

from emulator.rpc.status import Refused
from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import DEAD, SUBSCRIPTION, TOPIC, Clients, World


def test_a_topic_from_made_to_deleted(clients: Clients) -> None:
    publisher = clients.publisher
    topic = {"name": TOPIC, "labels": {"of": "desk"}}

    updated = publisher.update_topic(topic=topic, update_mask=FieldMask(paths=["labels"]))
    listed = [each.name for each in publisher.list_topics(project="projects/p")]
    publisher.delete_topic(topic=TOPIC)

    assert dict(updated.labels) == {"of": "desk"}
    assert listed == [TOPIC]
    with pytest.raises(exceptions.NotFound):
        publisher.get_topic(topic=TOPIC)


def test_projects_do_not_see_each_other(clients: Clients) -> None:
    clients.topic("projects/another/topics/reports")

    assert len(list(clients.publisher.list_topics(project="projects/p"))) == 1
    assert not list(clients.subscriber.list_subscriptions(project="projects/pp"))


def test_lists_come_in_pages(clients: Clients) -> None:
    for number in range(5):
        clients.subscribe(name=f"projects/p/subscriptions/number-{number}")
    request = {"topic": TOPIC, "page_size": 2}

    pages = list(clients.publisher.list_topic_subscriptions(request=request).pages)

    assert [len(page.subscriptions) for page in pages] == [2, 2, 1]
    listed = clients.subscriber.list_subscriptions(
        request={"project": "projects/p", "page_size": 3}
    )
    assert [each.name[-1] for each in listed] == list("01234")


def test_a_subscription_is_completed_with_the_documented_defaults(clients: Clients) -> None:
    clients.topic(DEAD)
    clients.subscribe(retry_policy={}, dead_letter_policy={"dead_letter_topic": DEAD})

    found = clients.subscriber.get_subscription(subscription=SUBSCRIPTION)

    assert found.ack_deadline_seconds == 10
    assert found.message_retention_duration.days == 7
    assert found.expiration_policy.ttl.days == 31
    assert found.retry_policy.minimum_backoff.seconds == 10
    assert found.retry_policy.maximum_backoff.seconds == 600
    assert found.dead_letter_policy.max_delivery_attempts == 5
    assert found.state.name == "ACTIVE"


def test_a_subscription_is_changed_where_the_mask_says(clients: Clients) -> None:
    clients.subscribe(labels={"a": "1"})
    wanted = {"name": SUBSCRIPTION, "ack_deadline_seconds": 30, "labels": {"b": "2"}}

    found = clients.subscriber.update_subscription(
        subscription=wanted, update_mask=FieldMask(paths=["ack_deadline_seconds"])
    )

    assert found.ack_deadline_seconds == 30
    assert dict(found.labels) == {"a": "1"}


def test_a_policy_is_taken_away_by_a_mask(clients: Clients) -> None:
    clients.subscribe(retry_policy={})

    found = clients.subscriber.update_subscription(
        subscription={"name": SUBSCRIPTION}, update_mask=FieldMask(paths=["retry_policy"])
    )

    assert not found._pb.HasField("retry_policy")


@pytest.mark.parametrize("paths", [[], ["nope"], ["name"], ["filter"], ["enable_message_ordering"]])
def test_masks_that_are_refused(clients: Clients, paths: list[str]) -> None:
    clients.subscribe()

    with pytest.raises(exceptions.InvalidArgument):
        clients.subscriber.update_subscription(
            subscription={"name": SUBSCRIPTION}, update_mask=FieldMask(paths=paths)
        )


def test_a_subscription_outlives_its_topic(clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")

    clients.publisher.delete_topic(topic=TOPIC)

    found = clients.subscriber.get_subscription(subscription=SUBSCRIPTION)
    assert found.topic == "_deleted-topic_"
    assert [each.message.data for each in clients.pull()] == [b"one"]


def test_a_deleted_subscription_leaves_nothing_to_the_next_of_its_name(clients: Clients) -> None:
    clients.subscribe()
    clients.publish("one")
    clients.subscriber.delete_subscription(subscription=SUBSCRIPTION)

    clients.subscribe()
    clients.publish("two")

    assert [each.message.data for each in clients.pull()] == [b"two"]


def test_push_becomes_pull(here: World, clients: Clients) -> None:
    clients.subscribe(push_config={"push_endpoint": "http://127.0.0.1:9"})
    clients.publish("one")
    here.rest()

    clients.subscriber.modify_push_config(subscription=SUBSCRIPTION, push_config={})
    here.clock.advance(seconds=1)

    assert [each.message.data for each in clients.pull()] == [b"one"]


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("abc", True),
        ("a" * 255, True),
        ("a-._~+%9", True),
        ("ab", False),
        ("a" * 256, False),
        ("9abc", False),
        ("goog-abc", False),
        ("a/bc", False),
        ("a bc", False),
        ("äbc", False),
        ("", False),
    ],
)
def test_names(clients: Clients, name: str, is_good: bool) -> None:  # noqa: FBT001
    def create() -> Any:
        return clients.publisher.create_topic(name=f"projects/p/topics/{name}")

    if is_good:
        assert create().name == f"projects/p/topics/{name}"
    else:
        with pytest.raises(exceptions.InvalidArgument):
            create()


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"ack_deadline_seconds": 9}, "INVALID_ARGUMENT"),
        ({"ack_deadline_seconds": 601}, "INVALID_ARGUMENT"),
        ({"message_retention_duration": {"seconds": 599}}, "INVALID_ARGUMENT"),
        ({"message_retention_duration": {"seconds": 31 * 86400 + 1}}, "INVALID_ARGUMENT"),
        ({"filter": "attributes"}, "INVALID_ARGUMENT"),
        ({"filter": f'attributes.a = "{"x" * 256}"'}, "INVALID_ARGUMENT"),
        ({"retry_policy": {"minimum_backoff": {"seconds": 601}}}, "INVALID_ARGUMENT"),
        (
            {
                "retry_policy": {
                    "minimum_backoff": {"seconds": 9},
                    "maximum_backoff": {"seconds": 8},
                }
            },
            "INVALID_ARGUMENT",
        ),
        (
            {"dead_letter_policy": {"dead_letter_topic": TOPIC, "max_delivery_attempts": 4}},
            "OUT_OF_RANGE",
        ),
        (
            {"dead_letter_policy": {"dead_letter_topic": TOPIC, "max_delivery_attempts": 101}},
            "OUT_OF_RANGE",
        ),
        ({"dead_letter_policy": {"dead_letter_topic": DEAD}}, "NOT_FOUND"),
        ({"push_config": {"push_endpoint": "rubbish"}}, "INVALID_ARGUMENT"),
        ({"topic": "projects/p/topics/nowhere"}, "NOT_FOUND"),
        ({"name": "projects/p/subscriptions/x"}, "INVALID_ARGUMENT"),
        ({"enable_exactly_once_delivery": True}, "UNIMPLEMENTED"),
        ({"bigquery_config": {"table": "t"}}, "UNIMPLEMENTED"),
        ({"push_config": {"push_endpoint": "http://a", "no_wrapper": {}}}, "UNIMPLEMENTED"),
    ],
)
def test_subscriptions_that_are_refused(clients: Clients, config: Any, code: str) -> None:
    with pytest.raises(exceptions.GoogleAPICallError) as refused:
        clients.subscribe(**config)

    assert refused.value.grpc_status_code == grpc.StatusCode[code]


def test_twice_the_same(clients: Clients) -> None:
    clients.subscribe()

    with pytest.raises(exceptions.AlreadyExists):
        clients.topic()
    with pytest.raises(exceptions.AlreadyExists):
        clients.subscribe()


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("/google.pubsub.v1.Subscriber/CreateSnapshot", "CreateSnapshot"),
        ("/google.pubsub.v1.Publisher/DetachSubscription", "DetachSubscription"),
        ("/google.pubsub.v1.SchemaService/CreateSchema", "CreateSchema"),
        ("/google.iam.v1.IAMPolicy/GetIamPolicy", "GetIamPolicy"),
    ],
)
def test_what_is_not_implemented_says_so_by_name(clients: Clients, method: str, name: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        clients.channel.unary_unary(method)(b"", timeout=5)

    assert refused.value.code() == grpc.StatusCode.UNIMPLEMENTED
    assert name in refused.value.details()


def declared(endpoint: str, filter_: str = "") -> tuple[list[str], list[dict[str, Any]]]:
    push = {"pushEndpoint": endpoint}
    return [TOPIC], [{"name": SUBSCRIPTION, "topic": TOPIC, "pushConfig": push, "filter": filter_}]


def test_what_is_declared_is_made_or_changed(here: World, endpoint: Endpoint) -> None:
    here.server.declare(*declared("http://127.0.0.1:9/old"))
    here.clients.publish("one")
    here.rest()

    here.server.declare(*declared(endpoint.url))
    here.pass_time()

    assert len(endpoint.bodies) == 1


def test_a_declared_filter_that_changed_makes_the_subscription_anew(here: World) -> None:
    here.server.declare(*declared("http://127.0.0.1:9"))
    here.clients.publish("one")

    here.server.declare(*declared("http://127.0.0.1:9", "attributes:x"))

    ((state,),) = (topic.subscriptions for topic in here.server.inspection.topics())
    assert (state.filter, state.waiting) == ("attributes:x", 0)


def test_a_declaration_is_refused_like_a_call(here: World) -> None:
    with pytest.raises(Refused, match="Invalid filter"):
        here.server.declare(*declared("http://127.0.0.1:9", "nonsense"))
