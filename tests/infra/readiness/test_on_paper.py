"""What a region's own files lack, seen without asking anybody."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from infra import region_file
from infra.commands import preflight
from infra.readiness import on_paper
from infra.readiness.findings import Case, Finding
from infra.region_file import INFRA, Holiday
from tests.infra.readiness.cases import LAST_KNOWN_YEAR, case, in_region

NEXT = LAST_KNOWN_YEAR + 1
MAYBE = {date(NEXT, 3, 1): Holiday("Hari jadi", "belum dikonfirmasi")}
UNSURE = {
    id_: replace(agency, unconfirmed=True)
    for id_, agency in case().region.directory.agencies.items()
}
PLACEHOLDERS = "placeholders in the .tfvars: alarm_emails, runbook, token_issuer, billing_account"


def with_holidays(given: Case) -> Case:
    return replace(given, region=replace(given.region, holidays=MAYBE))


@pytest.mark.parametrize(
    ("check", "given", "words", "blocks"),
    [
        (on_paper.placeholders, case(), PLACEHOLDERS, True),
        (on_paper.contacts, case(), "18 agencies without a true address", True),
        (on_paper.policy, case(), "4 deadlines not checked", True),
        (on_paper.notices, case(), "notices are allowlist", True),
        (on_paper.mail, case(), "no mail", True),
        (on_paper.calendar, case(), f"the holidays of {NEXT} are not known", False),
        (on_paper.holidays, with_holidays(case()), f"unconfirmed, the first on {NEXT}-", False),
        (
            on_paper.unconfirmed_agencies,
            in_region(case(), agencies=UNSURE),
            "18 agencies unconfirmed",
            False,
        ),
        (on_paper.routing, in_region(case(), auto_route=False), "auto_route is off", False),
    ],
)
def test_what_the_files_lack_is_found(
    check: Callable[[Case], Iterator[Finding]],
    given: Case,
    words: str,
    blocks: bool,  # noqa: FBT001
) -> None:
    """What breaks a promise to somebody blocks; the rest should be done."""
    (finding, *_) = check(given)

    assert words in finding.what
    assert finding.blocks is blocks


@pytest.mark.parametrize("region", sorted({*region_file.names()} - {"contoh"}))
def test_every_finding_says_what_why_who_and_how(region: str) -> None:
    """A line that nobody can act on is noise."""
    for finding in preflight.on_paper_findings(preflight.case_of(region)):
        assert all((finding.what, finding.why, finding.who, finding.how))


@pytest.mark.parametrize(("day", "blocks"), [((11, 30), False), ((12, 1), True)])
def test_an_unknown_next_year_blocks_from_december_on(
    day: tuple[int, int],
    blocks: bool,  # noqa: FBT001
) -> None:
    """Until then the decree may still come in time."""
    (finding,) = on_paper.calendar(case(today=date(LAST_KNOWN_YEAR, *day)))

    assert finding.blocks is blocks


def test_a_region_for_training_is_ready_without_the_people_of_a_real_one() -> None:
    """It writes to nobody, so no address, no mail and no law has to be true."""
    trying = in_region(case(), training=True)

    blocking = {each.what for each in preflight.on_paper_findings(trying) if each.blocks}

    assert blocking == {PLACEHOLDERS}


def test_a_row_that_was_checked_is_asked_for_no_more(tmp_path: Path) -> None:
    """The day stands beside the row; a row of service policy needs none."""
    infra = Path(
        shutil.copytree(INFRA, tmp_path / "infra", ignore=shutil.ignore_patterns("*.py", ".terra*"))
    )
    text = (infra / "policy.yaml").read_text(encoding="utf-8")
    old = 'basis: "UU 25/2009 pasal 44",'
    assert old in text
    (infra / "policy.yaml").write_text(text.replace(old, f"{old} checked_on: 2026-11-20,"))

    assert "completion-2018" not in region_file.read("contoh", infra).unchecked
    assert "completion-2018" in region_file.read("contoh").unchecked
