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
from emulator.cloud import TooEarly, Wishes, local_cloud
from emulator.faults import FaultPlan, UnreadableFaults, read
from emulator.state import StateInUse, folder_of
from infra.region_file import INFRA, RegionFault

_PORT = "8080"
_REGION = "badung"
_FUNCTIONS_LOG = "tanggap"
_NOT_KEPT = "Nothing was kept; the next start is a fresh one."
_ADDRESSES = (
    ("File a report", "POST", "/api/reports"),
    ("Follow a report", "GET", "/api/reports/<code>"),
    ("Officers' queue", "POST", "/api/desk/search"),
    ("Agencies, categories, areas", "GET", "/api/directory"),
    ("The whole API", "GET", "/api/openapi.json"),
    ("Health", "GET", "/health"),
    ("Officers to sign in as", "GET", "/_emulator/officers"),
    ("The clock; POST moves it", "GET", "/_emulator/clock"),
    ("Control room", "GET", "/_emulator"),
)


class _Unreadable(Exception):
    """One sentence about a setting."""


# Each of them is one sentence for the person who started us.
_FAULTS = (ChildFailed, RegionFault, StateInUse, TooEarly, UnreadableFaults, _Unreadable)


def main(arguments: list[str]) -> int:
    _obey_signals()
    console = Console()
    try:
        _run(_wishes(arguments), console)
    except _FAULTS as fault:
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
    kept = f"All is kept in {wishes.state}; --fresh forgets it." if wishes.state else _NOT_KEPT
    console.print(f"Stopped. {kept}", soft_wrap=True, markup=False)


def _obey_signals() -> None:
    """Also where a shell started us in the background and told us to ignore Ctrl-C."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)


def _wishes(arguments: list[str]) -> Wishes:
    given = _parser().parse_args(arguments)
    region = given.region or os.environ.get("REGION") or _REGION
    if not given.verbose:
        logging.getLogger(_FUNCTIONS_LOG).addFilter(lambda line: line.levelno > logging.INFO)
    return Wishes(
        region=region,
        port=_port(given.port or os.environ.get("PORT") or _PORT),
        state=_state(given, region),
        fresh=given.fresh,
        google=given.google,
        faults=_faults(given),
        isolated=given.isolated,
        verbose=given.verbose,
        clock=_clock(os.environ.get("CLOCK")),
        infra=given.infra,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    add = parser.add_argument
    add("--port", help=f"default: PORT, or {_PORT}")
    add("--region", help=f"a file of infra/regions; default: REGION, or {_REGION}")
    add("--infra", type=Path, default=INFRA, help="another folder of regions, policy, categories")
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument(
        "--state", type=Path, help="keep everything there; default: .tanggap/REGION"
    )
    keeping.add_argument("--memory", action="store_true", help="keep nothing")
    add("--fresh", action="store_true", help="forget what is kept, and start anew")
    add("--google", action="store_true", help="on Google's emulators (Java, gcloud); keeps nothing")
    add("--faults", type=Path, help="what goes wrong on purpose: see emulator/faults.example.yaml")
    add("--isolated", action="store_true", help="each function in its own process")
    add("--verbose", action="store_true", help="show every line the functions log")
    return parser


def _state(given: argparse.Namespace, region: str) -> Path | None:
    if given.google and given.state:
        raise _Unreadable("Google's emulators keep nothing; leave out --state or --google")
    if given.google or given.memory:
        return None
    folder: Path = given.state or folder_of(region)
    return folder


def _faults(given: argparse.Namespace) -> FaultPlan | None:
    if given.google and given.faults:
        raise _Unreadable("Google's emulators fail only by themselves; leave out --faults")
    return read(given.faults) if given.faults else None


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
