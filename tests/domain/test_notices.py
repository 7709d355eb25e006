"""Who is told of what, and who is not."""

from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.notice import Audience
from shared.domain.notice_table import TABLE, TYPES
from shared.domain.notices import notice_id, notices_for, reporter_of
from shared.domain.scene import REPORTER
from tests.domain.builders import CODE, COORDINATOR, DIRECTORY, OTHER_CODE, Case, filed, supervisory
from tests.domain.tellings import (
    STORIES,
    Told,
    absorbing,
    answered,
    audiences_of,
    everything_told,
    routed,
    told_in,
)

REP, AGENCY, HEAD = "reporter", "agency", "agency_head"
VERIFIERS, COORD, INSPECT = "verifiers", "coordinator", "inspectorate"

# An audience that is not named here is not told.
EXPECTED: dict[str, dict[str, str]] = {
    "filed": {REP: "received"},
    "filed by intake": {REP: "received_on_behalf"},
    "classified": {REP: "classified"},
    "routed": {REP: "routed", AGENCY: "new_report"},
    "praise routed": {REP: "passed_on", AGENCY: "praise"},
    "review decided: routed": {REP: "appeal_upheld", AGENCY: "new_report"},
    "review overdue: routed": {REP: "routed", AGENCY: "new_report", COORD: "routed_unchecked"},
    "review decided: archived": {REP: "appeal_rejected"},
    "referred": {REP: "referred"},
    "held by the verifier": {REP: "question"},
    "held by the agency": {REP: "agency_question"},
    "supplemented to the verifier": {VERIFIERS: "supplement"},
    "supplemented to the agency": {AGENCY: "reporter_wrote"},
    "resumed by the coordinator": {AGENCY: "hold_ended"},
    "resumed by the agency": {},
    "forwarded": {REP: "forwarded", AGENCY: "new_report"},
    "reassigned": {REP: "reassigned", AGENCY: "new_report"},
    "transferred": {AGENCY: "new_report"},
    "contested": {COORD: "to_decide"},
    "recalled": {},
    "accepted": {},
    "assigned": {},
    "planned": {REP: "planned"},
    "extended": {REP: "extended"},
    "rescheduled": {REP: "rescheduled"},
    "rescheduled without a day moved": {},
    "directed": {AGENCY: "directed"},
    "answered": {REP: "answered"},
    "answered on behalf": {REP: "answered_on_behalf"},
    "replied": {AGENCY: "reporter_wrote"},
    "confirmed": {REP: "closed"},
    "confirmed after two objections": {REP: "closed_for_good"},
    "objected": {AGENCY: "reporter_wrote"},
    "objected without an agency": {VERIFIERS: "reporter_wrote"},
    "objected twice": {COORD: "to_decide", REP: "oversight_offered"},
    "withdrawn": {REP: "closed"},
    "withdrawn after two objections": {REP: "closed_for_good"},
    "silence after an answer": {REP: "closed"},
    "silence after two objections": {REP: "closed_for_good"},
    "silence after a verifier's question": {REP: "archived_unanswered"},
    "silence after a review's question": {REP: "archived_for_good"},
    "silence after an agency's question": {AGENCY: "hold_ended"},
    "archived": {REP: "archived"},
    "reviewed": {},
    "appealed": {VERIFIERS: "appeal"},
    "merged": {REP: "merged"},
    "absorbing": {},
    "split": {},
    "answered with a merged one": {REP: "answered"},
    "ended with a merged one": {REP: "closed"},
    "reopened": {REP: "reopened", AGENCY: "returned"},
    "reopened without an agency": {REP: "reopened"},
    "revealed": {REP: "identity_seen"},
    "revealed to the agency": {REP: "identity_seen"},
    "noted": {},
    "redacted": {},
    "receipt renewed": {REP: "receipt_renewed"},
    "added at the verifiers": {VERIFIERS: "reporter_wrote"},
    "added at the agency": {AGENCY: "reporter_wrote"},
    "added after an answer": {AGENCY: "reporter_added"},
    "added at the coordinator": {COORD: "reporter_wrote"},
    "reminded: verification": {VERIFIERS: "reminder"},
    "late: verification": {REP: "escalated_last", COORD: "late"},
    "reminded: response": {},
    "late: verification, routed": {REP: "routed", AGENCY: "new_report", COORD: "routed_unchecked"},
    "late: promise": {REP: "escalated", HEAD: "late"},
    "late: response": {REP: "escalated", HEAD: "late"},
    "late: response, last": {REP: "escalated_last", COORD: "late"},
    "reminded: contested": {COORD: "reminder"},
    "late: decision": {REP: "escalated_last", INSPECT: "late"},
    "reminded: legal": {HEAD: "reminder"},
    "legal time over": {REP: "legal_over", COORD: "late", INSPECT: "late"},
    "reminded: reporter": {REP: "about_to_close"},
    "reminded: completion": {REP: "question_waiting"},
}
# Lines that only a region with rungs of its own comes to.
_BY_OTHER_LADDERS = {(VERIFIERS, "late"), (INSPECT, "reminder"), (INSPECT, "routed_unchecked")}


