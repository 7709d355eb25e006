"""What a region says of itself to Terraform: its two .tfvars as one mapping."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.region_file import INFRA, RegionFault

FOLDERS = ("regions", "project/regions")


def read(region: str, infra: Path = INFRA) -> Mapping[str, Any]:
    """Raises RegionFault: the file, and what is wrong with it."""
    found: dict[str, Any] = {}
    for folder in FOLDERS:
        name = f"infra/{folder}/{region}.tfvars"
        written = _file(infra / folder / f"{region}.tfvars", name)
        for key in sorted(found.keys() & written.keys()):
            if found[key] != written[key]:
                raise RegionFault(f"{name}: {key} is not that of infra/regions/{region}.tfvars")
        found |= written
    return found


def _file(path: Path, name: str) -> dict[str, Any]:
    import hcl2  # noqa: PLC0415 only who reads these files pays for it
    from lark.exceptions import LarkError  # noqa: PLC0415

    plainly = hcl2.SerializationOptions(strip_string_quotes=True, with_comments=False)
    try:
        written: dict[str, Any] = hcl2.loads(
            path.read_text(encoding="utf-8"), serialization_options=plainly
        )
    except OSError as fault:
        raise RegionFault(f"{name}: {fault.strerror}; copy another region's") from None
    except LarkError as fault:
        first = str(fault).splitlines()[0]
        raise RegionFault(f"{name}: {first}; terraform fmt shows where") from None
    return written
