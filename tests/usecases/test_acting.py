"""Load, decide, save: against others who decide too, and against oneself twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain import commands as c
from shared.domain.refusals import NotAllowed, UnableTo
from shared.domain.report import Mask, Report
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import ArchiveReason
from shared.usecases.failures import IdempotencyMismatch, NoSuchReport, StillChanging
from shared.usecases.ports import Consumed, Repeatable
from tests.domain.builders import COORDINATOR, OTHER, SOLVED, VERIFIER, officer_of
from tests.fakes.memory_store import MemoryReports
from tests.usecases.office import Contended, Office, an_attempt

NOTE = c.Note(text="Pantau.")
ROUTE = c.Route(agency="dlhk", text="Silakan.")
ARCHIVE = c.Archive(reason=ArchiveReason.TEST, text="Uji.")
EVENT = Consumed("route_report", "e1")


def merged(office: Office) -> tuple[Report, Report]:
    """Source and target as they are after it."""
    source, target = office.filed(), office.filed()
    office.act(source, c.Merge(into=target.code, text="Sama."))
    return office.stored(source), office.stored(target)


def test_a_command_changes_the_report_and_is_published() -> None:
    """One event each."""
    office = Office()
    report = office.filed()

    after = office.act(report, ROUTE)

    assert office.stored(report) == after
    assert (after.agency, [event.type for event in office.published][-1]) == (
        "dlhk",
        "report.routed",
    )


def test_there_is_no_command_without_a_report() -> None:
    """A code of nothing is not found."""
    with pytest.raises(NoSuchReport):
        Office().act(OTHER, NOTE)


@pytest.mark.parametrize(
    ("command", "by", "failure"),
    [(c.Reply(text="Halo."), REPORTER, UnableTo), (c.Accept(), officer_of("dlhk"), NotAllowed)],
)
def test_a_refusal_leaves_nothing(command: c.Command, by: Person, failure: type[Exception]) -> None:
    """No event, no record."""
    office = Office()
    report = office.filed()

    with pytest.raises(failure):
        office.act(report, command, by, attempt=an_attempt())

    assert office.stored(report) == report
    assert office.reports.repeatables == {}


# Revisions and races


def test_a_decision_on_what_is_no_longer_so_is_stale() -> None:
    """Somebody decided since it was read."""
    office = Office()
    report = office.filed()
    office.act(report, c.Classify(category="sampah", text="Ya."), revision=1)

    with pytest.raises(UnableTo, match="stale-revision"):
        office.act(report, ROUTE, revision=1)


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_lost_race_is_decided_again(lost: int) -> None:
    """A note in between changes nothing that was decided on."""
    office = Office(Contended(NOTE))
    report = office.filed()
    office.reports.times = lost  # type: ignore[attr-defined]

    after = office.act(report, ROUTE, revision=1)

    assert (after.agency, after.seq) == ("dlhk", 2 + lost)


def test_after_three_lost_races_it_is_given_up() -> None:
    """Who asked may ask again."""
    office = Office(Contended(NOTE))
    report = office.filed()
    office.reports.times, office.reports.asked = 9, 0  # type: ignore[attr-defined]

    with pytest.raises(StillChanging):
        office.act(report, ROUTE)

    assert office.reports.asked == 3  # type: ignore[attr-defined]
    assert office.stored(report).agency is None


def test_a_lost_race_makes_a_typed_answer_stale() -> None:
    """Decided again, it meets the revision that the other one made."""
    office = Office(Contended(c.Classify(category="sampah", text="Ya.")))
    report = office.filed()
    office.reports.times = 1  # type: ignore[attr-defined]

    with pytest.raises(UnableTo, match="stale-revision"):
        office.act(report, ROUTE, revision=1)


def test_a_lost_race_may_end_in_a_refusal() -> None:
    """What was possible a moment ago no longer is."""
    office = Office(Contended(ROUTE))
    report = office.filed()
    office.reports.times = 1  # type: ignore[attr-defined]

    with pytest.raises(UnableTo, match="wrong-status"):
        office.act(report, ARCHIVE)


# Again


def test_the_same_order_again_is_the_first_answer() -> None:
    """Although its revision is stale by now, and the report has moved on."""
    office = Office()
    report = office.filed()
    first = office.act(report, ROUTE, revision=1, attempt=an_attempt())
    office.act(report, c.Accept(), officer_of("dlhk"))

    assert office.act(report, ROUTE, revision=1, attempt=an_attempt()) == first
    assert office.stored(report).seq == 3


class DoneMeanwhile(MemoryReports):
    """Something happens right after the next look for a record."""

    meanwhile: Callable[[], object] | None = None

    def repeatable(self, id_: str) -> Repeatable | None:
        found = super().repeatable(id_)
        if meanwhile := self.meanwhile:
            self.meanwhile = None
            meanwhile()
        return found


@pytest.mark.parametrize(
    ("command", "by", "revision"),
    [(c.Withdraw(), REPORTER, None), (ARCHIVE, VERIFIER, 1), (ROUTE, COORDINATOR, None)],
)
def test_a_double_click_is_the_first_answer(
    command: c.Command, by: Person, revision: int | None
) -> None:
    """Its other half was done since we looked: by now the rules would say no to it."""
    reports = DoneMeanwhile()
    office = Office(reports)
    report = office.filed()

    def click() -> Report:
        return office.act(report, command, by, revision=revision, attempt=an_attempt())

    reports.meanwhile = click

    assert click() == office.stored(report)
    assert office.stored(report).seq == 2


def test_what_another_did_meanwhile_is_refused_all_the_same() -> None:
    """Only the very same request is answered with what it did."""
    reports = DoneMeanwhile()
    office = Office(reports)
    report = office.filed()
    reports.meanwhile = lambda: office.act(report, c.Withdraw(), REPORTER)

    with pytest.raises(UnableTo):
        office.act(report, ARCHIVE, attempt=an_attempt())


def test_another_order_under_the_same_key_is_refused() -> None:
    """Nothing of it happens."""
    office = Office()
    report = office.filed()
    office.act(report, NOTE, attempt=an_attempt())

    with pytest.raises(IdempotencyMismatch):
        office.act(report, ROUTE, attempt=an_attempt(b"other"))

    assert office.stored(report).agency is None


def test_after_a_week_the_same_order_counts_again() -> None:
    """The record is replaced."""
    office = Office()
    report = office.filed()
    office.act(report, NOTE, attempt=an_attempt())
    office.now += timedelta(days=7)

    office.act(report, NOTE, attempt=an_attempt())

    assert office.stored(report).seq == 3


def test_an_event_seen_before_decides_nothing() -> None:
    """The second delivery finds the report as the first left it."""
    office = Office()
    report = office.filed()
    first = office.act(report, NOTE, consumed=EVENT)

    again = office.act(report, NOTE, consumed=EVENT)

    assert (again, office.stored(report).seq) == (first, 2)
    assert len(office.published) == 2


# What a command has to look at besides the report


def test_a_merge_tells_both_reports() -> None:
    """In one commit: source merged, target's timeline and two events out."""
    office = Office()

    source, target = merged(office)

    assert (source.merged_into, target.merged_from) == (target.code, (source.code,))
    assert [event.code for event in office.published[-2:]] == [source.code, target.code]


