"""python -m infra.commands.smoke <region> [--url URL]: whether the deployed desk answers."""

import argparse
import sys

from rich.console import Console

from infra import tfvars
from infra.region_file import RegionFault
from infra.smoke import smoke


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.smoke", description=__doc__)
    parser.add_argument("region")
    parser.add_argument("--url", help="default: https:// and the domain of its .tfvars")
    options, console = parser.parse_args(arguments), Console()
    try:
        url = (options.url or f"https://{tfvars.read(options.region)['domain']}").rstrip("/")
    except RegionFault as fault:
        Console(stderr=True).print(f"[red]Not looked at:[/] {fault}", soft_wrap=True)
        return 1
    probes = tuple(smoke(url, options.region))
    for probe in probes:
        said = f"[red]{probe.fault}[/]" if probe.fault else "[green]as it should be[/]"
        console.print(f"{url}: {probe.name}: {said}", soft_wrap=True)
    return 1 if any(probe.fault for probe in probes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
