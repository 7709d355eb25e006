"""What the desk shows beside a report."""

import pytest

from shared.domain import commands as c
from shared.domain.notice import Audience, Notice
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person
from shared.usecases.desk_views import changed_since, notices_view, queues_of, sizes
from shared.usecases.reading import acting_viewer, viewer_for
from shared.usecases.views import Reading
from tests.domain.builders import (
    ADMIN,
    COORDINATOR,
    INTAKE,
    NOW,
    OVERSIGHT,
    RULES,
    VERIFIER,
    officer_of,
)
from tests.usecases.office import Office

DLHK = officer_of("dlhk")


def reading(by: Person, report: Report | None = None) -> Reading:
    viewer = viewer_for(report, by) if report else acting_viewer(by)
    return Reading(viewer, by, RULES, NOW, "id")


@pytest.mark.parametrize(
    ("by", "first"),
    [
        (VERIFIER, "verification"),
        (DLHK, "agency"),
        (COORDINATOR, "contested"),
        (OVERSIGHT, "overdue"),
        (INTAKE, None),
        (ADMIN, None),
    ],
)
def test_everybodys_day_begins_with_their_own_queue(by: Person, first: str | None) -> None:
    assert next(iter(queues_of(by)), None) == first


def test_queues_are_counted_up_to_a_number() -> None:
    """An agency counts its own."""
    office = Office()
    for _ in range(3):
        office.filed()
    office.act(office.filed(), c.Route(agency="dlhk"))

    assert sizes(reading(VERIFIER), office.reports, most=2)["verification"] == 2
    assert sizes(reading(DLHK), office.reports, most=9) == {
        "agency": 1, "mine": 0, "overdue": 0, "all": 1,
    }  # fmt: skip


def test_what_changed_since_a_revision_is_all_that_came_after_it() -> None:
    """What does not make an answer stale, and came before anything that does, was no change."""
    office = Office()
    report = office.filed()
    office.act(report, c.Note(text="Catatan."))
    office.act(report, c.Add(text="Tambahan."), REPORTER)
    last = office.act(report, c.Note(text="Lagi."))
    events = office.reports.timeline(report.code, last.seq)

    assert changed_since(events, report.revision) == {3, 4}
    assert changed_since(events, last.revision) == frozenset()


def _notice(audience: Audience, unit: str | None = None) -> Notice:
    return Notice(
        id=f"{audience}{unit}", kind="routed", audience=audience, created_at=NOW,
        next_attempt_at=None, expires_at=NOW, code="X", seq=1, unit=unit,
    )  # fmt: skip


SENT = (
    _notice(Audience.REPORTER),
    _notice(Audience.AGENCY, "dlhk"),
    _notice(Audience.AGENCY, "dpupr"),
    _notice(Audience.INSPECTORATE),
)


@pytest.mark.parametrize(
    ("by", "anonymous", "seen"),
    [
        (VERIFIER, False, ["inspectorate", "agency", "agency", "reporter"]),
        (VERIFIER, True, ["inspectorate", "agency", "agency", "reporter"]),
        (DLHK, False, ["agency", "reporter"]),
        (DLHK, True, ["agency"]),
    ],
)
def test_notices_are_known_to_whom_they_concern(
    by: Person, seen: list[str], *, anonymous: bool
) -> None:
    """Of an anonymous reporter an agency does not even learn that there is a contact."""
    office = Office()
    report = office.act(office.filed(anonymous=anonymous), c.Route(agency="dlhk"))
    events = office.reports.timeline(report.code, report.seq)

    found = notices_view(SENT, events, report, reading(by, report))

    assert [each["to"] for each in found] == seen
    assert {each["about"] for each in found} == {"submitted"}
