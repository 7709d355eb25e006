"""How a reporter comes back to a report that has ended, and until when: as the commands decide."""

from datetime import date, timedelta

import pytest

from shared.domain import commands as c
from shared.domain.refusals import SENTENCES
from shared.domain.scene import REPORTER
from shared.usecases.coming_back import WayBack, way_back
from tests.domain.builders import RULES, SITUATIONS, VERIFIER_2, Case, a_case_that_is, stamp

ENDS = {"closed": "object", "archived": "appeal"}
# Thirty days after the second of November, on which they end.
UNTIL = date(2026, 12, 2)


def back(case: Case, days: int = 0) -> WayBack | None:
    now = stamp(99, case.now + timedelta(days=days))
    return way_back(case.report, rules=RULES, stamp=now)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_only_what_has_ended_with_us_is_come_back_to(situation: str) -> None:
    found = back(a_case_that_is(situation))

    assert (found and found.action) == ENDS.get(situation)


@pytest.mark.parametrize("situation", ENDS)
@pytest.mark.parametrize(("days", "code"), [(0, None), (30, None), (31, "window-over")])
def test_until_the_thirtieth_day(situation: str, days: int, code: str | None) -> None:
    """And why no more, in the words of the refusal."""
    found = back(a_case_that_is(situation), days)

    assert found == WayBack(ENDS[situation], UNTIL, SENTENCES[code] if code else None)


def test_a_second_review_is_not_offered() -> None:
    reviewed = a_case_that_is("archived").do(c.Appeal(text="Periksa lagi."), REPORTER)

    found = back(reviewed.archived(VERIFIER_2))

    assert found
    assert found.refused == SENTENCES["appealed-already"]
