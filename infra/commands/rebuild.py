"""python -m infra.commands.rebuild [region] [--check]: the scoreboard anew, from the timelines."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from infra.database import database, told
from infra.recounting import Found, Recount
from infra.region_file import RegionFault
from shared.adapters.firestore_region import FirestoreRegion
from shared.usecases.ports import StoreAway

# More than a screen of them says no more than that there are many.
_MOST_LINES = 40


@dataclass(slots=True)
class Outcome:
    """`last` is the code of the last report that was looked at."""

    reports: int = 0
    last: str = ""
    wrong: list[Found] = field(default_factory=list)


def rebuild(
    client: Any, region: str = "", *, check: bool = False, after: str = ""
) -> Iterator[Outcome]:
    """Goes on report by report; the outcome so far after each, and once more after the cells."""
    rules = FirestoreRegion(client).rules()
    if region not in ("", rules.directory.region):
        raise RegionFault(f"this database belongs to {rules.directory.region}, not {region}")
    recount, outcome = Recount(client, rules), Outcome(last=after)
    for found in recount.reports(after, mend=not check):
        outcome.reports, outcome.last = outcome.reports + 1, found.of
        outcome.wrong += [found] if found.missing else []
        yield outcome
    outcome.wrong += recount.cells(mend=not check)
    yield outcome


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    outcome = Outcome()
    try:
        client = database(options.region)
        with _progress(console) as progress:
            task = progress.add_task("Reports", total=_number_of_reports(client))
            for outcome in rebuild(
                client, options.region, check=options.check, after=options.after
            ):
                progress.update(task, completed=outcome.reports)
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not rebuilt:[/] {told(fault)}", soft_wrap=True)
        return 1
    except KeyboardInterrupt:
        console.print(f"Stopped. Go on with --after {outcome.last}", soft_wrap=True)
        return 130
    if outcome.wrong:
        console.print(_table(outcome))
    console.print(_conclusion(outcome, check=options.check), soft_wrap=True)
    return 1 if options.check and outcome.wrong else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.rebuild", description=__doc__)
    parser.add_argument("region", nargs="?", default="", help="which one the database must be of")
    parser.add_argument("--check", action="store_true", help="show the difference, write nothing")
    parser.add_argument("--after", default="", metavar="CODE", help="go on behind this report")
    return parser.parse_args(arguments)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console)


def _number_of_reports(client: Any) -> int:
    ((counted,),) = client.collection("reports").count().get()
    return int(counted.value)


def _table(outcome: Outcome) -> Table:
    table = Table("of", "why", "cell", "to be added", box=None)
    for found in outcome.wrong[:_MOST_LINES]:
        for cell, numbers in sorted(found.missing.items()):
            added = ", ".join(f"{name} {number:+}" for name, number in sorted(numbers.items()))
            table.add_row(found.of, found.why, cell.key, added)
    return table


def _conclusion(outcome: Outcome, *, check: bool) -> str:
    if not outcome.wrong:
        return f"Right: {outcome.reports} reports, counted anew, make the very same numbers."
    more = len(outcome.wrong) - _MOST_LINES
    rest = f" ({more} more are not shown)" if more > 0 else ""
    counts = f"{len(outcome.wrong)} differences in {outcome.reports} reports{rest}"
    if check:
        return f"{counts}. Nothing was written; repeat without --check to mend them."
    return f"{counts}, mended. Repeat with --check to see that none is left."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
