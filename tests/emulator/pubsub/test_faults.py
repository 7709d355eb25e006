"""What goes wrong on purpose."""

from datetime import timedelta
from typing import Any

import pytest
from google.api_core import exceptions

from emulator.pubsub.faults import Fault, Faults
from emulator.rpc.calls import Watched
from emulator.rpc.status import Refused
from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.test_push import encoded
from tests.emulator.pubsub.world import START, SUBSCRIPTION, World, world


class Plan:
    """One fault per delivery, in turn; then none."""

    def __init__(self, *faults: Fault | None) -> None:
        self.faults = list(faults)
        self.asked: list[tuple[str, bytes, int]] = []

    def __call__(self, subscription: str, message: Any, attempt: int) -> Fault | None:
        self.asked.append((subscription, message.data, attempt))
        return self.faults.pop(0) if self.faults else None


def pushed(endpoint: Endpoint, plan: Plan, *data: str, key: str = "") -> tuple[World, list[str]]:
    """What came at once, and then with the clock."""
    with world(faults=Faults(delivery=plan)) as here:
        here.clients.topic()
        push = {"push_endpoint": endpoint.url}
        here.clients.subscribe(push_config=push, enable_message_ordering=bool(key))
        here.clients.publish(*data, key=key)
        here.rest()
        at_once = endpoint.data.copy()
        while here.server.next_due():
            here.pass_time()
        return here, at_once


def test_a_duplicate_comes_twice(endpoint: Endpoint) -> None:
    pushed(endpoint, Plan("duplicate"), "one")

    assert endpoint.data == [encoded("one")] * 2


def test_a_delayed_one_comes_by_the_clock(endpoint: Endpoint) -> None:
    here, at_once = pushed(endpoint, Plan(timedelta(minutes=3)), "one")

    assert (at_once, endpoint.data) == ([], [encoded("one")])
    assert here.clock.time == START + timedelta(minutes=3)


def test_a_dropped_one_comes_after_its_ack_deadline(endpoint: Endpoint) -> None:
    plan = Plan("drop")
    here, at_once = pushed(endpoint, plan, "one")

    assert (at_once, endpoint.data) == ([], [encoded("one")])
    assert here.clock.time > START + timedelta(seconds=10)
    assert plan.asked == [(SUBSCRIPTION, b"one", 1), (SUBSCRIPTION, b"one", 2)]


def test_a_reordered_one_comes_behind_what_is_due() -> None:
    with world(faults=Faults(delivery=Plan("reorder"))) as here:
        here.clients.topic()
        here.clients.subscribe()
        here.clients.publish(*"abc")

        received = here.clients.pull()

    assert [each.message.data for each in received] == [b"b", b"c", b"a"]


@pytest.mark.parametrize("fault", ["reorder", "drop", "duplicate", timedelta(seconds=5)])
def test_no_fault_breaks_the_order_of_a_key(endpoint: Endpoint, fault: Fault) -> None:
    pushed(endpoint, Plan(fault, fault), *"abc", key="k")

    assert sorted(set(endpoint.data), key=endpoint.data.index) == list(map(encoded, "abc"))


def test_a_drop_within_one_pull_holds_its_key() -> None:
    with world(faults=Faults(delivery=Plan("drop"))) as here:
        here.clients.topic()
        here.clients.subscribe(enable_message_ordering=True)
        here.clients.publish(*"ab", key="k")

        at_once = here.clients.pull()
        here.clock.advance(seconds=10)

        assert at_once == []
        assert [each.message.data for each in here.clients.pull()] == [b"a", b"b"]


def test_a_call_can_be_refused() -> None:
    def before(name: str, _: Any) -> None:
        if name == "Publish":
            raise Refused("PERMISSION_DENIED", "on purpose")

    with world(faults=Faults(calls=Watched(before))) as here:
        here.clients.topic()

        with pytest.raises(exceptions.PermissionDenied, match="on purpose"):
            here.clients.publish("one")
