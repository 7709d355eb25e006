"""What an operator reads when a region's file is wrong: the file, the key, the remedy."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from infra import region_file
from infra.region_file import INFRA, RegionFault
from shared.domain.directory import Rule
from shared.domain.policy import Allowance

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The infra folder with one text replaced in one of its files."""

    def edit(name: str, old: str, new: str) -> Path:
        infra = tmp_path / "infra"
        for part in ("regions", "schema"):
            shutil.copytree(INFRA / part, infra / part)
        for file in ("categories.yaml", "policy.yaml"):
            shutil.copy(INFRA / file, infra / file)
        text = (infra / name).read_text(encoding="utf-8")
        assert old in text
        (infra / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return infra

    return edit


def test_the_directory_has_what_the_file_says() -> None:
    """A known rule, a known agency and the region's zone arrive as values of the domain."""
    directory = region_file.read("badung").directory

    assert directory.zone == "Asia/Makassar"
    assert directory.agencies["rsud-mangusada"].parent == "dinkes"
    assert Rule(12, "lingkungan-hidup-dan-kehutanan", "51.03", agency="dlhk") in directory.rules
    assert directory.area_name("51.03.06.2005") == "Canggu"


def test_a_region_that_says_nothing_of_notices_writes_to_its_list(edited: Edit) -> None:
    """Nobody is written to before somebody says so."""
    silent = region_file.read("badung").directory
    live = region_file.read(
        "badung",
        edited("regions/badung.yaml", "auto_route:", "notices: live\nauto_route:"),
    ).directory

    assert (silent.notices, silent.notice_allowlist) == ("allowlist", ())
    assert live.notices == "live"


def test_a_policy_row_has_each_of_its_limits() -> None:
    """Of two limits the earlier counts; a promise has none; only a law gives an extension."""
    policy = region_file.read("badung").policy

    both = (Allowance(60, "WD"), Allowance(60, "CD"))
    assert policy.by_id("legal-supervisory-2018").allowances == both
    assert policy.by_id("promise-2018").allowances == ()
    assert policy.by_id("legal-information-2018").extension == Allowance(7, "WD")
    assert policy.by_id("legal-complaint-2018").since == date(2018, 1, 1)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "regions/badung.yaml", "kind: dinas", "kind: dinass",
            r"^infra/regions/badung\.yaml: agencies/0/kind: .*; see infra/schema/region\.json$",
        ),
        (
            "regions/badung.yaml", "zone: Asia/Makassar", "zona: Asia/Makassar",
            r"^infra/regions/badung\.yaml: the file: .*; see infra/schema/region\.json$",
        ),
        (
            "regions/badung.yaml", "parent: dinkes", "parent: nobody",
            r"^infra/regions/badung\.yaml: agencies: rsud-mangusada names an unknown parent",
        ),
        (
            "regions/badung.yaml", "auto_route:", "notices: all\nauto_route:",
            r"^infra/regions/badung\.yaml: notices: .*; see infra/schema/region\.json$",
        ),
        (
            "regions/badung.yaml", "auto_route:", "notice_allowlist: [nobody@]\nauto_route:",
            r"^infra/regions/badung\.yaml: notice_allowlist/0: .*; see infra/schema/region\.json$",
        ),
        (
            "regions/badung.yaml", "handlers: [inspektorat]", "handlers: [itjen]",
            r"^infra/regions/badung\.yaml: handlers: .*; name one that exists$",
        ),
        (
            "regions/badung.yaml", "region: badung", "region: [badung",
            r"^infra/regions/badung\.yaml: not readable as YAML: .*line \d+",
        ),
        (
            "policy.yaml", "3, unit: WD", "3, unit: hari",
            r"^infra/policy\.yaml: rows/0/unit: .*; see infra/schema/policy\.json$",
        ),
        (
            "categories.yaml", "name_en: Religion", "name_en: R",
            r"^infra/categories\.yaml: categories/0/name_en: .*schema/categories\.json$",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_key(
    edited: Edit, name: str, old: str, new: str, said: str
) -> None:
    """One line that can be acted on; a wrong file never reaches a database."""
    with pytest.raises(RegionFault) as fault:
        region_file.read("badung", edited(name, old, new))

    assert re.search(said, str(fault.value))
    assert "\n" not in str(fault.value)
