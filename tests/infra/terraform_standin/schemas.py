"""The true schema of a provider, of as many resources as somebody names."""

import base64
import json
import sys
import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.infra.terraform_standin.typescript import Module

# Where `make` downloads the packages of wheels.txt to.
_WHEELS = Path(sys.prefix) / "schemas"
_SOURCE_MAP = "sourceMappingURL=data:application/json;base64,"
_MODULES_DEPTH = 4  # package/lib/<module>/index.js

Schema = dict[str, Any]


class NoSchema(Exception):
    """One sentence: what is missing and what to type."""


@dataclass(frozen=True, slots=True)
class Provider:
    """As Terraform writes it, and as PyPI does."""

    name: str
    wheel: str

    @property
    def source(self) -> str:
        return f"registry.terraform.io/hashicorp/{self.name}"


GOOGLE = Provider("google", "cdktn_provider_google")
AWS = Provider("aws", "cdktn_provider_aws")
TIME = Provider("time", "cdktn_provider_time")
PROVIDERS = (GOOGLE, AWS, TIME)

_KINDS = {
    "TerraformResource": "resource_schemas",
    "TerraformDataSource": "data_source_schemas",
    "TerraformEphemeralResource": "ephemeral_resource_schemas",
}


@cache
def schema(provider: Provider, wanted: frozenset[str]) -> Schema:
    """In the form of `terraform providers schema -json`. What is not the provider's is left out."""
    found: Schema = {"provider": {}, **{kind: {} for kind in _KINDS.values()}}
    for name, source in _sources(provider, wanted):
        module = Module.of(source)
        class_, kind = module.root
        block = module.block(class_, class_ + "Config")
        if kind == "TerraformProvider":
            block["attributes"].pop("alias", None)  # Terraform's own
            found["provider"] = {"version": 0, "block": block}
        else:
            found[_KINDS[kind]][name] = {"version": 0, "block": block}
    return found


def _sources(provider: Provider, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """(Terraform's name, TypeScript) of the provider itself and of what is wanted."""
    ours = (name for name in wanted if name.startswith(f"{provider.name}_"))
    folders = {_folder(name): name for name in ours} | {"provider": "provider"}
    parts: dict[str, list[str]] = {}
    for folder, script in _scripts(provider):
        name = folders.get(folder.removeprefix("data-" + provider.name + "-"))
        if name:
            parts.setdefault(folder, []).append(_typescript(script))
    for folder, texts in parts.items():
        yield (
            folders[folder.removeprefix("data-" + provider.name + "-")],
            "\n".join(filter(None, texts)),
        )


def _folder(name: str) -> str:
    """google_pubsub_topic lies in pubsub-topic."""
    return name.split("_", 1)[1].replace("_", "-")


def _scripts(provider: Provider) -> Iterator[tuple[str, bytes]]:
    with ZipFile(_wheel(provider)) as wheel:
        packed = next(name for name in wheel.namelist() if name.endswith(".jsii.tgz"))
        with wheel.open(packed) as raw, tarfile.open(fileobj=raw, mode="r|gz") as archive:
            for member in archive:
                parts = member.name.split("/")
                opened = archive.extractfile(member) if member.name.endswith(".js") else None
                if opened and len(parts) >= _MODULES_DEPTH and parts[1] == "lib":
                    yield parts[2], opened.read()


def _typescript(script: bytes) -> str:
    """The source that the script was made of, from its source map."""
    _, mark, encoded = script.decode().rpartition(_SOURCE_MAP)
    return json.loads(base64.b64decode(encoded.strip()))["sourcesContent"][0] if mark else ""


def _wheel(provider: Provider) -> Path:
    found = sorted(_WHEELS.glob(f"{provider.wheel}-*.whl"))
    if not found:
        raise NoSchema(f"{provider.wheel} is not in {_WHEELS}; `make test` downloads it")
    return found[-1]
