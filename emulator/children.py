"""Child processes that end with us, however we end."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

# A shell between us and the child reads the pipe whose other end only we hold. The pipe closes
# when we stop it, and also when we are killed without a chance to clean up.
_LEASH = (
    'exec 3<&0; "$@" </dev/null 3<&- & child=$!; '
    "(cat <&3 >/dev/null; kill $child) 2>/dev/null & wait $child"
)
_LOOK_EVERY = 0.05
_SECONDS_TO_STOP = 10


class ChildFailed(Exception):
    """One sentence for the person who started us."""


@dataclass(frozen=True, slots=True)
class Command:
    """`shown`: its output goes where ours goes; else into a log that explains a failure."""

    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def wait_until_it_answers(self, url: str, *, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise ChildFailed(f"{self.name} ended at once: {self._last_words()}")
            with suppress(OSError, HTTPException):
                _get(url)
                return
            time.sleep(_LOOK_EVERY)
        raise ChildFailed(f"{self.name} did not answer within {seconds:.0f} seconds")

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        return " / ".join([line for line in lines if line.strip()][-3:]) or "it said nothing"


@contextmanager
def running(commands: Mapping[str, Command]) -> Iterator[Mapping[str, Child]]:
    """All started side by side; all gone when the block ends."""
    children: list[Child] = []
    with tempfile.TemporaryDirectory(prefix="tanggap-") as logs:
        try:
            for number, (name, command) in enumerate(commands.items()):
                children.append(_start(name, command, Path(logs) / f"{number}.log"))
            yield {child.name: child for child in children}
        finally:
            _stop(children)


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """All different: none is let go before the last is found."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    raise AssertionError


def _get(url: str) -> None:
    """Any answer will do."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path)
        connection.getresponse().read()
    finally:
        connection.close()


def _start(name: str, command: Command, log: Path) -> Child:
    with log.open("wb") as kept:
        process = subprocess.Popen(
            ["sh", "-c", _LEASH, "leash", *command.arguments],
            stdin=subprocess.PIPE,
            stdout=None if command.shown else kept,
            stderr=None if command.shown else subprocess.STDOUT,
            env={**os.environ, **command.environment},
            start_new_session=True,  # Ctrl-C reaches us alone; we end the children in order
        )
    return Child(name, process, log)


def _stop(children: Iterable[Child]) -> None:
    asked = tuple(children)
    for child in asked:
        if child.process.stdin:
            child.process.stdin.close()
    for child in asked:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(_SECONDS_TO_STOP)
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
