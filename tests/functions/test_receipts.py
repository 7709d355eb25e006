"""The receipt: always checked, only wrong tries counted, per address, never a lock-out."""

from itertools import count

import pytest
from werkzeug.test import TestResponse

from tests.functions.region import Filed, Region

WRONG = "0000 0000 0000 0000"
_numbers = count(1)


@pytest.fixture
def address() -> str:
    """One that nobody guessed from before."""
    return f"192.0.2.{next(_numbers)}"


def tried(region: Region, code: str, receipt: str, address: str, times: int = 1) -> TestResponse:
    """The last of many tries, through the load balancer."""
    for _ in range(times):
        answer = region.read(code, receipt, x_forwarded_for=f"{address}, 10.0.0.1")
    return answer


def test_a_wrong_receipt_is_said_to_be_wrong(region: Region, a_report: Filed, address: str) -> None:
    """401, and how to send the right one."""
    answer = tried(region, a_report.code, WRONG, address)

    assert (answer.status_code, answer.json["code"]) == (401, "wrong-receipt")
    assert answer.headers["WWW-Authenticate"] == "Receipt"
    assert WRONG not in answer.text


def test_many_wrong_ones_from_one_address_have_to_wait(
    region: Region, a_report: Filed, address: str
) -> None:
    """Ten in an hour are a holder who mistypes; more is somebody who guesses."""
    tenth = tried(region, a_report.code, WRONG, address, times=10)
    eleventh = tried(region, a_report.code, WRONG, address)

    assert (tenth.status_code, eleventh.status_code) == (401, 429)
    assert eleventh.json["code"] == "too-many-tries"
    assert int(eleventh.headers["Retry-After"]) > 0


def test_the_right_one_always_works(region: Region, a_report: Filed, address: str) -> None:
    """From the very address that guesses, and from any other."""
    tried(region, a_report.code, WRONG, address, times=11)

    same = tried(region, a_report.code, a_report.receipt, address)
    other = tried(region, a_report.code, a_report.receipt, "198.51.100.1")

    assert (same.status_code, other.status_code) == (200, 200)


def test_guessing_at_one_report_counts_for_all(region: Region, address: str) -> None:
    """Per address, not per report: nobody can lock out a holder."""
    first, second = region.filed(), region.filed()
    tried(region, first.code, WRONG, address, times=10)

    assert tried(region, second.code, WRONG, address).status_code == 429
    assert tried(region, first.code, WRONG, "198.51.100.2").status_code == 401


def test_a_claimed_address_escapes_nothing(region: Region, a_report: Filed, address: str) -> None:
    """Only what the load balancer saw counts."""
    answers = [
        tried(region, a_report.code, WRONG, f"203.0.113.{number}, {address}")
        for number in range(11)
    ]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


def test_right_ones_are_not_counted(region: Region, a_report: Filed, address: str) -> None:
    """A holder may look as often as they like."""
    tried(region, a_report.code, a_report.receipt, address, times=12)

    assert tried(region, a_report.code, WRONG, address).status_code == 401


def test_after_an_hour_tries_are_free_again(region: Region, a_report: Filed, address: str) -> None:
    """The wait ends by itself."""
    tried(region, a_report.code, WRONG, address, times=11)
    region.outside.advance(hours=1)

    assert tried(region, a_report.code, WRONG, address).status_code == 401


def test_the_receipt_of_one_report_opens_no_other(region: Region, address: str) -> None:
    """A secret of one report only."""
    mine, other = region.filed(), region.filed()

    assert tried(region, other.code, mine.receipt, address).status_code == 401


def test_a_wrong_receipt_acts_on_nothing(region: Region, a_report: Filed) -> None:
    """Neither does none: 401 names both ways to sign in."""
    path, add = f"/api/reports/{a_report.code}/actions", {"action": "add", "text": "Halo."}

    wrong = region.call("track_report", path, add, authorization=f"Receipt {WRONG}")
    none = region.call("track_report", path, add)
    officers = region.call("track_report", path, add, authorization=region.bearer("verifier1"))

    assert [wrong.status_code, none.status_code, officers.status_code] == [401, 401, 401]
    assert "Receipt" in none.headers["WWW-Authenticate"]
    assert region.report(a_report.code)["seq"] == 1


def test_no_address_is_stored(region: Region, a_report: Filed, address: str) -> None:
    """Kept only as a MAC, with an end."""
    tried(region, a_report.code, WRONG, address)

    attempts = region.in_collection("attempts")
    assert attempts
    assert not any(address in id_ for id_ in attempts)
    assert all("expires_at" in attempt for attempt in attempts.values())
