"""python -m infra.commands.calendar <region> preview|activate: a changed calendar takes over.

`preview` writes nothing. `activate` may be stopped anywhere; started again, it finishes.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import track
from rich.table import Table

from infra import activation, calendars, region_file, rescheduling, seeding
from infra.database import database, told
from infra.region_file import RegionFault
from infra.rescheduling import Preview, Progress
from shared.adapters.firestore_region import FirestoreRegion
from shared.domain.calendar import Calendar
from shared.domain.scene import Rules
from shared.edge.clock import now
from shared.usecases.ports import StoreAway


@dataclass(frozen=True, slots=True)
class Change:
    """The rules as they are, and the calendar of the region's files with its document."""

    rules: Rules
    calendar: Calendar
    document: dict[str, Any]

    @property
    def is_in_force(self) -> bool:
        return self.rules.calendar.version == self.calendar.version


def read(client: Any, region: str, infra: Path = region_file.INFRA) -> Change:
    """Raises RegionFault, and StoreAway where nothing is seeded."""
    files = region_file.read(region, infra)
    rules = FirestoreRegion(client).rules()
    if rules.directory.region != region:
        raise RegionFault(f"this database belongs to {rules.directory.region}, not {region}")
    today = datetime.now(UTC).astimezone(ZoneInfo(files.directory.zone)).date()
    calendar = calendars.of(files, today)
    documents = seeding.documents(files, today)
    return Change(rules, calendar, dict(documents[f"calendars/{calendar.version}"]))


def preview(client: Any, change: Change) -> Preview:
    rules = rescheduling.under(change.rules, change.calendar)
    return rescheduling.preview(activation.open_reports(client), rules, now())


def activate(
    client: Any,
    change: Change,
    *,
    wait: Callable[[float], None] = time.sleep,
    shown: Callable[..., Any] = iter,
) -> Progress:
    """In force first, so that nothing new falls behind; then every open report, one by one."""
    activation.put_in_force(client, change.calendar.version, change.document)
    activation.wait_until_seen(client, wait)
    rules = rescheduling.under(change.rules, change.calendar)
    reports, desk = activation.open_reports(client), activation.desk_of(client)
    progress = Progress()
    for progress in shown(rescheduling.moved(reports, rules=rules, desk=desk, now=now)):  # noqa: B007
        pass
    return progress


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    console = Console()
    try:
        client = database(options.region)
        change = read(client, options.region, options.infra)
        console.print(_days(change))
        return _COMMANDS[options.command](client, change, console)
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Stopped:[/] {told(fault)}", soft_wrap=True)
        return 1


def _preview(client: Any, change: Change, console: Console) -> int:
    with console.status("Deciding for every open report …"):
        found = preview(client, change)
    if found.shifts:
        console.print(_shifts(found))
    console.print(
        f"{found.open} open reports: {found.behind} would go by {change.calendar.version}, "
        f"{found.moving} of them with another due day. Nothing was written.",
        soft_wrap=True,
    )
    return 0


def _activate(client: Any, change: Change, console: Console) -> int:
    total = activation.count_open(client)

    def wait(seconds: float) -> None:
        with console.status(f"In force. Functions take it over within {seconds:.0f} s …"):
            time.sleep(seconds)

    def shown(steps: Any) -> Any:
        return track(steps, "Moving clocks", total=total, console=console)

    done = activate(client, change, wait=wait, shown=shown)
    console.print(f"{change.calendar.version} is in force; {done.moved} reports were moved to it.")
    if done.left:
        console.print(f"{done.left} were being changed by others: run this once more.")
    return 1 if done.left else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.calendar", description=__doc__)
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument(
        "--infra", type=Path, default=region_file.INFRA, help="another folder of regions and policy"
    )
    return parser.parse_args(arguments)


def _days(change: Change) -> Table | str:
    """What the region's files say otherwise than the version in force."""
    if change.is_in_force:
        return f"{change.calendar.version} is in force already."
    before, after = change.rules.calendar.holidays, change.calendar.holidays
    table = Table("", "day", "name", box=None)
    for day in sorted(before.keys() | after.keys()):
        if before.get(day) != after.get(day):
            for mark, days in (("-", before), ("+", after)):
                if day in days:
                    table.add_row(mark, f"{day:%a %Y-%m-%d}", days[day])
    return table


def _shifts(found: Preview) -> Table:
    table = Table("clock", "moves by days", "due times", box=None)
    for (clock, days), count in sorted(found.shifts.items()):
        table.add_row(clock, f"{days:+}", str(count))
    return table


_COMMANDS = {"preview": _preview, "activate": _activate}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
