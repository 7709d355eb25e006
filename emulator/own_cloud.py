"""A local cloud of one's own, for as long as the block runs; or the one that is running already."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from os import environ

import httpx

from emulator.children import Command, free_port, running
from infra.manifest import ROOT

_SECONDS_TO_START = 120
_SECONDS_TO_ANSWER = 5
# The programs that start a cloud of their own file thousands of reports from one address.
_REPORTS_PER_MINUTE = "1000000"


@contextmanager
def own_cloud(*options: str, clock: datetime | None = None) -> Iterator[str]:
    """Yields its URL; it keeps nothing. Raises ChildFailed: one sentence for a person."""
    port = free_port()
    url, name = f"http://127.0.0.1:{port}", "the local cloud"
    arguments = [sys.executable, "-m", "emulator", "--port", str(port), "--memory", *options]
    environment = {"REPORTS_PER_MINUTE": _REPORTS_PER_MINUTE, "PYTHONPATH": str(ROOT)}
    if clock:
        environment["CLOCK"] = clock.isoformat()
    with running({name: Command(arguments, environment)}) as children:
        children[name].wait_until_it_answers(f"{url}/health", seconds=_SECONDS_TO_START)
        yield url


def running_cloud() -> str | None:
    """The front door that `make run` opened, when there is one."""
    url = f"http://127.0.0.1:{environ.get('PORT') or '8080'}"
    try:
        health = httpx.get(f"{url}/health", timeout=_SECONDS_TO_ANSWER, trust_env=False)
    except httpx.TransportError:
        return None
    return url if health.is_success and '"ok"' in health.text else None
