import pytest

from shared.domain.acts.filing import faults
from shared.domain.clocks import ClockKind
from shared.domain.refusals import NotAllowed
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import Kind, Role, Status
from shared.domain.workflow import submit
from tests.domain.builders import (
    CODE,
    COORDINATOR,
    DIRECTORY,
    INTAKE,
    NOW,
    RULES,
    VERIFIER,
    Case,
    day,
    filed,
    filing,
    stamp,
    supervisory,
    written,
)


def dues(case: Case) -> dict[str, str]:
    return {run.kind: written(run.due_at)[:14] for run in case.report.clocks if run.due_at}


@pytest.mark.parametrize(
    ("kind", "verification", "legal"),
    [
        (Kind.COMPLAINT, "Thu 2026-11-05", "Fri 2026-11-20"),
        (Kind.ASPIRATION, "Thu 2026-11-05", "Fri 2026-11-20"),
        (Kind.INFORMATION_REQUEST, "Tue 2026-11-03", "Mon 2026-11-09"),
    ],
)
def test_filing_starts_verification_and_the_legal_time_of_its_kind(
    kind: Kind, verification: str, legal: str
) -> None:
    """Filed on Monday: three working days to verify (one for information), then 14, 14 or 5."""
    case = filed(kind=kind)

    assert dues(case) == {"verification": verification, "legal": legal}


def test_praise_has_no_legal_time() -> None:
    """An appreciation is verified, and that is all."""
    case = filed(kind=Kind.APPRECIATION)

    assert dues(case) == {"verification": "Thu 2026-11-05"}


def test_what_is_about_an_official_has_sixty_days_of_either_sort() -> None:
    """The earlier of 60 working and 60 calendar days, even when that one is New Year."""
    case = supervisory()

    assert case.due(ClockKind.LEGAL) == "Fri 2027-01-01 23:59:59"


def test_a_new_report_waits_for_a_verifier() -> None:
    """Nothing is published, routed or answered yet; it is revision and event one."""
    report = filed().report

    assert (report.status, report.holder) == (Status.SUBMITTED, Role.VERIFIER)
    assert (report.seq, report.revision, report.submitted_at) == (1, 1, NOW)
    assert not report.published
    assert not report.was_routed


@pytest.mark.parametrize(("by", "role"), [(REPORTER, "reporter"), (INTAKE, "intake")])
def test_an_event_tells_whether_the_intake_filed_on_behalf(by: object, role: str) -> None:
    """A letter or a call is filed by an officer for the reporter."""
    case = filed(by=by, channel="letter")

    assert (case.events[0].by, case.report.channel) == (role, "letter")


@pytest.mark.parametrize("person", [VERIFIER, COORDINATOR, REPORTER])
def test_only_the_intake_files_on_behalf(person: Person) -> None:
    """Everybody else files in their own name."""
    with pytest.raises(NotAllowed):
        submit(
            filing(), code=CODE, person=person, role=Role.INTAKE, rules=RULES, stamp=stamp(0, NOW)
        )


@pytest.mark.parametrize(
    ("body", "title", "shown"),
    [
        ("Lampu jalan mati.", None, "Lampu jalan mati."),
        ("Lampu jalan mati.", "Gelap", "Gelap"),
        ("Lampu\n\n  jalan   mati.", None, "Lampu jalan mati."),
        ("kata " * 30, None, "kata " * 16 + "…"),
        ("x" * 200, None, "x" * 80 + " …"),
    ],
)
def test_without_a_title_the_first_words_are_it(body: str, title: str | None, shown: str) -> None:
    """Only the body is asked for; at most 80 characters of it, cut between words."""
    case = filed(body=body, title=title)

    assert case.report.title == shown


@pytest.mark.parametrize(
    ("said", "secret"), [({}, True), ({"secret": False}, False), ({"secret": True}, True)]
)
def test_what_is_about_an_official_is_secret_unless_its_reporter_says_otherwise(
    *, said: dict[str, bool], secret: bool
) -> None:
    """The reporter alone may make it readable."""
    report = supervisory(**said).report

    assert (report.supervisory, report.secret) == (True, secret)


@pytest.mark.parametrize(
    ("named", "excluded"),
    [
        (None, set()),
        ("dlhk", {"dlhk"}),
        ("dinkes", {"dinkes", "rsud", "igd"}),
        ("rsud", {"rsud", "igd"}),
        ("setda", {"setda", "inspektorat"}),
        ("disperindag", {"disperindag", "diskumperindag", "dkupp", "uptd-pasar"}),
    ],
)
def test_the_accused_are_the_named_unit_its_heirs_and_all_below(
    named: str | None, excluded: set[str]
) -> None:
    """None of them may hold or read it."""
    report = supervisory(named).report

    assert set(report.excluded) == excluded


def test_an_ordinary_complaint_accuses_nobody() -> None:
    """Naming an agency only says where the report should go."""
    report = filed(agency="dlhk").report

    assert (report.named_agency, report.excluded, report.secret) == ("dlhk", (), False)


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("category", "jalan", ()),
        ("category", "unknown", (("category", "not-in-directory"),)),
        ("agency", "dlhk", ()),
        ("agency", "nowhere", (("agency", "not-in-directory"),)),
        ("area", "32.01", ()),
        ("occurred_on", day("Mon 2026-11-02"), ()),
        ("occurred_on", day("Tue 2026-11-03"), (("occurred_on", "in-the-future"),)),
    ],
)
def test_a_filing_speaks_of_what_the_region_knows(
    field: str, value: object, found: tuple[tuple[str, str], ...]
) -> None:
    """An area outside the region is no fault: the report goes to verification."""
    asked = filing(**{field: value})

    assert faults(asked, DIRECTORY, day("Mon 2026-11-02")) == found
