"""python -m infra.commands.seed <region> [--dry-run]: the region's files into its Firestore."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from infra import region_file, seeding
from infra.database import database
from infra.region_file import RegionFault
from infra.seeding import Difference


def seed(
    client: Any, region: str, *, dry_run: bool = False, infra: Path = region_file.INFRA
) -> Difference:
    """Writes what differs and returns it; with `dry_run` only returns it.

    A calendar that is new stays beside the one in force until it is activated.
    """
    files = region_file.read(region, infra)
    today = datetime.now(UTC).astimezone(ZoneInfo(files.directory.zone)).date()
    wanted = seeding.documents(files, today, in_force=seeding.calendar_in_force(client))
    difference = seeding.compare(client, wanted)
    if difference and not dry_run:
        seeding.write(client, wanted, difference)
    return difference


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    console = Console()
    try:
        with console.status("Comparing with the database …"):
            difference = seed(database(), options.region, dry_run=options.dry_run)
    except RegionFault as fault:
        Console(stderr=True).print(f"[red]Not seeded:[/] {fault}", soft_wrap=True)
        return 1
    if difference:
        console.print(_table(difference))
    console.print(_conclusion(difference, options.region, dry_run=options.dry_run))
    if _brings_calendar(difference):
        console.print(
            "[yellow]The calendar is new and not in force yet:[/] "
            f"python -m infra.commands.calendar {options.region} preview",
            soft_wrap=True,
        )
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.seed", description=__doc__)
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("--dry-run", action="store_true", help="show the difference, write nothing")
    return parser.parse_args(arguments)


def _brings_calendar(difference: Difference) -> bool:
    """The first one of a region is in force at once."""
    added = difference.added
    return "settings/region" not in added and any(path.startswith("calendars/") for path in added)


def _table(difference: Difference) -> Table:
    table = Table("", "document", box=None)
    marks = (("+", difference.added), ("~", difference.changed), ("-", difference.removed))
    for collection in seeding.COLLECTIONS:
        for mark, paths in marks:
            for path in paths:
                if path.startswith(collection + "/"):
                    table.add_row(mark, path)
    return table


def _conclusion(difference: Difference, region: str, *, dry_run: bool) -> str:
    if not difference:
        return f"Nothing to do: the database holds {region} as it stands in infra/."
    counts = (
        f"{len(difference.added)} added, {len(difference.changed)} changed, "
        f"{len(difference.removed)} removed"
    )
    if dry_run:
        return f"Would be {counts}. Nothing was written; repeat without --dry-run to write."
    return (
        f"Seeded {region}: {counts}. Officers were not touched. "
        "Running functions take it over within a minute; check with GET /api/directory."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
