from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import clocks
from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.derivation import Derivation, derive, sentence
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind
from tests.domain.builders import (
    COORDINATOR,
    NOW,
    RULES,
    VERIFIER,
    Case,
    calendar,
    day,
    filed,
    policy,
    supervisory,
)

CALENDAR = calendar()


def derived(case: Case, kind: ClockKind) -> Derivation:
    run = case.run(kind)
    return derive(run, policy().by_id(run.policy), CALENDAR, case.now)


def said(case: Case, kind: ClockKind, language: str = "id") -> str:
    run = case.run(kind)
    return sentence(run, policy().by_id(run.policy), CALENDAR, case.now, language)


# The days


def test_a_derivation_counts_the_days_one_by_one() -> None:
    """From the day after the start to the due day, with the rule it rests on."""
    found = derived(filed(), ClockKind.VERIFICATION)

    assert found.start == day("Mon 2026-11-02")
    assert [one.day for one in found.days] == [3, 4, 5]
    assert (found.due_on, found.unit) == (day("Thu 2026-11-05"), "WD")
    assert (found.basis, found.policy) == ("kebijakan layanan", "verification-2018")


def test_a_derivation_names_the_holidays_it_skipped() -> None:
    """Christmas and the cuti bersama before it."""
    case = filed(filed().at("Wed 2026-12-23 10:00").now)

    found = derived(case, ClockKind.VERIFICATION)

    assert [when.day for when, _ in found.skipped] == [24, 25]
    assert [one.day for one in found.days] == [28, 29, 30]


def test_calendar_days_skip_nothing() -> None:
    """Thirty days to complete a report."""
    found = derived(filed().do(c.Hold(), VERIFIER), ClockKind.COMPLETION)

    assert (len(found.days), found.skipped, found.unit) == (30, (), "CD")


@pytest.mark.parametrize(
    ("case", "kind", "unit", "count"),
    [
        (supervisory(), ClockKind.LEGAL, "CD", 60),
        (filed().routed(), ClockKind.RESPONSE, "WD", 5),
        (filed().at("Wed 2026-11-18 10:00").routed(), ClockKind.RESPONSE, "WD", 2),
        (
            filed().routed().by_agency(c.Plan(on=day("Sat 2026-11-14"))),
            ClockKind.PROMISE,
            "CD",
            12,
        ),
    ],
    ids=["sixty of either", "response", "response cut short by law", "promise"],
)
def test_the_days_are_of_the_sort_that_sets_the_date(
    case: Case, kind: ClockKind, unit: str, count: int
) -> None:
    """Sixty calendar days are not called working days."""
    found = derived(case, kind)

    assert (found.unit, len(found.days)) == (unit, count)


def test_after_a_pause_the_days_are_counted_from_where_it_went_on() -> None:
    """Twelve were left on Wednesday the 4th."""
    case = filed().at("Wed 2026-11-04 10:00").do(c.Hold(), VERIFIER)

    found = derived(case.at("Fri 2026-11-13 10:00").do(c.Supplement(), REPORTER), ClockKind.LEGAL)

    assert (found.start, len(found.days)) == (day("Fri 2026-11-13"), 12)


def at_handler(case: Case) -> Case:
    return case.routed("inspektorat", VERIFIER)


STEPS: dict[str, Callable[[Case], Case]] = {
    "filed": lambda case: case,
    "routed": at_handler,
    "asked": lambda case: case.do(c.Hold(), VERIFIER),
    "told": lambda case: case.do(c.Hold(), VERIFIER).later(days=9).do(c.Supplement(), REPORTER),
    "answered": lambda case: at_handler(case).answered(),
    "replied": lambda case: at_handler(case).answered().later(days=6).replied(),
    "promised": lambda case: at_handler(case).by_agency(c.Plan(on=RULES.today(case.now))),
}


@given(
    hours=st.integers(0, 24 * 200),
    kind=st.sampled_from([Kind.COMPLAINT, Kind.INFORMATION_REQUEST]),
    step=st.sampled_from(sorted(STEPS)),
    about_official=st.booleans(),
)
def test_a_derivation_adds_up_to_its_date(*, hours: int, step: str, **fields: Any) -> None:
    """Start, days and unit lead back to the due day, for every clock of every report."""
    case = STEPS[step](filed(NOW - timedelta(hours=hours), **fields))

    for run in case.report.clocks:
        found = derive(run, policy().by_id(run.policy), CALENDAR, case.now)
        assert CALENDAR.add(found.start, len(found.days), found.unit) == found.due_on
        assert run.is_paused or run.due_at == CALENDAR.end_of(found.due_on)


