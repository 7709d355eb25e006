"""A report is filed once, however often and however the same request arrives."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.commands import Note
from shared.domain.receipts import is_holder
from shared.usecases.failures import IdempotencyMismatch
from shared.usecases.filing import Filed
from shared.usecases.ports import Commit, Committed, Keys, StoreAway
from tests.builders import KEYS
from tests.fakes.memory_store import MemoryReports
from tests.usecases.office import KEY, Office, SeenTogether, an_attempt

A_WEEK = timedelta(days=7)


class Crowded(MemoryReports):
    """The first commit is refused without a winner."""

    crowded = True

    def commit(self, commit: Commit) -> Committed:
        if self.crowded:
            self.crowded = False
            return Committed.CHANGED_MEANWHILE
        return super().commit(commit)


def opens(office: Office, filed: Filed) -> bool:
    code = filed.report.code
    return is_holder(
        filed.receipt, office.reports.reporters[code].receipt, code=code, keys=KEYS.secrets
    )


def test_a_report_is_stored_published_and_forgotten() -> None:
    """One event, which leaves the outbox once it is out."""
    office = Office()

    filed = office.file()

    assert office.stored(filed.report) == filed.report
    assert [event.type for event in office.published] == ["report.submitted"]
    assert office.reports.outbox.waiting == {}


def test_the_receipt_opens_what_was_filed() -> None:
    """With a key or without one; only its mark is stored."""
    office = Office()

    filed = [office.file(), office.file(an_attempt())]

    assert all(opens(office, each) for each in filed)
    assert all(each.receipt not in str(office.reports.reporters) for each in filed)


def test_without_a_key_every_post_is_its_own() -> None:
    """Two citizens may write the same words."""
    office = Office()

    assert office.file().report.code != office.file().report.code
    assert office.reports.repeatables == {}


def test_the_same_request_again_is_the_first_answer() -> None:
    """Receipt included; nothing more is stored or published."""
    office = Office()
    first = office.file(an_attempt())

    second = office.file(an_attempt())

    assert second == first
    assert (len(office.reports.reports), len(office.published)) == (1, 1)


def test_the_first_answer_does_not_age() -> None:
    """The report has moved on; the answer shows it as it was filed."""
    office = Office()
    first = office.file(an_attempt())
    office.act(first.report, Note(text="Pantau."))
    office.now += A_WEEK - timedelta(seconds=1)

    assert office.file(an_attempt()) == first


@pytest.mark.parametrize("request_", [b"POST /api/reports {} ", b"POST /api/desk/reports {}", b""])
def test_the_same_key_with_another_request_is_refused(request_: bytes) -> None:
    """Never silently the first answer."""
    office = Office()
    office.file(an_attempt())

    with pytest.raises(IdempotencyMismatch):
        office.file(an_attempt(request_))

    assert len(office.reports.reports) == 1


def test_another_key_is_another_request() -> None:
    """Whatever the body."""
    office = Office()

    codes = {office.file(an_attempt(key=key)).report.code for key in (KEY, KEY + "2")}

    assert len(codes) == 2


def test_an_expired_record_is_replaced() -> None:
    """By another body too: the key is free again, and then taken."""
    office = Office()
    first = office.file(an_attempt())
    office.now += A_WEEK

    second = office.file(an_attempt(b"other"))

    assert second.report.code != first.report.code
    assert office.file(an_attempt(b"other")) == second


@pytest.mark.parametrize("racers", [2, 4])
def test_of_racing_requests_one_files(racers: int) -> None:
    """All of them read the same code and receipt."""
    office = Office(SeenTogether(racers))

    with ThreadPoolExecutor(racers) as pool:
        answers = list(pool.map(lambda _: office.file(an_attempt()), range(racers)))

    assert len({(each.report.code, each.receipt) for each in answers}) == 1
    assert (len(office.reports.reports), len(office.published)) == (1, 1)


def test_of_racing_requests_with_different_bodies_one_is_refused() -> None:
    """The one that lost learns that the key is taken."""
    office = Office(SeenTogether(2))
    attempts = [an_attempt(), an_attempt(b"other")]

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(office.file, attempt) for attempt in attempts]
        failures = [type(each.exception()) for each in asked]

    assert set(failures) == {type(None), IdempotencyMismatch}
    assert len(office.reports.reports) == 1


def test_a_key_rotated_between_two_attempts_parts_nothing() -> None:
    """Old keys stay listed: same record, same receipt."""
    office = Office()
    office.desk = replace(office.desk, keys=Keys("k1", KEYS.secrets))
    first = office.file(an_attempt())
    office.desk = replace(office.desk, keys=KEYS)

    assert office.file(an_attempt()) == first


def test_a_rotated_key_still_tells_another_body() -> None:
    """Under no key is it what made the record."""
    office = Office()
    office.desk = replace(office.desk, keys=Keys("k1", KEYS.secrets))
    office.file(an_attempt())
    office.desk = replace(office.desk, keys=KEYS)

    with pytest.raises(IdempotencyMismatch):
        office.file(an_attempt(b"other"))


def test_a_record_holds_neither_key_nor_body_nor_receipt() -> None:
    """What leaks from it opens nothing."""
    office = Office()

    filed = office.file(an_attempt(b"secret body"))

    kept = str(office.reports.repeatables)
    assert not [each for each in (KEY, "secret body", filed.receipt) if each in kept]


def test_what_the_store_could_not_take_may_be_sent_again() -> None:
    """Too many wrote at once, or the code was taken: neither it nor another stands."""
    office = Office(Crowded())

    with pytest.raises(StoreAway):
        office.file()

    assert office.file().report.code in office.reports.reports


def test_what_is_not_published_waits_in_the_outbox() -> None:
    """The reply does not depend on it."""
    office = Office(away=True)

    filed = office.file()

    (waiting,) = office.reports.outbox.waiting.values()
    assert (waiting.code, waiting.seq) == (filed.report.code, 1)
