"""python -m infra.commands.transfer <region> [--dry-run]: open reports go to agencies' successors.

From the day on that the region's directory says. May be stopped anywhere; started again, it
finishes.
"""

import argparse
import secrets
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.progress import track

from infra import activation, region_file
from infra.database import database, told
from infra.region_file import RegionFault
from shared.adapters.firestore_region import FirestoreRegion
from shared.domain.events import Stamp
from shared.domain.scene import Rules
from shared.edge.clock import now
from shared.usecases.ports import StoreAway
from shared.usecases.transferring import Progress, is_orphaned, transferred

_ENTROPY_BYTES = 64


def rules_of(client: Any, region: str) -> Rules:
    """Raises RegionFault, and StoreAway where nothing is seeded."""
    rules = FirestoreRegion(client).rules()
    if rules.directory.region != region:
        raise RegionFault(f"this database belongs to {rules.directory.region}, not {region}")
    return rules


def foretold(client: Any, rules: Rules) -> Counter[tuple[str, str]]:
    """How many open reports would go from which agency to which; nothing is written."""
    found: Counter[tuple[str, str]] = Counter()
    for report in activation.open_reports(client):
        if is_orphaned(report, rules, _stamp()):
            heir = rules.directory.in_place_of(report.agency, rules.today(now()))
            found[rules.directory.agency_name(report.agency), heir.name if heir else ""] += 1
    return found


def transfer(client: Any, rules: Rules, shown: Callable[..., Any] = iter) -> Progress:
    reports, desk = activation.open_reports(client), activation.desk_of(client)
    progress = Progress()
    for progress in shown(transferred(reports, rules=rules, desk=desk, stamp=_stamp)):  # noqa: B007
        pass
    return progress


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        client = database(options.region)
        rules = rules_of(client, options.region)
        if options.dry_run:
            return _dry_run(client, rules, console)
        return _transfer(client, rules, console)
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Stopped:[/] {told(fault)}", soft_wrap=True)
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.transfer", description=__doc__)
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("--dry-run", action="store_true", help="say what would go, write nothing")
    return parser.parse_args(arguments)


def _dry_run(client: Any, rules: Rules, console: Console) -> int:
    found = foretold(client, rules)
    for (former, heir), count in sorted(found.items()):
        console.print(f"{count} from {former} to {heir}", soft_wrap=True, markup=False)
    console.print(f"{found.total()} open reports would go to a successor. Nothing was written.")
    return 0


def _transfer(client: Any, rules: Rules, console: Console) -> int:
    total = activation.count_open(client)

    def shown(steps: Any) -> Any:
        return track(steps, "Transferring", total=total, console=console)

    done = transfer(client, rules, shown)
    console.print(f"{done.moved} of {done.seen} open reports went to a successor.")
    if done.left:
        console.print(f"{done.left} were being changed by others: run this once more.")
    return 1 if done.left else 0


def _stamp() -> Stamp:
    return Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
