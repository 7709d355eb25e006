"""The system routes where exactly one agency is certain, and keeps its hands off otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.report import Report
from shared.domain.routing import target_of
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.usecases.failures import NoSuchReport
from shared.usecases.routing import route_report
from tests.domain.builders import DIRECTORY, RULES, rules
from tests.usecases.office import Contended, Office

EVENT = "e1"


def delivered(office: Office, report: Report, event_id: str = EVENT) -> Report | None:
    return route_report(
        report.code, event_id=event_id, rules=office.rules, stamp=office.stamp(), desk=office.desk
    )


@pytest.mark.parametrize(
    ("fields", "agency"),
    [
        ({"category": "jalan"}, "dpupr"),
        ({"category": "sampah"}, "dinkes"),
        ({"category": "sampah", "area": "51.03.06"}, "dlhk"),
        ({"category": "sampah", "area": "51.03.06.2003"}, "satpolpp"),
        ({"category": "sampah", "area": "51.03.06.2004"}, "dlhk"),
        ({"category": "jalan", "agency": "dlhk"}, "dlhk"),
        ({"agency": "dlhk"}, "dlhk"),
    ],
)
def test_the_certain_agency_gets_it(fields: dict[str, Any], agency: str) -> None:
    """The nearest rule, or the agency that the citizen named."""
    office = Office()

    report = delivered(office, office.filed(**fields))

    assert report
    assert (report.agency, report.routed_by) == (agency, Role.SYSTEM)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"category": "pasar"},
        {"category": "listrik"},
        {"category": "lain"},
        {"category": "jalan", "area": "31.71"},
        {"body": "Jalan berlubang, jalan rusak, jalan putus."},
        {"category": "jalan", "about_official": True},
        {"agency": "dlhk", "about_official": True},
    ],
)
def test_where_nothing_is_certain_a_person_decides(fields: dict[str, Any]) -> None:
    """Two rules, a body outside, no rule, mere words, an official."""
    office = Office()
    report = office.filed(**fields)

    assert delivered(office, report) is None
    assert office.stored(report) == report


@pytest.mark.parametrize(
    ("fields", "routes"), [({"category": "jalan"}, False), ({"agency": "dlhk"}, True)]
)
def test_a_region_may_want_people_to_route(fields: dict[str, Any], routes: bool) -> None:  # noqa: FBT001
    """Even then the citizen's own choice goes straight."""
    by_hand = rules(replace(DIRECTORY, auto_route=False))
    report = Office().filed(**fields)

    assert bool(target_of(report, by_hand)) is routes


@pytest.mark.parametrize(
    ("language", "because"),
    [
        (
            "id",
            "Jalan dan Jembatan di Kuta Utara → Dinas Pekerjaan Umum dan Penataan Ruang, aturan 1",
        ),
        ("en", "Roads and bridges in Kuta Utara → Dinas Pekerjaan Umum dan Penataan Ruang, rule 1"),
    ],
)
def test_the_reason_is_told_in_the_reports_language(language: str, because: str) -> None:
    """Category, place, agency and rule."""
    report = Office().filed(category="jalan", area="51.03.06", language=language)

    assert target_of(report, RULES) == ("dpupr", because)


def test_an_event_that_comes_twice_routes_once() -> None:
    """Marked in the same commit."""
    office = Office()
    report = office.filed(category="jalan")
    delivered(office, report)
    before = office.stored(report)

    delivered(office, report)

    assert office.stored(report) == before
    assert len(office.published) == 2


def test_an_event_that_comes_after_a_recall_routes_nothing() -> None:
    """A person took it back."""
    office = Office()
    report = office.filed(category="jalan")
    delivered(office, report)
    office.act(report, c.Recall(text="Salah."))

    assert delivered(office, report) is None
    assert delivered(office, report, "e2") is None


def test_a_report_that_was_closed_meanwhile_stays_closed() -> None:
    """Late is no failure."""
    office = Office()
    report = office.filed(category="jalan")
    office.act(report, c.Withdraw(), REPORTER)

    assert delivered(office, report) is None


def test_a_verifier_who_is_faster_wins() -> None:
    """Between loading and saving: the refusal is the end of it."""
    office = Office(Contended(c.Route(agency="dlhk", text="Silakan."), times=1))
    report = office.filed(category="jalan")

    assert delivered(office, report) is None
    assert office.stored(report).agency == "dlhk"


def test_a_report_not_there_yet_is_not_found() -> None:
    """Whether it may still appear is decided outside."""
    office = Office()
    other = Office().filed()

    with pytest.raises(NoSuchReport):
        delivered(office, other)
