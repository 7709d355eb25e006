"""Pull and streaming pull: leases that the subscriber acknowledges, extends or gives back."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc  # type: ignore[import-untyped]

from emulator.pubsub.backlog import Backlog, Delivery
from emulator.pubsub.delivery import Lease, lease_of
from emulator.pubsub.limits import MOST_PULLED, check_ack_ids, check_deadline
from emulator.pubsub.protocol import (
    MICROSECONDS,
    ReceivedMessage,
    StreamingPullRequest,
    StreamingPullResponse,
    message_class,
)
from emulator.pubsub.registry import Registry
from emulator.pubsub.subscriptions import Subscription
from emulator.rpc.status import Refused, invalid

_PATIENCE = 0.5  # "a bounded amount of time until at least one message is available"
_MOST_STREAMED = 100
PullResponse = message_class("PullResponse")


class Pulls:
    def __init__(self, backlog: Backlog, registry: Registry) -> None:
        self._backlog = backlog
        self._registry = registry

    def pull(self, request: Any) -> Any:
        if request.max_messages <= 0:
            invalid("No max_messages specified")
        subscription = self._pulled(request.subscription)
        limit = min(request.max_messages, MOST_PULLED)
        end = time.monotonic() + (0 if request.return_immediately else _PATIENCE)
        with self._backlog.arrivals:
            while not (taken := self._backlog.take(subscription, limit)):
                if not self._backlog.arrivals.wait(end - time.monotonic()):
                    break
        return PullResponse(received_messages=map(received, taken))

    def acknowledge(self, request: Any) -> None:
        check_ack_ids(request.ack_ids)
        self._registry.subscription(request.subscription)
        self._backlog.acknowledge(leases(request.ack_ids))

    def modify_ack_deadline(self, request: Any) -> None:
        check_ack_ids(request.ack_ids)
        check_deadline(request.ack_deadline_seconds, 0)
        self._registry.subscription(request.subscription)
        self._postpone(request.ack_ids, request.ack_deadline_seconds)

    def streaming_pull(self, requests: Iterator[StreamingPullRequest], context: Any) -> Any:
        """The client's requests are read beside the answers, which come as messages do."""
        first = next(requests)
        stream = _Stream(self._pulled(first.subscription), first)
        context.add_callback(lambda: self._end(stream))
        reading = threading.Thread(target=self._read, args=(stream, requests), daemon=True)
        self._apply(stream, first)
        reading.start()
        yield StreamingPullResponse(
            subscription_properties={"message_ordering_enabled": stream.subscription.ordered}
        )
        while taken := self._next(stream):
            yield StreamingPullResponse(received_messages=map(received, taken))
        if stream.refused:
            raise stream.refused

    def _next(self, stream: "_Stream") -> list[Delivery]:
        """Empty: the stream has ended."""
        with self._backlog.arrivals:
            while not stream.ended:
                self._registry.subscription(stream.subscription.name)
                limit = stream.room(self._backlog)
                seconds = stream.deadline * MICROSECONDS
                if limit and (
                    taken := self._backlog.take(stream.subscription, limit, deadline=seconds)
                ):
                    stream.sent(taken)
                    return taken
                self._backlog.arrivals.wait()
        return []

    def _read(self, stream: "_Stream", requests: Iterator[StreamingPullRequest]) -> None:
        try:
            for request in requests:
                self._apply(stream, request)
        except Refused as refused:
            stream.refused = refused
        except grpc.RpcError:
            pass  # the client hung up
        finally:
            self._end(stream)

    def _apply(self, stream: "_Stream", request: StreamingPullRequest) -> None:
        if request.stream_ack_deadline_seconds:
            check_deadline(request.stream_ack_deadline_seconds)
            stream.deadline = request.stream_ack_deadline_seconds
        if len(request.modify_deadline_seconds) != len(request.modify_deadline_ack_ids):
            invalid("There are not as many deadlines as ack ids whose deadline is modified.")
        self._backlog.acknowledge(leases(request.ack_ids))
        pairs = zip(request.modify_deadline_ack_ids, request.modify_deadline_seconds, strict=True)
        for ack_id, seconds in pairs:
            check_deadline(seconds, 0)
            self._postpone([ack_id], seconds)

    def _postpone(self, ack_ids: Iterable[str], seconds: int) -> None:
        if seconds:
            self._backlog.extend(leases(ack_ids), seconds)
        else:
            self._backlog.fail(leases(ack_ids))

    def _end(self, stream: "_Stream") -> None:
        with self._backlog.arrivals:
            stream.ended = True
            self._backlog.arrivals.notify_all()

    def _pulled(self, name: str) -> Subscription:
        subscription = self._registry.subscription(name)
        if subscription.push:
            raise Refused("FAILED_PRECONDITION", "This is a push subscription: nobody pulls it.")
        return subscription


@dataclass(slots=True)
class _Stream:
    """With the client's flow control: so many messages and bytes may be out at once."""

    subscription: Subscription
    first: StreamingPullRequest
    deadline: int = 10
    ended: bool = False
    refused: Refused | None = None
    out: dict[Lease, int] = field(default_factory=dict)

    def room(self, backlog: Backlog) -> int:
        self.out = {lease: size for lease, size in self.out.items() if backlog.is_out(lease)}
        most, bytes_ = self.first.max_outstanding_messages, self.first.max_outstanding_bytes
        if 0 < bytes_ <= sum(self.out.values()):
            return 0
        room = most - len(self.out) if most > 0 else _MOST_STREAMED
        return max(0, min(room, _MOST_STREAMED))

    def sent(self, taken: Iterable[Delivery]) -> None:
        self.out |= {each.lease: each.message.ByteSize() for each in taken}


def received(delivery: Delivery) -> ReceivedMessage:
    return ReceivedMessage(
        ack_id=delivery.lease.ack_id,
        message=delivery.message,
        delivery_attempt=delivery.attempt if delivery.subscription.dead_letter else 0,
    )


def leases(ack_ids: Iterable[str]) -> list[Lease]:
    found = []
    for ack_id in ack_ids:
        try:
            found.append(lease_of(ack_id))
        except ValueError:
            invalid(f"Invalid ack id (ack_id={ack_id}).")
    return found
