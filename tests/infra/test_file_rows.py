"""What may be attached: rows of policy.yaml, and a region's own."""

import shutil
from pathlib import Path

import pytest
import yaml

from infra import file_rows, region_file
from infra.region_file import INFRA, RegionFault
from infra.seeding import documents
from shared.adapters.region_documents import _file_limits
from shared.domain.attachment import DOCUMENTS, IMAGES, FileLimits
from tests.domain.builders import NOW

WRITTEN = {
    "files": 3,
    "each_mib": 5,
    "together_mib": 10,
    "types": ["jpeg", "pdf"],
    "from": "2026-01-01",
    "basis": "kebijakan layanan",
}


def row(since: str, files: int = 3) -> FileLimits:
    return file_rows.row({**WRITTEN, "from": since, "files": files})


def with_own(tmp_path: Path, *rows: dict[str, object]) -> Path:
    infra = tmp_path / "infra"
    for part in ("regions", "schema"):
        shutil.copytree(INFRA / part, infra / part)
    for file in ("categories.yaml", "policy.yaml"):
        shutil.copy(INFRA / file, infra / file)
    with (infra / "regions" / "badung.yaml").open("a", encoding="utf-8") as region:
        region.write("\n" + yaml.safe_dump({"files": list(rows)}))
    return infra


def test_sizes_are_mebibytes_and_types_have_their_whole_names() -> None:
    """As uploads and contents are compared with them."""
    limits = row("2026-01-01")

    assert (limits.each, limits.together) == (5 << 20, 10 << 20)
    assert limits.types == {"image/jpeg", "application/pdf"}


def test_every_region_takes_every_type_that_can_be_cleaned() -> None:
    """Unless its own file says otherwise."""
    for name in region_file.names():
        (limits,) = region_file.read(name).files
        assert limits.types == IMAGES | DOCUMENTS


def test_a_regions_own_rows_count_from_their_first_day(tmp_path: Path) -> None:
    """Those shared before it stay for the days before."""
    found = region_file.read("badung", with_own(tmp_path, WRITTEN)).files

    assert [(each.since.year, each.files) for each in found] == [(2018, 10), (2026, 3)]
    assert file_rows.merged([row("2018-01-01"), row("2027-01-01")], [row("2020-01-01", 9)]) == (
        row("2018-01-01"),
        row("2020-01-01", 9),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([WRITTEN, WRITTEN], "two rows of files from 2026-01-01"),
        ([{**WRITTEN, "types": ["svg"]}], "'svg' is not one of"),
        ([{**WRITTEN, "each_mib": 21}], "21 is greater than the maximum"),
    ],
)
def test_a_row_that_cannot_be_is_named(
    tmp_path: Path, rows: list[dict[str, object]], said: str
) -> None:
    """More than 20 MiB nobody could clean in time."""
    with pytest.raises(RegionFault, match=said):
        region_file.read("badung", with_own(tmp_path, *rows))


def test_what_is_seeded_is_what_is_read() -> None:
    """Through the store's plain values."""
    file = region_file.read("badung")

    seeded = documents(file, NOW.date())["settings/region"]["files"]

    assert tuple(map(_file_limits, seeded)) == file.files
