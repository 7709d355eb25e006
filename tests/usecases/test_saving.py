"""What makes two requests the same one, and what a commit leaves behind."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.usecases.failures import IdempotencyMismatch
from shared.usecases.ports import Committed, Keys, StoreAway
from shared.usecases.saving import Attempt
from tests.builders import KEYS, begun, commit_of, repeatable, routed
from tests.domain.builders import NOW
from tests.fakes.memory_store import MemoryOutbox
from tests.usecases.office import KEY, Office, an_attempt


class AwayOutbox(MemoryOutbox):
    """The store takes the commit, and nothing after it."""

    def forget(self, event_ids: Iterable[str]) -> None:  # noqa: ARG002
        raise StoreAway


def test_nothing_came_earlier_without_a_key() -> None:
    """There is nothing to look up."""
    assert Office().desk.earlier(None, NOW) is None


@pytest.mark.parametrize(("seconds", "fresh"), [(1, True), (0, False), (-1, False)])
def test_a_record_is_fresh_until_its_end(seconds: int, fresh: bool) -> None:  # noqa: FBT001
    """The broom may come a day later."""
    record = repeatable(begun(), expires_at=NOW + timedelta(seconds=seconds))

    assert record.is_fresh(NOW) is fresh


def test_an_expired_record_of_another_request_is_no_mismatch() -> None:
    """It is only there to be replaced."""
    office = Office()
    office.file(an_attempt())

    found = office.desk.earlier(an_attempt(b"other"), NOW + timedelta(days=7))

    assert found
    with pytest.raises(IdempotencyMismatch):
        office.desk.earlier(an_attempt(b"other"), NOW)


def test_an_attempt_is_known_under_any_key() -> None:
    """A rotation between two tries must not part them; a key that is gone does."""
    attempt = an_attempt()
    office = Office()
    office.file(attempt)
    (record,) = office.reports.repeatables.values()

    assert attempt.is_what_made(record, Keys("k1", KEYS.secrets))
    assert not attempt.is_what_made(record, Keys("k1", {"k1": KEYS.secrets["k1"]}))


def test_key_and_request_do_not_run_into_each_other() -> None:
    """Moving a letter from one to the other makes another request."""
    secret = KEYS.secret

    assert Attempt(KEY + "a", b"bc").mac(secret) != Attempt(KEY, b"abc").mac(secret)


def test_a_commit_that_did_not_stand_publishes_nothing() -> None:
    """Whoever was first has done so."""
    office = Office()
    filed = begun()
    for decision in (filed, routed(filed.report, nth=1)):
        office.reports.commit(commit_of(decision))

    late = commit_of(routed(filed.report, "dpupr", nth=2))
    answer = office.desk.commit(late, attempt=None, expired=None, now=NOW)

    assert (answer, office.published) == (Committed.CHANGED_MEANWHILE, [])


def test_a_store_that_goes_away_after_the_commit_fails_nothing() -> None:
    """The report stands and was published; its entry stays, and the relay sends it once more."""
    office = Office()
    office.reports.outbox = AwayOutbox()
    office.desk = replace(office.desk, outbox=office.reports.outbox)

    filed = office.file()

    assert office.stored(filed.report) == filed.report
    assert [event.id for event in office.published] == list(office.reports.outbox.waiting)


def test_a_record_says_how_far_the_first_attempt_came() -> None:
    """Code, last event and end."""
    office = Office()

    filed = office.file(an_attempt())

    (record,) = office.reports.repeatables.values()
    assert (record.code, record.seq) == (filed.report.code, 1)
    assert record.expires_at == NOW + timedelta(days=7)
