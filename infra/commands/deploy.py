"""python -m infra.commands.deploy <region>: plan, apply, seed, and see that it answers.

Asks before it changes anything; YES=1 answers for whoever is not there to be asked.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from infra.asking import Declined, asked
from infra.commands import plan, seed
from infra.commands.package import UnableToPackage
from infra.database import opened, told
from infra.region_file import RegionFault
from infra.smoke import smoke
from infra.terraform import Terraform, TerraformStopped
from shared.usecases.ports import StoreAway

_IN_FORCE = {"TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
_FIRST = (
    "Before its first answer a region needs its A record (output `address`) and the record of "
    "output `dns_record`; the certificate comes within the hour. Then: "
)


@dataclass(frozen=True, slots=True)
class Deployment:
    """`ask` raises Declined. `database`: by project and name. `url`: None for the region's own."""

    region: str
    state: str
    archive: Path | None
    terraform: Terraform
    ask: Callable[[str], None]
    database: Callable[[str, str], Any]
    console: Console
    url: str | None = None

    def run(self) -> bool:
        """Whether all that was deployed answers. Raises what `main` names."""
        steps = plan.planned(self.terraform, self.region, state=self.state, archive=self.archive)
        before = self.terraform.outputs()
        self.console.print(plan.summary(steps), soft_wrap=True)
        if steps:
            self.ask("Apply this plan?")
            self.terraform.apply()
        now = self.terraform.outputs()
        environment: Mapping[str, str] = now["environment"]
        self._seeded(environment)
        # A first apply that broke off leaves some outputs only.
        ran = before.get("archive")
        answers = self._answers(self.url or environment["PUBLIC_URL"], is_first=ran is None)
        if ran and ran != now["archive"]:
            self.console.print(_way_back(self.region, self.state, ran), soft_wrap=True)
        return answers

    def _seeded(self, environment: Mapping[str, str]) -> None:
        client = self.database(
            environment["GOOGLE_CLOUD_PROJECT"], environment["FIRESTORE_DATABASE"]
        )
        seed.show_and_seed(client, self.region, self.console, self.ask, self.terraform.infra)

    def _answers(self, url: str, *, is_first: bool) -> bool:
        faults = 0
        for probe in smoke(url, self.region):
            said = f"[red]{probe.fault}[/]" if probe.fault else "[green]as it should be[/]"
            self.console.print(f"{url}: {probe.name}: {said}", soft_wrap=True)
            faults += probe.fault is not None
        if faults and is_first:
            self.console.print(f"{_FIRST}make smoke REGION={self.region}", soft_wrap=True)
        return not faults


def _way_back(region: str, state: str, archive: Mapping[str, Any]) -> str:
    kept = f"gs://{archive['bucket']}/{archive['name']}#{archive['generation']}"
    return (
        "Back to what ran before:\n"
        f"  gcloud storage cp '{kept}' build/before.zip\n"
        f"  make deploy REGION={region} STATE={state} ARCHIVE=build/before.zip"
    )


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    deployment = Deployment(
        options.region,
        options.state,
        options.archive,
        Terraform(environment=_IN_FORCE),
        asked(console, yes=options.yes),
        opened,
        console,
        options.url,
    )
    try:
        plan.check(options)
        return 0 if deployment.run() else 1
    except Declined as fault:
        console.print(str(fault))
    except (TerraformStopped, UnableToPackage, RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not deployed:[/] {told(fault)}", soft_wrap=True)
    return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.deploy", description=__doc__)
    plan.options_of(parser)
    yes = os.environ.get("YES") == "1"
    parser.add_argument("--yes", action="store_true", default=yes, help="ask nothing; $YES")
    parser.add_argument("--url", help="where to look whether it answers; default: the region's")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
