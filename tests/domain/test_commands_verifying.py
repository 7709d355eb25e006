import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind, ClockState
from shared.domain.report import Custody
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import ArchiveReason, Kind, Outcome, Role, Status
from tests.domain.builders import (
    COORDINATOR,
    EXPLAINED,
    NOW,
    OTHER,
    VERIFIER,
    VERIFIER_2,
    a_case_that_is,
    answer_to,
    filed,
    officer_of,
    supervisory,
)

INFORMATION = c.Classify(kind=Kind.INFORMATION_REQUEST)
INCOMPLETE = c.Archive(reason=ArchiveReason.INCOMPLETE)
TEST = c.Archive(reason=ArchiveReason.TEST)
MERGE = c.Merge(into=OTHER.code, target=OTHER)


# Route


@pytest.mark.parametrize(
    ("agency", "by", "answer"),
    [
        ("dlhk", SYSTEM, "done"),
        ("dlhk", VERIFIER, "done"),
        ("dlhk", COORDINATOR, "done"),
        ("nowhere", VERIFIER, "unknown-agency"),
    ],
)
def test_a_report_is_routed_to_an_agency_of_the_region(
    agency: str, by: Person, answer: str
) -> None:
    """Outside bodies are no agencies: one is referred to them."""
    assert answer_to(filed(), c.Route(agency=agency), by) == answer


@pytest.mark.parametrize(
    ("named", "agency", "by", "answer"),
    [
        ("dlhk", "inspektorat", VERIFIER, "done"),
        ("dlhk", "inspektorat", SYSTEM, "handler-only"),
        ("dlhk", "dlhk", VERIFIER, "handler-only"),
        ("dlhk", "dpupr", VERIFIER, "handler-only"),
        ("inspektorat", "inspektorat", VERIFIER, "handler-only"),
        ("inspektorat", "bkpsdm", VERIFIER, "done"),
        ("setda", "inspektorat", COORDINATOR, "handler-only"),
        (None, "inspektorat", COORDINATOR, "done"),
    ],
)
def test_what_is_about_an_official_goes_to_a_handler_who_is_not_accused(
    named: str | None, agency: str, by: Person, answer: str
) -> None:
    """A person sends it there, never the system; a handler below the accused is no handler."""
    assert answer_to(supervisory(named), c.Route(agency=agency), by) == answer


def test_routing_ends_verification_and_starts_the_response() -> None:
    """Filed on Monday, routed on Thursday: five working days from then."""
    case = filed().at("Thu 2026-11-05 23:59").routed()

    assert case.run(ClockKind.VERIFICATION).state(case.now) is ClockState.MET
    assert case.due(ClockKind.RESPONSE) == "Thu 2026-11-12 23:59:59"


def test_a_late_routing_leaves_the_agency_no_more_than_the_legal_time() -> None:
    """Response: five working days, or the legal due day when that is earlier."""
    case = filed().at("Wed 2026-11-18 09:00").routed()

    assert case.due(ClockKind.RESPONSE) == case.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"


@pytest.mark.parametrize(("by", "published"), [(SYSTEM, False), (VERIFIER, True)])
def test_a_report_is_published_once_a_person_took_it_on(*, by: Person, published: bool) -> None:
    """What the system routed is read by the public after the agency accepted it."""
    case = filed().routed(by=by)

    assert case.report.published is published
    assert case.accepted().report.published


def test_the_coordinator_decides_where_a_contested_report_goes() -> None:
    """The decision clock ends; the response ran on, and the choice is final."""
    case = filed().routed().by_agency(c.Forward()).later(days=1)

    decided = case.routed("dpupr", COORDINATOR)

    assert decided.run(ClockKind.DECISION).ended_at == case.now
    assert decided.due(ClockKind.RESPONSE) == case.due(ClockKind.RESPONSE)
    assert answer_to(decided, c.Forward(), officer_of("dpupr")) == "coordinator-decided"


def test_praise_is_passed_on_and_closed_at_once() -> None:
    """An appreciation reaches the agency, which holds nothing and owes nothing."""
    report = filed(kind=Kind.APPRECIATION).routed().report

    assert (report.status, report.outcome) == (Status.CLOSED, Outcome.PASSED_ON)
    assert report.custody == (Custody("dlhk", NOW, NOW),)
    assert all(run.ended_at for run in report.clocks)


# Refer


def test_a_referred_report_names_the_outside_body() -> None:
    """Never a dead end: the reporter learns who; every clock ends."""
    report = filed().do(c.Refer(body="pln"), VERIFIER).report

    assert (report.status, report.referred_to, report.final_at) == (Status.REFERRED, "pln", NOW)
    assert all(run.ended_at for run in report.clocks)


def test_a_body_must_be_in_the_directory() -> None:
    """Its contact has to be known."""
    assert answer_to(filed(), c.Refer(body="nobody"), VERIFIER) == "unknown-body"


# Hold


def test_a_verifiers_question_stops_verification_and_legal_time() -> None:
    """The reporter has 30 days to complete the report."""
    case = filed().do(c.Hold(text="Di mana?"), VERIFIER)

    assert case.run(ClockKind.VERIFICATION).is_paused
    assert case.run(ClockKind.LEGAL).is_paused
    assert case.due(ClockKind.COMPLETION) == "Wed 2026-12-02 23:59:59"


