import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind, Status
from tests.domain.builders import (
    COORDINATOR,
    VERIFIER,
    a_case_that_is,
    answer_to,
    filed,
    supervisory,
)

ABOUT_OFFICIAL = c.Classify(supervisory=True)
INFORMATION = c.Classify(kind=Kind.INFORMATION_REQUEST)
COMPLAINT = c.Classify(kind=Kind.COMPLAINT)
PRAISE = c.Classify(kind=Kind.APPRECIATION)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", Kind.ASPIRATION),
        ("category", "jalan"),
        ("area", "51.03.06"),
        ("title", "Sampah tiga hari"),
        ("supervisory", True),
        ("secret", True),
    ],
)
def test_a_verifier_puts_each_field_right(field: str, value: object) -> None:
    """The rest stays as it was, and the reason is told."""
    case = filed().do(c.Classify(**{field: value, "text": "Sesuai isi."}), VERIFIER)

    assert getattr(case.report, field) == value
    assert case.events[-1].texts["text"] == "Sesuai isi."
    assert case.report.status is Status.SUBMITTED


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (c.Classify(category="unknown"), "unknown-category"),
        (c.Classify(), "nothing-to-change"),
        (c.Classify(kind=Kind.COMPLAINT, category="sampah"), "nothing-to-change"),
        (c.Classify(secret=False), "only-more-private"),
        (c.Classify(secret=True), "nothing-to-change"),
        (c.Classify(secret=True, category="jalan"), "done"),
    ],
)
def test_a_classification_must_change_something_and_never_open_a_secret(
    command: c.Command, answer: str
) -> None:
    """Confidentiality only ever grows."""
    case = filed(secret=True, category="sampah")

    assert answer_to(case, command, VERIFIER) == answer


@pytest.mark.parametrize(
    ("command", "legal"),
    [
        (INFORMATION, "Mon 2026-11-09 23:59:59"),
        (c.Classify(kind=Kind.ASPIRATION), "Fri 2026-11-20 23:59:59"),
        (ABOUT_OFFICIAL, "Fri 2027-01-01 23:59:59"),
    ],
)
def test_the_legal_time_of_another_kind_is_counted_from_filing(
    command: c.Command, legal: str
) -> None:
    """Filed on Monday, put right on Wednesday: as if it had been filed so."""
    case = filed().at("Wed 2026-11-04 10:00").do(command, VERIFIER)

    assert case.due(ClockKind.LEGAL) == legal


def test_what_turns_out_to_be_praise_has_no_legal_time_any_more() -> None:
    """And gets it back, from filing, when it was a complaint after all."""
    praise = filed().at("Wed 2026-11-04 10:00").do(PRAISE, VERIFIER)

    assert praise.report.clock(ClockKind.LEGAL) is None
    assert praise.do(COMPLAINT, VERIFIER).due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"


def test_a_legal_time_that_begins_while_the_reporter_is_asked_stands_at_once() -> None:
    """A verifier's question stops the legal clock, also one that comes later."""
    asked = filed(kind=Kind.APPRECIATION).do(c.Hold(), VERIFIER).later(days=2)

    case = asked.do(COMPLAINT, VERIFIER)

    assert case.run(ClockKind.LEGAL).is_paused
    assert not case.do(c.Supplement(), REPORTER).run(ClockKind.LEGAL).is_paused


def test_a_response_ends_with_the_legal_time_wherever_this_moved() -> None:
    """A complaint with five working days left turns out to be a request for information."""
    case = filed().at("Thu 2026-11-05 10:00").routed()

    moved = case.do(INFORMATION, COORDINATOR)

    assert case.due(ClockKind.RESPONSE) == "Thu 2026-11-12 23:59:59"
    assert moved.due(ClockKind.RESPONSE) == moved.due(ClockKind.LEGAL) == "Mon 2026-11-09 23:59:59"
    assert moved.do(COMPLAINT, COORDINATOR).due(ClockKind.RESPONSE) == "Thu 2026-11-12 23:59:59"


def test_an_edit_gives_no_time_away() -> None:
    """A reopened report keeps the days that were left, whatever its category is now."""
    case = a_case_that_is("closed").later(days=3).do(c.Object(text="Belum"), REPORTER)

    edited = case.do(c.Classify(category="jalan", title="Jalan rusak"), COORDINATOR)

    assert edited.report.clocks == case.report.clocks


# About an official


@pytest.mark.parametrize("situation", ["routed", "in_progress", "answered", "replied", "contested"])
def test_an_agency_loses_a_report_that_is_about_its_own_official(situation: str) -> None:
    """At once, and for good: it waits for the coordinator, secret, the agency excluded."""
    case = a_case_that_is(situation).do(ABOUT_OFFICIAL, COORDINATOR)

    report = case.report
    assert (report.status, report.agency, report.secret) == (Status.CONTESTED, None, True)
    assert "disperindag" in report.excluded
    assert report.custody[-1].until is not None
    assert report.clock(ClockKind.DECISION)


def test_the_named_and_the_holding_unit_are_both_accused() -> None:
    """With all below them and all that took their place."""
    case = filed(agency="dinkes").routed("dlhk", VERIFIER).do(ABOUT_OFFICIAL, COORDINATOR)

    assert set(case.report.excluded) == {"dinkes", "rsud", "igd", "dlhk"}


def test_a_handler_keeps_what_turns_out_to_be_about_others() -> None:
    """It is where the report would go anyway."""
    case = filed(agency="dlhk").routed("inspektorat", VERIFIER).do(ABOUT_OFFICIAL, COORDINATOR)

    assert (case.report.status, case.report.agency) == (Status.ROUTED, "inspektorat")
    assert case.report.excluded == ("dlhk",)


@pytest.mark.parametrize("named", ["inspektorat", "setda"])
def test_a_handler_loses_what_is_about_itself_or_a_unit_above(named: str) -> None:
    """An oversight unit that stands below the accused cannot hold the report."""
    case = filed(agency=named).routed("inspektorat", VERIFIER).do(ABOUT_OFFICIAL, COORDINATOR)

    assert (case.report.status, case.report.agency) == (Status.CONTESTED, None)
    assert answer_to(case, c.Route(agency="inspektorat"), COORDINATOR) == "handler-only"
    assert answer_to(case, c.Route(agency="bkpsdm"), COORDINATOR) == "done"


def test_what_is_not_about_an_official_after_all_accuses_nobody() -> None:
    """It stays as secret as it was, and may go to any agency."""
    case = supervisory("dlhk").do(c.Classify(supervisory=False), VERIFIER)

    assert (case.report.excluded, case.report.secret) == ((), True)
    assert case.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"
    assert answer_to(case, c.Route(agency="dlhk"), VERIFIER) == "done"
