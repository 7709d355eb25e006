"""What a control room shows: topics, depths, dead letters; and sending those on their way again."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.pubsub.backlog import Backlog
from emulator.pubsub.delivery import original_attributes
from emulator.pubsub.protocol import PubsubMessage, json_time
from emulator.pubsub.registry import Registry
from emulator.pubsub.store import Store


@dataclass(frozen=True, slots=True)
class SubscriptionState:
    """`waiting`: due or in backoff; `out`: delivered and not yet acknowledged."""

    name: str
    endpoint: str
    filter: str
    waiting: int
    out: int


@dataclass(frozen=True, slots=True)
class TopicState:
    name: str
    dead_letters: int
    subscriptions: tuple[SubscriptionState, ...]


@dataclass(frozen=True, slots=True)
class DeadLetterState:
    """`id` is its own in the dead-letter topic; `source` the topic that it was published to."""

    id: str
    topic: str
    source: str
    subscription: str
    attempts: int
    published: str
    attributes: Mapping[str, str]
    data: bytes


class Inspection:
    def __init__(self, store: Store, registry: Registry, backlog: Backlog) -> None:
        self._store = store
        self._registry = registry
        self._backlog = backlog

    def topics(self) -> list[TopicState]:
        with self._store.lock:
            query = "SELECT topic, COUNT(*) FROM dead_letters GROUP BY topic"
            dead = dict(self._store.connection.execute(query).fetchall())
            names = [topic.name for topic in self._registry.topics]
            return [TopicState(each, dead.get(each, 0), self._of(each)) for each in names]

    def dead_letters(self, topic: str | None = None) -> list[DeadLetterState]:
        """The oldest first; of all dead-letter topics or of one."""
        with self._store.lock:
            rows = self._store.connection.execute(
                "SELECT message, topic, source, subscription, attempts, data FROM dead_letters"
                " JOIN messages ON messages.id = message WHERE topic = IFNULL(?, topic)"
                " ORDER BY message",
                (topic,),
            ).fetchall()
        return [_shown(*row) for row in rows]

    def redrive(self, topic: str | None = None) -> int:
        """Publishes them to where they came from; they are then no dead letters any more.

        One whose topic is gone stays. Returns how many went.
        """
        with self._store.writing():
            going = [
                each for each in self.dead_letters(topic) if self._registry.has_topic(each.source)
            ]
            for each in going:
                self._redrive(each)
        self._backlog.refresh()
        return len(going)

    def _redrive(self, letter: DeadLetterState) -> None:
        id_ = int(letter.id)
        dead = self._store.message(id_)
        again = PubsubMessage(data=letter.data, ordering_key=dead.ordering_key if dead else "")
        again.attributes.update(original_attributes(letter.attributes))
        for query in (
            "DELETE FROM dead_letters WHERE message = ?",
            "DELETE FROM entries WHERE message = ?",
            "DELETE FROM messages WHERE id = ?",
        ):
            self._store.connection.execute(query, (id_,))
        self._backlog.publish(letter.source, [again])

    def _of(self, topic: str) -> tuple[SubscriptionState, ...]:
        return tuple(self._state(each.name) for each in self._registry.of_topic(topic))

    def _state(self, name: str) -> SubscriptionState:
        subscription, config = self._registry.subscription(name), self._registry.config(name)
        depth = self._backlog.depth(subscription)
        return SubscriptionState(
            name=name,
            endpoint=config.push_config.push_endpoint,
            filter=config.filter,
            waiting=depth.get("waiting", 0),
            out=depth.get("leased", 0),
        )


def _shown(
    id_: int, topic: str, source: str, subscription: str, attempts: int, data: bytes
) -> DeadLetterState:
    message = PubsubMessage.FromString(data)
    return DeadLetterState(
        id=str(id_),
        topic=topic,
        source=source,
        subscription=subscription,
        attempts=attempts,
        published=json_time(message.publish_time),
        attributes=dict(message.attributes),
        data=message.data,
    )