def test_after_the_answer_verification_goes_on_with_what_was_left() -> None:
    """Stopped on Tuesday with two days left, resumed on Friday: until Tuesday."""
    case = filed().at("Tue 2026-11-03 10:00").do(c.Hold(), VERIFIER)

    case = case.at("Fri 2026-11-13 10:00").do(c.Supplement(), REPORTER)

    assert case.due(ClockKind.VERIFICATION) == "Tue 2026-11-17 23:59:59"
    assert case.due(ClockKind.LEGAL) == "Wed 2026-12-02 23:59:59"
    assert case.run(ClockKind.COMPLETION).ended_at == case.now


# Recall


def test_what_went_straight_comes_back() -> None:
    """Junk or the wrong agency: nobody's again, and a verifier has three working days."""
    case = filed().routed(by=SYSTEM).do(c.Recall(), VERIFIER)

    assert (case.report.status, case.report.agency) == (Status.SUBMITTED, None)
    assert case.run(ClockKind.RESPONSE).ended_by == "recalled"
    assert case.run(ClockKind.VERIFICATION).run == 2
    assert case.report.custody[-1].until == case.now


@pytest.mark.parametrize(("by", "answer"), [(SYSTEM, "done"), (VERIFIER, "not-recallable")])
def test_only_what_no_person_routed_is_recalled(by: Person, answer: str) -> None:
    """A colleague's routing is the agency's to forward."""
    assert answer_to(filed().routed(by=by), c.Recall(), VERIFIER_2) == answer


# Archive


@pytest.mark.parametrize("reason", ArchiveReason)
def test_a_verifier_archives_for_a_reason(reason: ArchiveReason) -> None:
    """Incomplete only after a question went unanswered; everything else at once."""
    expected = "hold-unanswered-first" if reason is ArchiveReason.INCOMPLETE else "done"

    assert answer_to(filed(), c.Archive(reason=reason), VERIFIER) == expected


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("Wed 2026-12-02 23:59:59", "hold-unanswered-first"),
        ("Thu 2026-12-03 00:00:00", "done"),
    ],
)
def test_incomplete_is_what_stayed_unanswered_for_thirty_days(when: str, answer: str) -> None:
    """The last second of the thirtieth day is still the reporter's."""
    case = filed().do(c.Hold(text="Di mana?"), VERIFIER)

    assert answer_to(case.at(when), INCOMPLETE, VERIFIER) == answer


def test_an_answered_question_is_no_ground_for_incomplete() -> None:
    """The reporter did complete it."""
    case = filed().do(c.Hold(), VERIFIER).do(c.Supplement(text="Di Kerobokan"), REPORTER)

    assert answer_to(case.later(days=90), INCOMPLETE, VERIFIER) == "hold-unanswered-first"


def test_archiving_ends_every_clock_and_remembers_who() -> None:
    """An appeal goes to somebody else."""
    report = filed().archived().report

    assert (report.archive_reason, report.archived_by) == ("test", VERIFIER.officer)
    assert not any(run.is_running for run in report.clocks)


@pytest.mark.parametrize("command", [c.Route(agency="dlhk"), c.Refer(body="pln"), TEST, MERGE])
@pytest.mark.parametrize("asked_first", [False, True])
def test_another_officer_decides_an_appeal(*, command: c.Command, asked_first: bool) -> None:
    """Not even with a question in between may the archiver decide again."""
    case = filed(kind=Kind.INFORMATION_REQUEST).archived(VERIFIER).do(c.Appeal(), REPORTER)
    if asked_first and isinstance(command, c.Archive):
        case = case.do(c.Hold(), VERIFIER)

    assert answer_to(case, command, VERIFIER) == "another-officer-decides"
    assert answer_to(case, command, VERIFIER_2) == "done"


def test_the_coordinator_may_decide_an_appeal() -> None:
    """Another verifier, or the coordinator, in the end too."""
    case = filed().archived(VERIFIER).do(c.Appeal(), REPORTER)

    assert case.do(TEST, COORDINATOR).report.status is Status.ARCHIVED


# Redact


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        (0, 6, "done"),
        (0, 50, "done"),
        (49, 50, "done"),
        (-1, 6, "unknown-text"),
        (6, 6, "unknown-text"),
        (7, 6, "unknown-text"),
        (40, 51, "unknown-text"),
    ],
)
def test_a_span_of_the_text_is_masked(start: int, end: int, answer: str) -> None:
    """It lies within the text and is not empty."""
    command = c.Redact(start=start, end=end, length=50)

    assert answer_to(filed(), command, VERIFIER) == answer


def test_masks_add_up() -> None:
    """A later mask leaves the earlier one; the text itself is not touched."""
    case = filed()

    masked = case.do(c.Redact(start=0, end=6, length=50), VERIFIER).do(
        c.Redact(start=10, end=12, length=50, event_seq=2), VERIFIER
    )

    assert [(cut.seq, cut.start, cut.end) for cut in masked.report.masks] == [
        (1, 0, 6),
        (2, 10, 12),
    ]
    assert masked.report.body == case.report.body


def test_a_verifier_who_coordinates_too_acts_in_the_role_that_may() -> None:
    """Of two roles the one counts in which the command is allowed."""
    both = Person(frozenset({Role.VERIFIER, Role.COORDINATOR}), "kadek")
    held = a_case_that_is("hold_agency")

    assert answer_to(held, c.Resume(), both) == "done"
    assert answer_to(held, INFORMATION, both) == "done"
    assert answer_to(held.do(c.Resume(), both).answered(), EXPLAINED, both) == "not-yours"
