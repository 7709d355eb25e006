"""Terraform as an operator would type it: a state per region, a plan in a file, then that plan."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.region_file import INFRA

_PLANNED = "planned"
_BUCKET = "gs://"
_CHANGES = 2  # the exit code of `plan -detailed-exitcode`


class TerraformStopped(Exception):
    """One sentence. What Terraform itself said was printed before."""


@dataclass(frozen=True, slots=True)
class Step:
    """What would be done to one thing; `actions` as Terraform names them."""

    address: str
    actions: tuple[str, ...]

    @property
    def destroys(self) -> bool:
        return "delete" in self.actions


@dataclass(frozen=True, slots=True)
class Terraform:
    """Its words go to the terminal; `quiet`: to nobody."""

    infra: Path = INFRA
    environment: Mapping[str, str] = field(default_factory=dict)
    quiet: bool = False

    def init(self, region: str, state: str) -> None:
        """`state`: gs://BUCKET, or a folder where an override says that the backend is local."""
        self._run("init", "-reconfigure", "-input=false", *_backend(region, state))

    def plan(self, region: str, archive: Path) -> tuple[Step, ...]:
        """Kept in a file for `apply`. Empty: nothing to do."""
        given = (f"-var-file=regions/{region}.tfvars", f"-var=archive={archive.resolve()}")
        options = ("-input=false", "-detailed-exitcode", f"-out={_PLANNED}")
        if self._run("plan", *options, *given, fine=(0, _CHANGES)) == 0:
            return ()
        return tuple(_steps(self._said("show", "-json", _PLANNED)))

    def apply(self) -> None:
        """The plan that was shown, and no other."""
        self._run("apply", "-input=false", _PLANNED)

    def outputs(self) -> Mapping[str, Any]:
        """Empty before the first apply."""
        return {name: each["value"] for name, each in self._said("output", "-json").items()}

    def _run(self, *arguments: str, fine: Iterable[int] = (0,)) -> int:
        ran = self._started(arguments, capture_output=self.quiet)
        if ran.returncode not in fine:
            raise TerraformStopped(f"terraform {arguments[0]} ended with {ran.returncode}")
        return ran.returncode

    def _said(self, *arguments: str) -> dict[str, Any]:
        ran = self._started(arguments, capture_output=True)
        if ran.returncode:
            raise TerraformStopped(f"terraform {arguments[0]}: {ran.stderr.strip()}")
        found: dict[str, Any] = json.loads(ran.stdout)
        return found

    def _started(
        self, arguments: Iterable[str], *, capture_output: bool
    ) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 our own words and an operator's
                ["terraform", f"-chdir={self.infra}", *arguments],  # noqa: S607 where PATH has it
                env={**os.environ, **self.environment},
                capture_output=capture_output,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            raise TerraformStopped(
                "terraform is not on this machine: developer.hashicorp.com/terraform/install"
            ) from None


def _backend(region: str, state: str) -> tuple[str, ...]:
    if state.startswith(_BUCKET):
        bucket = state.removeprefix(_BUCKET).rstrip("/")
        return (f"-backend-config=bucket={bucket}", f"-backend-config=prefix=regions/{region}")
    return (f"-backend-config=path={Path(state).resolve() / region}.tfstate",)


def _steps(shown: Mapping[str, Any]) -> Iterable[Step]:
    for each in shown.get("resource_changes", ()):
        actions = tuple(each["change"]["actions"])
        if actions not in (("no-op",), ("read",)):
            yield Step(each["address"], actions)
