"""When a rung is announced, and which rows are in force."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.ladder import Does, Ladder, LadderRow, announced_at
from shared.domain.notice import Audience
from shared.domain.statuses import Kind
from tests.domain.builders import (
    COORDINATOR,
    DIRECTORY,
    NOW,
    RULES,
    VERIFIER,
    Case,
    calendar,
    day,
    filed,
    ladder,
    local,
    rules,
    supervisory,
    written,
)

CALENDAR = calendar()


def rungs_of(case: Case) -> dict[str, str]:
    """Every rung of the running clocks, and when it is announced."""
    runs = case.rules.ladder.rungs(case.report, case.rules.calendars)
    return {rung.id: written(rung.at)[:-3] for run in runs for rung in run}


# When


@pytest.mark.parametrize(
    ("due", "offset", "announced"),
    [
        ("Thu 2026-11-05", -1, "Wed 2026-11-04 08:00"),
        ("Thu 2026-11-05", 0, "Fri 2026-11-06 08:00"),
        ("Thu 2026-11-05", 2, "Tue 2026-11-10 08:00"),
        ("Thu 2026-11-05", 5, "Fri 2026-11-13 08:00"),
        ("Mon 2026-11-09", -1, "Fri 2026-11-06 08:00"),
        ("Mon 2026-11-09", -3, "Wed 2026-11-04 08:00"),
        ("Mon 2026-11-09", -10, "Mon 2026-10-26 08:00"),
        ("Fri 2026-11-06", 0, "Mon 2026-11-09 08:00"),
        ("Fri 2026-11-06", 1, "Tue 2026-11-10 08:00"),
        ("Sat 2026-11-07", -1, "Fri 2026-11-06 08:00"),
        ("Sat 2026-11-07", 0, "Mon 2026-11-09 08:00"),
        ("Sun 2026-11-08", 0, "Mon 2026-11-09 08:00"),
        ("Tue 2026-03-17", 0, "Wed 2026-03-25 08:00"),
        ("Tue 2026-03-17", 2, "Fri 2026-03-27 08:00"),
        ("Wed 2026-03-25", -1, "Tue 2026-03-17 08:00"),
        ("Wed 2026-12-23", 0, "Mon 2026-12-28 08:00"),
        ("Thu 2026-12-31", 0, "Mon 2027-01-04 08:00"),
    ],
)
def test_a_rung_is_announced_when_offices_open_on_a_working_day(
    due: str, offset: int, announced: str
) -> None:
    """So many working days before the due day, or after so many whole ones late."""
    assert announced_at(day(due), offset, CALENDAR) == local(announced)


@pytest.mark.parametrize(
    ("zone", "utc"), [("Asia/Jakarta", 1), ("Asia/Makassar", 0), ("Asia/Jayapura", 23)]
)
def test_eight_in_the_morning_is_that_of_the_region(zone: str, utc: int) -> None:
    """In Jayapura that is still the day before in UTC."""
    at = announced_at(day("Fri 2026-11-06"), 0, calendar(zone))

    assert at == datetime(2026, 11, 9 if utc < 8 else 8, utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("case", "rungs"),
    [
        (
            filed(kind=Kind.APPRECIATION),
            {
                "verification-1#1": "Wed 2026-11-04 08:00",
                "verification+0#1": "Fri 2026-11-06 08:00",
                "verification+2#1": "Tue 2026-11-10 08:00",
            },
        ),
        (
            filed().routed(),
            {
                "legal-3-complaint#1": "Tue 2026-11-17 08:00",
                "legal+0#1": "Mon 2026-11-23 08:00",
                "response-1#1": "Fri 2026-11-06 08:00",
                "response+0#1": "Tue 2026-11-10 08:00",
                "response+2#1": "Thu 2026-11-12 08:00",
                "response+5#1": "Tue 2026-11-17 08:00",
            },
        ),
        (
            filed(kind=Kind.INFORMATION_REQUEST).routed("disperindag").by_agency(c.Forward()),
            {
                "legal-1-information#1": "Fri 2026-11-06 08:00",
                "legal+0#1": "Tue 2026-11-10 08:00",
                "response-1#1": "Fri 2026-11-06 08:00",
                "response+0#1": "Tue 2026-11-10 08:00",
                "response+2#1": "Thu 2026-11-12 08:00",
                "response+5#1": "Tue 2026-11-17 08:00",
                "decision+0#1": "Thu 2026-11-05 08:00",
            },
        ),
        (
            filed(kind=Kind.ASPIRATION).routed().by_agency(c.Plan(on=day("Fri 2026-11-13"))),
            {
                "legal-3-aspiration#1": "Tue 2026-11-17 08:00",
                "legal+0#1": "Mon 2026-11-23 08:00",
                "promise-1#1": "Thu 2026-11-12 08:00",
                "promise+0#1": "Mon 2026-11-16 08:00",
                "promise+2#1": "Wed 2026-11-18 08:00",
                "promise+5#1": "Mon 2026-11-23 08:00",
            },
        ),
        (
            filed().routed().answered(),
            {
                "reporter-3#1": "Wed 2026-11-11 08:00",
                "reporter+0#1": "Tue 2026-11-17 08:00",
            },
        ),
        (
            filed().do(c.Hold(text="Di mana?"), VERIFIER),
            {
                "completion-3#1": "Fri 2026-11-27 08:00",
                "completion+0#1": "Thu 2026-12-03 08:00",
            },
        ),
        (
            supervisory().routed("inspektorat", by=COORDINATOR),
            {
                "legal-10-supervisory#1": "Wed 2026-12-16 08:00",
                "legal+0#1": "Mon 2027-01-04 08:00",
                "response-1#1": "Fri 2026-11-06 08:00",
                "response+0#1": "Tue 2026-11-10 08:00",
                "response+2#1": "Thu 2026-11-12 08:00",
                "response+5#1": "Tue 2026-11-17 08:00",
            },
        ),
        (filed().routed().answered().closed(), {}),
    ],
    ids=repr,
)
def test_every_clock_has_the_rungs_of_the_design(case: Case, rungs: dict[str, str]) -> None:
    """Filed on Monday, 2 November at ten; standing and ended clocks have none."""
    assert rungs_of(case) == rungs


def test_there_is_no_reminder_from_before_the_clock_began() -> None:
    """An information request is due tomorrow: its verifiers have only just received it."""
    rungs = rungs_of(filed(kind=Kind.INFORMATION_REQUEST))

    assert "verification-1#1" not in rungs
    assert rungs["verification+0#1"] == "Wed 2026-11-04 08:00"


@given(st.dates(date(2025, 12, 20), date(2027, 1, 10)), st.integers(-20, 20))
def test_an_offset_is_a_number_of_working_days(due: date, offset: int) -> None:
    """Counted back, they are the same; and it is always a working morning."""
    at = announced_at(due, offset, CALENDAR)
    morning = CALENDAR.day_of(at)

    assert CALENDAR.is_working(morning)
    assert at == CALENDAR.opening_of(morning)
    if offset < 0:
        working = CALENDAR.is_working(due)
        assert CALENDAR.count(morning, due, "WD") == -offset - (not working)
    else:
        assert CALENDAR.count(due, morning, "WD") == offset + 1


# The rows in force


def _row(id_: str, offset: int, since: str, kind: str = "any") -> LadderRow:
    to = (Audience.COORDINATOR,)
    return LadderRow(
        id_, ClockKind.RESPONSE, kind, offset, Does.ESCALATE, to, date.fromisoformat(since)
    )


CHANGED = Ladder(
    (
        _row("response+0", 0, "2018-01-01"),
        _row("response+2", 2, "2018-01-01"),
        _row("response+1-2026", 1, "2026-11-03"),
        _row("response+0-supervisory", 0, "2020-01-01", "supervisory"),
    )
)


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        ("complaint", "2017-12-31", []),
        ("complaint", "2018-01-01", ["response+0", "response+2"]),
        ("complaint", "2026-11-02", ["response+0", "response+2"]),
        ("complaint", "2026-11-03", ["response+1-2026"]),
        ("supervisory", "2019-12-31", ["response+0", "response+2"]),
        ("supervisory", "2026-11-02", ["response+0-supervisory", "response+2"]),
        ("supervisory", "2026-11-03", ["response+0-supervisory", "response+1-2026"]),
    ],
)
def test_newer_rows_replace_all_older_ones_of_their_clock_and_kind(
    kind: str, on: str, expected: list[str]
) -> None:
    """A row for the very kind stands in the place of the one for any."""
    rows = CHANGED.rows_for(ClockKind.RESPONSE, kind, date.fromisoformat(on))

    assert [row.id for row in rows] == expected


def test_a_running_clock_keeps_the_rows_of_its_first_day() -> None:
    """The ladder changed a day later: the promise made to this reporter stays."""
    old = filed().routed()
    new = filed(NOW + timedelta(days=1)).routed()
    changed = replace(RULES, ladder=CHANGED)

    assert "response+2#1" in rungs_of(replace(old, rules=changed))
    assert list(rungs_of(replace(new, rules=changed))) == ["response+1-2026#1"]


def test_a_run_goes_by_its_own_calendar() -> None:
    """A holiday declared later is in another version."""
    late = calendar(version="2026b", holidays={date(2026, 11, 10): "Hari Libur"})
    both = replace(rules(days=late), calendars={"2026a": CALENDAR, "2026b": late})
    old, new = filed().routed(), filed(days=both).routed()

    assert rungs_of(replace(old, rules=both))["response+0#1"] == "Tue 2026-11-10 08:00"
    assert rungs_of(new)["response+0#1"] == "Wed 2026-11-11 08:00"


def test_every_clock_has_a_ladder_and_every_audience_a_rung() -> None:
    """A clock without rungs would be a deadline that does not bite."""
    rows = ladder().rows

    assert {row.clock for row in rows} == set(ClockKind)
    assert {audience for row in rows for audience in row.to} == set(Audience)
    assert DIRECTORY.handlers
