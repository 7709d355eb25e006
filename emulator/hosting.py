"""The functions, unmodified: all in this process, or each in one of its own as in the cloud."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from functions_framework import create_app

from emulator.children import Command, free_ports, running
from infra.manifest import ROOT, Function, Manifest

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_MAIN = str(ROOT / "main.py")


@contextmanager
def in_process(manifest: Manifest) -> Iterator[Mapping[str, "WSGIApplication"]]:
    yield {name: _app(function) for name, function in manifest.functions.items()}


@contextmanager
def isolated(manifest: Manifest, *, shown: bool) -> Iterator[Mapping[str, "WSGIApplication"]]:
    """Nothing shared between functions, and gunicorn with the manifest's number of threads."""
    from emulator.proxy import Proxy  # noqa: PLC0415 brings httpx, which only this needs

    functions = manifest.functions
    ports = dict(zip(functions, free_ports(len(functions)), strict=True))
    commands = {
        name: Command(
            _command(function, ports[name]), {"THREADS": str(function.threads)}, shown=shown
        )
        for name, function in functions.items()
    }
    with running(commands) as children:
        for name, child in children.items():
            # The framework answers this one by itself; the function is not called.
            child.wait_until_it_answers(f"http://127.0.0.1:{ports[name]}/robots.txt")
        yield {name: Proxy(f"http://127.0.0.1:{port}", name) for name, port in ports.items()}


def _app(function: Function) -> "WSGIApplication":
    """The framework notes its function in the environment, where the next one would find it."""
    before = dict(os.environ)
    try:
        app: WSGIApplication = create_app(function.name, _MAIN, function.signature)  # type: ignore[no-untyped-call]
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)
    return app


def _command(function: Function, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "functions_framework"),
        *("--source", _MAIN, "--target", function.name),
        *("--signature-type", function.signature),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]
