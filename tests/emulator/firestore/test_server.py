"""What the server keeps, forgets, and is told to do wrong."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import firestore as api
from google.cloud.firestore import FieldFilter

from emulator.firestore import (
    Index,
    IndexField,
    Lifetime,
    Refused,
    read_section,
    serve,
)
from emulator.rpc.calls import Watched
from tests.emulator.firestore.conftest import Connect

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


@contextmanager
def process(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its host."""
    command = [sys.executable, "-m", "emulator.firestore", "--path", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        yield running, running.stdout.readline().strip().partition("=")[2]
        running.kill()


def test_everything_acknowledged_survives_a_kill(tmp_path: Path, connect: Connect) -> None:
    """Killed in the midst of writing; what was answered is there, whole and in the index."""
    acknowledged: list[int] = []
    with process(tmp_path / "kept") as (running, host):
        client = connect(host)
        query = client.collection("c").where(filter=FieldFilter("n", ">=", 0))
        assert query.get() == []
        writer = threading.Thread(target=_write_until_refused, args=(client, acknowledged))
        writer.start()
        while len(acknowledged) < 50:
            pass
        running.send_signal(signal.SIGKILL)
        writer.join(timeout=30)
    with serve(path=tmp_path / "kept") as again:
        client = connect(again)
        found = [each.get("n") for each in client.collection("c").order_by("n").stream()]
        twins = {each.get("n") for each in client.collection("d").stream()}

    assert found[: len(acknowledged)] == acknowledged
    assert set(found) == twins
    assert len(found) - len(acknowledged) <= 1  # committed, but not answered any more


def _write_until_refused(client: Any, acknowledged: list[int]) -> None:
    quickly: dict[str, Any] = {"timeout": 2, "retry": None}
    for number in range(100_000):
        batch = client.batch()
        batch.set(client.document(f"c/{number}"), {"n": number})
        batch.set(client.document(f"d/{number}"), {"n": number})
        try:
            batch.commit(**quickly)
        except exceptions.GoogleAPICallError:
            return
        acknowledged.append(number)


def test_times_go_on_after_a_restart(tmp_path: Path, connect: Connect) -> None:
    """Though the clock went back."""
    with serve(path=tmp_path / "kept", now=lambda: NOW) as running:
        first = connect(running).document("c/x").set({"a": 1}).update_time
    with serve(path=tmp_path / "kept", now=lambda: NOW - timedelta(days=1)) as running:
        second = connect(running).document("c/x").set({"a": 2}).update_time

    assert first == NOW
    assert second > first


def test_an_index_declared_later_has_the_older_documents(tmp_path: Path, connect: Connect) -> None:
    """The manifest changes between two runs."""
    declared = Index("c", (IndexField(("a",)), IndexField(("b",))))
    with serve(path=tmp_path / "kept") as running:
        connect(running).document("c/x").set({"a": 1, "b": 2})
    with serve(path=tmp_path / "kept", indexes=[declared]) as running:
        client = connect(running)
        client.document("c/y").set({"a": 1, "b": 1})
        query = client.collection("c").where(filter=FieldFilter("a", "==", 1)).order_by("b")
        found = [each.id for each in query.stream()]

    assert found == ["y", "x"]


def test_a_memory_leaves_nothing_behind(connect: Connect) -> None:
    """Another one begins empty."""
    for _ in range(2):
        with serve(memory=True) as running:
            client = connect(running)
            assert not client.document("c/x").get().exists
            client.document("c/x").set({})


@pytest.mark.parametrize("wrong", [{}, {"memory": True, "path": Path("x")}])
def test_a_server_is_told_where_to_keep_things(wrong: dict[str, Any]) -> None:
    """Exactly once."""
    with pytest.raises(ValueError, match="memory"):
        serve(**wrong)


def test_what_has_expired_is_swept(connect: Connect) -> None:
    """By the clock that was passed in; in all collections of that name, and not before."""
    clock = [NOW]
    lifetime = Lifetime("marks", ("expires_at",))
    with serve(memory=True, ttl=[lifetime], now=lambda: clock[0]) as running:
        client = connect(running)
        for path, hours in (("marks/a", 1), ("marks/b", 3), ("c/x/marks/c", 1), ("other/d", 1)):
            client.document(path).set({"expires_at": NOW + timedelta(hours=hours)})
        client.document("marks/e").set({"expires_at": "yesterday"})
        client.document("marks/f").set({})

        assert running.sweep() == 0
        clock[0] = NOW + timedelta(hours=2)
        assert client.document("marks/a").get().exists
        assert running.sweep() == 2

        assert [each.id for each in client.collection_group("marks").stream()] == ["b", "e", "f"]
        assert client.document("other/d").get().exists


def test_the_server_time_is_the_clocks(connect: Connect) -> None:
    """Of a deadline's demonstration, days from now."""
    with serve(memory=True, now=lambda: NOW) as running:
        document = connect(running).document("c/x")
        document.set({"at": api.SERVER_TIMESTAMP})

        assert document.get().get("at") == NOW


def test_faults_are_injected_before_a_call(connect: Connect) -> None:
    """By the method's name and its request, as any status."""
    seen = []

    def before(method: str, request: Any) -> None:
        seen.append(method)
        if method == "Commit" and request.writes[0].update.name.endswith("/x"):
            raise Refused("RESOURCE_EXHAUSTED", "Too much.")

    with serve(memory=True, watched=Watched(before=before)) as running:
        client = connect(running)
        client.document("c/y").set({})
        with pytest.raises(exceptions.ResourceExhausted, match="Too much"):
            client.document("c/x").set({}, retry=None)
        client.document("c/x").get()

    assert seen == ["Commit", "Commit", "BatchGetDocuments"]


def test_a_manifest_is_read() -> None:
    """The section as this project writes it."""
    section = read_section(
        {
            "indexes": [
                {"collection": "c", "fields": [{"path": "a.b"}, {"path": "t", "contains": True}]},
                {
                    "collection": "d",
                    "scope": "collection_group",
                    "fields": [{"path": "a", "order": "descending"}],
                },
            ],
            "ttl": [{"collection": "c", "field": "at"}],
            "exemptions": [{"collection": "c", "field": "body"}],
        }
    )

    assert section.indexes == (
        Index("c", (IndexField(("a", "b")), IndexField(("t",), "CONTAINS"))),
        Index("d", (IndexField(("a",), "DESCENDING"),), group=True),
    )
    assert section.ttl == (Lifetime("c", ("at",)),)
    assert section.exemptions[0].path == ("body",)


def test_nothing_of_the_project_is_needed() -> None:
    """The package could be lifted out whole, with the gRPC part beside it."""
    script = (
        "import sys, emulator.firestore as f;"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in"
        " {'shared', 'functions', 'infra', 'emulator'}"
        " and not n.startswith(('emulator.firestore', 'emulator.rpc'))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    loaded = subprocess.check_output([sys.executable, "-c", script], env=environment, text=True)

    assert loaded.strip() == "['emulator']"
