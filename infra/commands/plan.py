"""python -m infra.commands.plan <region>: what a deployment would change. Nothing is changed."""

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console

from infra import region_file, tfvars
from infra.commands.package import UnableToPackage, package
from infra.manifest import ROOT
from infra.region_file import RegionFault
from infra.terraform import Step, Terraform, TerraformStopped

ARCHIVE = ROOT / "build/tanggap.zip"
# So that no step waits for an answer nobody gives, and none looks for a newer Terraform.
_IN_SILENCE = {"TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}


def planned(
    terraform: Terraform, region: str, *, state: str, archive: Path | None
) -> tuple[Step, ...]:
    """Packages, unless an older archive is given. Raises UnableToPackage, TerraformStopped."""
    if archive is None:
        archive = ARCHIVE
        package(ROOT, archive)
    terraform.init(region, state)
    return terraform.plan(region, archive)


def options_of(parser: argparse.ArgumentParser) -> None:
    """What plan and deploy both need; `make` hands them over by these variables."""
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    state = os.environ.get("STATE")
    parser.add_argument("--state", default=state, help="gs://BUCKET of the states; $STATE")
    archive = os.environ.get("ARCHIVE") or None
    parser.add_argument("--archive", type=Path, default=archive, help="an older one; $ARCHIVE")


def check(options: argparse.Namespace) -> None:
    """Raises RegionFault and TerraformStopped, before anything was packaged or planned."""
    region_file.read(options.region)
    tfvars.read(options.region)
    if not options.state:
        raise TerraformStopped("say where the states are kept: STATE=gs://BUCKET")
    if options.archive and not options.archive.is_file():
        raise TerraformStopped(f"there is no archive {options.archive}")


def summary(steps: tuple[Step, ...]) -> str:
    if not steps:
        return "Nothing to change: the cloud is as the code says."
    made = sum("create" in each.actions for each in steps)
    changed = sum(each.actions == ("update",) for each in steps)
    lost = [each.address for each in steps if each.destroys]
    said = f"{made} made, {changed} changed, {len(lost)} taken away"
    return f"{said}: {', '.join(lost)}." if lost else f"{said}."


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.plan", description=__doc__)
    options_of(parser)
    options = parser.parse_args(arguments)
    terraform = Terraform(environment=_IN_SILENCE)
    try:
        check(options)
        steps = planned(terraform, options.region, state=options.state, archive=options.archive)
    except (TerraformStopped, UnableToPackage, RegionFault) as fault:
        Console(stderr=True).print(f"[red]Not planned:[/] {fault}", soft_wrap=True)
        return 1
    Console().print(summary(steps), soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
