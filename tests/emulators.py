"""Google's emulators for one test run, or those that the environment already names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from socket import create_server

import pytest

from emulator.children import ChildFailed
from emulator.google import google_emulators

VARIABLES = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST")


@contextmanager
def emulators() -> Iterator[Mapping[str, str]]:
    """Under pytest-xdist each worker has its own pair; they end with it, however it ends."""
    given = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    with ExitStack() as ending:
        if len(given) < len(VARIABLES):
            try:
                given = ending.enter_context(google_emulators())
            except ChildFailed as reason:
                pytest.skip(str(reason))
        yield given


@contextmanager
def silence() -> Iterator[str]:
    """An address that takes connections and never says anything."""
    with create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