@given(hours=st.integers(0, 24 * 300), number=st.integers(0, 30))
def test_whatever_was_promised_is_explained(hours: int, number: int) -> None:
    """A promised Sunday is so many days away, too."""
    at: datetime = NOW - timedelta(days=300) + timedelta(hours=hours)
    on = CALENDAR.day_of(at) + timedelta(days=number)
    row = policy().by_id("promise-2018")
    run = clocks.start(
        row, kind=ClockKind.PROMISE, run=1, calendar=CALENDAR, at=at, because="planned", due_on=on
    )

    found = derive(run, row, CALENDAR, at)

    assert CALENDAR.add(found.start, len(found.days), found.unit) == found.due_on == on


# The sentence


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "id",
            (
                "Jatuh tempo Jumat, 20 November 2026: 14 hari kerja sejak Senin, 2 November 2026 "
                "(Permenpan RB 62/2018)."
            ),
        ),
        (
            "en",
            (
                "Due Friday, 20 November 2026: 14 working days since Monday, 2 November 2026 "
                "(Permenpan RB 62/2018)."
            ),
        ),
    ],
)
def test_a_date_is_explained_in_one_sentence(language: str, expected: str) -> None:
    """Day, number, start and the regulation."""
    assert said(filed(), ClockKind.LEGAL, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "id",
            (
                " Libur tidak dihitung: Kamis, 24 Desember 2026 (Cuti Bersama Hari Raya Natal); "
                "Jumat, 25 Desember 2026 (Hari Raya Natal)."
            ),
        ),
        (
            "en",
            (
                " Holidays not counted: Thursday, 24 December 2026 (Cuti Bersama Hari Raya Natal); "
                "Friday, 25 December 2026 (Hari Raya Natal)."
            ),
        ),
    ],
)
def test_skipped_holidays_are_named(language: str, expected: str) -> None:
    """Nobody has to look them up."""
    case = filed(filed().at("Wed 2026-12-23 10:00").now)

    assert said(case, ClockKind.VERIFICATION, language).endswith(expected)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("id", "Waktu berhenti sementara; sisa 14 hari kerja (Permenpan RB 62/2018)."),
        ("en", "The clock stands; 14 working days are left (Permenpan RB 62/2018)."),
    ],
)
def test_a_standing_clock_says_what_is_left(language: str, expected: str) -> None:
    """There is no date while the reporter is asked."""
    case = filed().do(c.Hold(), VERIFIER).later(days=20)

    assert said(case, ClockKind.LEGAL, language) == expected


@pytest.mark.parametrize(
    ("language", "basis"), [("id", "(kebijakan layanan)"), ("en", "(service policy)")]
)
def test_what_no_regulation_says_is_told_in_the_language_of_the_reader(
    language: str, basis: str
) -> None:
    """Only names of regulations stay as they are."""
    assert basis in said(filed(), ClockKind.VERIFICATION, language)


def test_calendar_days_are_called_so() -> None:
    """Thirty days to complete a report."""
    case = filed().do(c.Hold(), VERIFIER)

    assert "30 hari kalender sejak Senin, 2 November 2026" in said(case, ClockKind.COMPLETION)
    assert "30 calendar days since" in said(case, ClockKind.COMPLETION, "en")


def test_an_extended_date_is_explained_too() -> None:
    """Five and seven working days are twelve."""
    case = filed(kind=Kind.INFORMATION_REQUEST).routed().do(c.Extend(), COORDINATOR)

    assert "12 hari kerja" in said(case, ClockKind.LEGAL)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("id", " Hari libur 2027 belum ditetapkan, jadi tanggal ini masih dapat berubah."),
        ("en", " The holidays of 2027 are not settled yet, so this date may still move."),
    ],
)
def test_a_date_in_a_year_without_decree_is_said_to_be_provisional(
    language: str, expected: str
) -> None:
    """The joint decree comes in autumn, and some years in spring again."""
    case = filed(filed().at("Wed 2026-12-30 10:00").now)

    assert said(case, ClockKind.LEGAL, language).endswith(expected)
    assert derived(case, ClockKind.LEGAL).undecreed == (2027,)


def test_calendar_days_are_certain_in_any_year() -> None:
    """Sixty days are sixty days."""
    case = supervisory()

    assert derived(case, ClockKind.LEGAL).due_on == day("Fri 2027-01-01")
    assert derived(case, ClockKind.LEGAL).undecreed == ()