@pytest.mark.parametrize("story", STORIES)
def test_an_event_is_told_to_whom_it_concerns_and_to_nobody_else(story: str) -> None:
    """Every audience is looked at; the agency reads of its own rungs in the digest."""
    told = audiences_of(told_in(story))

    assert {audience.value: kind for audience, kind in told.items()} == EXPECTED[story]


def test_the_table_of_what_is_expected_knows_every_story() -> None:
    """Nothing is told that nobody looked at."""
    assert set(EXPECTED) == set(STORIES)


def test_every_type_of_event_has_a_story() -> None:
    """What is told of a new type is decided, not forgotten."""
    happened = {event.type for story in STORIES.values() for event in story().events}
    lasts = {story().events[-1].type for story in STORIES.values()}

    assert happened == lasts
    assert lasts >= TYPES


def test_every_line_of_the_table_is_reached() -> None:
    """A line that never fits would be a message that nobody gets."""
    reached = {(each.notice.audience.value, each.notice.kind) for each in everything_told()}
    lines = {(line.audience.value, line.kind) for line in TABLE}

    assert lines - reached == _BY_OTHER_LADDERS


# Merged reports


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        ("answered with a merged one", "merged_answered"),
        ("ended with a merged one", "merged_closed"),
    ],
)
def test_answers_and_the_end_reach_the_reporters_of_merged_reports(story: str, kind: str) -> None:
    """Each under its own code, and the target's own reporter as always."""
    told = [each.notice for each in told_in(story) if each.notice.audience is Audience.REPORTER]

    assert [(each.kind, reporter_of(each)) for each in told][-1] == (kind, CODE)
    assert reporter_of(told[0]) == OTHER_CODE
    assert {each.code for each in told} == {OTHER_CODE}


def test_what_the_reporter_of_the_target_writes_is_not_for_the_others() -> None:
    """Nor is anything else on the way to the answer."""
    for case in (
        absorbing().accepted(),
        absorbing().do(c.Add(text="Masih."), REPORTER),
        absorbing().answered().replied(),
    ):
        assert not [each for each in told_in("", case) if each.notice.kind.startswith("merged_")]


def test_a_report_that_was_split_off_since_hears_nothing_more() -> None:
    """The answer came before the split, its event after it."""
    case = absorbing().answered()
    now = replace(case.report, merged_from=())

    told = notices_for(case.events, now, case.rules, case.now)

    assert [each.kind for each in told] == ["answered"]


# Who must not hear


