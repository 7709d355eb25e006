from dataclasses import replace
from datetime import date

import pytest

from shared.domain.policy import Allowance, Policy
from tests.domain.builders import policy

TODAY = date(2026, 11, 2)
WD5, WD14 = (Allowance(5, "WD"),), (Allowance(14, "WD"),)


@pytest.mark.parametrize(
    ("clock", "kind", "allowances"),
    [
        ("verification", "complaint", (Allowance(3, "WD"),)),
        ("verification", "supervisory", (Allowance(3, "WD"),)),
        ("verification", "information_request", (Allowance(1, "WD"),)),
        ("decision", "complaint", (Allowance(2, "WD"),)),
        ("response", "complaint", WD5),
        ("response", "information_request", WD5),
        ("promise", "complaint", ()),
        ("reporter", "aspiration", (Allowance(10, "WD"),)),
        ("completion", "complaint", (Allowance(30, "CD"),)),
        ("completion_agency", "complaint", (Allowance(10, "WD"),)),
        ("legal", "information_request", WD5),
        ("legal", "complaint", WD14),
        ("legal", "aspiration", WD14),
        ("legal", "supervisory", (Allowance(60, "WD"), Allowance(60, "CD"))),
    ],
)
def test_the_deployed_rows_are_the_deadlines_of_the_design(
    clock: str, kind: str, allowances: tuple[Allowance, ...]
) -> None:
    """The row of the very kind goes before the one for any kind."""
    row = policy().row(clock, kind, TODAY)

    assert row
    assert row.allowances == allowances
    assert row.basis


def test_praise_has_no_legal_row() -> None:
    """No row, no clock."""
    assert policy().row("legal", "appreciation", TODAY) is None


def test_only_requests_for_information_can_be_extended() -> None:
    """UU 14/2008 article 22 is the only basis that is known."""
    extendable = {row.id: row.extension_basis for row in policy().rows if row.extension}

    assert set(extendable) == {"legal-information-2018", "response-information-2018"}
    assert set(extendable.values()) == {"UU 14/2008 pasal 22"}


def test_the_legal_time_keeps_at_least_five_working_days() -> None:
    """Every legal row says so, and no other."""
    least = {row.clock: row.minimum_left for row in policy().rows}

    assert {clock for clock, left in least.items() if left == 5} == {"legal"}
    assert set(least.values()) == {0, 5}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 12, 31), "response-2018"),
        (date(2027, 1, 1), "response-2027"),
        (date(2028, 1, 1), "response-2027"),
        (date(2017, 12, 31), None),
    ],
)
def test_a_row_counts_from_its_day(on: date, expected: str | None) -> None:
    """Before the first one there is none; the newest in force wins."""
    rows = policy().rows
    newer = replace(policy().by_id("response-2018"), id="response-2027", since=date(2027, 1, 1))

    found = Policy((newer, *rows)).row("response", "complaint", on)

    assert (found and found.id) == expected


def test_an_old_row_of_the_kind_goes_before_a_new_one_for_all() -> None:
    """A regulation about everything does not undo one about something."""
    newer = replace(policy().by_id("response-2018"), id="response-2027", since=date(2026, 1, 1))

    found = Policy((*policy().rows, newer)).row("response", "information_request", TODAY)

    assert found == policy().by_id("response-information-2018")
