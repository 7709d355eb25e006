"""Two checks on single officers: answers entered for an agency on paper, and a second look."""

from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.scene import Person
from shared.domain.statuses import ArchiveReason, Role, Status
from tests.domain.builders import (
    COORDINATOR,
    EXPLAINED,
    INTAKE,
    VERIFIER,
    VERIFIER_2,
    Case,
    answer_to,
    filed,
    officer_of,
    supervisory,
)

ON_PAPER = "satpolpp"
FOR_IT = replace(EXPLAINED, on_behalf_of=ON_PAPER)
ABUSIVE = c.Archive(reason=ArchiveReason.ABUSIVE, text="Berisi ancaman.")


def on_paper() -> Case:
    return filed().routed(ON_PAPER)


def test_what_is_entered_counts_as_the_agencys_answer() -> None:
    """Its clock is met, the reporter's runs; the record says who entered it and for whom."""
    case = on_paper().do(FOR_IT, INTAKE)

    event = case.events[-1]
    assert case.report.status is Status.ANSWERED
    assert (event.by, event.officer) == (Role.INTAKE, "komang")
    assert (event.facts["agency"], event.facts["on_behalf"]) == (ON_PAPER, True)


def test_what_an_agency_answers_itself_is_on_nobodys_behalf() -> None:
    case = on_paper().answered()

    assert "on_behalf" not in case.events[-1].facts


@pytest.mark.parametrize(
    ("case", "command", "refusal"),
    [
        (filed().routed("dlhk"), replace(EXPLAINED, on_behalf_of="dlhk"), "not-yours"),
        (filed(), FOR_IT, "not-yours"),
        (on_paper(), EXPLAINED, "with-another-agency"),
        (on_paper(), replace(EXPLAINED, on_behalf_of="dlhk"), "with-another-agency"),
        (on_paper().do(FOR_IT, INTAKE).closed(), FOR_IT, "wrong-status"),
        (on_paper(), c.Accept(), "not-yours"),
    ],
    ids=["it signs in", "no agency", "nobody named", "an old sheet", "closed", "not its word"],
)
def test_intake_speaks_for_nobody_else(case: Case, command: c.Command, refusal: str) -> None:
    """Only where nobody there signs in, for the agency that has it, and only to answer."""
    assert answer_to(case, command, INTAKE) == refusal


def test_what_is_supervisory_crosses_no_counter() -> None:
    """Even where the unit that handles it works on paper."""
    rules = supervisory().rules
    handler = replace(rules.directory.agencies["inspektorat"], paper=True)
    agencies = {**rules.directory.agencies, "inspektorat": handler}
    on_paper_too = replace(rules, directory=replace(rules.directory, agencies=agencies))
    case = replace(supervisory(), rules=on_paper_too).routed("inspektorat", by=COORDINATOR)

    command = replace(EXPLAINED, on_behalf_of="inspektorat")

    assert answer_to(case, command, INTAKE) == "not-yours"


def test_an_agency_does_not_answer_for_another() -> None:
    command = replace(EXPLAINED, on_behalf_of="dlhk")

    assert answer_to(on_paper(), command, officer_of(ON_PAPER)) == "with-another-agency"


@pytest.mark.parametrize(
    ("by", "answer"),
    [(VERIFIER, "another-officer-decides"), (VERIFIER_2, "done"), (COORDINATOR, "done")],
)
def test_what_is_put_away_as_abusive_is_looked_at_by_another_officer(
    by: Person, answer: str
) -> None:
    case = filed().do(ABUSIVE, VERIFIER)

    assert case.report.awaits_review
    assert answer_to(case, c.Review(), by) == answer


def test_a_review_is_made_once_and_anew_for_another_archiving() -> None:
    """After an appeal that leads to the archive again, somebody looks again."""
    reviewed = filed().do(ABUSIVE, VERIFIER).do(c.Review(), VERIFIER_2)
    assert answer_to(reviewed, c.Review(), COORDINATOR) == "nothing-to-review"

    reopened = reviewed.do(c.Reopen(text="Dilihat lagi."), COORDINATOR)
    assert not reopened.report.awaits_review
    assert reopened.do(ABUSIVE, VERIFIER_2).report.awaits_review
