"""python -m emulator.demo: three hundred reports, filed and driven through every command."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from rich.console import Console

from emulator.children import ChildFailed
from emulator.connection import Unreachable
from emulator.demo import closing, silence, stories
from emulator.demo.performance import THREADS, perform
from emulator.demo.stage import WrongCloud, stage_at
from emulator.own_cloud import own_cloud, running_cloud

_REGION = "badung"


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    console = Console()
    try:
        with _cloud(options.url, console) as (url, is_own):
            # First, while there is little else that a month would move.
            silent = silence.play(stage_at(url, _REGION, connections=THREADS), console)
            result = perform(
                stage_at(url, _REGION, connections=THREADS), stories.planned(), console
            )
            console.print(silence.shown(silent), "")
            console.print(closing.tables(result))
            stays = options.keep or not is_own
            console.print(closing.conclusion(result, url, stays=stays), soft_wrap=True)
            if is_own and options.keep:
                _wait_for_ctrl_c()
    except (ChildFailed, Unreachable, WrongCloud) as fault:
        Console(stderr=True).print(f"[red]The demo did not run:[/] {fault}", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped; what was filed so far stays as it is.")
        return 1
    return 1 if result.failures else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulator.demo", description=__doc__)
    parser.add_argument(
        "--url", help="a front door; default: the one on PORT (8080), or one started for the demo"
    )
    parser.add_argument("--keep", action="store_true", help="keep a started cloud until Ctrl-C")
    return parser.parse_args(arguments)


@contextmanager
def _cloud(url: str | None, console: Console) -> Iterator[tuple[str, bool]]:
    """The front door's URL, and whether it was opened for the demo."""
    found = url or running_cloud()
    if found:
        yield found, False
        return
    status = console.status("Starting a local cloud …")
    status.start()
    try:
        with own_cloud("--region", _REGION) as own:
            status.stop()
            yield own, True
    finally:
        status.stop()


def _wait_for_ctrl_c() -> None:
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
