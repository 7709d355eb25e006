"""“This affects me too”: counted once, traceable by nobody, and never of a secret report."""

import pytest

from shared.usecases.failures import NoSuchReport
from shared.usecases.supporting import support
from tests.fakes.memory_records import MemorySupporters
from tests.usecases.office import Office


@pytest.fixture
def office() -> Office:
    return Office()


def counted(office: Office, supporters: MemorySupporters, *who: str) -> list[int]:
    """The number told to each of them, all for the same report."""
    code = office.filed().code
    return [support(code, one, reports=office.reports, supporters=supporters) for one in who]


def test_each_supporter_counts_once(office: Office) -> None:
    assert counted(office, MemorySupporters(), "a", "b", "a") == [1, 2, 2]


def test_what_is_kept_joins_no_two_reports(office: Office) -> None:
    """Neither the name itself nor one hash for all: nobody's interests can be read from it."""
    supporters = MemorySupporters()

    counted(office, supporters, "a")
    counted(office, supporters, "a")

    first, second = supporters.of.values()
    assert first.isdisjoint(second | {"a"})


def test_a_secret_report_takes_none(office: Office) -> None:
    """Its count would tell that many are concerned."""
    report = office.filed(secret=True)

    with pytest.raises(NoSuchReport):
        support(report.code, "a", reports=office.reports, supporters=MemorySupporters())


def test_a_report_that_is_not_there_takes_none(office: Office) -> None:
    with pytest.raises(NoSuchReport):
        support("0000000000A", "a", reports=office.reports, supporters=MemorySupporters())