@pytest.mark.parametrize("into", ["", OTHER.code])
def test_a_merge_into_no_report_is_refused(into: str) -> None:
    """Unreadable or unknown: the same to who asks."""
    office = Office()

    with pytest.raises(UnableTo, match="unknown-report"):
        office.act(office.filed(), c.Merge(into=into, text="Sama."))


@pytest.mark.parametrize(
    ("command", "by"),
    [(c.Split(text="Bukan."), REPORTER), (c.Reopen(text="Keliru."), COORDINATOR)],
)
def test_who_leaves_a_merge_tells_the_other(command: c.Command, by: Person) -> None:
    """The target knows whose answers it no longer gives."""
    office = Office()
    source, target = merged(office)

    after = office.act(source, command, by)

    assert after.status == "submitted"
    assert office.stored(target).merged_from == ()
    assert office.stored(target).seq == 3


def test_a_reopening_without_a_merge_concerns_one_report() -> None:
    """There is no other to tell."""
    office = Office()
    report = office.act(office.filed(), ARCHIVE)

    assert office.act(report, c.Reopen(text="Keliru."), COORDINATOR).status == "submitted"


@pytest.mark.parametrize(
    ("fields", "length"),
    [({}, len("Sampah menumpuk tiga hari di Jalan Raya Kerobokan.")), ({"event_seq": 2}, 5)],
)
def test_a_redaction_reaches_to_the_end_of_its_text(fields: dict[str, int], length: int) -> None:
    """And not one character further."""
    office = Office()
    report = office.act(office.filed(), c.Add(text="Halo."), REPORTER)

    after = office.act(report, c.Redact(start=0, end=length, text="x", **fields))

    assert after.masks[-1].end == length
    with pytest.raises(UnableTo, match="unknown-text"):
        office.act(report, c.Redact(start=0, end=length + 1, text="x", **fields))


@pytest.mark.parametrize(("field", "length"), [("text", 15), ("proof", 4)])
def test_a_redaction_is_of_one_text_of_the_event(field: str, length: int) -> None:
    """An answer and its proof are two; the report itself has its body only."""
    office = Office()
    report = office.act(office.act(office.filed(), ROUTE), SOLVED, officer_of("dlhk"))

    mask = c.Redact(start=0, end=length, text="x", event_seq=3, field=field)
    assert office.act(report, mask).masks == (Mask(3, 0, length, field),)
    for event_seq, end in ((3, length + 1), (1, 1 + 99 * (field == "text"))):
        beyond = c.Redact(start=0, end=end, text="x", event_seq=event_seq, field=field)
        with pytest.raises(UnableTo, match="unknown-text"):
            office.act(report, beyond)


@pytest.mark.parametrize("seq", [0, 3, 10**9])
def test_a_redaction_of_no_event_is_refused(seq: int) -> None:
    """The timeline has no such entry."""
    office = Office()
    report = office.act(office.filed(), c.Add(text="Halo."), REPORTER)

    with pytest.raises(UnableTo, match="unknown-text"):
        office.act(report, c.Redact(event_seq=seq, start=0, end=1, text="x"))


def assigned_to_putu(*, at: str) -> Report:
    """By an officer of dlhk, where the report is; `at` is Putu's own agency."""
    office = Office()
    office.employ("putu", at)
    report = office.act(office.filed(), ROUTE)
    return office.act(report, c.Assign(officer="putu"), officer_of("dlhk"))


def test_an_assignment_is_to_an_officer_of_the_agency() -> None:
    assert assigned_to_putu(at="dlhk").assignee == "putu"


def test_an_officer_of_another_agency_is_assigned_nothing() -> None:
    """Whoever has an account is not yet theirs."""
    with pytest.raises(UnableTo, match="unknown-officer"):
        assigned_to_putu(at="dpupr")
