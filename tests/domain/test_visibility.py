from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.events import Event
from shared.domain.report import Report
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import Role, Status
from shared.domain.visibility import (
    Viewer,
    fields,
    may_read,
    may_see_identity,
    readable,
    viewer_of,
)
from tests.domain.builders import (
    ADMIN,
    COORDINATOR,
    INTAKE,
    OVERSIGHT,
    VERIFIER,
    Case,
    filed,
    officer_of,
    supervisory,
)

PUBLIC, OFFICE, AGENCY = Viewer.PUBLIC, Viewer.OFFICE, Viewer.AGENCY
OF_SECRET = {"code", "status", "status_label", "clocks"}
OF_EVERYBODY = OF_SECRET | {
    "agency",
    "archive_reason",
    "area",
    "attachments",
    "category",
    "head",
    "kind",
    "merged_into",
    "outcome",
    "referred_to",
    "revision",
    "submitted_at",
    "supporters",
    "timeline",
}
OF_REPORTER = OF_EVERYBODY | {
    "actions",
    "anonymous",
    "body",
    "language",
    "links",
    "location",
    "occurred_on",
    "oversight_offered",
    "satisfaction",
    "secret",
    "supervisory",
    "title",
}
OF_DESK = OF_REPORTER | {"assignee", "channel", "held_days", "named_agency", "suggestion"}


def event_of(type_: str, *, public: bool = False) -> Event:
    return replace(filed().events[0], type=type_, public=public)


def taken_on(**fields_: object) -> Case:
    return filed(**fields_).routed(by=VERIFIER)


REPORTS: dict[str, Report] = {
    "new": filed().report,
    "routed by the system": filed().routed(by=SYSTEM).report,
    "taken on": taken_on().report,
    "answered": filed().routed(by=SYSTEM).answered().report,
    "secret": taken_on(secret=True).report,
    "secret, answered": taken_on(secret=True).answered().report,
    "about an official": supervisory().routed("inspektorat", VERIFIER).report,
    "archived": filed().archived().report,
    "archived after all": replace(taken_on().report, status=Status.ARCHIVED),
}


# Fields


@pytest.mark.parametrize(
    ("report", "shown"),
    [
        ("new", OF_EVERYBODY),
        ("routed by the system", OF_EVERYBODY),
        ("taken on", OF_EVERYBODY | {"title", "body"}),
        ("answered", OF_EVERYBODY | {"title", "body"}),
        ("secret", OF_SECRET),
        ("secret, answered", OF_SECRET),
        ("about an official", OF_SECRET),
        ("archived", OF_EVERYBODY),
        ("archived after all", OF_EVERYBODY),
    ],
)
def test_the_public_reads_words_only_once_a_person_took_the_report_on(
    report: str, shown: set[str]
) -> None:
    """Of a secret one status and clocks, of an archived one the reason; never who reported."""
    assert fields(REPORTS[report], PUBLIC) == shown


@pytest.mark.parametrize("report", REPORTS)
def test_the_desk_and_the_reporter_see_all_of_their_report(report: str) -> None:
    """Secret is what the public may not read."""
    assert fields(REPORTS[report], Viewer.REPORTER) == OF_REPORTER
    assert fields(REPORTS[report], AGENCY) == OF_DESK
    assert fields(REPORTS[report], OFFICE) == OF_DESK


@pytest.mark.parametrize(
    "take_on",
    [
        lambda case: case.routed(by=VERIFIER),
        lambda case: case.routed(by=COORDINATOR),
        lambda case: case.routed().accepted(),
        lambda case: case.routed().by_agency(c.Plan(on=case.now.date())),
        lambda case: case.routed().answered(),
        lambda case: case.routed().do(c.Reassign(agency="dpupr"), COORDINATOR),
    ],
    ids=["verifier", "coordinator", "accept", "plan", "respond", "reassign"],
)
def test_a_person_takes_a_report_on_by_deciding_about_it(take_on: object) -> None:
    """A verifier's or coordinator's route, the agency's accept, plan or answer."""
    assert callable(take_on)

    assert take_on(filed()).report.published


# Words of the timeline

TYPES = ("submitted", "supplemented", "replied", "objected", "added", "classified", "routed")
SPOKEN = ("planned", "answered")


@pytest.mark.parametrize("type_", [*TYPES, *SPOKEN, "noted", "revealed", "withdrawn", "archived"])
@pytest.mark.parametrize("report", REPORTS)
def test_the_public_reads_answers_and_what_a_reporter_released(type_: str, report: str) -> None:
    """Everything else is a header without words, and nothing of a secret or archived report."""
    open_to_all = report in ("taken on", "answered")

    assert may_read(event_of(type_), REPORTS[report], PUBLIC) is (open_to_all and type_ in SPOKEN)
    assert may_read(event_of(type_, public=True), REPORTS[report], PUBLIC) is open_to_all


@pytest.mark.parametrize("type_", [*TYPES, *SPOKEN, "noted", "revealed", "directed", "archived"])
def test_a_reporter_reads_everything_but_internal_notes(type_: str) -> None:
    """Who looked at the identity and why, and the coordinator's instructions, too."""
    report = REPORTS["secret"]

    assert may_read(event_of(type_), report, Viewer.REPORTER) is (type_ != "noted")
    assert may_read(event_of(type_), report, AGENCY)
    assert may_read(event_of(type_), report, OFFICE)


