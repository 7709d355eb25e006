"""What each turn of a report's life adds to the scoreboard, and where."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.scene import REPORTER, SYSTEM
from shared.domain.scoreboard.cells import Cell, Counts
from shared.domain.scoreboard.contribution import contribution, part_of_region
from shared.domain.statuses import Kind
from shared.usecases.counting import COUNTED
from tests.domain.builders import (
    COORDINATOR,
    DIRECTORY,
    OTHER,
    SITUATIONS,
    VERIFIER,
    Case,
    a_case_that_is,
    a_step,
    day,
    filed,
    supervisory,
    with_late_holiday,
)

# Everything begins at the agency on Monday, 2 November; the response falls due a week later.
TUE, WED, FRI = "Tue 2026-11-03 09:00", "Wed 2026-11-04 09:00", "Fri 2026-11-06 09:00"
DUE, NEXT = "Mon 2026-11-09 23:59:59", "Tue 2026-11-10 00:00:00"

WAITING = "open:2026-11-02 held:2026-11-02 reports"
ANEW = "open:2026-11-04 held:2026-11-04 reports"
ANSWERED = "on_time days:1 held_days reports"

Journey = Callable[[Case], Case]


def _held(case: Case) -> Case:
    return case.at(WED).by_agency(c.Hold(text="Di mana?"))


def _supplemented(case: Case) -> Case:
    return _held(case).at("Mon 2026-11-09 09:00").do(c.Supplement(text="Di sini."), REPORTER)


def _planned(case: Case) -> Case:
    return case.at(TUE).by_agency(c.Plan(on=day("Thu 2026-11-12")))


def _forwarded(case: Case) -> Case:
    return case.at(TUE).by_agency(c.Forward(agency="dinkes"))


def _contested(case: Case) -> Case:
    return case.at(TUE).by_agency(c.Forward())


def _confirmed(case: Case, *, solved: bool) -> Case:
    return case.at(TUE).answered().do(c.Confirm(solved=solved, satisfaction=4), REPORTER)


# A number stands behind its name unless it is one; `day agency:` begins another cell.
TABLE: Mapping[str, tuple[Journey, str]] = {
    "nobody has answered yet": (lambda case: case, f"09 dlhk: {WAITING}"),
    "answered the next day": (lambda case: case.at(TUE).answered(), f"09 dlhk: {ANSWERED}"),
    "answered in the last second": (
        lambda case: case.at(DUE).answered(),
        "09 dlhk: on_time days:5 held_days=5 reports",
    ),
    "answered one second too late": (
        lambda case: case.at(NEXT).answered(),
        "09 dlhk: late days:6 held_days=6 reports",
    ),
    "answered after the legal day": (
        lambda case: case.at("Mon 2026-11-30 09:00").answered(),
        "09 dlhk: late days:20 held_days=20 reports",
    ),
    "solved": (
        lambda case: _confirmed(case, solved=True),
        f"09 dlhk: {ANSWERED} confirmed_solved satisfaction_sum=4 satisfaction_n",
    ),
    "explained and accepted": (
        lambda case: _confirmed(case, solved=False),
        f"09 dlhk: {ANSWERED} confirmed_unsolved satisfaction_sum=4 satisfaction_n",
    ),
    "closed without a reply": (
        lambda case: case.at(TUE).answered().later(days=60).do(c.Expire(), SYSTEM),
        f"09 dlhk: {ANSWERED} no_reply",
    ),
    "replied": (
        lambda case: case.at(TUE).answered().at(WED).replied(),
        f"09 dlhk: on_time days:1 held_days  11 dlhk: {ANEW}",
    ),
    "objected: the rating is taken back with the ending": (
        lambda case: _confirmed(case, solved=True).at(WED).do(c.Object(text="Belum."), REPORTER),
        f"09 dlhk: on_time days:1 held_days objected  11 dlhk: {ANEW}",
    ),
    "withdrawn before it fell due": (
        lambda case: case.at(TUE).do(c.Withdraw(), REPORTER),
        "09 dlhk: held_days withdrawn",
    ),
    "withdrawn after it fell due": (
        lambda case: case.at(NEXT).do(c.Withdraw(), REPORTER),
        "09 dlhk: unanswered days:6 held_days=6 reports withdrawn",
    ),
    "referred": (
        lambda case: case.do(c.Refer(body="pln"), VERIFIER),
        "09 dlhk: referred",
    ),
    "merged": (lambda case: case.merged(OTHER), "09 dlhk: merged"),
    "recalled and archived": (
        lambda case: case.do(c.Recall(), VERIFIER).archived(),
        "09 dlhk: archived",
    ),
    "archived, then appealed": (
        lambda case: case.do(c.Recall(), VERIFIER).archived().do(c.Appeal(text="Sah."), REPORTER),
        "",
    ),
    "forwarded": (
        _forwarded,
        "09 dlhk: held_days forwarded_out  09 dinkes: open:2026-11-02 held:2026-11-03 reports",
    ),
    "contested: no agency's as long as nobody has decided": (
        _contested,
        "09 dlhk: held_days  09 : open:2026-11-02 reports",
    ),
    "contested, and given back": (
        lambda case: _contested(case).at(WED).do(c.Reassign(agency="dlhk"), COORDINATOR),
        "09 dlhk: open:2026-11-02 held_days held:2026-11-04 reports",
    ),
    "contested, and given to another": (
        lambda case: _contested(case).at(WED).do(c.Reassign(agency="dinkes"), COORDINATOR),
        "09 dlhk: held_days forwarded_out  09 dinkes: open:2026-11-02 held:2026-11-04 reports",
    ),
    "held: in no cell while the clock stands": (_held, ""),
    "held and supplemented: the days it stood are left out": (
        _supplemented,
        "12 dlhk: open:2026-11-05 held:2026-11-02 reports",
    ),
    "held, supplemented and answered": (
        lambda case: _supplemented(case).at("Wed 2026-11-11 09:00").answered(),
        "12 dlhk: on_time days:4 held_days=7 reports",
    ),
    "promised": (
        _planned,
        "09 dlhk: on_time days:1 held:2026-11-02 reports  12 dlhk: promises_open",
    ),
    "promised and kept": (
        lambda case: _planned(case).at("Thu 2026-11-12 23:59:59").answered(),
        "09 dlhk: on_time days:1 held_days=8 reports  12 dlhk: promises_kept",
    ),
    "promised and broken": (
        lambda case: _planned(case).at("Fri 2026-11-13 00:00:00").answered(),
        "09 dlhk: on_time days:1 held_days=9 reports  12 dlhk: promises_broken",
    ),
    "promised anew in time": (
        lambda case: _planned(case).at(FRI).by_agency(c.Plan(on=day("Tue 2026-11-17"))),
        "09 dlhk: on_time days:1 held:2026-11-02 reports  17 dlhk: promises_open",
    ),
    "promised, then forwarded": (
        lambda case: _planned(case).at(WED).by_agency(c.Forward(agency="dinkes")),
        f"09 dlhk: on_time days:1 held_days=2 forwarded_out  11 dinkes: {ANEW}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_report_counts_as_what_happened_to_it(name: str) -> None:
    """By the day its deadline fell, under the agency that had it then."""
    journey, expected = TABLE[name]

    case = journey(filed().routed("dlhk"))

    assert _written(_counted(case)) == _read(expected)


def test_an_extended_deadline_counts_where_it_falls_now() -> None:
    """Seven working days later, in another cell."""
    case = filed(kind=Kind.INFORMATION_REQUEST).routed("dlhk").do(c.Extend(), COORDINATOR)

    assert _written(_counted(case)) == _read(f"18 dlhk: extended {WAITING}")


def test_a_deadline_that_a_late_holiday_moved_counts_where_it_falls_now() -> None:
    """By the calendar version that the run has now."""
    before = filed().routed("dlhk")

    after = replace(before, rules=with_late_holiday("Fri 2026-11-06")).do(c.Reschedule(), SYSTEM)

    assert _written(_counted(before)) == _read(f"09 dlhk: {WAITING}")
    assert _written(_counted(after)) == _read(f"10 dlhk: {WAITING}")


def test_a_successor_has_not_been_forwarded_to() -> None:
    """A reorganisation is nobody's doing, and each held it for its days."""
    case = filed().routed("disperindag").at(TUE).do(c.Transfer(), SYSTEM)

    assert _written(_counted(case)) == _read(
        "09 disperindag: held_days  09 diskumperindag: open:2026-11-02 held:2026-11-03 reports"
    )


