"""What the store gives back is what the rules made, and the chain still proves it."""

import pytest

from shared.domain.events import Event, fold, sealed, verifies
from shared.domain.report import Report
from shared.domain.workflow import Decision
from shared.usecases.ports import Reports
from tests.builders import commit_of, journey
from tests.domain.builders import SITUATIONS, a_case_that_is


def saved(reports: Reports, decisions: list[Decision]) -> tuple[Report, tuple[Event, ...]]:
    for decision in decisions:
        reports.commit(commit_of(decision))
    last = decisions[-1].report
    stored = reports.load(last.code)
    assert stored
    return stored, reports.timeline(last.code, last.seq)


def test_the_stored_report_is_the_one_decided(reports: Reports) -> None:
    """After every kind of change, updated field by field."""
    decisions = journey()

    stored, _ = saved(reports, decisions)

    assert stored == decisions[-1].report


def test_folding_the_stored_timeline_gives_the_stored_report(reports: Reports) -> None:
    """The report is nothing but its events."""
    stored, timeline = saved(reports, journey())

    assert fold(timeline) == stored


def test_the_stored_chain_leads_to_the_stored_head(reports: Reports) -> None:
    """Nothing in a header is lost or rounded on the way."""
    stored, timeline = saved(reports, journey())

    assert verifies(timeline, stored.code, stored.head)


def test_the_stored_contents_have_the_digests_of_the_headers(reports: Reports) -> None:
    """Sealing what was read again gives the very same events."""
    stored, timeline = saved(reports, journey())

    previous = stored.code
    for event in timeline:
        assert sealed(event, previous) == event
        previous = event.hash


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_status_survives_the_store(reports: Reports, situation: str) -> None:
    """Each reached by real commands."""
    case = a_case_that_is(situation)

    stored, timeline = saved(reports, [Decision(None, case.report, case.events)])

    assert stored == case.report == fold(timeline)
