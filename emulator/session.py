"""One run of the local cloud, as a person at a terminal sees it."""

import gc
import logging
import os
import threading
from contextlib import ExitStack, suppress

from rich.console import Console
from rich.table import Table

from emulator import region
from emulator.children import ChildFailed
from emulator.cloud import TooEarly, local_cloud
from emulator.fault_plans import UnreadableFaults
from emulator.state import StateInUse
from emulator.wishes import Wishes
from infra.region_file import RegionFault

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
    ("Mail and SMS, sent to nobody", "GET", "/_emulator/messages"),
    ("Control room", "GET", "/_emulator"),
)
# Each of them is one sentence for the person who started us.
_FAULTS = (ChildFailed, RegionFault, StateInUse, TooEarly, UnreadableFaults)


def run(wishes: Wishes) -> int:
    console = Console()
    try:
        _run(wishes, console)
    except _FAULTS as fault:
        return refused(str(fault))
    except KeyboardInterrupt:
        console.print("Stopped while starting; nothing is left behind.")
    return 0


def refused(why: str) -> int:
    Console(stderr=True).print(f"[red]Not started:[/] {why}", soft_wrap=True)
    return 1


def _run(wishes: Wishes, console: Console) -> None:
    _quieten(wishes)
    with ExitStack() as stack:
        with console.status("Starting …") as status:
            files = region.read(wishes.region, wishes.infra)
            url = stack.enter_context(local_cloud(wishes, files, status.update))
        gc.enable()
        _welcome(url, wishes, console)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
        console.print("Stopping …")
    kept = f"All is kept in {wishes.state}; --fresh forgets it." if wishes.state else _NOT_KEPT
    console.print(f"Stopped. {kept}", soft_wrap=True, markup=False)


def _quieten(wishes: Wishes) -> None:
    # Else gRPC tells of every connection that ends when we stop.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    if not wishes.verbose:
        logging.getLogger(_FUNCTIONS_LOG).addFilter(lambda line: line.levelno > logging.INFO)


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