# Who is whom


@pytest.mark.parametrize(
    ("person", "viewer"),
    [
        (REPORTER, Viewer.REPORTER),
        (VERIFIER, OFFICE),
        (COORDINATOR, OFFICE),
        (OVERSIGHT, OFFICE),
        (officer_of("dlhk"), AGENCY),
        (officer_of("dpupr"), None),
        (INTAKE, None),
        (ADMIN, None),
        (SYSTEM, None),
        (Person(frozenset({Role.AGENCY})), None),
    ],
)
def test_everybody_reads_as_what_they_are(person: Person, viewer: Viewer | None) -> None:
    """An agency its own reports only; intake files, admin keeps the directory."""
    assert viewer_of(taken_on().report, person) is viewer
    assert viewer_of(filed().report, Person(frozenset({Role.AGENCY}))) is None


@pytest.mark.parametrize(
    ("agency", "viewer"), [("dinkes", None), ("rsud", None), ("dlhk", OFFICE), (None, OFFICE)]
)
@pytest.mark.parametrize("role", [Role.VERIFIER, Role.COORDINATOR, Role.OVERSIGHT])
def test_nobody_of_an_accused_unit_reads_the_report(
    role: Role, agency: str | None, viewer: Viewer | None
) -> None:
    """Nor of a unit below it, whatever else their office is."""
    report = supervisory("dinkes").report

    assert viewer_of(report, Person(frozenset({role}), "x", agency)) is viewer


def test_an_agency_that_passed_a_report_on_reads_it_no_longer() -> None:
    """It is the other one's now."""
    report = taken_on().do(c.Reassign(agency="dpupr"), COORDINATOR).report

    assert viewer_of(report, officer_of("dlhk")) is None
    assert viewer_of(report, officer_of("dpupr")) is AGENCY


@pytest.mark.parametrize(
    ("role", "named", "anonymous"),
    [
        (Role.VERIFIER, True, True),
        (Role.COORDINATOR, True, True),
        (Role.OVERSIGHT, True, True),
        (Role.AGENCY, True, False),
        (Role.INTAKE, False, False),
        (Role.ADMIN, False, False),
        (Role.SYSTEM, False, False),
    ],
)
def test_identity_is_for_whom_it_concerns(*, role: Role, named: bool, anonymous: bool) -> None:
    """Never for the agency of an anonymous reporter."""
    assert may_see_identity(filed().report, role) is named
    assert may_see_identity(filed(anonymous=True).report, role) is anonymous


# Words, scrubbed and masked

BODY = "Hubungi saya di 0812 3456 7890, Pak Made tahu."


def words(viewer: Viewer, *, anonymous: bool = False, masked: bool = False) -> str:
    case = filed(body=BODY, anonymous=anonymous).routed(by=VERIFIER)
    if masked:
        start = BODY.index("Pak Made")
        command = c.Redact(start=start, end=start + len("Pak Made"), length=len(BODY))
        case = case.do(command, VERIFIER)
    return readable(case.report.body, case.report, viewer, seq=1)


@pytest.mark.parametrize(
    ("viewer", "anonymous", "phone"),
    [
        (PUBLIC, False, False),
        (PUBLIC, True, False),
        (AGENCY, False, True),
        (AGENCY, True, False),
        (OFFICE, True, True),
        (Viewer.REPORTER, True, True),
    ],
)
def test_personal_data_is_scrubbed_for_the_public_and_for_who_may_not_know(
    *, viewer: Viewer, anonymous: bool, phone: bool
) -> None:
    """The agency reads a number that was given to it, unless the reporter is anonymous."""
    assert ("7890" in words(viewer, anonymous=anonymous)) is phone
    assert "Pak Made" in words(viewer, anonymous=anonymous)


@pytest.mark.parametrize(
    ("viewer", "name"), [(PUBLIC, False), (AGENCY, True), (OFFICE, True), (Viewer.REPORTER, True)]
)
def test_a_redacted_span_is_masked_for_the_public(*, viewer: Viewer, name: bool) -> None:
    """The stored text stays; only who reads outside does not see it."""
    assert ("Pak Made" in words(viewer, masked=True)) is name
    assert words(viewer, masked=True).endswith(" tahu.")


def test_a_mask_belongs_to_one_event() -> None:
    """The same place in another text is another matter."""
    case = filed(body=BODY).routed(by=VERIFIER)
    report = case.do(c.Redact(start=0, end=7, length=9, event_seq=3), VERIFIER).report

    assert readable(BODY, report, PUBLIC, seq=1).startswith("Hubungi")
    assert not readable(BODY, report, PUBLIC, seq=3).startswith("Hubungi")


@pytest.mark.parametrize("masked", ["text", "proof"])
def test_a_mask_belongs_to_one_text_of_its_event(masked: str) -> None:
    """An answer and its proof are two texts."""
    case = filed(body=BODY).routed(by=VERIFIER).answered()
    command = c.Redact(start=0, end=7, length=9, event_seq=3, field=masked)
    report = case.do(command, VERIFIER).report

    for name in ("text", "proof"):
        words_ = readable(BODY, report, PUBLIC, seq=3, field=name)
        assert words_.startswith("Hubungi") is (name != masked)
