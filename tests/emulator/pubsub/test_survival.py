"""What was acknowledged to anyone is still so after kill -9."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from emulator.pubsub.server import PortTaken, serve
from tests.emulator.pubsub.endpoints import Endpoint
from tests.emulator.pubsub.world import SUBSCRIPTION, TOPIC, Clients, clients, world

ROOT = Path(__file__).parents[3]


@contextmanager
def process(path: Path) -> Iterator[Clients]:
    """Killed at the end, and with nothing closed."""
    command = [sys.executable, "-m", "emulator.pubsub", "--port", "0", "--path", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            with clients(child.stdout.readline().strip().partition("=")[2]) as there:
                yield there
        finally:
            child.kill()


def test_what_was_published_survives(tmp_path: Path) -> None:
    with process(tmp_path / "pubsub.db") as there:
        there.topic()
        there.subscribe(filter='attributes.type = "x"', labels={"a": "b"})
        ids = there.publish(*map(str, range(50)), attributes={"type": "x"})
        there.acknowledge(*there.pull(10))

    with process(tmp_path / "pubsub.db") as there:
        config = there.subscriber.get_subscription(subscription=SUBSCRIPTION)
        left = there.pull(100)
        next_ids = there.publish("again", attributes={"type": "x"})

    assert config.filter == 'attributes.type = "x"'
    assert dict(config.labels) == {"a": "b"}
    assert [each.message.message_id for each in left] == ids[10:]
    assert int(next_ids[0]) > int(ids[-1])


def test_what_was_being_pushed_is_pushed_again_after_the_restart(
    tmp_path: Path, endpoint: Endpoint
) -> None:
    endpoint.open.clear()
    with process(tmp_path / "pubsub.db") as there:
        there.topic()
        there.subscribe(push_config={"push_endpoint": endpoint.url}, ack_deadline_seconds=600)
        there.publish("one")
        endpoint.wait(1)
    endpoint.open.set()

    with process(tmp_path / "pubsub.db"):
        endpoint.wait(2)

    assert endpoint.data[0] == endpoint.data[1]


def test_a_backoff_goes_on_after_a_restart(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.answers = [500, 500]
    with world(path=tmp_path / "pubsub.db") as here:
        here.clients.topic()
        push = {"push_endpoint": endpoint.url}
        here.clients.subscribe(push_config=push, retry_policy={})
        here.clients.publish("one")
        here.pass_time()
        due = here.server.next_due()

    with world(path=tmp_path / "pubsub.db") as here:
        assert here.server.next_due() == due


def test_in_memory_nothing_is_kept(clients: Clients) -> None:
    with world() as other:
        assert not list(other.clients.publisher.list_topics(project="projects/p"))

    assert clients.publisher.get_topic(topic=TOPIC).name == TOPIC


def test_a_taken_port_is_refused_at_once() -> None:
    with world() as here, pytest.raises(PortTaken):
        serve(int(here.server.host.partition(":")[2]), memory=True)
