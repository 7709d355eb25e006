"""Who holds the receipt is the reporter; only wrong ones are counted."""

from datetime import timedelta

import pytest

from shared.domain.report import Report
from shared.usecases.access import held, opened, proof_of, report_of_holder
from shared.usecases.failures import NoSuchReport, TooManyTries, WrongReceipt
from shared.usecases.filing import Filed
from tests.builders import KEYS
from tests.domain.builders import NOW
from tests.fakes.memory_records import MemoryTries
from tests.usecases.office import Office

WRONG = "0" * 16


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def tries() -> MemoryTries:
    return MemoryTries()


def asked(
    office: Office,
    tries: MemoryTries,
    code: str,
    receipt: str,
    *,
    hours: int = 0,
    address: str = "a",
) -> Report:
    return report_of_holder(
        code,
        receipt,
        address=address,
        now=NOW + timedelta(hours=hours),
        reports=office.reports,
        keys=KEYS,
        tries=tries,
    )


def wrong(office: Office, tries: MemoryTries, filed: Filed, times: int) -> list[type[Exception]]:
    """What each of these tries ends in."""
    found: list[type[Exception]] = []
    for _ in range(times):
        with pytest.raises((WrongReceipt, TooManyTries)) as failure:
            asked(office, tries, filed.report.code, WRONG)
        found.append(failure.type)
    return found


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:-^40}"])
def test_the_holder_gets_the_report(office: Office, tries: MemoryTries, typed: str) -> None:
    """However it is typed; nothing is counted."""
    filed = office.file()

    assert asked(office, tries, filed.report.code, typed.format(filed.receipt)) == filed.report
    assert tries.counted == {}


@pytest.mark.parametrize("receipt", ["", "x", WRONG, "1" * 15, "½" * 16])
def test_anything_else_is_wrong_and_counted(
    office: Office, tries: MemoryTries, receipt: str
) -> None:
    """Unreadable ones too: a guesser may send whatever."""
    filed = office.file()

    with pytest.raises(WrongReceipt):
        asked(office, tries, filed.report.code, receipt)

    assert sum(tries.counted.values()) == 1


def test_the_eleventh_wrong_one_in_an_hour_has_to_wait(office: Office, tries: MemoryTries) -> None:
    """Ten are a holder who mistypes."""
    filed = office.file()

    assert wrong(office, tries, filed, 11) == [WrongReceipt] * 10 + [TooManyTries]


def test_no_number_of_wrong_ones_locks_out_the_holder(office: Office, tries: MemoryTries) -> None:
    """Not even at the same address."""
    filed = office.file()
    wrong(office, tries, filed, 20)

    assert asked(office, tries, filed.report.code, filed.receipt) == filed.report
    assert sum(tries.counted.values()) == 20


@pytest.mark.parametrize("elsewhere", [{"hours": 1}, {"address": "b"}])
def test_tries_are_counted_per_address_and_hour(
    office: Office, tries: MemoryTries, elsewhere: dict[str, int]
) -> None:
    """Elsewhere or later it begins anew."""
    filed = office.file()
    wrong(office, tries, filed, 11)

    with pytest.raises(WrongReceipt):
        asked(office, tries, filed.report.code, WRONG, **elsewhere)  # type: ignore[arg-type]


def test_a_report_that_is_not_there_is_no_try(office: Office, tries: MemoryTries) -> None:
    """404 tells nothing about a receipt."""
    with pytest.raises(NoSuchReport):
        asked(office, tries, "0000000000A", WRONG)

    assert tries.counted == {}


def test_the_receipt_of_another_report_is_wrong(office: Office, tries: MemoryTries) -> None:
    """Each opens its own."""
    first, second = office.file(), office.file()

    with pytest.raises(WrongReceipt):
        asked(office, tries, first.report.code, second.receipt)


def test_a_proof_stands_for_the_receipt_as_long_as_it_is_the_receipt(
    office: Office, tries: MemoryTries
) -> None:
    """Of this report alone."""
    filed, other = office.file(), office.file()
    report, mark = opened(
        filed.report.code, filed.receipt,
        address="a", now=NOW, reports=office.reports, keys=KEYS, tries=tries,
    )  # fmt: skip

    assert held(report.code, proof_of(mark), reports=office.reports) == report
    assert held(other.report.code, proof_of(mark), reports=office.reports) is None
    assert mark.mac not in proof_of(mark)
