"""Queues and one report, as somebody who may read them."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.refusals import NotAllowed
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import ArchiveReason, Role
from shared.domain.visibility import Viewer
from shared.usecases.ports import BadCursor
from shared.usecases.reading import (
    Search,
    acting_viewer,
    full_view,
    search,
    viewer_for,
    wanted_words,
)
from shared.usecases.views import Reading
from tests.domain.builders import (
    ADMIN,
    COORDINATOR,
    INTAKE,
    OVERSIGHT,
    RULES,
    VERIFIER,
    VERIFIER_2,
    officer_of,
    person,
)
from tests.usecases.office import Office

DLHK = officer_of("dlhk")


def found(office: Office, by: Person = VERIFIER, **asked: Any) -> list[str]:
    """Codes, in the order of the queue."""
    return [row["code"].replace("-", "") for row in looked(office, by, **asked)["reports"]]


def looked(office: Office, by: Person = VERIFIER, **asked: Any) -> dict[str, Any]:
    reading = Reading(acting_viewer(by), by, RULES, office.now, "id")
    return search(Search(**asked), reading, office.reports)


def routed(office: Office, agency: str = "dlhk", **fields: Any) -> Report:
    return office.act(office.filed(**fields), c.Route(agency=agency, text="Silakan."))


def test_the_nearest_due_time_comes_first() -> None:
    """An information request is verified within one day."""
    office = Office()
    slow, quick = office.filed(), office.filed(kind="information_request")

    assert found(office) == [quick.code, slow.code]


def test_each_queue_holds_whose_turn_it_is() -> None:
    """Verifiers, the agency, the coordinator."""
    office = Office()
    new, at_agency, contested = office.filed(), routed(office), routed(office)
    office.act(contested, c.Forward(text="Bukan kami."), DLHK)

    assert found(office, queue="verification") == [new.code]
    assert found(office, DLHK, queue="agency") == [at_agency.code]
    assert found(office, COORDINATOR, queue="contested") == [contested.code]


def test_mine_is_what_was_assigned_to_me() -> None:
    """To nobody else."""
    office = Office()
    report = routed(office)
    assert DLHK.officer
    office.employ(DLHK.officer, "dlhk")
    office.act(report, c.Assign(officer=DLHK.officer), DLHK)
    colleague = person(Role.AGENCY, "kadek", "dlhk")

    assert (found(office, DLHK, queue="mine"), found(office, colleague, queue="mine")) == (
        [report.code],
        [],
    )


def test_overdue_is_what_was_due_before_now() -> None:
    """Not what is due today."""
    office = Office()
    report = office.filed()
    before = found(office, queue="overdue")
    office.now += timedelta(days=7)

    assert (before, found(office, queue="overdue")) == ([], [report.code])


def test_an_appeal_waits_in_its_own_queue() -> None:
    """And with the verifiers."""
    office = Office()
    report = office.act(office.filed(), c.Archive(reason=ArchiveReason.TEST, text="Uji."))
    office.act(report, c.Appeal(text="Bukan."), REPORTER)

    assert found(office, VERIFIER_2, queue="appeals") == [report.code]
    assert found(office, VERIFIER_2, queue="verification") == [report.code]


def test_an_agency_finds_its_own_reports_only() -> None:
    """Whatever it asks for."""
    office = Office()
    own, _other = routed(office), routed(office, "dpupr")

    assert found(office, DLHK, queue="all") == [own.code]
    assert found(office, DLHK, queue="all", agency="dlhk") == [own.code]
    with pytest.raises(NotAllowed):
        found(office, DLHK, queue="all", agency="dpupr")


@pytest.mark.parametrize("by", [ADMIN, INTAKE, person(Role.SYSTEM)])
def test_some_search_nothing(by: Person) -> None:
    """Their role reads no reports."""
    with pytest.raises(NotAllowed):
        found(Office(), by)


@pytest.mark.parametrize("by", [VERIFIER, COORDINATOR, OVERSIGHT])
def test_the_accused_unit_is_left_out(by: Person) -> None:
    """Also of the region's own offices."""
    office = Office()
    report = office.filed(about_official=True, agency="dlhk")
    accused = person(next(iter(by.roles)), "x", "dlhk")

    assert (found(office, by), found(office, accused)) == ([report.code], [])


@pytest.mark.parametrize("about_official", [True, False])
def test_the_clocks_of_a_secret_report_do_not_tell_what_it_is_about(
    *, about_official: bool
) -> None:
    """Sixty days would say that it accuses an official: no legal time, and no explanation."""
    office = Office()
    report = office.filed(secret=True, about_official=about_official)

    for viewer, kinds in (
        (Viewer.PUBLIC, ["verification"]),
        (Viewer.REPORTER, ["verification", "legal"]),
    ):
        clocks = full_view(report, reading_of(office, viewer), office.desk, supporters=0)["clocks"]
        assert [clock["kind"] for clock in clocks] == kinds
        assert all(("because" in clock) is (viewer is Viewer.REPORTER) for clock in clocks)


def reading_of(office: Office, viewer: Viewer) -> Reading:
    return Reading(viewer, REPORTER, RULES, office.now, "id")


def test_pages_follow_each_other() -> None:
    """Until there is no next one; every report once."""
    office = Office()
    reports = {office.filed().code for _ in range(5)}
    codes: list[str] = []
    cursor: str | None = None

    for _ in range(3):
        page = looked(office, queue="all", limit=2, cursor=cursor)
        codes += [row["code"].replace("-", "") for row in page["reports"]]
        cursor = page["next_cursor"]

    assert (sorted(codes), cursor) == (sorted(reports), None)


def test_a_made_up_cursor_is_told() -> None:
    """It names no place in the queue."""
    with pytest.raises(BadCursor):
        found(Office(), cursor="x")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("7K3M9QX2WD-Q", ("7K3M9QX2WDQ",)),
        (" 7k3m9 qx2wd q ", ("7K3M9QX2WDQ",)),
        ("Sampah, Kerobokan!", ("sampah", "kerobokan")),
        ("di Jl. Raya", ("raya",)),
        ("ＳＡＭＰＡＨ", ("sampah",)),
        ("!!", ()),
    ],
)
def test_a_code_is_looked_up_anything_else_word_by_word(typed: str, words: tuple[str, ...]) -> None:
    """In any spelling."""
    assert wanted_words(typed) == words


@pytest.mark.parametrize(
    ("by", "viewer"),
    [
        (REPORTER, Viewer.REPORTER),
        (VERIFIER, Viewer.OFFICE),
        (OVERSIGHT, Viewer.OFFICE),
        (DLHK, Viewer.AGENCY),
    ],
)
def test_each_reads_as_who_they_are(by: Person, viewer: Viewer) -> None:
    """The holding agency among them."""
    assert viewer_for(routed(Office()), by) is viewer


@pytest.mark.parametrize("by", [officer_of("dpupr"), ADMIN, INTAKE])
def test_others_read_nothing(by: Person) -> None:
    """Not even that it is there."""
    with pytest.raises(NotAllowed):
        viewer_for(routed(Office()), by)


def test_a_full_view_has_the_whole_timeline() -> None:
    """In order, each with its hash."""
    office = Office()
    report = office.act(routed(office), c.Accept(), DLHK)
    reading = Reading(Viewer.PUBLIC, REPORTER, RULES, office.now, "en")

    view = full_view(report, reading, office.desk, supporters=3)

    assert [event["type"] for event in view["timeline"]] == ["submitted", "routed", "accepted"]
    assert (view["timeline"][-1]["hash"], view["supporters"]) == (report.head, 3)
