"""python -m infra.commands.ladder [region] --dry-run [--policy FILE]: what the ladder would do now.

Nothing is written. With a file: as if the rungs of that file were in force, for every open report.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from infra import region_file
from infra.database import database, told
from infra.outlook import Line, outlook
from infra.region_file import RegionFault
from shared.adapters.firestore_due import FirestoreDue
from shared.adapters.firestore_region import FirestoreRegion
from shared.adapters.report_documents import FAR
from shared.domain.codes import show_code
from shared.domain.scene import Rules
from shared.edge.clock import now
from shared.usecases.due_ports import Due
from shared.usecases.ports import StoreAway
from shared.usecases.sweeping import Unreadable

_PAGE = 200
_FOR_REAL = "add --dry-run; for real the schedule of remind_overdue does it every few minutes"

Shown = Callable[[Iterable[Due]], Iterable[Due]]


@dataclass(frozen=True, slots=True)
class Outlook:
    """`failing`: codes of due reports that cannot be read, or that the rules cannot decide on."""

    lines: tuple[Line, ...] = ()
    looked_at: int = 0
    failing: tuple[str, ...] = ()


def look(client: Any, rules: Rules, at: datetime, *, everywhere: bool, shown: Shown) -> Outlook:
    """`everywhere`: at all open reports; else at those whose tick has come."""
    until = FAR - timedelta(seconds=1) if everywhere else at
    lines, failing, number = list[Line](), list[str](), 0
    for due in shown(each for page in FirestoreDue(client).due(until, _PAGE) for each in page):
        number += 1
        try:
            lines += _lines_of(due, rules, at)
        except Exception:  # noqa: BLE001 - whatever it is, the sweep would fail on it too
            failing.append(due.code)
    return Outlook(tuple(lines), number, tuple(failing))


def _lines_of(due: Due, rules: Rules, at: datetime) -> tuple[Line, ...]:
    if due.report is None:
        raise Unreadable
    return tuple(outlook(due.report, rules, at))


def rules_of(client: Any, region: str | None, policy: Path | None) -> Rules:
    """Those in force, or with the rungs of the file in place of them. Raises RegionFault."""
    rules = FirestoreRegion(client).rules()
    seeded = rules.directory.region
    if region not in (None, seeded):
        raise RegionFault(f"this database belongs to {seeded}, not {region}")
    return replace(rules, ladder=region_file.read_ladder(seeded, policy)) if policy else rules


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        client = _database(options)
        rules = rules_of(client, options.region, options.policy)
        found = look(
            client,
            rules,
            now(),
            everywhere=bool(options.policy),
            shown=lambda due: track(due, "Deciding …", total=None, console=console, transient=True),
        )
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not decided:[/] {told(fault)}", soft_wrap=True)
        return 1
    _show(found, console)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.ladder", description=__doc__)
    parser.add_argument("region", nargs="?", help="the one the database must belong to")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen")
    parser.add_argument("--policy", type=Path, help="a file like infra/policy.yaml")
    return parser.parse_args(arguments)


def _database(options: argparse.Namespace) -> Any:
    if not options.dry_run:
        raise RegionFault(_FOR_REAL)
    return database(options.region or "")


def _show(found: Outlook, console: Console) -> None:
    if found.lines:
        console.print(_reports(found.lines), _counts(found.lines))
    for code in found.failing:
        console.print(f"[red]{show_code(code)} cannot be decided on;[/] look at its document")
    reports = len({line.code for line in found.lines})
    console.print(
        f"{found.looked_at} reports looked at, {reports} would move, {len(found.failing)} would "
        "fail. Nothing was written.",
        soft_wrap=True,
    )


def _reports(lines: Iterable[Line]) -> Table:
    table = Table("report", "status", "rung", "whom", "passed with it", box=None)
    for line in lines:
        passed = str(line.passed or "")
        table.add_row(show_code(line.code), line.status, line.what, line.whom, passed)
    return table


def _counts(lines: Iterable[Line]) -> Table:
    table = Table("rung", "reports", box=None)
    for what, number in sorted(Counter(line.what for line in lines).items()):
        table.add_row(what, str(number))
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
