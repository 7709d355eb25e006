"""The scoreboard and the roots as programs read them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.scene import REPORTER
from shared.domain.scoreboard.cells import Cell
from shared.domain.scoreboard.reading import By
from shared.domain.scoreboard.roots import root_of
from shared.usecases.scoreboard import (
    Asked,
    BadPeriod,
    DayNotOver,
    UnknownAgency,
    day_root,
    scoreboard,
    table,
)
from tests.builders import begun, commit_of, routed, then
from tests.domain.builders import RULES, local
from tests.fakes.memory_scoreboard import MemoryHeads, MemoryScoreboard
from tests.fakes.memory_store import MemoryReports

TODAY = local("Wed 2026-11-25 09:00")
DUE = date(2026, 11, 9)


def read(asked: Asked, board: MemoryScoreboard | None = None, **others: Any) -> dict[str, Any]:
    parts: dict[str, Any] = {"rules": RULES, "now": TODAY, "language": "id"} | others
    return scoreboard(asked, cells=board or MemoryScoreboard(), **parts)


def a_board(**numbers: int) -> MemoryScoreboard:
    board = MemoryScoreboard()
    board.cells = {Cell(DUE, "dlhk", "sampah", "51.03.06", "complaint"): numbers}
    return board


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, ("2026-08-27", "2026-11-24", "2026-11-24")),
        (date(2026, 11, 1), None, ("2026-11-01", "2026-11-24", "2026-11-24")),
        (None, date(2026, 3, 31), ("2026-01-01", "2026-03-31", "2026-03-31")),
        (date(2026, 11, 1), date(2026, 12, 31), ("2026-11-01", "2026-12-31", "2026-11-24")),
        (date(2026, 12, 1), None, ("2026-12-01", "2026-12-01", None)),
        (date(2026, 11, 25), date(2026, 11, 25), ("2026-11-25", "2026-11-25", None)),
        (date(2025, 1, 1), date(2026, 1, 1), ("2025-01-01", "2026-01-01", "2026-01-01")),
        (None, date(1900, 1, 1), ("1899-10-04", "1900-01-01", "1900-01-01")),
    ],
)
def test_it_says_which_days_it_counts(
    since: date | None, until: date | None, expected: tuple[str, str, str | None]
) -> None:
    """The last ninety that are over, where nobody asked for others; never today."""
    found = read(Asked(since=since, until=until))

    assert (found["from"], found["to"], found["counted_to"]) == expected


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "before-from"),
        (date(2025, 1, 1), date(2026, 1, 2), "over-a-year"),
        (date(1, 1, 1), date.max, "over-a-year"),
    ],
)
def test_days_that_make_no_period_are_refused(since: date, until: date, code: str) -> None:
    """With a code that has a sentence."""
    with pytest.raises(BadPeriod, match=code):
        read(Asked(since=since, until=until))


def test_an_empty_period_is_no_error() -> None:
    """Nothing fell due: no group, and a total of nothing."""
    found = read(Asked())

    assert found["groups"] == []
    assert found["total"]["due"] == 0
    assert found["total"]["median_days"] is None


@pytest.mark.parametrize(
    ("by", "language", "id_", "name"),
    [
        (By.AGENCY, "id", "dlhk", "Dinas Lingkungan Hidup dan Kebersihan"),
        (By.CATEGORY, "id", "sampah", "Lingkungan Hidup"),
        (By.CATEGORY, "en", "sampah", "Environment"),
        (By.AREA, "en", "51.03.06", "Kuta Utara"),
        (By.KIND, "id", "complaint", "Pengaduan"),
        (By.KIND, "en", "complaint", "Complaint"),
        (By.MONTH, "id", "2026-11", "November 2026"),
        (By.MONTH, "en", "2026-11", "November 2026"),
    ],
)
def test_every_group_has_its_name(by: By, language: str, id_: str, name: str) -> None:
    """In the reader's language where there are two."""
    (group,) = read(Asked(by), a_board(on_time=1), language=language)["groups"]

    assert (group["id"], group["name"]) == (id_, name)


def test_what_has_left_the_directory_goes_by_its_id() -> None:
    """Numbers are not lost with a name."""
    board = MemoryScoreboard()
    board.cells = {Cell(DUE, "gone", "gone", "51.03.99", "complaint"): {"late": 1}}

    names = [read(Asked(by), board)["groups"][0]["name"] for by in list(By)[:3]]

    assert names == ["gone", "gone", "51.03.99"]


