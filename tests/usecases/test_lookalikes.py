"""Reports that may be the same: near in place, time and words, and theirs to read."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.usecases.lookalikes import lookalikes
from shared.usecases.reading import viewer_for
from shared.usecases.views import Reading
from tests.domain.builders import RULES, VERIFIER, officer_of
from tests.usecases.office import Office

LAMP = "Lampu jalan depan Pasar Kuta padam total sejak tiga minggu."
SAME = "Sudah lama lampu jalan depan Pasar Kuta padam, gelap sekali."
OTHER = "Sampah menumpuk di pinggir sungai dan baunya menyengat."


def alike(office: Office, report: Report, by: Person = VERIFIER) -> list[str]:
    reading = Reading(viewer_for(report, by), by, RULES, office.now, "id")
    return [one["code"].replace("-", "") for one in lookalikes(report, reading, office.reports)]


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ({"body": SAME, "area": "51.03.06.2003"}, True),
        ({"body": SAME, "area": "51.03.06"}, True),
        ({"body": OTHER, "area": "51.03.06"}, False),
        ({"body": SAME, "area": "51.03.05"}, False),
        ({"body": SAME}, False),
    ],
)
def test_the_same_words_in_the_same_district_are_pointed_out(
    other: dict[str, Any], *, is_found: bool
) -> None:
    office = Office()
    twin = office.filed(**other)
    report = office.filed(body=LAMP, area="51.03.06.2005")

    assert alike(office, report) == ([twin.code] if is_found else [])


def test_without_a_place_the_subject_decides() -> None:
    office = Office()
    twin, report = (office.filed(body=body, category="sampah") for body in (SAME, LAMP))

    assert alike(office, report) == [twin.code]


def test_without_place_and_subject_nothing_is_looked_for() -> None:
    """All open reports of a region would be near."""
    office = Office()
    office.filed(body=SAME)

    assert alike(office, office.filed(body=LAMP)) == []


def test_what_is_over_or_long_ago_is_another_matter() -> None:
    office = Office()
    office.act(office.filed(body=SAME, area="51.03.06"), c.Archive(reason="test", text="Uji."))
    office.filed(body=SAME, area="51.03.06")
    office.now += timedelta(days=61)

    assert alike(office, office.filed(body=LAMP, area="51.03.06")) == []


def test_the_most_alike_come_first_and_only_a_few() -> None:
    office = Office()
    for _ in range(4):
        office.filed(body=SAME, area="51.03.06")
    exact = office.filed(body=LAMP, area="51.03.06")
    report = office.filed(body=LAMP, area="51.03.06")

    found = alike(office, report)

    assert (found[0], len(found)) == (exact.code, 3)


def test_an_agency_is_shown_its_own_only() -> None:
    office = Office()
    office.filed(body=SAME, area="51.03.06")
    ours = office.act(office.filed(body=SAME, area="51.03.06"), c.Route(agency="dlhk"))
    report = office.act(office.filed(body=LAMP, area="51.03.06"), c.Route(agency="dlhk"))

    assert alike(office, report, officer_of("dlhk")) == [ours.code]
