"""From published to acknowledged: who gets which message, when, and how often."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition

from emulator.pubsub.delivery import (
    Lease,
    dead_letter_attributes,
    due_after,
    is_given_up,
)
from emulator.pubsub.entries import Entries, Entry
from emulator.pubsub.faults import Faults
from emulator.pubsub.protocol import MICROSECONDS, PubsubMessage, json_time, timestamp
from emulator.pubsub.registry import Registry
from emulator.pubsub.store import Store
from emulator.pubsub.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Delivery:
    """`attempt` counts from one."""

    subscription: Subscription
    lease: Lease
    message: PubsubMessage
    attempt: int


class Backlog:
    """`arrivals` is notified whenever something may have become due."""

    def __init__(
        self, store: Store, registry: Registry, now: Callable[[], datetime], faults: Faults
    ) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._fault = faults.delivery
        self._entries = Entries(store.connection)
        self.arrivals = Condition(store.lock)
        self._release()

    def time(self) -> int:
        return int(self._now().timestamp() * MICROSECONDS)

    def publish(self, topic: str, messages: Sequence[PubsubMessage]) -> list[str]:
        with self._store.writing():
            self._registry.topic(topic)
            at = self.time()
            ids = [self._publish(topic, message, at) for message in messages]
        self._wake()
        return [str(id_) for id_ in ids]

    def take(
        self, subscription: Subscription, limit: int, *, deadline: int | None = None
    ) -> list[Delivery]:
        """Leases what is due, for as long as the subscription says or `deadline` microseconds."""
        now = self.time()
        taken: list[Delivery] = []
        with self._store.writing():
            self._refresh(now)
            until = now + (deadline or subscription.ack_deadline)
            while entries := self._due(subscription, now, limit - len(taken)):
                found = [self._leased(subscription, entry, now, until) for entry in entries]
                taken += filter(None, found)
                if len(taken) == limit or all(found):
                    break
        return taken

    def has_due(self, subscription: Subscription) -> bool:
        with self._store.writing():
            now = self.time()
            self._refresh(now)
            return bool(self._due(subscription, now, 1))

    def next_due(self, subscription: Subscription) -> int | None:
        with self._store.writing():
            now = self.time()
            self._refresh(now)
            return self._entries.next_due(subscription.id, now)

    def acknowledge(self, leases: Iterable[Lease]) -> None:
        """An acknowledgement that comes late still counts, but not for an ordered message."""
        with self._store.writing():
            now = self.time()
            for lease in leases:
                entry = self._entries.find(lease.subscription, lease.message)
                if entry and not (entry.key and _is_stale(entry, lease)):
                    self._acknowledge(entry, now)
        self._wake()

    def fail(self, leases: Iterable[Lease]) -> None:
        """A nack."""
        with self._store.writing():
            now = self.time()
            for lease in leases:
                entry = self._entries.find(lease.subscription, lease.message)
                if entry and not _is_stale(entry, lease):
                    self._fail(entry, now)
        self._wake()

    def extend(self, leases: Iterable[Lease], seconds: int) -> None:
        with self._store.writing():
            until = self.time() + seconds * MICROSECONDS
            for lease in leases:
                entry = self._entries.find(lease.subscription, lease.message)
                if entry and not _is_stale(entry, lease):
                    self._entries.extend(entry, until)

    def seek(self, subscription: Subscription, to: int) -> None:
        with self._store.writing():
            self._entries.seek(
                subscription.id, to, self.time(), retained=subscription.retains_acked
            )
        self._wake()

    def depth(self, subscription: Subscription) -> dict[str, int]:
        with self._store.writing():
            self._refresh(self.time())
            return self._entries.depth(subscription.id)

    def refresh(self) -> None:
        """To be called now and then, and when the clock has been moved."""
        with self._store.writing():
            self._refresh(self.time())
        self._wake()

    def _wake(self) -> None:
        with self.arrivals:
            self.arrivals.notify_all()

    def _release(self) -> None:
        with self._store.writing():
            for subscription in self._registry.subscriptions:
                if subscription.push:
                    self._entries.release(subscription.id, self.time())

    def _publish(self, topic: str, message: PubsubMessage, at: int) -> int:
        id_ = self._store.next_id()
        message.message_id = str(id_)
        message.publish_time.CopyFrom(timestamp(at))
        attributes = dict(message.attributes)
        rows = [
            (subscription.id, id_, message.ordering_key if subscription.ordered else "")
            for subscription in self._registry.of_topic(topic)
            if subscription.matches(attributes)
        ]
        if rows:
            self._store.keep(id_, message)
            self._entries.add(rows, at=at)
        return id_

    def _refresh(self, now: int) -> None:
        """What passed with time: retention and ack deadlines."""
        for subscription in self._registry.subscriptions:
            self._entries.expire(subscription.id, now - subscription.retention)
        for entry in self._entries.overdue(now):
            current = self._entries.find(entry.subscription, entry.message)
            if current == entry:
                self._fail(entry, entry.due)

    def _due(self, subscription: Subscription, now: int, limit: int) -> list[Entry]:
        one_per_key = subscription.push is not None
        return self._entries.due(subscription.id, now, limit, one_per_key=one_per_key)

    def _leased(
        self, subscription: Subscription, entry: Entry, now: int, until: int
    ) -> Delivery | None:
        """None: a fault came between."""
        message = self._store.message(entry.message) or PubsubMessage()
        attempt = entry.failures + 1
        fault = self._fault(subscription.name, message, attempt) if self._fault else None
        if isinstance(fault, timedelta):
            self._entries.wait(entry, now + int(fault.total_seconds() * MICROSECONDS))
            return None
        if fault == "reorder" and not entry.key and entry.rank == entry.message:
            self._entries.wait_last(entry, now)
            return None
        if fault == "duplicate" and not entry.copies:
            self._entries.copy(entry, 1)
        lease = Lease(subscription.id, entry.message, self._entries.lease(entry, until))
        return None if fault == "drop" else Delivery(subscription, lease, message, attempt)

    def _acknowledge(self, entry: Entry, now: int) -> None:
        subscription = self._registry.by_id(entry.subscription)
        if subscription is None or entry.state == "acked":
            return
        if entry.copies == 1:
            self._entries.copy(entry, 2)
            self._entries.wait(entry, now)
            return
        self._entries.acknowledge(entry, retained=subscription.retains_acked)
        self._unblock(subscription, entry)

    def _fail(self, entry: Entry, at: int) -> None:
        subscription = self._registry.by_id(entry.subscription)
        if subscription is None:
            return
        failures = entry.failures + 1
        if is_given_up(subscription.dead_letter, failures) and self._forward(
            subscription, entry, failures
        ):
            self._entries.remove(entry)
            self._unblock(subscription, entry)
        else:
            due = due_after(subscription.backoff, failures, at)
            self._entries.wait(entry, due, failures=failures)

    def _unblock(self, subscription: Subscription, entry: Entry) -> None:
        if entry.key and not subscription.retains_acked:
            self._entries.remove_acknowledged(subscription.id, entry.key)

    def _forward(self, subscription: Subscription, entry: Entry, attempts: int) -> bool:
        """False: the topic is gone, so it goes on as if there were no policy."""
        policy, message = subscription.dead_letter, self._store.message(entry.message)
        if policy is None or message is None or not self._registry.has_topic(policy.topic):
            return False
        dead = PubsubMessage(data=message.data, ordering_key=message.ordering_key)
        published = json_time(message.publish_time)
        dead.attributes.update(
            dead_letter_attributes(message.attributes, subscription.name, attempts, published)
        )
        id_ = self._publish(policy.topic, dead, self.time())
        if self._store.message(id_) is None:
            self._store.keep(id_, dead)
        self._store.connection.execute(
            "INSERT INTO dead_letters VALUES (?, ?, ?, ?, ?)",
            (id_, policy.topic, subscription.topic, subscription.name, attempts),
        )
        return True


def _is_stale(entry: Entry, lease: Lease) -> bool:
    return entry.state != "leased" or entry.lease != lease.number
