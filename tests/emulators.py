"""The cloud's services for one test run: embedded, Google's, or those the environment names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socket import create_server

import pytest

from emulator import files
from emulator.embedded import embedded_services
from emulator.google import google_emulators, is_installed

VARIABLES = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST")
# `make test-google` runs the same tests on Google's emulators.
ON_GOOGLE = os.environ.get("TANGGAP_TEST_GOOGLE") == "1"
# How a local cloud of a test is started.
CLOUD_OPTIONS = ("--google",) if ON_GOOGLE else ("--memory",)


@contextmanager
def emulators() -> Iterator[Mapping[str, str]]:
    """Under pytest-xdist each worker has its own pair; they end with it, however it ends."""
    given = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    if len(given) == len(VARIABLES):
        yield given
    elif ON_GOOGLE:
        with _google() as hosts:
            yield hosts
    else:
        with embedded_services() as services:
            yield services.hosts


@contextmanager
def _google() -> Iterator[Mapping[str, str]]:
    """Installed but not starting is a failure; nothing is skipped that could run here."""
    if not is_installed():
        pytest.skip("Google's emulators are not installed")
    with google_emulators() as hosts:
        told = files.into_google(hosts["PUBSUB_EMULATOR_HOST"])
        with files.files_served(told, memory=True) as kept:
            yield {**hosts, **files.variables_of(kept)}


@contextmanager
def silence() -> Iterator[str]:
    """An address that takes connections and never says anything."""
    with create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
