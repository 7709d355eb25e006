"""Which topics and subscriptions there are."""

import sqlite3
from collections.abc import Iterable
from typing import NoReturn

from emulator.pubsub.names import DELETED_TOPIC
from emulator.pubsub.protocol import Config, Topic
from emulator.pubsub.store import Store
from emulator.pubsub.subscriptions import Subscription, read
from emulator.rpc.status import Refused


class Registry:
    """In the store, and read once: few change them, every message asks for them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        rows: Iterable[tuple[str, bytes]] = store.connection.execute("SELECT * FROM topics")
        self._topics = {name: Topic.FromString(config) for name, config in rows}
        self._subscriptions: dict[str, Subscription] = {}
        self._configs: dict[str, Config] = {}
        for id_, _, config in store.connection.execute("SELECT * FROM subscriptions"):
            self._know(id_, Config.FromString(config))

    @property
    def topics(self) -> list[Topic]:
        with self._store.lock:
            return sorted(self._topics.values(), key=lambda topic: topic.name)

    @property
    def subscriptions(self) -> list[Subscription]:
        with self._store.lock:
            return list(self._subscriptions.values())

    @property
    def configs(self) -> list[Config]:
        with self._store.lock:
            return sorted(self._configs.values(), key=lambda config: config.name)

    def topic(self, name: str) -> Topic:
        return self._topics.get(name) or _not_found(name)

    def has_topic(self, name: str) -> bool:
        return name in self._topics

    def subscription(self, name: str) -> Subscription:
        return self._subscriptions.get(name) or _not_found(name)

    def by_id(self, id_: int) -> Subscription | None:
        return next((each for each in self.subscriptions if each.id == id_), None)

    def config(self, name: str) -> Config:
        return self._configs.get(name) or _not_found(name)

    def of_topic(self, name: str) -> list[Subscription]:
        return [each for each in self.subscriptions if each.topic == name]

    def put_topic(self, topic: Topic, *, new: bool) -> None:
        with self._store.writing() as connection:
            if new and topic.name in self._topics:
                _already_exists(topic.name)
            values = (topic.name, topic.SerializeToString())
            connection.execute("INSERT OR REPLACE INTO topics VALUES (?, ?)", values)
            self._topics[topic.name] = topic

    def remove_topic(self, name: str) -> None:
        """Its subscriptions keep what they have."""
        with self._store.writing() as connection:
            self.topic(name)
            connection.execute("DELETE FROM topics WHERE name = ?", (name,))
            del self._topics[name]
            for subscription in self.of_topic(name):
                config = self._configs[subscription.name]
                config.topic = DELETED_TOPIC
                self.change(config)

    def add(self, config: Config) -> None:
        with self._store.writing() as connection:
            if config.name in self._configs:
                _already_exists(config.name)
            self._check_topics(config)
            added = connection.execute(
                "INSERT INTO subscriptions (name, config) VALUES (?, ?)",
                (config.name, config.SerializeToString()),
            )
            self._know(added.lastrowid or 0, config)

    def change(self, config: Config) -> None:
        with self._store.writing() as connection:
            id_ = self.subscription(config.name).id
            connection.execute(
                "UPDATE subscriptions SET config = ? WHERE id = ?",
                (config.SerializeToString(), id_),
            )
            self._know(id_, config)

    def remove(self, name: str) -> None:
        """With all that it still had to deliver."""
        with self._store.writing() as connection:
            id_ = self.subscription(name).id
            _forget(connection, id_)
            del self._subscriptions[name], self._configs[name]

    def _check_topics(self, config: Config) -> None:
        self.topic(config.topic)
        if config.HasField("dead_letter_policy"):
            self.topic(config.dead_letter_policy.dead_letter_topic)

    def _know(self, id_: int, config: Config) -> None:
        self._configs[config.name] = config
        self._subscriptions[config.name] = read(id_, config)


def _forget(connection: sqlite3.Connection, id_: int) -> None:
    connection.execute("DELETE FROM entries WHERE subscription = ?", (id_,))
    connection.execute("DELETE FROM subscriptions WHERE id = ?", (id_,))


def _already_exists(name: str) -> None:
    kind, _, id_ = name.split("/", 2)[2].partition("/")
    message = f"Resource already exists in the project (resource={id_})."
    raise Refused("ALREADY_EXISTS", f"{kind[:-1].capitalize()}: {message}")


def _not_found(name: str) -> NoReturn:
    raise Refused("NOT_FOUND", f"Resource not found (resource={name.rpartition('/')[2]}).")
