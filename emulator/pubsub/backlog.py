"""From published to acknowledged: who gets which message, when, and how often."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition

from emulator.pubsub.delivery import Lease, due_after, is_given_up
from emulator.pubsub.entries import Entries, Entry
from emulator.pubsub.faults import Faults
from emulator.pubsub.limits import LARGEST_REQUEST
from emulator.pubsub.protocol import MICROSECONDS, PubsubMessage
from emulator.pubsub.publishing import Publishing
from emulator.pubsub.registry import Registry
from emulator.pubsub.store import Store
from emulator.pubsub.subscriptions import Subscription

_MOST_WOKEN = 16


@dataclass(frozen=True, slots=True)
class Delivery:
    """`attempt` counts from one."""

    subscription: Subscription
    lease: Lease
    message: PubsubMessage
    attempt: int


class Backlog:
    """`arrivals` is notified when something may be due, `on_due` told for how many pushes."""

    def __init__(
        self, store: Store, registry: Registry, now: Callable[[], datetime], faults: Faults
    ) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._fault = faults.delivery
        self._entries = Entries(store.connection)
        self._publishing = Publishing(store, registry, self._entries)
        self._expired_at = 0
        self._pushed_last = 0
        self.lock = store.lock
        self.arrivals = Condition(store.lock)
        self.on_due: Callable[[int], None] = lambda _: None
        with self._changing() as now_:
            for subscription in self._pushes():
                self._entries.release(subscription.id, now_)

    def publish(self, topic: str, messages: Sequence[PubsubMessage]) -> list[str]:
        with self._changing() as now:
            self._registry.topic(topic)
            return [str(self._publishing.publish(topic, each, now)) for each in messages]

    def take(
        self, subscription: Subscription, limit: int, *, deadline: int | None = None
    ) -> list[Delivery]:
        """Leases what is due, for as long as the subscription says or `deadline` microseconds."""
        taken: list[Delivery] = []
        with self._current() as now:
            until = now + (deadline or subscription.ack_deadline)
            while entries := self._due(subscription, now, limit - len(taken)):
                taken += self._leased(subscription, entries, now, until)
                if len(taken) == limit or self._fault is None:
                    break
        return taken

    def take_push(self) -> Delivery | None:
        """Of the push subscriptions in turn."""
        pushes = self._pushes()
        later = [each for each in pushes if each.id > self._pushed_last]
        for subscription in later + pushes[: len(pushes) - len(later)]:
            if taken := self.take(subscription, 1):
                self._pushed_last = subscription.id
                return taken[0]
        return None

    def has_due_push(self) -> bool:
        with self._current() as now:
            return any(self._due(each, now, 1) for each in self._pushes())

    def next_due_push(self) -> int | None:
        """After now."""
        with self._current() as now:
            dues = (self._entries.next_due(each.id, now) for each in self._pushes())
            return min(filter(None, dues), default=None)

    def acknowledge(self, leases: Iterable[Lease]) -> None:
        """An acknowledgement that comes late still counts, but not for an ordered message."""
        with self._changing() as now:
            for lease in leases:
                entry = self._entries.find(lease.subscription, lease.message)
                if entry and not (entry.key and _is_stale(entry, lease)):
                    self._acknowledge(entry, now)

    def fail(self, leases: Iterable[Lease]) -> None:
        """A nack."""
        with self._changing() as now:
            for entry in self._out(leases):
                self._fail(entry, now, now)

    def extend(self, leases: Iterable[Lease], seconds: int) -> None:
        with self._changing() as now:
            for entry in self._out(leases):
                self._entries.extend(entry, now + seconds * MICROSECONDS)

    def is_out(self, lease: Lease) -> bool:
        return next(self._out([lease]), None) is not None

    def seek(self, subscription: Subscription, to: int) -> None:
        with self._changing() as now:
            self._entries.seek(subscription.id, to, now, retained=subscription.retains_acked)

    def depth(self, subscription: Subscription) -> dict[str, int]:
        with self._current():
            return self._entries.depth(subscription.id)

    def refresh(self) -> None:
        """To be called now and then, and when the clock has been moved."""
        with self._changing(), self._current() as now:
            due = (len(self._due(each, now, _MOST_WOKEN)) for each in self._pushes())
            self._publishing.pushed = sum(due)

    @contextmanager
    def _changing(self) -> Iterator[int]:
        """Afterwards whoever waits for messages looks again. Yields the time."""
        with self.arrivals:
            with self._store.writing():
                yield int(self._now().timestamp() * MICROSECONDS)
            self.arrivals.notify_all()
            pushed, self._publishing.pushed = self._publishing.pushed, 0
            if pushed:
                self.on_due(pushed)

    @contextmanager
    def _current(self) -> Iterator[int]:
        """What passed with time is past. Yields the time."""
        with self._store.writing():
            now = int(self._now().timestamp() * MICROSECONDS)
            if now - self._expired_at >= MICROSECONDS:
                self._expired_at = now
                for subscription in self._registry.subscriptions:
                    self._entries.expire(subscription.id, now - subscription.retention)
            for entry in self._entries.overdue(now):
                if self._entries.find(entry.subscription, entry.message) == entry:
                    self._fail(entry, entry.due, now)
            yield now

    def _pushes(self) -> list[Subscription]:
        return [each for each in self._registry.subscriptions if each.push]

    def _due(self, subscription: Subscription, now: int, limit: int) -> list[Entry]:
        one_per_key = subscription.push is not None
        return self._entries.due(subscription.id, now, limit, one_per_key=one_per_key)

    def _out(self, leases: Iterable[Lease]) -> Iterator[Entry]:
        for lease in leases:
            entry = self._entries.find(lease.subscription, lease.message)
            if entry and not _is_stale(entry, lease):
                yield entry

    def _leased(
        self, subscription: Subscription, entries: Iterable[Entry], now: int, until: int
    ) -> Iterator[Delivery]:
        """As many as one answer holds."""
        size = 0
        held: set[str] = set()  # keys: what follows one that a fault held back waits for it
        for entry in entries:
            if entry.key in held or size > LARGEST_REQUEST:
                continue
            if delivery := self._lease(subscription, entry, now, until):
                size += len(delivery.message.data)
                yield delivery
            elif entry.key:
                held.add(entry.key)

    def _lease(
        self, subscription: Subscription, entry: Entry, now: int, until: int
    ) -> Delivery | None:
        """None: a fault came between."""
        message = self._store.message(entry.message) or PubsubMessage()
        attempt = entry.failures + 1
        fault = self._fault(subscription.name, message, attempt) if self._fault else None
        if isinstance(fault, timedelta):
            later = max(1, int(fault.total_seconds() * MICROSECONDS))
            self._entries.wait(entry, now + later, failures=entry.failures)
            return None
        if fault == "reorder" and not entry.key and entry.rank == entry.message:
            self._entries.wait_last(entry, now)
            return None
        if fault == "duplicate" and not entry.copies:
            self._entries.count_copy(entry)
        lease = Lease(subscription.id, entry.message, self._entries.lease(entry, until))
        return None if fault == "drop" else Delivery(subscription, lease, message, attempt)

    def _acknowledge(self, entry: Entry, now: int) -> None:
        subscription = self._registry.by_id(entry.subscription)
        if subscription is None or entry.state == "acked":
            return
        if entry.copies == 1:
            self._entries.count_copy(entry)
            self._entries.wait(entry, now, failures=entry.failures)
        else:
            self._entries.acknowledge(entry, retained=subscription.retains_acked)
            self._publishing.forget_dead_letter(entry.message)

    def _fail(self, entry: Entry, at: int, now: int) -> None:
        subscription = self._registry.by_id(entry.subscription)
        message = self._store.message(entry.message)
        if subscription is None or message is None:
            return
        failures = entry.failures + 1
        if is_given_up(subscription.dead_letter, failures) and self._publishing.forward(
            subscription, message, failures, now
        ):
            self._entries.remove(entry, retained=subscription.retains_acked)
        else:
            due = due_after(subscription.backoff, failures, at)
            self._entries.wait(entry, due, failures=failures)
            self._publishing.pushed += subscription.push is not None


def _is_stale(entry: Entry, lease: Lease) -> bool:
    return entry.state != "leased" or entry.lease != lease.number
