"""A copy of infra/ that Terraform runs in, with stand-ins for the providers and state on disk."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.manifest import ROOT
from tests.infra.terraform_standin import provider, schemas

REGIONS = sorted(path.stem for path in (ROOT / "infra/regions").glob("*.tfvars"))
MODULES = (".", "project", "aws")
# What a plan of infra/aws needs to know: its region, and who may send.
AWS = (
    "-var=region=badung",
    "-var=domain=lapor.badungkab.go.id",
    f"-var=identity={'1' * 21}",
)

_LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n'
_NAMED = re.compile(r'^(?:resource|data) "(\w+)"', re.MULTILINE)
_QUIET = {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
_NOT_COPIED = shutil.ignore_patterns("__pycache__", ".terraform*", "*.tfstate*", "*.py")


class TerraformFailed(Exception):
    """With all it printed."""


@dataclass(frozen=True, slots=True)
class Workspace:
    infra: Path
    archive: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str, module: str = ".") -> str:
        ran = subprocess.run(
            ["terraform", f"-chdir={self.infra / module}", *arguments],
            env={**os.environ, **_QUIET, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise TerraformFailed(ran.stdout + ran.stderr)
        return ran.stdout

    def plan(self, region: str, archive: Path | None = None) -> "Plan":
        archived = f"-var=archive={archive or self.archive}"
        return self._planned(".", f"-var-file=regions/{region}.tfvars", archived)

    def plan_of_project(self, region: str) -> "Plan":
        return self._planned("project", f"-var-file=regions/{region}.tfvars")

    def plan_of_aws(self, *more: str) -> "Plan":
        return self._planned("aws", *AWS, *more)

    def apply(self, region: str) -> None:
        self.plan(region)
        self.run("apply", "-no-color", "planned")

    def standing(self) -> "Plan":
        """After an apply: with everything that a cloud decides made up."""
        shown = json.loads(self.run("show", "-json"))
        return Plan(shown["values"]["root_module"]["resources"], ())

    def changed(self, path: str, old: str, new: str) -> None:
        file = self.infra / path
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{path} no longer holds {old!r}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def copy(self, to: Path) -> "Workspace":
        """Initialised as this one is."""
        infra = Path(shutil.copytree(self.infra, to / "infra", symlinks=True))
        return Workspace(infra, self.archive, self.environment)

    def _planned(self, module: str, *arguments: str) -> "Plan":
        self.run("plan", "-no-color", "-input=false", "-out=planned", *arguments, module=module)
        shown = json.loads(self.run("show", "-json", "planned", module=module))
        resources = shown["planned_values"]["root_module"]["resources"]
        changes = tuple(shown.get("resource_changes", ()))
        return Plan(resources, changes, _waits(shown), self.infra)


@dataclass(frozen=True, slots=True)
class Plan:
    """`waits`: what stands in `depends_on`, by `type.name`. `infra`: where it was planned."""

    resources: list[dict[str, Any]]
    changes: tuple[dict[str, Any], ...]
    waits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    infra: Path = ROOT / "infra"

    def of(self, address: str) -> dict[str, dict[str, Any]]:
        """Values by key of `type.name`; a resource without keys has the key ""."""
        kind, _, name = address.partition(".")
        return {
            each.get("index", ""): each["values"]
            for each in self.resources
            if each["mode"] == "managed" and (each["type"], each["name"]) == (kind, name)
        }

    def all_of(self, kind: str) -> dict[str, dict[str, Any]]:
        return {each["address"]: each["values"] for each in self.managed() if each["type"] == kind}

    def managed(self) -> list[dict[str, Any]]:
        return [each for each in self.resources if each["mode"] == "managed"]

    def changing(self) -> dict[str, list[str]]:
        """What would be done to what, apart from nothing and looking things up."""
        return {
            each["address"]: each["change"]["actions"]
            for each in self.changes
            if each["change"]["actions"] not in (["no-op"], ["read"])
        }


@contextmanager
def opened(folder: Path, archive: Path) -> Iterator[Workspace]:
    infra = Path(shutil.copytree(ROOT / "infra", folder / "infra", ignore=_NOT_COPIED))
    for module in MODULES:
        (infra / module / "backend_override.tf").write_text(_LOCAL_STATE, encoding="utf-8")
    wanted = frozenset[str]().union(*(_named(infra / module) for module in MODULES))
    known = {each: schemas.schema(each, wanted) for each in schemas.PROVIDERS}
    with provider.serve(known) as environment:
        workspace = Workspace(infra, archive, environment)
        for module in MODULES:
            workspace.run("init", "-no-color", module=module)
        yield workspace


def _waits(shown: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    written = shown["configuration"]["root_module"]["resources"]
    return {each["address"]: frozenset(each.get("depends_on", ())) for each in written}


def _named(module: Path) -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in module.glob("*.tf"))
    return frozenset(name for text in texts for name in _NAMED.findall(text))
