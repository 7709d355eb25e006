"""A function served as the cloud serves it: by the framework's own gunicorn, in a fresh process."""

import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from emulator.children import ChildFailed, Command, free_port, running
from infra.manifest import ROOT

_FRAMEWORK = str(Path(sys.executable).parent / "functions-framework")
_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK_EVERY = 0.002
_SECONDS_TO_START = 60
# Fields of /proc/<pid>/stat after the name: session, and user and system time.
_SESSION, _USER, _SYSTEM = 3, 11, 12


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    source: str
    threads: int


@dataclass(frozen=True, slots=True)
class Served:
    target: Target
    port: int
    session: int

    def cpu_seconds(self) -> float:
        """User and system time of gunicorn's arbiter and worker so far (Linux)."""
        stats = (_stat(process) for process in Path("/proc").iterdir() if process.name.isdigit())
        mine = (stat for stat in stats if stat and stat[_SESSION] == str(self.session))
        return sum(int(stat[_USER]) + int(stat[_SYSTEM]) for stat in mine) / _TICKS


@contextmanager
def serving(target: Target, environment: Mapping[str, str]) -> Iterator[Served]:
    """Yields as soon as the server accepts connections; gone when the block ends."""
    port = free_port()
    arguments = (_FRAMEWORK, "--target", target.name, "--source", str(ROOT / target.source))
    listening = ("--host", "127.0.0.1", "--port", str(port))
    settings = {**environment, "THREADS": str(target.threads), "PYTHONPATH": str(ROOT)}
    command = Command((*arguments, *listening), settings)
    with running({target.name: command}) as children:
        child = children[target.name]
        wait_until_it_listens(port)
        yield Served(target, port, child.process.pid)


def wait_until_it_listens(port: int) -> None:
    """Looks often: what comes here is part of a cold start."""
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(_LOOK_EVERY)
    raise ChildFailed(f"nothing listens on port {port}")


def _stat(process: Path) -> list[str] | None:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