@pytest.mark.parametrize("situation", ["submitted", "hold_verifier", "archived"])
def test_what_no_agency_ever_had_counts_nowhere(situation: str) -> None:
    """The cohort is response deadlines."""
    assert _counted(a_case_that_is(situation)) == {}


def test_praise_has_no_deadline_to_keep() -> None:
    """It ends where it arrives."""
    assert _counted(filed(kind=Kind.APPRECIATION).routed("dlhk")) == {}


@pytest.mark.parametrize(
    "case",
    [
        supervisory().routed("inspektorat", by=COORDINATOR),
        supervisory(secret=False).routed("inspektorat", by=COORDINATOR),
        filed(secret=True).routed("dlhk"),
    ],
    ids=["supervisory", "supervisory, not secret", "secret"],
)
def test_confidential_reports_are_counted_apart(case: Case) -> None:
    """So that few of them can be left out."""
    assert all(cell.confidential for cell in _counted(case))


def test_what_the_report_is_about_is_part_of_its_cell() -> None:
    """A village counts for its district."""
    case = filed(area="51.03.06.2003", category="sampah", kind=Kind.ASPIRATION).routed("dlhk")

    assert set(_counted(case)) == {
        Cell(day("Mon 2026-11-09"), "dlhk", "sampah", "51.03.06", "aspiration")
    }


