"""To whom notices go: looked up when they leave."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.notice import Audience, Channel
from shared.domain.report import Report
from shared.usecases.addressing import AddressBook, is_listed
from tests.usecases.post import ONLY_PHONE, SEKAR, Post


@pytest.fixture
def post() -> Post:
    return Post()


def addresses(
    post: Post, report: Report | None, audience: Audience, unit: str | None = None, **fields: Any
) -> list[str]:
    today = post.rules.today(post.now)
    book = AddressBook(post.rules.directory, post.reports, post.officers, today, report)
    notice = post.notice(report, audience=audience, unit=unit, **fields)
    return [each.address for each in book.recipients(notice)]


WHO = [
    (Audience.REPORTER, None, ["sekar@example.org"]),
    (Audience.AGENCY, "dlhk", ["dlhk@badung.example"]),
    (Audience.AGENCY, "disperindag", ["dkupp@badung.example"]),
    (Audience.AGENCY, "gone", []),
    (Audience.AGENCY_HEAD, "dlhk", ["kepala.dlhk@badung.example"]),
    (Audience.AGENCY_HEAD, "dpupr", ["dpupr@badung.example"]),
    (Audience.VERIFIERS, None, ["verifier1@badung.example"]),
    (Audience.COORDINATOR, None, ["coordinator1@badung.example", "coordinator2@badung.example"]),
    (Audience.INSPECTORATE, "inspektorat", ["inspektorat@badung.example"]),
]


@pytest.mark.parametrize(("audience", "unit", "expected"), WHO)
def test_each_audience_is_found_where_it_is_kept(
    post: Post, audience: Audience, unit: str | None, expected: list[str]
) -> None:
    """The reporter on file, offices in the directory, people among the officers."""
    assert addresses(post, post.filed_by(SEKAR), audience, unit) == expected


ACCUSED = [
    (Audience.AGENCY, "dinkes"),
    (Audience.AGENCY, "rsud"),
    (Audience.AGENCY, "igd"),
    (Audience.AGENCY_HEAD, "dinkes"),
]


@pytest.mark.parametrize(("audience", "unit"), ACCUSED)
def test_the_accused_and_those_below_are_nobody(post: Post, audience: Audience, unit: str) -> None:
    """Whoever wrote the notice, and whenever."""
    report = post.filed_by(SEKAR, about_official=True, agency="dinkes")

    assert addresses(post, report, audience, unit) == []


def test_an_accused_inspectorate_is_passed_over(post: Post) -> None:
    """The next that may hold supervisory reports hears of it."""
    post.directed(handlers=("inspektorat", "bkpsdm"))
    report = post.filed_by(SEKAR, about_official=True, agency="inspektorat")

    found = addresses(post, report, Audience.INSPECTORATE, "inspektorat")

    assert found == ["bkpsdm@badung.example"]


def test_an_officer_of_the_accused_unit_hears_nothing(post: Post) -> None:
    """A verifier may come from any office."""
    verifier = post.officers.known["verifier1"]
    post.officers.known["verifier1"] = replace(verifier, agency="rsud")
    report = post.filed_by(SEKAR, about_official=True, agency="dinkes")

    assert addresses(post, report, Audience.VERIFIERS) == []


def test_a_notice_for_one_contact_goes_to_no_other(post: Post) -> None:
    """Who asked for a code by telephone does not find it in the mail."""
    by_phone = addresses(post, post.filed_by(SEKAR), Audience.REPORTER, channel=Channel.SMS)
    by_mail = addresses(post, post.filed_by(ONLY_PHONE), Audience.REPORTER, channel=Channel.EMAIL)

    assert (by_phone, by_mail) == (["+6281234567890"], [])


def test_no_address_is_shown_by_accident(post: Post) -> None:
    """A recipient that lands in a log tells who, never where."""
    report = post.filed_by(SEKAR)
    book = AddressBook(
        post.rules.directory, post.reports, post.officers, post.rules.today(post.now), report
    )

    assert "sekar" not in repr(book.recipients(post.notice(report)))


LISTED = [
    ("sekar@example.org", "sekar@example.org"),
    ("Sekar@Example.org", "sekar@EXAMPLE.org"),
    ("sekar@example.org", "example.org"),
    ("+6281234567890", "+6281234567890"),
]
NOT_LISTED = [
    ("sekar@mail.example.org", "example.org"),
    ("sekar@badexample.org", "example.org"),
    ("sekar@example.org", "ekar@example.org"),
    ("+6281234567890", "+628123456789"),
]


@pytest.mark.parametrize(("address", "entry"), LISTED)
def test_the_list_takes_addresses_and_whole_domains(address: str, entry: str) -> None:
    """Typed in any case."""
    assert is_listed(address, ["other@example.com", entry])


@pytest.mark.parametrize(("address", "entry"), NOT_LISTED)
def test_an_entry_of_the_list_is_only_itself(address: str, entry: str) -> None:
    """A domain is not those below it, nor those that end like it."""
    assert not is_listed(address, [entry])
    assert not is_listed(address, [])
