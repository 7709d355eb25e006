"""The scoreboard for people, how the service works, and who is responsible for what."""

import re
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest

from shared.adapters.scoreboard_documents import counts_document
from shared.domain.scoreboard.cells import Cell
from tests.functions.pages import Browser
from tests.functions.region import ROADS, Region

NOVEMBER = "from=2026-11-01&to=2026-11-20"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def browser(region: Region) -> Browser:
    for document in region.store.collection("scoreboard").list_documents():
        document.delete()
    return Browser()


def counted(region: Region, agency: str, day: date = date(2026, 11, 9), /, **numbers: Any) -> None:
    cell = Cell(day, agency, ROADS, "51.03.06", "complaint")
    document = {"day": day.isoformat(), "cells": counts_document({cell: numbers})}
    region.store.document("scoreboard", f"{day}.{agency}").set(document)


def pictures(text: str) -> list[str]:
    return [unescape(path) for path in re.findall(r'<img src="([^"]+)"', text)]


def test_the_board_says_how_many_deadlines_were_kept(region: Region, browser: Browser) -> None:
    """In all, by agency, and month by month, each as a table too."""
    counted(region, "dpupr", on_time=9, late=3, promises_kept=2, promises_broken=1)
    counted(region, "dinkes", date(2026, 9, 7), on_time=1, late=1)

    said = browser.get("/scoreboard").said

    assert "Dijawab tepat waktu 71%" in said
    assert "Janji yang ditepati 2 dari 3" in said
    assert "Dinas Pekerjaan Umum dan Penataan Ruang 12 9 3 0 75%" in said
    assert "Dinas Kesehatan 2 1 1 0 1 dari 2" in said
    assert "September 2026 2 1 1 0 1 dari 2 Oktober 2026 0 0 0 0 – November 2026 12" in said


def test_a_region_without_any_deadline_has_a_board(browser: Browser) -> None:
    """It says so, and draws nothing."""
    page = browser.get("/scoreboard")

    assert (page.status, pictures(page.text)) == (200, [])
    assert "Belum ada tenggat yang jatuh tempo" in page.said


def test_usually_it_shows_six_months(browser: Browser) -> None:
    """Whole ones, up to yesterday."""
    said = browser.get("/scoreboard").said

    assert "Senin, 1 Juni 2026 sampai Jumat, 20 November 2026" in said


def test_one_agency_can_be_looked_at(region: Region, browser: Browser) -> None:
    """By what its reports are about; the files hold the same."""
    counted(region, "dpupr", on_time=9)
    counted(region, "dinkes", on_time=5)

    page = browser.get(f"/scoreboard?{NOVEMBER}&agency=dpupr&by=category")

    assert "Pekerjaan Umum dan Penataan Ruang 9 9 0 0" in page.said
    assert "/api/scoreboard.csv?from=2026-11-01&to=2026-11-20&by=category&agency=dpupr" in unescape(
        page.text
    )
    assert 'value="dpupr" selected' in page.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-11-20&to=2026-11-01", "board-to"),
        ("from=2024-01-01&to=2026-11-01", "board-to"),
        ("from=31-12-2026", "board-from"),
        ("agency=no-such", "board-agency"),
        ("by=officer", "board-by"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    browser: Browser, query: str, field: str
) -> None:
    """With the board of the usual days below."""
    page = browser.get(f"/scoreboard?{query}")

    assert page.status == 422
    assert page.fault(field)
    assert "Senin, 1 Juni 2026" in page.said


def test_what_is_typed_cannot_become_part_of_the_page(browser: Browser) -> None:
    page = browser.get("/scoreboard?from=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script>alert" not in page.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_picture_is_drawn_for_each_part_of_the_board(
    region: Region, browser: Browser, language: str
) -> None:
    """Of its own language, for anybody to keep a while; nothing in it runs or is loaded."""
    counted(region, "dpupr", on_time=3, late=1)
    counted(region, "dinkes", date(2026, 10, 7), on_time=1)

    for path in pictures(Browser(language).get("/scoreboard").text):
        picture = browser.get(path)
        drawing = ElementTree.fromstring(picture.answer.data)  # noqa: S314 - our own

        policy = picture.answer.headers["Content-Security-Policy"]
        assert picture.answer.content_type.startswith("image/svg+xml")
        assert picture.answer.headers["Cache-Control"] == "public, max-age=300"
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "Set-Cookie" not in picture.answer.headers
        assert {"on_time", "late"} <= {each.get("class") for each in drawing.iter(f"{SVG}rect")}
        assert not [each.tag for each in drawing.iter() if "script" in each.tag]
        assert ("Tepat waktu" in picture.text) == (language == "id")


@pytest.mark.parametrize("path", ["nothing.svg", "months.svg/x", "months"])
def test_no_other_picture_is_drawn(browser: Browser, path: str) -> None:
    assert browser.get(f"/scoreboard/{path}").status == 404


def test_a_name_in_a_picture_is_only_a_name(region: Region, browser: Browser) -> None:
    """Also where it holds what would be markup."""
    counted(region, "a<b&c", on_time=1)

    picture = browser.get(f"/scoreboard/groups.svg?{NOVEMBER}")

    drawn = ElementTree.fromstring(picture.answer.data)  # noqa: S314 - our own
    assert "a<b&c" in [each.text for each in drawn.iter(f"{SVG}text")]


# The day's root


def test_a_report_is_found_among_those_of_its_day(region: Region, browser: Browser) -> None:
    filed = region.filed()
    head = region.read(filed.code, filed.receipt).json["head"]
    region.outside.advance(days=1)

    there = browser.get(f"/scoreboard/akar?day=2026-11-21&head={head.upper()}+")
    elsewhere = browser.get(f"/scoreboard/akar?day=2026-11-20&head={head}")

    assert "Ya. Sidik ini ada di antara laporan yang berubah pada" in there.said
    assert "Tidak ada sidik seperti ini pada Jumat, 20 November 2026" in elsewhere.said


@pytest.mark.parametrize("query", ["day=2026-11-21", "day=2999-01-01", "day=x", "head=" + "a" * 81])
def test_a_day_that_has_no_root_is_a_fault(browser: Browser, query: str) -> None:
    """Today is not over."""
    page = browser.get(f"/scoreboard/akar?{query}")

    assert page.status == 422
    assert page.fault(query.split("=", maxsplit=1)[0])


# How it works, and who does it


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "60 hari kerja atau 60 hari, mana yang lebih dahulu"),
        ("en", "60 working days or 60 days, whichever is earlier"),
    ],
)
def test_the_deadlines_in_force_are_told_with_their_basis(
    region: Region, language: str, words: str
) -> None:
    """From the region's own rules; and who is told when one is missed."""
    said = Browser(language).get("/how").said

    assert words in said
    assert "Permenpan RB 62/2018; Perpres 76/2013" in said
    assert "Ombudsman RI Perwakilan Bali" in said
    assert ("Inspektorat" in said, "Inspectorate" in said) == (language == "id", language == "en")


def test_every_agency_is_listed_with_what_it_does(browser: Browser) -> None:
    """Mail to an agency is for officers: it is where a report would lose its deadline."""
    page = browser.get("/agencies")

    assert "Dinas Kesehatan Corona Virus, Kesehatan" in page.said
    assert "Kecamatan Kuta Utara" in page.said
    assert "Kepolisian (Polres Badung" in page.said
    assert "badung.example" not in page.text