def test_reports_without_such_a_thing_are_a_group_without_an_id() -> None:
    """It has a name for people."""
    board = MemoryScoreboard()
    board.cells = {Cell(DUE, "", "", "", "complaint"): {"late": 1}}

    groups = [read(Asked(by), board, language="en")["groups"][0] for by in list(By)[:3]]

    assert [group["id"] for group in groups] == [None] * 3
    assert groups[1]["name"] == "No category"


def test_of_one_agency_only_its_own_is_counted() -> None:
    """Without a rank: it is alone."""
    board = a_board(on_time=20, reports=20)
    board.cells |= {Cell(DUE, "dinkes", "kesehatan", "", "complaint"): {"late": 5, "reports": 5}}

    found = read(Asked(agency="dlhk"), board)

    assert [(group["id"], group["rank"]) for group in found["groups"]] == [("dlhk", None)]
    assert (found["agency"], found["total"]["due"]) == ("dlhk", 20)


def test_an_agency_that_is_not_in_the_directory_is_refused() -> None:
    """An empty board would say that it is always in time."""
    with pytest.raises(UnknownAgency):
        read(Asked(agency="no-such"))


def test_the_table_says_on_every_line_what_it_is_about() -> None:
    """Files are kept and joined."""
    made = table(read(Asked(By.AGENCY, date(2026, 11, 1)), a_board(on_time=2)))

    assert made["columns"][:7] == ("from", "to", "by", "agency", "id", "name", "due")
    assert made["columns"][-1] == "rank"
    assert [row["due"] for row in made["rows"]] == [2]
    assert set(made["rows"][0]) == set(made["columns"])


# Roots


def _town(*at: datetime) -> MemoryReports:
    """One report filed at each of these times."""
    reports = MemoryReports()
    for number, each in enumerate(at):
        reports.commit(commit_of(begun(number, at=each.astimezone(UTC))))
    return reports


def root(reports: MemoryReports, day: date, now: datetime = TODAY) -> dict[str, Any]:
    return day_root(day, rules=RULES, now=now, heads=MemoryHeads(reports))


def test_a_day_is_the_local_one() -> None:
    """From its first second to its last."""
    reports = _town(
        local("Mon 2026-11-09 00:00:00"),
        local("Mon 2026-11-09 23:59:59"),
        local("Tue 2026-11-10 00:00:00"),
    )

    heads = [len(root(reports, date(2026, 11, day))["heads"]) for day in (8, 9, 10)]

    assert heads == [0, 2, 1]


def test_a_head_of_the_day_is_found_in_its_root() -> None:
    """The last of the day, by which all before it is sealed; anybody can do the sum."""
    filed = begun(1, at=local("Mon 2026-11-09 09:00").astimezone(UTC))
    reports = MemoryReports()
    reports.commit(commit_of(filed))
    reports.commit(commit_of(routed(filed.report)))

    found = root(reports, filed.report.submitted_at.date())

    assert filed.report.head in found["heads"]
    assert found["root"] == root_of(found["heads"])
    assert not [value for value in found["heads"] if filed.report.code in value]


def test_a_root_stays_when_the_report_goes_on() -> None:
    """What happens on another day is in the root of that day."""
    filed = begun(1, at=local("Mon 2026-11-09 09:00").astimezone(UTC))
    reports = MemoryReports()
    reports.commit(commit_of(filed))
    before = root(reports, DUE)

    next_day = local("Tue 2026-11-10 09:00").astimezone(UTC)
    reports.commit(commit_of(then(filed.report, c.Withdraw(), REPORTER, at=next_day)))

    assert root(reports, DUE) == before
    assert root(reports, date(2026, 11, 10)) != before


@pytest.mark.parametrize("minutes", [-1, 0, 14])
def test_a_day_that_may_still_bring_events_has_no_root(minutes: int) -> None:
    """Nor has one that just ended: a request of its last second may be on its way."""
    midnight = local("Tue 2026-11-10 00:00:00")

    with pytest.raises(DayNotOver):
        root(_town(), DUE, midnight + timedelta(minutes=minutes))

    assert root(_town(), DUE, midnight + timedelta(minutes=15))["heads"] == []


def test_the_root_is_the_same_in_whatever_order_heads_are_found() -> None:
    """And another one when a single head is another."""
    assert root_of(["b", "a"]) == root_of(["a", "b"])
    assert len({root_of(heads) for heads in ([], ["a"], ["b"], ["a", "b"], ["ab"])}) == 5
