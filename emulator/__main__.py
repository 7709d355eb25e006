"""python -m emulator: the cloud on this machine, with a seeded region. Ctrl-C ends all of it."""

import argparse
import logging
import os
import signal
import sys
import threading
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from emulator.children import ChildFailed
from emulator.cloud import Wishes, local_cloud
from infra.region_file import INFRA, RegionFault

_PORT = "8080"
_REGION = "badung"
_FUNCTIONS_LOG = "tanggap"
_ADDRESSES = (
    ("File a report", "POST", "/api/reports"),
    ("Follow a report", "GET", "/api/reports/<code>"),
    ("Officers' queue", "POST", "/api/desk/search"),
    ("Agencies, categories, areas", "GET", "/api/directory"),
    ("The whole API", "GET", "/api/openapi.json"),
    ("Health", "GET", "/health"),
    ("Officers to sign in as", "GET", "/_emulator/officers"),
    ("The clock; POST moves it", "GET", "/_emulator/clock"),
)


class _Unreadable(Exception):
    """One sentence about a setting."""


def main(arguments: list[str]) -> int:
    _obey_signals()
    console = Console()
    try:
        _run(_wishes(arguments), console)
    except (ChildFailed, RegionFault, _Unreadable) as fault:
        Console(stderr=True).print(f"[red]Not started:[/] {fault}", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped while starting; nothing is left behind.")
    return 0


def _run(wishes: Wishes, console: Console) -> None:
    with ExitStack() as stack:
        with console.status("Starting …") as status:
            url = stack.enter_context(local_cloud(wishes, status.update))
        _welcome(url, wishes, console)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        console.print("Stopping …")
    console.print("Stopped. Nothing was kept; the next start is a fresh one.")


def _obey_signals() -> None:
    """Also where a shell started us in the background and told us to ignore Ctrl-C."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)


def _wishes(arguments: list[str]) -> Wishes:
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    parser.add_argument("--port", help=f"default: PORT, or {_PORT}")
    parser.add_argument("--region", help=f"a file of infra/regions; default: REGION, or {_REGION}")
    parser.add_argument(
        "--infra", type=Path, default=INFRA, help="another folder of regions, policy and categories"
    )
    parser.add_argument("--isolated", action="store_true", help="each function in its own process")
    parser.add_argument("--verbose", action="store_true", help="show every line the functions log")
    given = parser.parse_args(arguments)
    wishes = Wishes(
        region=given.region or os.environ.get("REGION") or _REGION,
        port=_port(given.port or os.environ.get("PORT") or _PORT),
        isolated=given.isolated,
        verbose=given.verbose,
        clock=_clock(os.environ.get("CLOCK")),
        infra=given.infra,
    )
    if not wishes.verbose:
        logging.getLogger(_FUNCTIONS_LOG).addFilter(lambda line: line.levelno > logging.INFO)
    return wishes


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:  # noqa: PLR2004
        raise _Unreadable("the port is a number from 1 to 65535, or 0 for any free one")
    return int(text)


def _clock(text: str | None) -> datetime | None:
    if not text:
        return None
    with suppress(ValueError):
        start = datetime.fromisoformat(text)
        if start.tzinfo:
            return start
    raise _Unreadable("CLOCK is a time with its offset, such as 2026-11-21T08:00+08:00")


def _welcome(url: str, wishes: Wishes, console: Console) -> None:
    table = Table("", "", "", title=f"Tanggap, {wishes.region}: {url}", box=None, show_header=False)
    for about, method, path in _ADDRESSES:
        table.add_row(about, method, url + path)
    console.print(table)
    if wishes.port and not url.endswith(f":{wishes.port}"):
        console.print(f"[yellow]Port {wishes.port} is taken, this is the next free one.[/]")
    token = f"""curl -d '{{"email": "verifier1@{wishes.region}.example"}}' {url}/_emulator/token"""
    console.print("A token to sign in with:", token, soft_wrap=True, markup=False)
    console.print("Ctrl-C stops everything.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
