"""Who is told, what comes with it, and that each rung is climbed once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain import commands as c
from shared.domain.climbing import steps
from shared.domain.clocks import ClockKind
from shared.domain.events import fold
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind, Outcome, Status
from tests.domain.builders import (
    COORDINATOR,
    RULES,
    VERIFIER,
    Case,
    calendar,
    day,
    filed,
    local,
    officer_of,
    supervisory,
    written,
)

CALENDAR = calendar()
# Nowhere: no agency, no category, no area, and no word that a category knows.
NOBODYS = {"body": "Mohon dibantu.", "category": None, "area": None}


def rungs_of(case: Case) -> dict[str, str]:
    """Every rung of the running clocks, and when it is announced."""
    runs = case.rules.ladder.rungs(case.report, case.rules.calendars)
    return {rung.id: written(rung.at)[:-3] for run in runs for rung in run}


def told(case: Case) -> list[tuple[str, list[str]]]:
    """What was announced: the rung and whom."""
    climbs = [event for event in case.events if event.type in ("reminded", "escalated")]
    return [(event.facts["rung"], event.facts["to"]) for event in climbs]


def every_morning(case: Case, days: int) -> Case:
    """As the schedule runs: nothing is missed."""
    for _ in range(days):
        case = case.later(days=1)
        case = replace(case, now=CALENDAR.opening_of(CALENDAR.day_of(case.now))).climbed()
    return case


# Whom


@pytest.mark.parametrize(
    ("case", "mornings", "expected"),
    [
        (
            filed(**NOBODYS),
            9,
            [
                ("verification-1#1", ["verifiers"]),
                ("verification+0#1", ["coordinator"]),
                ("verification+2#1", ["inspectorate"]),
            ],
        ),
        (
            filed().routed("disperindag").by_agency(c.Forward()),
            4,
            [("decision+0#1", ["inspectorate"]), ("response-1#1", ["coordinator"])],
        ),
        (
            filed().routed(),
            22,
            [
                ("response-1#1", ["agency"]),
                ("response+0#1", ["agency", "agency_head"]),
                ("response+2#1", ["inspectorate"]),
                ("legal-3-complaint#1", ["agency_head"]),
                ("response+5#1", ["coordinator"]),
                ("legal+0#1", ["inspectorate", "coordinator"]),
            ],
        ),
        (filed().routed().answered(), 30, [("reporter-3#1", ["reporter"])]),
        (filed().do(c.Hold(), VERIFIER), 40, [("completion-3#1", ["reporter"])]),
    ],
    ids=["nobody's", "contested", "an agency that is silent", "answered", "on hold"],
)
def test_the_ladder_tells_rung_by_rung(
    case: Case, mornings: int, expected: list[tuple[str, list[str]]]
) -> None:
    """Each once, in the order of the days."""
    assert told(every_morning(case, mornings)) == expected


def test_nobodys_report_climbs_as_well() -> None:
    """Without agency, category and area it is told of to the coordinator, then the inspectorate."""
    case = every_morning(filed(**NOBODYS), 30)

    assert case.report.agency is None
    assert told(case)[1:3] == [
        ("verification+0#1", ["coordinator"]),
        ("verification+2#1", ["inspectorate"]),
    ]
    assert ("legal-3-complaint#1", ["verifiers"]) in told(case)
    assert told(case)[-1] == ("legal+0#1", ["inspectorate", "coordinator"])


@pytest.mark.parametrize("handler", ["inspektorat", "bkpsdm"])
def test_the_accused_are_never_told(handler: str) -> None:
    """Neither they nor those below: not as agency, not as head, not as inspectorate."""
    case = supervisory("setda").routed("bkpsdm", by=COORDINATOR)
    moved = replace(case.report, agency=handler, excluded=("setda", handler))

    late = every_morning(replace(case, report=moved), 75)

    audiences = {audience for _, to in told(late) for audience in to}
    assert "inspectorate" not in audiences
    assert audiences == {"coordinator"}


def test_of_an_innocent_inspectorate_nothing_is_held_back() -> None:
    """Another unit is accused."""
    late = every_morning(supervisory("dlhk").routed("bkpsdm", by=COORDINATOR), 12)

    assert ("response+2#1", ["inspectorate"]) in told(late)


# What else comes with a rung


def test_what_no_verifier_came_to_is_routed_to_the_agency_suggested() -> None:
    """The first day late, after the coordinator was told; nobody is announced to come next."""
    ambiguous = filed(category="pasar", area="51.03.06")

    case = ambiguous.at("Fri 2026-11-06 08:00").climbed()

    assert [event.type for event in case.events] == ["submitted", "escalated", "routed"]
    assert (case.report.status, case.report.agency) == (Status.ROUTED, "disperindag")
    assert case.events[1].facts["next"] is None


@pytest.mark.parametrize(
    "case",
    [
        supervisory("dlhk", category="pasar", area="51.03"),
        filed(category="pasar", area="51.03").routed("disperindag").by_agency(c.Forward()),
        filed(**NOBODYS),
        filed(category="listrik"),
        filed(category="sampah", area="51.03.06").routed("dlhk").do(c.Recall(), VERIFIER),
    ],
    ids=["supervisory", "contested", "nothing to go by", "an outside body's", "recalled from it"],
)
def test_what_people_have_to_decide_is_never_routed_by_the_ladder(case: Case) -> None:
    """However long they take."""
    late = every_morning(case, 30)

    routings = [event.type for event in late.events[len(case.events) :]]
    assert "routed" not in routings
    assert "escalated" in routings


def test_the_agency_a_citizen_named_comes_first() -> None:
    """They know whom they went to."""
    case = filed(category="pasar", area="51.03", agency="satpolpp")

    assert case.at("Fri 2026-11-06 08:00").climbed().report.agency == "satpolpp"


def test_the_legal_time_over_offers_the_oversight_file() -> None:
    """The reporter alone sends it."""
    case = filed().routed()

    assert not case.at("Fri 2026-11-20 20:00").climbed().report.oversight_offered
    assert case.at("Mon 2026-11-23 08:00").climbed().report.oversight_offered


def test_silence_ends_on_the_next_working_morning() -> None:
    """Closed without a reply; a verifier's question archives, an agency's gives the report back."""
    answered = every_morning(filed().routed().answered(), 15).report
    asked = every_morning(filed().do(c.Hold(), VERIFIER), 31).report
    agencys = every_morning(filed().routed().by_agency(c.Hold()), 15).report

    assert (answered.status, answered.outcome) == (Status.CLOSED, Outcome.NO_REPLY)
    assert asked.status is Status.ARCHIVED
    assert agencys.status is Status.ROUTED


def test_an_event_says_what_its_notices_need() -> None:
    """Which clock and when it was due, who is told, who is next and when."""
    case = filed().routed().at("Tue 2026-11-10 08:00").climbed()

    assert case.events[-1].facts == {
        "rung": "response+0#1",
        "clock": "response",
        "run": 1,
        "to": ["agency", "agency_head"],
        "passed": ["response-1#1"],
        "due_at": "2026-11-09T15:59:59Z",
        "next": {"to": ["inspectorate"], "at": "2026-11-12T00:00:00Z"},
    }


# Once


def test_a_month_of_silence_is_told_of_once_per_clock() -> None:
    """After an outage the highest rung is announced; the lower ones count as passed."""
    case = filed().routed().at("Mon 2026-11-30 03:00").climbed()

    assert told(case) == [
        ("legal+0#1", ["inspectorate", "coordinator"]),
        ("response+5#1", ["coordinator"]),
    ]
    assert case.events[-1].facts["passed"] == ["response-1#1", "response+0#1", "response+2#1"]
    assert case.later(days=60).climbed() == case.later(days=60)


def test_what_a_lower_rung_brings_comes_after_an_outage_too() -> None:
    """The inspectorate is told, and the report is routed as it would have been."""
    case = filed(category="pasar", area="51.03").at("Mon 2026-11-16 09:00").climbed()

    assert told(case)[0] == ("verification+2#1", ["inspectorate"])
    assert case.report.agency == "disperindag"


def test_a_second_run_has_rungs_of_its_own() -> None:
    """The reporter said that it is not solved: the agency has its days again, and is reminded."""
    first = every_morning(filed().routed(), 4).answered()
    second = every_morning(first.do(c.Reply(), REPORTER), 8)

    reminders = [rung for rung, _ in told(second) if rung.startswith("response-1")]
    assert reminders == ["response-1#1", "response-1#2"]


def test_an_extension_arms_again_what_lies_ahead() -> None:
    """Reminded for the old day, the agency is reminded for the new one too."""
    asked = filed(kind=Kind.INFORMATION_REQUEST).routed()
    reminded = asked.at("Fri 2026-11-06 08:00").climbed()
    extended = reminded.at("Fri 2026-11-06 10:00").do(c.Extend(), COORDINATOR)

    assert set(reminded.report.rungs) == {"response-1#1", "legal-1-information#1"}
    assert extended.report.rungs == ()
    assert extended.events[-1].changes["rungs"] == ()
    assert rungs_of(extended)["response-1#1"] == "Tue 2026-11-17 08:00"


def test_a_pause_of_an_hour_arms_nothing_again() -> None:
    """The due day is the same: its reminder has been given."""
    reminded = filed().at("Wed 2026-11-04 08:00").climbed()
    held = reminded.later(hours=1).do(c.Hold(), VERIFIER)
    back = held.later(hours=1).do(c.Supplement(), REPORTER)

    assert back.due(ClockKind.VERIFICATION) == "Thu 2026-11-05 23:59:59"
    assert back.report.rungs == ("verification-1#1",)
    assert back.climbed() == back


def test_a_clock_that_is_a_little_behind_arms_nothing_again() -> None:
    """Two machines never have the very same time; only a due time that moved counts."""
    escalated = filed().routed("disperindag").at("Tue 2026-11-10 08:00").climbed()
    earlier = escalated.at("Tue 2026-11-10 07:59").by_agency(c.Plan(on=day("Fri 2026-11-13")))

    assert escalated.report.rungs == earlier.report.rungs


@pytest.mark.parametrize(
    "talk",
    [
        lambda case: case.do(c.Add(text="Masih menumpuk."), REPORTER),
        lambda case: case.do(c.Note(text="Catatan."), COORDINATOR),
        lambda case: case.do(c.Direct(text="Segera."), COORDINATOR),
        lambda case: case.do(c.Reassign(agency="dpupr"), COORDINATOR),
    ],
)
def test_talk_about_a_late_report_moves_no_rung(talk: Callable[[Case], Case]) -> None:
    """Neither a comment nor another agency gives new days."""
    late = filed().routed("dlhk").at("Tue 2026-11-10 08:00").climbed()

    after = talk(late)

    assert rungs_of(after) == rungs_of(late)
    assert after.report.rungs == late.report.rungs


# Errors known from elsewhere


@pytest.mark.parametrize("weekday", range(7))
def test_five_working_days_that_fire_after_three_across_a_weekend(weekday: int) -> None:
    """On whichever day it begins: five working days pass, and the sixth morning escalates."""
    case = filed(local("Mon 2026-11-02 10:00") + timedelta(days=weekday)).routed()
    start = CALENDAR.day_of(case.now)

    late = every_morning(case, 20)
    first = next(event for event in late.events if event.type == "escalated")

    assert CALENDAR.count(start, CALENDAR.day_of(first.at), "WD") == 6


def test_a_due_time_that_jumps_past_the_weekend_to_the_next_opening_hour() -> None:
    """Due on Friday night stays Friday night; only the announcement waits for Monday."""
    case = filed(local("Fri 2026-10-30 10:00")).routed()

    assert case.due(ClockKind.RESPONSE) == "Fri 2026-11-06 23:59:59"
    assert rungs_of(case)["response+0#1"] == "Mon 2026-11-09 08:00"
    assert case.report.clock(ClockKind.RESPONSE).is_overdue(local("Sat 2026-11-07 00:00"))


def test_escalation_at_midnight_or_on_a_weekend() -> None:
    """Whatever the hour of the sweep: before Monday at eight it finds nothing."""
    case = filed(local("Fri 2026-10-30 10:00")).routed()
    reminded = case.at("Fri 2026-11-06 20:00").climbed()

    for hours in range(60):
        assert reminded.later(hours=hours).climbed().report == reminded.report
    assert reminded.at("Mon 2026-11-09 08:00").climbed().report != reminded.report


# Properties

START = local("Thu 2026-01-01 00:00").astimezone(UTC)
starts = st.integers(0, 330 * 24).map(lambda hours: START + timedelta(hours=hours))
gaps = st.lists(st.integers(1, 24 * 40).map(lambda hours: timedelta(hours=hours)), max_size=12)
situations = st.sampled_from(
    [
        lambda case: case,
        lambda case: case.routed(),
        lambda case: case.routed().accepted(),
        lambda case: case.routed("disperindag").by_agency(c.Forward()),
        lambda case: case.routed().answered(),
        lambda case: case.do(c.Hold(), VERIFIER),
        lambda case: case.routed().do(c.Hold(), officer_of("dlhk")),
    ]
)
kinds = st.sampled_from([Kind.COMPLAINT, Kind.ASPIRATION, Kind.INFORMATION_REQUEST])


@given(starts, kinds, situations, gaps)
@settings(deadline=None)
def test_each_rung_is_announced_or_passed_once_whenever_sweeps_come(
    start: datetime, kind: Kind, bring: Callable[[Case], Case], waits: list[timedelta]
) -> None:
    """Late, twice or after months: none is told twice, and none before its time."""
    case = bring(filed(start, kind=kind))
    for wait in waits:
        due = {rung: at for rung, at in _times(case).items() if at <= case.now + wait}
        before, case = case, replace(case, now=case.now + wait).climbed()
        events = case.events[len(before.events) :]
        done = [rung for e in events if "rung" in e.facts for rung in _rungs_told(e.facts)]
        assert len(done) == len(set(done))
        assert set(done) <= due.keys() - set(before.report.rungs)
        assert case.climbed() == case or "expired" in {e.type for e in events}
    assert fold(case.events) == case.report
    assert len(set(case.report.rungs)) == len(case.report.rungs)


@given(starts, kinds, situations, gaps)
@settings(deadline=None)
def test_the_next_tick_is_the_first_moment_with_something_to_do(
    start: datetime, kind: Kind, bring: Callable[[Case], Case], waits: list[timedelta]
) -> None:
    """A sweep that asks for due ticks misses nothing, and finds nothing in vain."""
    case = bring(filed(start, kind=kind))
    for wait in waits:
        case = replace(case, now=case.now + wait).climbed()
    tick = RULES.ladder.next_tick_at(case.report, RULES.calendars)

    if tick is None:
        assert steps(case.report, RULES, case.now + timedelta(days=900)) == ()
    else:
        assert steps(case.report, RULES, tick - timedelta(seconds=1)) == ()
        assert steps(case.report, RULES, tick)


def _times(case: Case) -> dict[str, datetime]:
    runs = case.rules.ladder.rungs(case.report, case.rules.calendars)
    return {rung.id: rung.at for run in runs for rung in run}


def _rungs_told(facts: dict[str, list[str]]) -> list[str]:
    return [*facts["passed"], str(facts["rung"])]
