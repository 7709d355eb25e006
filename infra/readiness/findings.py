"""What stands between a region and its citizens: one finding is one thing for one person to do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.manifest import Manifest
from infra.region_file import RegionFile

OPERATOR = "operator"
COORDINATOR = "coordinator of the region"
LAWYERS = "legal office (Bagian Hukum)"
DNS = "whoever keeps the DNS of the region"
ISSUER = "whoever runs the officers' sign-in"
AMAZON = "owner of the AWS account"


@dataclass(frozen=True, slots=True)
class Finding:
    """`blocks`: opened like this, the desk would break a promise to somebody."""

    what: str
    why: str
    who: str
    how: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A region as its files have it. `settings`: its .tfvars; `training`: for trying only."""

    region: RegionFile
    settings: Mapping[str, Any]
    manifest: Manifest
    today: date

    @property
    def name(self) -> str:
        return self.region.directory.region

    @property
    def training(self) -> bool:
        return self.region.directory.training


Check = Callable[[Case], Iterable[Finding]]
