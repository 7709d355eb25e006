"""python -m infra.commands.sweep_files <region> [--dry-run]: kept files that nobody can see.

Copies of an upload that was given up in the middle, or of a picture that got more covers. None
younger than a day: it may be under way. May be stopped anywhere and started again.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from rich.console import Console

from infra import region_file
from infra.attachments import Kept, kept_objects, opened, orphans, removed
from infra.database import database, told
from infra.region_file import RegionFault
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.edge.clock import now
from shared.usecases.ports import StoreAway


def sweep(client: Any, there: Any, *, dry: bool) -> Iterator[Kept]:
    """Each after it is gone; when it is dry, each that would go. Raises StoreAway."""
    for each in orphans(kept_objects(there), FirestoreShelves(client), now()):
        if dry or removed(there, each):
            yield each


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    number = 0
    try:
        client = database(options.region)
        for each in sweep(client, opened(client.project), dry=options.dry_run):
            console.print(each.name, soft_wrap=True, markup=False)
            number += 1
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Stopped:[/] {told(fault)}", soft_wrap=True)
        return 1
    done = "would go. Nothing was removed." if options.dry_run else "are gone."
    console.print(f"{number} copies that nobody can see {done}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infra.commands.sweep_files", description=__doc__
    )
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("--dry-run", action="store_true", help="say what would go, remove nothing")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
