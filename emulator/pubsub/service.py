"""What each call does. Requests and responses are the protocol's own messages."""

from collections.abc import Iterator
from typing import Any

from emulator.pubsub.administration import Administration
from emulator.pubsub.backlog import Backlog
from emulator.pubsub.limits import check_published
from emulator.pubsub.names import check_name
from emulator.pubsub.protocol import Empty, message_class, microseconds
from emulator.pubsub.pull import Pulls
from emulator.pubsub.registry import Registry
from emulator.rpc.status import invalid, unimplemented

PublishResponse = message_class("PublishResponse")
SeekResponse = message_class("SeekResponse")


class Service:
    def __init__(self, registry: Registry, backlog: Backlog) -> None:
        self._registry = registry
        self._backlog = backlog
        self._pulls = Pulls(backlog, registry)
        self._administration = administration = Administration(registry)
        self.create_topic = administration.create_topic
        self.update_topic = administration.update_topic
        self.get_topic = administration.get_topic
        self.list_topics = administration.list_topics
        self.list_topic_subscriptions = administration.list_topic_subscriptions
        self.create_subscription = administration.create_subscription
        self.update_subscription = administration.update_subscription
        self.get_subscription = administration.get_subscription
        self.list_subscriptions = administration.list_subscriptions
        self.declare = administration.declare
        self.pull = self._pulls.pull

    def publish(self, request: Any) -> Any:
        check_name(request.topic, "topics")
        self._registry.topic(request.topic)
        check_published(request.ByteSize(), request.messages)
        return PublishResponse(message_ids=self._backlog.publish(request.topic, request.messages))

    def delete_topic(self, request: Any) -> Empty:
        self._administration.delete_topic(request)
        return Empty()

    def delete_subscription(self, request: Any) -> Empty:
        self._administration.delete_subscription(request)
        self._backlog.refresh()
        return Empty()

    def modify_push_config(self, request: Any) -> Empty:
        self._administration.modify_push_config(request)
        self._backlog.refresh()
        return Empty()

    def acknowledge(self, request: Any) -> Empty:
        self._pulls.acknowledge(request)
        return Empty()

    def modify_ack_deadline(self, request: Any) -> Empty:
        self._pulls.modify_ack_deadline(request)
        return Empty()

    def streaming_pull(self, requests: Iterator[Any], context: Any) -> Iterator[Any]:
        yield from self._pulls.streaming_pull(requests, context)

    def seek(self, request: Any) -> Any:
        subscription = self._registry.subscription(request.subscription)
        target = request.WhichOneof("target")
        if target == "snapshot":
            unimplemented("SeekRequest.snapshot")
        if target is None:
            invalid("Neither a time nor a snapshot to seek to.")
        self._backlog.seek(subscription, microseconds(request.time))
        return SeekResponse()
