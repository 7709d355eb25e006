"""The desk's queues: who sees which reports, nearest due time first, page by page."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.statuses import ArchiveReason, Kind, Role, Status
from shared.usecases.ports import BadCursor, Query, Reports
from tests.builders import a_code, begun, commit_of, routed, then
from tests.domain.builders import NOW, VERIFIER, officer_of

LONG_AGO = NOW - timedelta(days=40)


def filed(reports: Reports, number: int, **fields: Any) -> Report:
    decision = begun(number, **fields)
    reports.commit(commit_of(decision))
    return decision.report


def done(reports: Reports, report: Report, command: c.Command, by: Any) -> Report:
    decision = then(report, command, by)
    reports.commit(commit_of(decision))
    return decision.report


def codes(reports: Reports, **query: Any) -> list[str]:
    return [report.code for report in reports.search(Query(**query)).reports]


@pytest.fixture
def desk(reports: Reports) -> Reports:
    """1 submitted, 2 with dlhk and assigned, 3 overdue, 4 appealed, 5 answered and closed."""
    filed(reports, 1, area="51.03.06.2003", title="Lampu padam", body="Lampu jalan padam total")
    two = filed(reports, 2, area="51.03.06", category="sampah", at=NOW + timedelta(days=1))
    reports.commit(commit_of(routing := routed(two)))
    assign = c.Assign(officer="putu", officers=frozenset({"putu"}))
    done(reports, routing.report, assign, officer_of("dlhk"))
    filed(reports, 3, at=LONG_AGO, kind=Kind.ASPIRATION, area="51.04")
    four = done(reports, filed(reports, 4), c.Archive(reason=ArchiveReason.TEST), VERIFIER)
    done(reports, four, c.Appeal(text="Mohon ditinjau."), REPORTER)
    done(reports, filed(reports, 5), c.Withdraw(), REPORTER)
    return reports


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [3, 1, 4, 2, 5]),
        ({"status": Status.SUBMITTED}, [3, 1, 4]),
        ({"status": "routed"}, [2]),
        ({"holder": Role.VERIFIER}, [3, 1, 4]),
        ({"holder": "agency", "agency": "dlhk"}, [2]),
        ({"agency": "dpupr"}, []),
        ({"assignee": "putu"}, [2]),
        ({"category": "sampah"}, [2]),
        ({"appealed": True}, [4]),
        ({"appealed": False}, [3, 1, 2, 5]),
        ({"overdue_at": NOW}, [3]),
        ({"overdue_at": NOW, "agency": "dlhk"}, []),
        ({"area": "51.03"}, [1, 2]),
        ({"area": "51.03.06"}, [1, 2]),
        ({"area": "51.0"}, []),
        ({"words": ("LAMPU",)}, [1]),
        ({"words": ("lampu", "padam")}, [1]),
        ({"words": ("lampu", "hidup")}, []),
        ({"words": ("padam-total",)}, [1]),
        ({"words": ("sampah", "di"), "area": "51.03"}, [2]),
        ({"words": ("lam",)}, []),
        ({"words": ("sampah",), "status": "submitted"}, [3, 4]),
        ({"words": ("sampah",), "overdue_at": NOW}, [3]),
    ],
)
def test_a_queue_holds_its_reports(
    desk: Reports, query: dict[str, Any], numbers: list[int]
) -> None:
    """All of them and no other, nearest due time first, code decides between equals."""
    found = codes(desk, **query)

    assert sorted(found) == sorted(a_code(number) for number in numbers)
    assert found == [code for code in codes(desk) if code in found]


@pytest.mark.parametrize("typed", [str.lower, lambda code: f"{code[:-1]}-{code[-1]}"])
def test_a_code_is_found_as_people_type_it(desk: Reports, typed: Any) -> None:
    """In any case, with or without its dash."""
    assert codes(desk, words=(typed(a_code(3)),)) == [a_code(3)]


def test_a_word_that_reads_as_a_code_is_still_a_word(reports: Reports) -> None:
    """One in 32 of eleven letters has the right check symbol."""
    code = next(a_code(n) for n in range(10**6) if a_code(n).isalpha())
    report = filed(reports, 1, body=f"Kata {code.lower()} di papan.")

    assert codes(reports, words=(code.lower(),)) == [report.code]


def test_pages_follow_each_other_without_gap_or_double(desk: Reports) -> None:
    """Each cursor goes on where the page before it ended."""
    seen: list[str] = []
    page = desk.search(Query(limit=2))
    while page.next_cursor:
        seen += [report.code for report in page.reports]
        page = desk.search(Query(limit=2, cursor=page.next_cursor))

    assert [*seen, *(report.code for report in page.reports)] == codes(desk)


def test_a_full_last_page_has_no_next(desk: Reports) -> None:
    """Nobody is sent to an empty page."""
    assert desk.search(Query(limit=5)).next_cursor is None


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "W10=", "[" * 5000, "ṅ", "WyIwMDAxLTAxLTAxVDAwOjAwKzIzOjU5IiwgIkEiXQ=="]
)
def test_garbage_is_no_cursor(reports: Reports, cursor: str) -> None:
    """Whoever typed it is told so; the store is not asked."""
    with pytest.raises(BadCursor):
        reports.search(Query(cursor=cursor))


def test_a_search_that_leaves_most_out_goes_on_from_its_cursor(desk: Reports) -> None:
    """One request reads a bounded number of reports; the next one continues."""
    for number in range(10, 34):
        filed(desk, number, body="Sampah menumpuk.", at=_minute(number))
    query = {"words": ("menumpuk", "kerobokan"), "limit": 1}

    found, page = 0, desk.search(Query(**query))
    while page.next_cursor:
        found += len(page.reports)
        page = desk.search(Query(**query, cursor=page.next_cursor))

    assert found + len(page.reports) == len(codes(desk, words=("kerobokan",)))


def _minute(number: int) -> datetime:
    return LONG_AGO + timedelta(days=number)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 5),
        ({"holder": Role.VERIFIER}, 3),
        ({"holder": "agency", "agency": "dlhk"}, 1),
        ({"overdue_at": NOW}, 1),
        ({"area": "51.03"}, 2),
        ({"assignee": "nobody"}, 0),
        ({"limit": 1, "cursor": "x"}, 5),
    ],
)
def test_a_queue_is_counted(desk: Reports, query: dict[str, Any], number: int) -> None:
    """The whole of it, whichever page of it somebody reads."""
    assert desk.count(Query(**query), 100) == number


def test_counting_stops_where_it_no_longer_matters(desk: Reports) -> None:
    assert desk.count(Query(), 2) == 2
