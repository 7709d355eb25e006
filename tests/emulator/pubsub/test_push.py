"""What the project lives by: publish, push, push again, filter, give up."""

import time
from base64 import b64encode
from datetime import timedelta

import pytest

from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import DEAD, START, SUBSCRIPTION, TOPIC, Clients, World, world

BACKOFF = {"minimum_backoff": {"seconds": 10}, "maximum_backoff": {"seconds": 40}}
GIVE_UP = {"dead_letter_topic": DEAD, "max_delivery_attempts": 5}


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


def test_a_message_is_pushed_as_documented(clients: Clients, endpoint: Endpoint) -> None:
    clients.subscribe(push_config={"push_endpoint": endpoint.url})

    (id_,) = clients.publish("one", attributes={"type": "report.submitted"}, key="k")

    endpoint.wait(1)
    assert endpoint.bodies == [
        {
            "message": {
                "attributes": {"type": "report.submitted"},
                "data": encoded("one"),
                "messageId": id_,
                "message_id": id_,
                "publishTime": "2026-11-25T08:00:00Z",
                "publish_time": "2026-11-25T08:00:00Z",
                "orderingKey": "k",
            },
            "subscription": SUBSCRIPTION,
        }
    ]
    assert endpoint.headers[0]["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [102, 200, 201, 202, 204])
def test_these_answers_acknowledge(
    here: World, clients: Clients, endpoint: Endpoint, status: int
) -> None:
    endpoint.answer = status
    clients.subscribe(push_config={"push_endpoint": endpoint.url})

    clients.publish("one")

    endpoint.wait(1)
    here.rest()
    assert here.server.next_due() is None


@pytest.mark.parametrize("status", [203, 206, 301, 400, 404, 429, 500, 503])
def test_every_other_answer_does_not(
    here: World, clients: Clients, endpoint: Endpoint, status: int
) -> None:
    endpoint.answers = [status]
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, retry_policy=BACKOFF)
    clients.publish("one")
    endpoint.wait(1)

    here.pass_time()

    assert endpoint.data == [encoded("one")] * 2
    assert here.server.next_due() is None


def test_it_backs_off_by_the_clock_and_doubles(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answer = 500
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, retry_policy=BACKOFF)
    clients.publish("one")

    waits = []
    for _ in range(4):
        here.rest()
        before = here.clock.time
        here.pass_time()
        waits.append((here.clock.time - before).total_seconds())

    assert waits == [10, 20, 40, 40]
    assert len(endpoint.bodies) == 5


def test_before_its_time_nothing_is_pushed_again(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answer = 500
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, retry_policy=BACKOFF)
    clients.publish("one")
    here.rest()

    here.clock.advance(seconds=9.9)
    here.server.wake()
    here.rest()

    assert len(endpoint.bodies) == 1


