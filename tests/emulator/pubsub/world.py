"""A server on a clock that stands still until it is moved, and the official clients of it."""

import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
from google.pubsub_v1 import PublisherClient, SubscriberClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

from emulator.pubsub.server import Server, serve

TOPIC = "projects/p/topics/reports"
DEAD = "projects/p/topics/reports-dead"
SUBSCRIPTION = "projects/p/subscriptions/route"
START = datetime(2026, 11, 25, 8, tzinfo=UTC)


@dataclass
class StandingClock:
    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Clients:
    host: str
    channel: Any = field(init=False)
    publisher: PublisherClient = field(init=False)
    subscriber: SubscriberClient = field(init=False)

    def __post_init__(self) -> None:
        unlimited = [("grpc.max_receive_message_length", -1)]  # as the clients' own channels
        self.channel = grpc.insecure_channel(self.host, options=unlimited)
        publisher = PublisherGrpcTransport(channel=self.channel)
        self.publisher = PublisherClient(transport=publisher)
        subscriber = SubscriberGrpcTransport(channel=self.channel)
        self.subscriber = SubscriberClient(transport=subscriber)

    def topic(self, name: str = TOPIC) -> str:
        self.publisher.create_topic(name=name)
        return name

    def subscribe(self, **config: Any) -> str:
        """To TOPIC, unless told otherwise."""
        request = {"name": SUBSCRIPTION, "topic": TOPIC, **config}
        self.subscriber.create_subscription(request=request)
        return str(request["name"])

    def publish(
        self,
        *data: str,
        topic: str = TOPIC,
        key: str = "",
        attributes: Mapping[str, str] | None = None,
    ) -> list[str]:
        messages = [
            {"data": each.encode(), "ordering_key": key, "attributes": dict(attributes or {})}
            for each in data
        ]
        return list(self.publisher.publish(topic=topic, messages=messages).message_ids)

    def pull(self, most: int = 10, name: str = SUBSCRIPTION) -> list[Any]:
        """What there is now."""
        request = {"subscription": name, "max_messages": most, "return_immediately": True}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return list(self.subscriber.pull(request=request).received_messages)

    def acknowledge(self, *received: Any) -> None:
        ids = [each.ack_id for each in received]
        self.subscriber.acknowledge(subscription=SUBSCRIPTION, ack_ids=ids)

    def postpone(self, seconds: int, *received: Any) -> None:
        """Zero: a nack."""
        ids = [each.ack_id for each in received]
        self.subscriber.modify_ack_deadline(
            subscription=SUBSCRIPTION, ack_ids=ids, ack_deadline_seconds=seconds
        )


@contextmanager
def clients(host: str) -> Iterator[Clients]:
    there = Clients(host)
    yield there
    there.channel.close()


@dataclass
class World:
    server: Server
    clock: StandingClock
    clients: Clients

    def rest(self, seconds: float = 5) -> None:
        """Until no push is under way and none is due."""
        end = time.monotonic() + seconds
        while not self.server.is_drained():
            assert time.monotonic() < end, "never came to rest"
            time.sleep(0.002)

    def pass_time(self, times: int = 1) -> None:
        """From due instant to due instant, as the local cloud moves."""
        for _ in range(times):
            self.rest()
            due = self.server.next_due()
            assert due is not None, "nothing will ever be due"
            self.clock.time = due
            self.server.wake()
        self.rest()


@contextmanager
def world(**options: Any) -> Iterator[World]:
    clock = StandingClock()
    options = options if "path" in options else {"memory": True, **options}
    server = serve(now=clock.now, **options)
    with clients(server.host) as there:
        yield World(server, clock, there)
    server.stop()
