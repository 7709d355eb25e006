"""python -m infra.commands.seed <region> [--dry-run]: the region's files into its Firestore.

Shows what it would do and asks; YES=1 answers for whoever is not there to be asked.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from infra import region_file, seeding
from infra.asking import Declined, asked
from infra.commands import transfer
from infra.database import database, told
from infra.region_file import RegionFault, RegionFile
from infra.seeding import Difference
from infra.succession import Succession, successions
from shared.usecases.ports import StoreAway


def seed(
    client: Any, region: str, *, dry_run: bool = False, infra: Path = region_file.INFRA
) -> Difference:
    """Writes what differs and returns it; with `dry_run` only returns it.

    A calendar that is new stays beside the one in force until it is activated.
    """
    files = region_file.read(region, infra)
    wanted = seeding.documents(files, _today(files), in_force=seeding.calendar_in_force(client))
    difference = seeding.compare(client, wanted)
    if difference and not dry_run:
        seeding.write(client, wanted, difference)
    return difference


@dataclass(frozen=True, slots=True)
class Proposal:
    """What seeding would do. `due`: open reports that go over to a successor; `later`: not yet."""

    region: str
    difference: Difference
    due: tuple[Succession, ...]
    later: tuple[Succession, ...]

    def __bool__(self) -> bool:
        return bool(self.difference or self.due)


def propose(client: Any, region: str, infra: Path = region_file.INFRA) -> Proposal:
    """Nothing is written. Raises RegionFault and StoreAway."""
    difference = seed(client, region, dry_run=True, infra=infra)
    files = region_file.read(region, infra)
    found, today = tuple(successions(client, files)), _today(files)
    due = tuple(each for each in found if each.on <= today)
    return Proposal(region, difference, due, tuple(each for each in found if each.on > today))


def show_and_seed(
    client: Any,
    region: str,
    console: Console,
    ask: Callable[[str], None],
    infra: Path = region_file.INFRA,
) -> Proposal:
    """As `main` does it. Raises RegionFault, StoreAway, and Declined by way of `ask`."""
    with console.status("Comparing with the database …"):
        proposal = propose(client, region, infra)
    _show(proposal, console)
    if proposal:
        ask("Write this?")
    if proposal.difference:
        seed(client, region, infra=infra)
    console.print(_conclusion(proposal.difference, region, dry_run=False), soft_wrap=True)
    if proposal.due:
        _hand_over(client, region, console)
    return proposal


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        region_file.read(options.region)
        client = database(options.region)
        if options.dry_run:
            proposal = propose(client, options.region)
            _show(proposal, console)
            said = _conclusion(proposal.difference, options.region, dry_run=True)
            console.print(said, soft_wrap=True)
        else:
            show_and_seed(client, options.region, console, asked(console, yes=options.yes))
    except Declined as fault:
        console.print(str(fault), soft_wrap=True)
        return 1
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not seeded:[/] {told(fault)}", soft_wrap=True)
        return 1
    return 0


def _hand_over(client: Any, region: str, console: Console) -> None:
    """By the rules as they are seeded now; what others are changing waits for the next run."""
    done = transfer.transfer(client, transfer.rules_of(client, region))
    console.print(f"{done.moved} open reports went to a successor.")
    if done.left:
        console.print(f"{done.left} were being changed by others: run this once more.")


def _today(files: RegionFile) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(files.directory.zone)).date()


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.seed", description=__doc__)
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("--dry-run", action="store_true", help="show the difference, write nothing")
    yes = os.environ.get("YES") == "1"
    parser.add_argument("--yes", action="store_true", default=yes, help="ask nothing; $YES")
    return parser.parse_args(arguments)


def _show(proposal: Proposal, console: Console) -> None:
    if proposal.difference:
        console.print(_table(proposal.difference))
    for each in proposal.due:
        said = f"{each.agency} → {each.heir}: {each.open} open reports go over, one event each"
        console.print(said, soft_wrap=True)
    for each in proposal.later:
        said = f"{each.agency} → {each.heir}: {each.open} open reports; seed again on {each.on}"
        console.print(said, soft_wrap=True)
    if _brings_calendar(proposal.difference):
        console.print(f"[yellow]{_NEW_CALENDAR}[/]", soft_wrap=True)


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


_NEW_CALENDAR = (
    "The calendar is new and not in force until it is activated: infra.commands.calendar"
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
