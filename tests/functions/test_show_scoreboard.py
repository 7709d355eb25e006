"""The scoreboard and the roots over HTTP, for everybody."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from shared.adapters.scoreboard_documents import counts_document
from shared.domain.scoreboard.cells import Cell
from shared.edge.replies.scoreboard import DayRoot, ScoreboardView
from shared.edge.sheets import sheet_of
from tests.functions.region import ROADS, Region

DUE = date(2026, 11, 9)
NOVEMBER = "from=2026-11-01&to=2026-11-30"


@pytest.fixture(autouse=True)
def empty_board(region: Region) -> None:
    for document in region.store.collection("scoreboard").list_documents():
        document.delete()


def counted(region: Region, *cells: tuple[Cell, dict[str, int]]) -> None:
    for number, (cell, of) in enumerate(cells):
        document = {"day": cell.day.isoformat(), "cells": counts_document({cell: of})}
        region.store.document("scoreboard", f"{cell.day}.{number}").set(document)


def cell(agency: str = "dpupr", *, confidential: bool = False, **others: Any) -> Cell:
    parts = {"category": ROADS, "area": "51.03.06", "kind": "complaint"} | others
    return Cell(DUE, agency, **parts, confidential=confidential)


def show(region: Region, query: str = "", **headers: str) -> Any:
    answer = region.call("show_scoreboard", f"/api/scoreboard?{query}", **headers)
    assert answer.status_code == 200, answer.text
    ScoreboardView.model_validate_json(answer.data, strict=True)
    return answer.json


def faults(region: Region, path: str) -> list[tuple[str, str]]:
    answer = region.call("show_scoreboard", path)
    assert answer.status_code == 422, answer.text
    return [(each["field"], each["code"]) for each in answer.json["errors"]]


# Numbers


def test_the_numbers_of_a_group_are_those_of_the_contract(region: Region) -> None:
    """All of them, whatever was counted."""
    counted(region, (cell(), {"on_time": 3, "late": 1, "days:2": 3, "days:9": 1, "reports": 4}))

    (group,) = show(region)["groups"]

    assert group == {
        "id": "dpupr", "name": "Dinas Pekerjaan Umum dan Penataan Ruang", "rank": None,
        "due": 4, "on_time": 3, "late": 1, "unanswered": 0, "median_days": 2, "p90_days": 9,
        "confirmed_solved": 0, "confirmed_unsolved": 0, "no_reply": 0, "objected": 0,
        "withdrawn": 0, "referred": 0, "merged": 0, "archived": 0, "promises_due": 0,
        "promises_kept": 0, "extended": 0, "forwarded_out": 0, "held_days": 0, "overdue_now": 0,
        "satisfaction": None, "satisfaction_n": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("agency", "Dinas Pekerjaan Umum dan Penataan Ruang"),
        ("area", "Kuta Utara"),
        ("kind", "Pengaduan"),
    ],
)
def test_it_groups_by_what_was_asked_for(region: Region, by: str, name: str) -> None:
    """In Bahasa Indonesia, if nobody asks for another language."""
    counted(region, (cell(), {"on_time": 1}))

    found = show(region, f"by={by}")

    assert (found["by"], [group["name"] for group in found["groups"]]) == (by, [name])


def test_what_is_still_open_is_counted_when_it_is_read(region: Region) -> None:
    """Nothing happens to the report, and it grows older."""
    counted(region, (cell(), {"open:2026-11-09": 1, "held:2026-11-09": 1}))

    (before,) = show(region)["groups"]
    region.outside.advance(days=3)
    (after,) = show(region)["groups"]

    assert [each["overdue_now"] for each in (before, after)] == [1, 1]
    assert [each["median_days"] for each in (before, after)] == [9, 11]
    assert [each["held_days"] for each in (before, after)] == [9, 11]


def test_a_report_is_counted_from_filing_to_scoreboard(region: Region) -> None:
    """The way of every number: command, event, cell, answer."""
    region.topic.messages()
    filed = region.filed(category=ROADS)
    region.order(filed.code, "route", agency="dpupr")
    for wire in region.topic.messages():
        region.deliver("count_report", wire)
    region.outside.advance(days=7)

    (group,) = show(region, "by=agency")["groups"]

    assert (group["id"], group["due"], group["unanswered"]) == ("dpupr", 1, 1)


def test_an_empty_period_is_an_answer(region: Region) -> None:
    """No groups, a total of nothing."""
    found = show(region, "from=2020-01-01&to=2020-12-31")

    assert (found["groups"], found["total"]["due"]) == ([], 0)


@pytest.mark.parametrize("query", ["", "from=&to=&by=", "from=2026-09-01", "to=2026-11-20"])
def test_what_is_not_asked_for_has_a_usual_value(region: Region, query: str) -> None:
    """The last ninety days, by agency."""
    counted(region, (cell(), {"on_time": 1}))

    assert show(region, query)["total"]["due"] == 1


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("from=2026-11-02&to=2026-11-01", ("to", "before-from")),
        ("from=2024-01-01&to=2026-01-01", ("to", "over-a-year")),
        ("from=yesterday", ("from", "not-a-day")),
        ("from=2026-02-30", ("from", "not-a-day")),
        ("to=1761955200", ("to", "not-a-day")),
        ("to=2026-11-01T00:00:00Z", ("to", "not-a-day")),
        ("to=9999-12-31", ("to", "not-a-day")),
        ("by=officer", ("by", "not-an-option")),
        ("agency=no-such", ("agency", "not-in-directory")),
        ("since=2026-11-01", ("since", "unknown-field")),
    ],
)
@pytest.mark.parametrize("path", ["/api/scoreboard", "/api/scoreboard.csv"])
def test_what_cannot_be_asked_is_a_fault_of_its_field(
    region: Region, path: str, query: str, fault: tuple[str, str]
) -> None:
    """In JSON, for the table too."""
    assert faults(region, f"{path}?{query}") == [fault]


def test_few_confidential_reports_do_not_show(region: Region) -> None:
    """Three in a month that is over do."""
    region.outside.advance(days=14)
    counted(
        region,
        (cell("dpupr", confidential=True), {"late": 2, "reports": 2}),
        (cell("inspektorat", confidential=True), {"late": 3, "reports": 3}),
    )

    groups = show(region, NOVEMBER)["groups"]

    assert [(group["id"], group["due"]) for group in groups] == [("inspektorat", 3)]


def test_everybody_may_keep_the_answer_for_a_while(region: Region) -> None:
    """It is the same for all who read the same language."""
    answer = region.call("show_scoreboard", "/api/scoreboard")

    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Language" in answer.vary
    assert "Authorization" not in answer.vary


# The table


def sheet(region: Region, query: str = "") -> list[dict[str, str]]:
    answer = region.call("show_scoreboard", f"/api/scoreboard.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_table_holds_the_same_numbers(region: Region) -> None:
    """One line for each group, columns named as in the JSON."""
    counted(region, (cell(), {"on_time": 3, "late": 1, "days:2": 4}))
    (group,) = show(region, NOVEMBER)["groups"]

    (line,) = sheet(region, NOVEMBER)

    written = {name: "" if value is None else str(value) for name, value in group.items()}
    about = {"from": "2026-11-01", "to": "2026-11-30", "by": "agency", "agency": ""}
    assert line == about | written


def test_the_table_is_opened_by_spreadsheets(region: Region) -> None:
    """Excel knows UTF-8 by its mark only; the file has a name to be kept under."""
    answer = region.call("show_scoreboard", f"/api/scoreboard.csv?{NOVEMBER}&by=kind")

    assert answer.data.startswith(b"\xef\xbb\xbffrom,to,by,agency,id,name,due,")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="tanggap-kind-2026-11-01-2026-11-30.csv"'
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =A1", "＝1", "＋1", "－1", "＠x"],
)
def test_no_text_of_the_table_is_a_formula(text: str) -> None:
    """It is marked as a text; what a name looks like is for the region's directory."""
    table = sheet_of([{"name": text, "due": -1}], ["name", "due"])

    (_, line) = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert line == [f"'{text}", "-1"]


