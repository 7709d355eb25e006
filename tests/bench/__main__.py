"""python -m tests.bench [--quick]: speed beside others; exit 1 when a hold is broken."""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from emulator.children import ChildFailed
from tests.bench import embedded, ladder, notices, pictures, rows
from tests.bench.rows import FULL, QUICK, Effort, Row
from tests.bench.world import world

_MEASURES = (
    *rows.MEASURES,
    *embedded.MEASURES,
    *ladder.MEASURES,
    *notices.MEASURES,
    *pictures.MEASURES,
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a first impression")
    effort = QUICK if parser.parse_args(arguments).quick else FULL
    console = Console()
    try:
        measured = _measured(effort, console)
    except ChildFailed as failure:
        Console(stderr=True).print(f"[red]Not measured:[/] {failure}", soft_wrap=True)
        return 1
    console.print(_table(measured))
    return int(any(row.excess for row in measured))


def _measured(effort: Effort, console: Console) -> list[Row]:
    measured: list[Row] = []
    with console.status("Starting the local cloud …") as status, world() as local:
        for measure in _MEASURES:
            status.update(f"Measuring: {measure.__name__.replace('_', ' ')} …")
            measured += measure(local, effort)
    return measured


def _table(measured: list[Row]) -> Table:
    table = Table("", "ours", "other", "ratio", "hold", "verdict", box=None)
    for column in table.columns[1:5]:
        column.justify = "right"
    for row in measured:
        verdict = f"[red]{row.excess:.0%} over[/]" if row.excess else "[green]holds[/]"
        hold, ratio = f"≤ {row.hold:.2f} ×", f"{row.ratio:.2f} ×"
        ours, bare = f"{row.ours:.1f} {row.unit}", f"{row.bare:.1f} {row.unit}"
        table.add_row(row.name, ours, bare, ratio, hold, verdict)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