@pytest.mark.parametrize("story", STORIES)
def test_an_accused_unit_is_never_written_to(story: str) -> None:
    """Neither as agency, nor as head, nor as inspectorate; nor when it was accused only since."""
    case = STORIES[story]()
    accused = replace(case.report, excluded=tuple(DIRECTORY.agencies))

    told = notices_for(case.events, accused, case.rules, case.now)

    assert {each.audience for each in told} <= {
        Audience.REPORTER,
        Audience.VERIFIERS,
        Audience.COORDINATOR,
    }


@pytest.mark.parametrize("accused", ["dinkes", "rsud"])
def test_who_stands_below_an_accused_unit_is_not_written_to(accused: str) -> None:
    """The emergency ward belongs to the hospital, which belongs to the health office."""
    case = filed().routed("igd")
    now = replace(case.report, excluded=(accused,))

    told = notices_for(case.events, now, case.rules, case.now)

    assert [each.audience for each in told] == [Audience.REPORTER]


def test_a_supervisory_report_is_told_to_the_unit_that_handles_it() -> None:
    """It is no secret to the one it was sent to."""
    told = told_in("", supervisory("dlhk").routed("inspektorat", COORDINATOR))

    assert [(each.notice.kind, each.notice.unit) for each in told] == [
        ("routed", None),
        ("new_report", "inspektorat"),
    ]


def test_an_accused_inspectorate_is_passed_over() -> None:
    """The next of those that may handle such reports reads of it instead."""
    (told,) = [e for e in told_in("late: decision") if e.notice.audience is Audience.INSPECTORATE]
    now = replace(told.report, excluded=("setda",))

    notices = notices_for(told.case.events, now, told.case.rules, told.case.now)

    assert [each.unit for each in notices if each.audience is Audience.INSPECTORATE] == ["bkpsdm"]


def test_an_agency_that_passed_the_report_on_hears_no_more_of_it() -> None:
    """The event of its arrival came late."""
    case = routed()
    now = case.by_agency(c.Forward(agency="dpupr", text="Jalan.")).report

    assert [each.kind for each in notices_for(case.events, now, case.rules, case.now)] == ["routed"]


def test_a_reply_that_goes_to_the_coordinator_is_no_work_for_the_agency() -> None:
    """The third: reply and contest are two events of one decision."""
    case = answered()
    for _ in range(2):
        case = case.replied().answered()
    case = case.replied()
    replied, contested = case.events[:-1], case.events

    told = (
        notices_for(replied, case.report, case.rules, case.now),
        notices_for(contested, case.report, case.rules, case.now),
    )

    assert [[each.kind for each in notices] for notices in told] == [[], ["to_decide"]]


# At least once, in any order


def test_the_same_event_again_is_the_same_notices() -> None:
    """Whenever it comes."""
    for each in everything_told():
        later = each.case.later(hours=5)
        again = notices_for(later.events, later.report, later.rules, later.now)
        assert each.notice.id in {notice.id for notice in again}, each


def test_no_two_notices_share_an_id() -> None:
    """Audience, kind and recipient are part of it."""
    for story in STORIES:
        ids = [each.notice.id for each in told_in(story)]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("story", STORIES)
def test_an_event_may_come_after_all_that_followed(story: str) -> None:
    """The table looks at the report as the event left it; the rest has happened since."""
    case = STORIES[story]()
    for seq in range(1, len(case.events) + 1):
        notices = notices_for(case.events[:seq], case.report, case.rules, case.now)
        assert all(each.seq == seq for each in notices)


def test_an_id_says_nothing_and_fits_a_document() -> None:
    """Thirty-two hexadecimal digits."""
    assert notice_id("e1", "reporter", "routed", "") == notice_id("e1", "reporter", "routed", "")
    assert len(notice_id("e1", "agency", "new_report", "dlhk")) == 32


def test_a_notice_holds_no_text_and_no_address() -> None:
    """Its code and number lead to both, when its turn comes."""
    case: Case = routed(body="Rahasia: Ni Luh Sekar, 0812 3456 7890, di Jalan Mawar.")

    told: tuple[Told, ...] = told_in("", case)

    assert "Sekar" not in repr([each.notice for each in told])
