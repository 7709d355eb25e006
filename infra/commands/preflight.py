"""python -m infra.commands.preflight <region> [--offline]: what is not ready, and who does it."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from infra import manifest, region_file, tfvars
from infra.readiness import amazon, on_paper, outside
from infra.readiness.findings import Case, Finding
from infra.readiness.outside import World
from infra.region_file import RegionFault


def case_of(region: str, infra: Path = region_file.INFRA) -> Case:
    """Raises RegionFault."""
    files = region_file.read(region, infra)
    today = datetime.now(UTC).astimezone(ZoneInfo(files.directory.zone)).date()
    return Case(files, tfvars.read(region, infra), manifest.load(), today)


def on_paper_findings(case: Case) -> Iterator[Finding]:
    for check in on_paper.CHECKS:
        yield from check(case)


def outside_findings(case: Case, world: World) -> Iterator[Finding]:
    for check in outside.CHECKS:
        yield from check(case, world)


def amazon_findings(case: Case, client: amazon.Client) -> Iterator[Finding]:
    """Nothing to look at before a region has its mail."""
    for check in amazon.CHECKS if case.settings.get("mail") else ():
        yield from check(case, client)


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        case = case_of(options.region)
    except RegionFault as fault:
        Console(stderr=True).print(f"[red]Not looked at:[/] {fault}", soft_wrap=True)
        return 1
    findings = list(on_paper_findings(case))
    if not options.offline:
        with console.status("Looking around …"):
            findings += _seen(case)
    _show(case, findings, console)
    return 1 if any(each.blocks for each in findings) else 0


def _seen(case: Case) -> Iterator[Finding]:
    yield from outside_findings(case, World(outside.resolved, outside.read, outside.read_google))
    place = (case.settings.get("mail") or {}).get("region", "")
    yield from amazon_findings(case, amazon.client_in(place))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.preflight", description=__doc__)
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("--offline", action="store_true", help="look at the region's files only")
    return parser.parse_args(arguments)


def _show(case: Case, findings: Iterable[Finding], console: Console) -> None:
    found = sorted(findings, key=lambda each: not each.blocks)
    for each in found:
        mark = "[red]blocks[/]" if each.blocks else "[yellow]should[/]"
        console.print(f"{mark}  [bold]{each.what}[/]", soft_wrap=True)
        console.print(f"        why: {each.why}", soft_wrap=True, highlight=False)
        console.print(f"        who: {each.who}", soft_wrap=True, highlight=False)
        console.print(f"        how: {each.how}", soft_wrap=True, highlight=False, markup=False)
    blocking = sum(each.blocks for each in found)
    name = case.region.directory.name
    if not found:
        console.print(f"{name} is ready.")
        return
    console.print(f"{name}: {blocking} block, {len(found) - blocking} should be done.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
