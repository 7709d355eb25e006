"""Reports that are there already are offered, by their public side alone."""

from collections.abc import Sequence
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.acts.filing import Filing
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer
from shared.usecases.nearby import nearby
from shared.usecases.views import Reading
from tests.domain.builders import RULES, VERIFIER
from tests.usecases.office import Office

BODY = "Lampu jalan di depan Pasar Kuta mati sejak tiga minggu, anak-anak pulang gelap."
LIKE_IT = "Lampu jalan depan Pasar Kuta mati sudah tiga minggu."
CATEGORY, *OTHERS = list(RULES.directory.categories)
AREA, ELSEWHERE = "51.03.01.1002", "51.03.02.1004"


def offered(
    office: Office, body: str = LIKE_IT, areas: Sequence[str] = (), **fields: Any
) -> list[str]:
    filing = Filing(body=body, **fields)
    reading = Reading(Viewer.PUBLIC, REPORTER, RULES, office.now, "id")
    rows = nearby(filing, [CATEGORY], areas, reading, office.reports)
    return [row["code"].replace("-", "") for row in rows]


def published(office: Office, **fields: Any) -> Report:
    """A verifier has read it."""
    report = office.filed(**{"body": BODY, "category": CATEGORY, "area": AREA} | fields)
    return office.act(report, c.Route(agency="dlhk"), VERIFIER)


def test_an_open_report_of_the_same_place_and_subject_is_offered() -> None:
    office = Office()
    code = published(office).code

    assert offered(office, areas=[AREA]) == [code]


@pytest.mark.parametrize(
    "other",
    [{"area": ELSEWHERE}, {"category": OTHERS[0]}, {"secret": True}],
    ids=["elsewhere", "another-subject", "secret"],
)
def test_what_is_elsewhere_about_something_else_or_secret_is_not(other: dict[str, Any]) -> None:
    office = Office()
    published(office, **other)

    assert offered(office, areas=[AREA]) == []


def test_a_report_that_is_closed_helps_nobody() -> None:
    office = Office()
    office.act(published(office), c.Withdraw(), REPORTER)

    assert offered(office, areas=[AREA]) == []


def test_without_a_place_only_the_same_words_tell() -> None:
    office = Office()
    code = published(office).code

    assert offered(office) == [code]
    assert offered(office, "Sampah menumpuk di pinggir pantai Legian.") == []


def test_a_place_that_may_be_several_is_looked_for_in_each_of_them() -> None:
    """Also about another matter than the words tell; in a district, whatever the village."""
    office = Office()
    code = published(office).code
    published(office, area="51.03.05.2001")

    assert offered(office, "Kotor dan bau.", areas=["51.03.01", ELSEWHERE]) == [code]


def test_words_that_nobody_may_read_yet_are_not_found_by_guessing() -> None:
    """Not routed by a person: its text is no way to it, its place and subject are."""
    office = Office()
    code = office.file(body=BODY, category=CATEGORY, area=AREA).report.code

    assert offered(office) == []
    assert offered(office, areas=[AREA]) == [code]


def test_the_most_alike_come_first_and_no_more_than_three() -> None:
    office = Office()
    for number in range(3):
        published(office, body=f"Sampah menumpuk di gang {number} pinggir pantai.")
    code = published(office).code

    assert offered(office, areas=[AREA])[0] == code
    assert len(offered(office, areas=[AREA])) == 3


def test_whoever_reports_an_official_is_sent_to_no_public_report() -> None:
    office = Office()
    published(office)

    assert offered(office, areas=[AREA], about_official=True) == []
