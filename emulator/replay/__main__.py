"""python -m emulator.replay FILE.csv: the rows of a complaints export, filed at the front door."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from emulator.children import ChildFailed
from emulator.connection import Unreachable
from emulator.desk_client import DeskClient
from emulator.own_cloud import own_cloud
from emulator.replay import closing, fitting_region, rows
from emulator.replay.closing import Result
from emulator.replay.filing import Outcome, file_all
from emulator.replay.routing import routed
from emulator.replay.rows import Row, UnreadableFile
from emulator.replay.timeline.showing import play

_THREADS = 16
_STOPPED = "Stopped. With --url, run it again to file the rest: nothing is filed twice."
_STOPPED_TIMELINE = (
    "Stopped. A timeline is kept nowhere and begins anew; --every 20 makes it a short one."
)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    console = Console()
    try:
        read = rows.read(options.file, rows.mapping(options.map))
        found = read[:: options.every][: options.limit]
        if options.timeline:
            return _timeline(found, options, console)
        result = _replayed(found, options, console)
    except (ChildFailed, Unreachable, UnreadableFile) as fault:
        Console(stderr=True).print(f"[red]Not replayed:[/] {fault}", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print(_STOPPED_TIMELINE if options.timeline else _STOPPED)
        return 1
    return 0 if result.is_whole else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulator.replay", description=__doc__)
    parser.add_argument("file", type=Path, help="CSV, UTF-8, with a line of column names")
    parser.add_argument("--url", help="a front door; default: one started for it, that fits it")
    parser.add_argument(
        "--map", help=f"ours=theirs,… for other columns; ours: {', '.join(rows.NAMES)}"
    )
    parser.add_argument("--limit", type=_count, help="only so many rows")
    parser.add_argument("--every", type=_count, default=1, metavar="N", help="only every N-th row")
    parser.add_argument(
        "--timeline",
        action="store_true",
        help="at the file's own times, on a local cloud of its own: who answered, who was late",
    )
    parser.add_argument("--threads", type=_count, default=_THREADS, help=f"default: {_THREADS}")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number from 1")
    return int(text)


def _timeline(found: Sequence[Row], options: argparse.Namespace, console: Console) -> int:
    if options.url:
        raise UnreadableFile("a timeline has a local cloud of its own; leave out --url")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tanggap-timeline-") as folder:
        whole = play(found, options.file.name, Path(folder), options.threads, console)
    seconds = time.monotonic() - start
    console.print(f"{len(found)} rows in {seconds:.0f} s, {len(found) / seconds:.1f} a second.")
    return 0 if whole else 1


@contextmanager
def _cloud(url: str | None, found: Sequence[Row], console: Console) -> Iterator[str]:
    """The front door named, or that of a local cloud whose directory fits the rows."""
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="tanggap-replay-") as folder, ExitStack() as stack:
        options = ["--region", fitting_region.MODEL]
        fitting = fitting_region.built(found)
        if fitting:
            fitting_region.write(fitting, Path(folder))
            options += ["--infra", folder]
        with console.status("Starting a local cloud with a directory that fits the file …"):
            own = stack.enter_context(own_cloud(*options))
        yield own


def _replayed(found: Sequence[Row], options: argparse.Namespace, console: Console) -> Result:
    start = time.monotonic()
    with _cloud(options.url, found, console) as url:
        client = DeskClient(url, connections=options.threads)
        outcomes, filing_seconds = _filed(client, found, options, console)
        codes = frozenset(outcome.code for outcome in outcomes if outcome.code)
        with console.status("Waiting until the system has looked at every report …"):
            after = routed(client, codes)
        result = Result(outcomes, after, filing_seconds, time.monotonic() - start)
        console.print(closing.table(result, options.file.name))
        ending = closing.conclusion(result, url, is_own=options.url is None)
        console.print(ending, soft_wrap=True)
    return result


def _filed(
    client: DeskClient, found: Sequence[Row], options: argparse.Namespace, console: Console
) -> tuple[list[Outcome], float]:
    start = time.monotonic()
    outcomes = file_all(
        client, found, file=options.file.name, threads=options.threads, console=console
    )
    return outcomes, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