def test_a_report_that_is_classified_anew_leaves_its_cell() -> None:
    """Nothing of it stays behind."""
    before = filed(category="sampah").routed("dlhk")

    after = before.do(c.Classify(category="jalan", text="Salah kategori."), COORDINATOR)

    assert {cell.category for cell in _counted(after)} == {"jalan"}


@pytest.mark.parametrize(
    ("area", "part"),
    [
        ("51.03.06.2003", "51.03.06"), ("51.03.06", "51.03.06"), ("51.03", "51.03"),
        ("51", ""), ("51.04.01", ""), ("51.031", ""), (None, ""),
    ],
)  # fmt: skip
def test_places_count_by_the_districts_of_the_region(area: str | None, part: str) -> None:
    """What lies elsewhere counts for none."""
    assert part_of_region(area, DIRECTORY) == part


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_not_consumed_changes_no_count(situation: str) -> None:
    """The consumer leaves reminders, notes and the like alone: they must not matter."""
    case = a_case_that_is(situation)
    for command, by in (
        (c.Note(text="Truk rusak."), COORDINATOR),
        (c.Reveal(text="Perlu menelepon."), COORDINATOR),
        (c.Redact(start=0, end=3, length=9, text="Nama."), VERIFIER),
    ):
        case = case.do(command, by)
    if case.report.is_open:
        case = case.do(c.Remind(step=a_step()), SYSTEM).do(c.Add(text="Terima kasih."), REPORTER)

    ignored = {f"report.{event.type}" for event in case.events} - COUNTED

    assert {"report.noted", "report.revealed", "report.redacted", "report.submitted"} <= ignored
    assert _counted(case) == _counted(a_case_that_is(situation))


def _counted(case: Case) -> Counts:
    return contribution(case.report, case.rules)


def _written(counts: Counts) -> dict[tuple[int, str], dict[str, int]]:
    return {(cell.day.day, cell.agency): dict(of) for cell, of in counts.items()}


def _read(text: str) -> dict[tuple[int, str], dict[str, int]]:
    cells = {}
    for part in filter(None, text.split("  ")):
        where, _, numbers = part.partition(": ")
        day_, _, agency = where.partition(" ")
        pairs = (each.partition("=") for each in numbers.split())
        cells[int(day_), agency] = {name: int(number or 1) for name, _, number in pairs}
    return cells
