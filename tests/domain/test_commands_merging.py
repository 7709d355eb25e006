import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.scene import REPORTER
from shared.domain.statuses import Status
from shared.domain.workflow import echo
from tests.domain.builders import (
    CODE,
    COORDINATOR,
    NOW,
    OTHER_CODE,
    RULES,
    VERIFIER,
    Case,
    answer_to,
    filed,
    stamp,
    supervisory,
)

THIRD_CODE = "00000000011"


def other(**fields: object) -> Case:
    return filed(code=OTHER_CODE, **fields)


def merge(target: Case) -> c.Merge:
    return c.Merge(into=target.report.code, target=target.report, text="Sama")


def both(
    case: Case, target: Case, command: c.Merge | c.Split | c.Reopen, by: object
) -> tuple[Case, Case]:
    """The two reports of one commit."""
    decided = case.decided(command, by)
    heard = echo(target.report, command, decided=decided, rules=RULES, stamp=stamp(99, case.now))
    return case.having(decided), target.having(heard)


def test_a_merged_report_names_its_target_and_the_target_knows() -> None:
    """One commit, one event in each of the two timelines."""
    case, target = filed(), other()

    merged, absorbing = both(case, target, merge(target), VERIFIER)

    assert (merged.report.status, merged.report.merged_into) == (Status.MERGED, OTHER_CODE)
    assert absorbing.report.merged_from == (CODE,)
    assert [one.events[-1].type for one in (merged, absorbing)] == ["merged", "merged"]
    assert merged.events[-1].id != absorbing.events[-1].id


@pytest.mark.parametrize(
    "target",
    [
        filed(),
        other().do(c.Withdraw(), REPORTER),
        other().merged(filed(code=THIRD_CODE).report),
        other(secret=True),
        other(about_official=True, secret=False),
    ],
    ids=["itself", "closed", "merged", "secret", "supervisory"],
)
def test_a_target_is_open_unmerged_and_of_the_same_confidentiality(target: Case) -> None:
    """Otherwise an answer would be read by the wrong people, or never come."""
    assert answer_to(filed(), merge(target), VERIFIER) == "not-mergeable"


@pytest.mark.parametrize(
    ("accused", "answer"), [("dlhk", "done"), ("dpupr", "not-mergeable"), (None, "not-mergeable")]
)
def test_reports_about_officials_accuse_the_same_unit(accused: str | None, answer: str) -> None:
    """Otherwise the one that is accused here would read there what is said of it."""
    target = other(about_official=True, agency=accused)

    assert answer_to(supervisory("dlhk"), merge(target), VERIFIER) == answer


def test_merging_has_one_level() -> None:
    """What took in others is not merged away."""
    _, absorbing = both(filed(), other(), merge(other()), VERIFIER)

    assert answer_to(absorbing, merge(filed(code=THIRD_CODE)), VERIFIER) == "not-mergeable"


def test_a_target_has_to_exist() -> None:
    """A mistyped code merges nothing."""
    assert answer_to(filed(), c.Merge(into="?", target=None), VERIFIER) == "unknown-report"


@pytest.mark.parametrize(
    ("filed_on", "legal"),
    [
        ("Wed 2026-10-28 10:00", "Tue 2026-11-17 23:59:59"),
        ("Wed 2026-11-04 10:00", "Fri 2026-11-20 23:59:59"),
    ],
)
def test_a_target_takes_over_the_earlier_legal_day(filed_on: str, legal: str) -> None:
    """Nobody waits longer for having asked together."""
    early = filed().at(filed_on)
    case = filed(early.now).at("Wed 2026-11-04 11:00")

    _, target = both(case, other(), merge(other()), VERIFIER)

    assert target.due(ClockKind.LEGAL) == legal


def test_a_target_keeps_the_earliest_of_all_legal_days() -> None:
    """What is merged later moves nothing back."""
    old = filed(filed().at("Mon 2026-10-19 10:00").now)
    new = filed(filed().at("Wed 2026-10-28 10:00").now, code=THIRD_CODE)
    _, once = both(old, other(), merge(other()), VERIFIER)

    _, twice = both(new, once, merge(once), VERIFIER)

    assert twice.due(ClockKind.LEGAL) == once.due(ClockKind.LEGAL) == "Fri 2026-11-06 23:59:59"
    assert twice.report.merged_from == (CODE, THIRD_CODE)