def test_a_subscription_without_a_policy_backs_off_from_a_tenth_of_a_second(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answers = [500]
    clients.subscribe(push_config={"push_endpoint": endpoint.url})
    clients.publish("one")
    here.rest()

    due = here.server.next_due()

    assert due == START + timedelta(milliseconds=100)


def test_nobody_there_is_as_good_as_a_nack(here: World, clients: Clients) -> None:
    clients.subscribe(push_config={"push_endpoint": "http://127.0.0.1:9"}, retry_policy=BACKOFF)

    clients.publish("one")

    here.rest()
    assert here.server.next_due() == START + timedelta(seconds=10)


def test_an_answer_after_the_ack_deadline_is_too_late(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.open.clear()
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, retry_policy=BACKOFF)
    clients.publish("one")
    endpoint.wait(1)

    here.clock.advance(seconds=10)
    here.server.wake()
    due = here.server.next_due()

    assert due == START + timedelta(seconds=20)
    assert not here.server.is_drained()


def test_a_late_acknowledgement_still_counts(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.open.clear()
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, retry_policy=BACKOFF)
    clients.publish("one")
    endpoint.wait(1)
    here.clock.advance(seconds=10)
    here.server.wake()

    endpoint.open.set()
    here.rest()

    assert here.server.next_due() is None


def test_only_what_matches_the_filter_is_pushed(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    wanted = 'attributes.type = "report.submitted" OR attributes.type = "report.sent"'
    clients.subscribe(push_config={"push_endpoint": endpoint.url}, filter=wanted)

    for kind in ("report.submitted", "report.closed", "report.sent"):
        clients.publish(kind, attributes={"type": kind})

    endpoint.wait(2)
    here.rest()
    assert sorted(endpoint.data) == sorted(map(encoded, ["report.submitted", "report.sent"]))


def test_after_so_many_attempts_it_goes_to_the_dead_letter_topic(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answer = 500
    clients.topic(DEAD)
    clients.subscribe(name="projects/p/subscriptions/dead", topic=DEAD)
    push = {"push_endpoint": endpoint.url}
    clients.subscribe(push_config=push, retry_policy=BACKOFF, dead_letter_policy=GIVE_UP)
    clients.publish("one", attributes={"type": "x"})

    here.pass_time(4)

    assert [body["deliveryAttempt"] for body in endpoint.bodies] == [1, 2, 3, 4, 5]
    (dead,) = clients.pull(name="projects/p/subscriptions/dead")
    assert dead.message.data == b"one"
    assert dict(dead.message.attributes) == {
        "type": "x",
        "CloudPubSubDeadLetterSourceDeliveryCount": "5",
        "CloudPubSubDeadLetterSourceSubscription": "route",
        "CloudPubSubDeadLetterSourceSubscriptionProject": "p",
        "CloudPubSubDeadLetterSourceTopicPublishTime": "2026-11-25T08:00:00.000+00:00",
    }
    assert here.server.next_due() is None


def test_a_dead_letter_topic_that_is_gone_lets_it_go_on(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answer = 500
    clients.topic(DEAD)
    push = {"push_endpoint": endpoint.url}
    clients.subscribe(push_config=push, retry_policy=BACKOFF, dead_letter_policy=GIVE_UP)
    clients.publisher.delete_topic(topic=DEAD)
    clients.publish("one")

    here.pass_time(6)

    assert len(endpoint.bodies) == 7


def test_messages_of_a_key_come_in_order_and_wait_for_the_one_before(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answers = [200, 500, 500]
    push = {"push_endpoint": endpoint.url}
    clients.subscribe(push_config=push, retry_policy=BACKOFF, enable_message_ordering=True)

    clients.publish("1", "2", "3", key="k")
    here.pass_time(2)

    assert endpoint.data == [encoded(each) for each in "12223"]


def test_another_key_does_not_wait(here: World, clients: Clients, endpoint: Endpoint) -> None:
    endpoint.answers = [500]
    push = {"push_endpoint": endpoint.url}
    clients.subscribe(push_config=push, retry_policy=BACKOFF, enable_message_ordering=True)

    clients.publish("1", "2", key="k")
    here.rest()
    clients.publish("other", key="another")
    here.rest()

    assert endpoint.data == [encoded("1"), encoded("other")]


def test_with_an_oidc_token_somebody_signs(endpoint: Endpoint) -> None:
    def sign(email: str, audience: str) -> str:
        return f"signed-for-{email}-at-{audience}"

    token = {"service_account_email": "pusher@p", "audience": "desk"}
    with world(sign=sign) as here:
        here.clients.topic()
        push = {"push_endpoint": endpoint.url, "oidc_token": token}
        here.clients.subscribe(push_config=push)

        here.clients.publish("one")
        endpoint.wait(1)

    assert endpoint.headers[0]["Authorization"] == "Bearer signed-for-pusher@p-at-desk"


def test_without_one_there_is_no_authorization(clients: Clients, endpoint: Endpoint) -> None:
    clients.subscribe(push_config={"push_endpoint": endpoint.url})

    clients.publish("one")

    endpoint.wait(1)
    assert "Authorization" not in endpoint.headers[0]


def test_what_is_older_than_the_retention_is_dropped(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    endpoint.answer = 500
    push = {"push_endpoint": endpoint.url}
    clients.subscribe(push_config=push, message_retention_duration={"seconds": 600})
    clients.publish("one")
    here.rest()
    pushed = len(endpoint.bodies)

    here.clock.advance(seconds=601)
    here.server.wake()
    here.rest()

    assert len(endpoint.bodies) == pushed
    assert here.server.next_due() is None


def test_two_hundred_messages_all_arrive_once(
    here: World, clients: Clients, endpoint: Endpoint
) -> None:
    clients.subscribe(push_config={"push_endpoint": endpoint.url})

    clients.publish(*map(str, range(200)), topic=TOPIC)

    endpoint.wait(200)
    here.rest()
    assert sorted(endpoint.data) == sorted(encoded(str(number)) for number in range(200))


def test_a_signer_that_fails_is_as_good_as_a_nack(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bug is for the log, the message comes again."""
    monkeypatch.setattr("threading.excepthook", lambda _: None)

    def sign(email: str, audience: str) -> str:
        raise LookupError(email)

    with world(sign=sign) as here:
        here.clients.topic()
        token = {"service_account_email": "pusher@p"}
        push = {"push_endpoint": endpoint.url, "oidc_token": token}
        here.clients.subscribe(push_config=push, retry_policy=BACKOFF)
        here.clients.publish("one")
        here.rest()

        assert here.server.next_due() == START + timedelta(seconds=10)


def test_stopping_does_not_wait_for_an_endpoint_that_hangs(endpoint: Endpoint) -> None:
    endpoint.open.clear()
    with world() as here:
        here.clients.topic()
        here.clients.subscribe(push_config={"push_endpoint": endpoint.url})
        here.clients.publish("one")
        endpoint.wait(1)
        before = time.monotonic()

    assert time.monotonic() - before < 5