def test_other_texts_stay_as_they_are() -> None:
    """With commas, quotes and lines of their own."""
    names = ["Dinas Sosial, P3A", 'RSUD "Mangusada"', "a=b", "", "Jl. 1\nNo. 2"]

    table = sheet_of([{"name": name} for name in names], ["name"])

    lines = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert [line[0] if line else "" for line in lines[1:]] == names


# Roots


def root(region: Region, day: str) -> Any:
    answer = region.call("show_scoreboard", f"/api/scoreboard/roots?day={day}")
    assert answer.status_code == 200, answer.text
    DayRoot.model_validate_json(answer.data, strict=True)
    return answer.json


def test_a_reports_head_is_found_in_the_root_of_its_day(region: Region) -> None:
    """That of a secret one too; of neither the code."""
    filed = [region.filed(), region.filed(secret=True), region.filed(about_official=True)]
    heads = {region.read(each.code, each.receipt).json["head"] for each in filed}
    region.outside.advance(days=1)

    found = root(region, "2026-11-21")

    assert heads <= set(found["heads"])
    assert not [each for each in filed if each.id in str(found) or each.code in str(found)]


def test_a_root_does_not_change_any_more(region: Region) -> None:
    """The report goes on; its day stays. Anybody may keep the answer for ever."""
    filed = region.filed()
    region.outside.advance(days=1)
    before = root(region, "2026-11-21")

    region.act(filed, "withdraw", text="Sudah beres.")

    answer = region.call("show_scoreboard", "/api/scoreboard/roots?day=2026-11-21")
    assert answer.json == before
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("", ("day", "required")),
        ("day=", ("day", "not-a-day")),
        ("day=2026-11-21", ("day", "day-not-over")),
        ("day=2026-12-24", ("day", "day-not-over")),
        ("day=2026-11-31", ("day", "not-a-day")),
        ("day=2026-11-01&x=1", ("x", "unknown-field")),
    ],
)
def test_a_day_without_a_root_is_a_fault(
    region: Region, query: str, fault: tuple[str, str]
) -> None:
    """One that is not over may still bring events."""
    assert faults(region, f"/api/scoreboard/roots?{query}") == [fault]