def test_a_response_under_way_ends_with_the_legal_day_that_was_taken_over() -> None:
    """A response is never due after the law."""
    old = filed(filed().at("Mon 2026-10-19 10:00").now).at("Tue 2026-11-03 10:00")

    _, target = both(old, other().routed(), merge(other().routed()), VERIFIER)

    assert target.due(ClockKind.LEGAL) == "Fri 2026-11-06 23:59:59"
    assert target.due(ClockKind.RESPONSE) == "Fri 2026-11-06 23:59:59"


def test_a_legal_day_that_was_taken_over_moves_with_the_clock() -> None:
    """Answered three days before it, replied two weeks later: at least five working days."""
    old = filed(filed().at("Mon 2026-10-19 10:00").now).at("Tue 2026-11-03 10:00")
    _, target = both(old, other().routed(), merge(other().routed()), VERIFIER)

    case = target.answered().at("Tue 2026-11-17 10:00").replied()

    assert case.due(ClockKind.LEGAL) == "Tue 2026-11-24 23:59:59"


# Split


def test_a_split_report_is_verified_on_its_own() -> None:
    """ "Not the same": nobody's yet, with the legal days that were left."""
    merged, absorbing = both(filed().routed(), other(), merge(other()), VERIFIER)

    case, target = both(merged, absorbing, c.Split(target=absorbing.report), REPORTER)

    report = case.report
    assert (report.status, report.agency, report.merged_into) == (Status.SUBMITTED, None, None)
    assert target.report.merged_from == ()
    assert case.run(ClockKind.VERIFICATION).run == 2
    assert case.due(ClockKind.LEGAL) == "Fri 2026-11-20 23:59:59"


def test_a_report_is_split_off_once() -> None:
    """A second merge stands."""
    merged, absorbing = both(filed(), other(), merge(other()), VERIFIER)
    split, _ = both(merged, absorbing, c.Split(target=absorbing.report), REPORTER)

    again = split.do(merge(other()), VERIFIER)

    assert answer_to(again, c.Split(target=other().report), REPORTER) == "split-already"


def test_whoever_was_left_by_another_may_still_be_split_off() -> None:
    """The target's own reporter has not asked for anything yet."""
    merged, absorbing = both(filed(), other(), merge(other()), VERIFIER)
    _, left = both(merged, absorbing, c.Split(target=absorbing.report), REPORTER)

    case = left.do(merge(filed(code=THIRD_CODE)), VERIFIER)

    assert answer_to(case, c.Split(), REPORTER) == "done"


@pytest.mark.parametrize(
    ("when", "answer"),
    [("Wed 2026-12-02 23:59", "done"), ("Thu 2026-12-03 00:00", "window-over")],
)
def test_a_split_is_possible_until_thirty_days_after_the_target_ended(
    when: str, answer: str
) -> None:
    """Closed on 2 November: until the end of 2 December."""
    merged, absorbing = both(filed(), other(), merge(other()), VERIFIER)
    closed = absorbing.do(c.Withdraw(), REPORTER)

    assert closed.report.final_at == NOW
    assert answer_to(merged.at(when), c.Split(target=closed.report), REPORTER) == answer


def test_a_split_is_always_possible_while_the_target_is_open() -> None:
    """However long it takes."""
    merged, absorbing = both(filed(), other(), merge(other()), VERIFIER)

    command = c.Split(target=absorbing.report)

    assert answer_to(merged.later(days=400), command, REPORTER) == "done"


def test_reopening_a_merged_report_takes_it_out_of_the_target() -> None:
    """The coordinator may correct a merge; the agency that had it has it again."""
    merged, absorbing = both(filed().routed(), other(), merge(other()), VERIFIER)

    case, target = both(merged, absorbing, c.Reopen(target=absorbing.report), COORDINATOR)

    assert (case.report.status, case.report.agency) == (Status.REPLIED, "dlhk")
    assert (case.report.merged_into, target.report.merged_from) == (None, ())
