"""A message on its way to everyone whose filter it passes, or given up to a dead-letter topic."""

from emulator.pubsub.delivery import dead_letter_attributes
from emulator.pubsub.entries import Entries
from emulator.pubsub.protocol import PubsubMessage, microseconds, timestamp
from emulator.pubsub.registry import Registry
from emulator.pubsub.store import Store
from emulator.pubsub.subscriptions import Subscription


class Publishing:
    """Whoever calls is inside `Store.writing`. `pushed`: entries that wait for a push since."""

    def __init__(self, store: Store, registry: Registry, entries: Entries) -> None:
        self._store = store
        self._registry = registry
        self._entries = entries
        self.pushed = 0

    def publish(self, topic: str, message: PubsubMessage, at: int) -> int:
        """Its id. What nobody subscribes to is not kept."""
        id_ = self._store.next_id()
        message.message_id = str(id_)
        message.publish_time.CopyFrom(timestamp(at))
        attributes = dict(message.attributes)
        matching = [s for s in self._registry.of_topic(topic) if s.matches(attributes)]
        if matching:
            key = message.ordering_key
            self._store.keep(id_, message)
            self._entries.add([(s.id, id_, key if s.ordered else "") for s in matching], at=at)
            self.pushed += sum(s.push is not None for s in matching)
        return id_

    def forward(
        self, subscription: Subscription, message: PubsubMessage, attempts: int, at: int
    ) -> bool:
        """False: its dead-letter topic is gone, so it goes on as if there were no policy."""
        policy = subscription.dead_letter
        if policy is None or not self._registry.has_topic(policy.topic):
            return False
        dead = PubsubMessage(data=message.data, ordering_key=message.ordering_key)
        published = microseconds(message.publish_time)
        dead.attributes.update(
            dead_letter_attributes(message.attributes, subscription.name, attempts, published)
        )
        id_ = self.publish(policy.topic, dead, at)
        if self._store.message(id_) is None:
            self._store.keep(id_, dead)
        self._store.connection.execute(
            "INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?)",
            (id_, policy.topic, subscription.topic, subscription.name, attempts),
        )
        return True

    def forget_dead_letter(self, message: int) -> None:
        """Whoever acknowledged it has dealt with it."""
        self._store.connection.execute("DELETE FROM dead_letters WHERE message = ?", (message,))
