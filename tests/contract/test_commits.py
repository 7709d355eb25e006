"""One atomic commit per decision, and the store's three answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from shared.domain import commands as c
from shared.usecases.ports import Commit, Committed, Repeatable, Reports
from tests.builders import REPORTER_ON_FILE, begun, commit_of, consumed, repeatable, routed, then
from tests.domain.builders import NOW, VERIFIER

WRITERS = 8
LATER = NOW + timedelta(days=7)


def raced(
    reports: Reports, commit_number: Callable[[int], Commit], writers: int
) -> list[Committed]:
    """All of them at the same moment."""
    start = Barrier(writers)

    def write(number: int) -> Committed:
        commit = commit_number(number)
        start.wait()
        return reports.commit(commit)

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(write, range(writers)))


def test_a_new_report_is_there_once_committed(reports: Reports) -> None:
    """Report, reporter and timeline appear together."""
    filed = begun()

    answer = reports.commit(commit_of(filed, reporter=REPORTER_ON_FILE))

    assert answer is Committed.NOW
    assert reports.load_with_receipt(filed.report.code) == (filed.report, REPORTER_ON_FILE.receipt)
    assert reports.identity(filed.report.code) == REPORTER_ON_FILE.identity
    assert [event.id for event in reports.timeline(filed.report.code, 1)] == [filed.events[0].id]


def test_nothing_is_there_for_an_unknown_code(reports: Reports) -> None:
    """Absence is an answer, not an error."""
    assert reports.load("0000000000A") is None
    assert reports.load_with_receipt("0000000000A") == (None, None)
    assert reports.repeatable("0" * 64) is None


def test_the_same_commit_again_is_committed(reports: Reports) -> None:
    """Its first answer was lost: it stands, and is no conflict with itself."""
    commit = commit_of(begun(), reporter=REPORTER_ON_FILE, consumed=consumed())
    reports.commit(commit)

    assert reports.commit(commit) is Committed.NOW


def test_a_later_decision_moves_the_report(reports: Reports) -> None:
    """What the events changed is what is read afterwards."""
    filed = begun()
    reports.commit(commit_of(filed))
    routing = routed(filed.report)

    assert reports.commit(commit_of(routing)) is Committed.NOW
    assert reports.load(filed.report.code) == routing.report


def test_an_event_is_consumed_once(reports: Reports) -> None:
    """Redelivered, it decides nothing a second time."""
    filed = begun()
    reports.commit(commit_of(filed))
    routing = routed(filed.report)
    reports.commit(commit_of(routing, consumed=consumed()))
    again = then(routing.report, c.Note(text="Dua kali."), VERIFIER)

    assert reports.commit(commit_of(again, consumed=consumed())) is Committed.SEEN_BEFORE
    assert reports.load(filed.report.code) == routing.report


def test_a_mark_alone_can_be_committed(reports: Reports) -> None:
    """An event that leads to no decision is consumed all the same."""
    assert reports.commit(commit_of(consumed=consumed())) is Committed.NOW
    assert reports.commit(commit_of(consumed=consumed())) is Committed.SEEN_BEFORE
    assert reports.commit(commit_of(consumed=consumed("e2"))) is Committed.NOW


def test_a_mark_may_hold_a_slash(reports: Reports) -> None:
    """An event id from outside never names another collection."""
    assert reports.commit(commit_of(consumed=consumed("a/b/../c"))) is Committed.NOW


def test_the_same_key_files_one_report(reports: Reports) -> None:
    """The second post under an idempotency key changes nothing."""
    first, second = begun(1), begun(2)
    record = repeatable(first, expires_at=LATER)
    reports.commit(commit_of(first, repeatable=record))

    answer = reports.commit(commit_of(second, repeatable=repeatable(second, expires_at=LATER)))

    assert answer is Committed.SEEN_BEFORE
    assert reports.load(second.report.code) is None
    assert _without_version(reports.repeatable(record.id)) == record


def test_an_expired_record_is_replaced(reports: Reports) -> None:
    """Whether or not the broom has been there."""
    old, new = begun(1), begun(2)
    reports.commit(commit_of(old, repeatable=repeatable(old, expires_at=NOW)))
    expired = reports.repeatable(repeatable(old, expires_at=NOW).id)
    record = repeatable(new, expires_at=LATER)

    assert reports.commit(commit_of(new, repeatable=record, replaces=expired)) is Committed.NOW
    assert _without_version(reports.repeatable(record.id)) == record


def test_of_two_replacements_one_stands(reports: Reports) -> None:
    """Both found the same expired record; the other one was seen before."""
    old = begun(1)
    reports.commit(commit_of(old, repeatable=repeatable(old, expires_at=NOW)))
    expired = reports.repeatable(repeatable(old, expires_at=NOW).id)

    def replacement(number: int) -> Commit:
        new = begun(2 + number)
        record = repeatable(new, expires_at=LATER)
        return commit_of(new, repeatable=record, replaces=expired)

    answers = raced(reports, replacement, 2)

    assert sorted(answer.name for answer in answers) == ["NOW", "SEEN_BEFORE"]


def test_a_taken_code_is_no_repeated_request(reports: Reports) -> None:
    """The expired record still lies there, but the timeline belongs to somebody else."""
    old, taken = begun(1), begun(2)
    reports.commit(commit_of(old, repeatable=repeatable(old, expires_at=NOW)))
    reports.commit(commit_of(taken))
    expired = reports.repeatable(repeatable(old, expires_at=NOW).id)
    other = begun(2, at=LATER, body="Lampu jalan padam sejak kemarin.")
    other = replace(other, events=tuple(replace(event, id="f" * 32) for event in other.events))

    commit = commit_of(other, repeatable=repeatable(other, expires_at=LATER), replaces=expired)

    assert reports.commit(commit) is Committed.CHANGED_MEANWHILE


def test_a_stale_decision_is_refused(reports: Reports) -> None:
    """Two decided on the same state; the second has to decide again."""
    filed = begun()
    reports.commit(commit_of(filed))
    winner, loser = routed(filed.report, nth=1), routed(filed.report, "dpupr", nth=2)
    reports.commit(commit_of(winner))

    assert reports.commit(commit_of(loser)) is Committed.CHANGED_MEANWHILE
    assert reports.load(filed.report.code) == winner.report


def test_a_decision_on_a_missing_report_is_refused(reports: Reports) -> None:
    """Nothing of it is kept, not even its event."""
    routing = routed(begun().report)

    assert reports.commit(commit_of(routing)) is Committed.CHANGED_MEANWHILE
    assert reports.load(routing.report.code) is None


def test_of_racing_writers_one_wins(reports: Reports) -> None:
    """One event, whatever the number of hands."""
    filed = begun()
    reports.commit(commit_of(filed))

    answers = raced(reports, lambda nth: commit_of(routed(filed.report, nth=nth)), WRITERS)

    lost = [Committed.CHANGED_MEANWHILE] * (WRITERS - 1)
    assert sorted(answers, key=lambda answer: answer.name) == [*lost, Committed.NOW]
    assert reports.load(filed.report.code).seq == 2


def test_two_reports_change_together_or_not_at_all(reports: Reports) -> None:
    """A merge that is stale on one side leaves the other side alone."""
    source, target = begun(1), begun(2)
    reports.commit(commit_of(source))
    reports.commit(commit_of(target))
    reports.commit(commit_of(routed(target.report, nth=1)))

    answer = reports.commit(commit_of(routed(source.report), routed(target.report, nth=2)))

    assert answer is Committed.CHANGED_MEANWHILE
    assert reports.load(source.report.code) == source.report


def _without_version(record: Repeatable | None) -> Repeatable | None:
    return record and replace(record, version=None)


@pytest.mark.parametrize("until", [0, 1])
def test_a_timeline_ends_where_it_was_asked_to(reports: Reports, until: int) -> None:
    """Later events belong to a later state."""
    filed = begun()
    reports.commit(commit_of(filed))
    reports.commit(commit_of(routed(filed.report)))

    assert len(reports.timeline(filed.report.code, until)) == until
