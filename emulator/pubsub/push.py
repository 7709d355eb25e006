"""Push: the documented request for a message, sent by a few threads, and what the answer means."""

import json
import logging
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from emulator.pubsub.backlog import Backlog, Delivery
from emulator.pubsub.endpoint import Unanswered, post
from emulator.pubsub.protocol import MICROSECONDS, json_time
from emulator.pubsub.subscriptions import Push

Sign = Callable[[str, str], str]  # email, audience -> OIDC token

_ACKNOWLEDGED = frozenset({102, 200, 201, 202, 204})
_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    "User-Agent": "CloudPubSub-Google",
}
_THREADS = 16
_LOOK_EVERY = 0.1


class Pushes:
    """Threads come as they are needed. What waits for the clock is looked at every so often."""

    def __init__(self, backlog: Backlog, sign: Sign | None) -> None:
        self._backlog = backlog
        self._sign = sign
        self._work = threading.Condition(backlog.lock)
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._under_way = 0
        self._ended = threading.Event()
        self._gave_up = False
        self._looking = threading.Thread(target=self._look, name="pubsub-clock", daemon=True)

    def start(self) -> None:
        self._backlog.on_due = self.wake
        self._looking.start()

    def stop(self, seconds: float) -> None:
        """What is under way may end within that time; otherwise it is delivered again."""
        end = time.monotonic() + seconds
        self._ended.set()
        with self._work:
            self._work.notify_all()
            threads = [self._looking, *self._threads]
        for thread in filter(threading.Thread.is_alive, threads):
            thread.join(max(0.0, end - time.monotonic()))
        with self._work:
            self._gave_up = True

    def is_drained(self) -> bool:
        with self._work:
            return not self._under_way and not self._backlog.has_due_push()

    def wake(self, messages: int) -> None:
        with self._work:
            woken = min(messages, self._idle)
            self._idle -= woken
            self._work.notify(woken)
            if not self._ended.is_set():
                for _ in range(min(messages - woken, _THREADS - len(self._threads))):
                    self._start_one()

    def _start_one(self) -> None:
        thread = threading.Thread(target=self._run, name="pubsub-push", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_EVERY):
            self._backlog.refresh()

    def _run(self) -> None:
        """Should one end by a bug, another takes its place."""
        try:
            while delivery := self._next():
                self._deliver(delivery)
        finally:
            with self._work:
                self._threads.remove(threading.current_thread())

    def _deliver(self, delivery: Delivery) -> None:
        is_acknowledged = False
        try:
            is_acknowledged = self._is_acknowledged(delivery)
        finally:
            with self._work:
                settle = self._backlog.acknowledge if is_acknowledged else self._backlog.fail
                if not self._gave_up:
                    settle([delivery.lease])
                self._under_way -= 1

    def _next(self) -> Delivery | None:
        """None: the end."""
        with self._work:
            while not self._ended.is_set():
                if delivery := self._backlog.take_push():
                    self._under_way += 1
                    return delivery
                self._idle += 1
                self._work.wait()
        return None

    def _is_acknowledged(self, delivery: Delivery) -> bool:
        subscription = delivery.subscription
        push = subscription.push
        if push is None:
            return False
        try:
            headers = _HEADERS | self._authorization(push)
            seconds = subscription.ack_deadline / MICROSECONDS
            status = post(push.endpoint, body(delivery), headers, seconds)
        except Unanswered as reason:
            logging.info("push to %s: %s", subscription.name, reason)
            return False
        return status in _ACKNOWLEDGED

    def _authorization(self, push: Push) -> dict[str, str]:
        if not push.email or self._sign is None:
            return {}
        return {"Authorization": f"Bearer {self._sign(push.email, push.audience)}"}


def body(delivery: Delivery) -> bytes:
    """The wrapped message ("Push subscriptions"), names in both spellings as production sends."""
    message = delivery.message
    published = json_time(message.publish_time)
    wrapped: dict[str, Any] = {
        "attributes": dict(message.attributes),
        "data": b64encode(message.data).decode(),
        "messageId": message.message_id,
        "message_id": message.message_id,
        "publishTime": published,
        "publish_time": published,
    }
    if message.ordering_key:
        wrapped["orderingKey"] = message.ordering_key
    request: dict[str, Any] = {"message": wrapped, "subscription": delivery.subscription.name}
    if delivery.subscription.dead_letter:
        request["deliveryAttempt"] = delivery.attempt
    return json.dumps(request).encode()
