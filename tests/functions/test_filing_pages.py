"""Writing a report, looking it over and sending it: without JavaScript, and what scripts ask."""

import json
import os
from collections.abc import Iterator
from typing import Any

import altcha
import pytest

from shared.edge.web import filing_gate
from tests.functions.pages import Browser, Page
from tests.functions.region import GOOD_BODY, ROADS, Filed, Region, living_in

SUMMARY, EDIT = "/lapor/ringkasan", "/lapor/ubah"
KUTA = "Kuta, Kec. Kuta"
PHONE = "0812 3456 7890"


@pytest.fixture
def browser(region: Region) -> Browser:
    return Browser()


def reviewed(browser: Browser, **typed: str) -> Page:
    """The form filled in and sent on; `__` stands for a dot."""
    dotted = {name.replace("__", "."): value for name, value in typed.items()}
    return browser.post(SUMMARY, browser.get("/").fields | {"body": GOOD_BODY} | dotted)


def receipt(page: Page) -> str:
    """Number, key and address."""
    return page.text.split("<dl>")[1].split("</dl>")[0]


def cards(page: Page) -> list[str]:
    """What stands on the three cards of the choice that was made."""
    chosen = page.text.split(" chosen")[1].split("<div class")[0]
    return [" ".join(card.split()) for card in chosen.split("<h3>")[1:]]


# The summary


def test_the_summary_files_nothing_and_sends_what_it_shows(
    region: Region, browser: Browser
) -> None:
    """The second step: all that was typed is in it, and posted once more it is a report."""
    before = len(region.in_collection("reports"))
    page = reviewed(browser, location__text="Pasar", reporter__email="a@b.example", village=KUTA)
    assert (page.status, len(region.in_collection("reports"))) == (200, before)
    assert "Laporan Anda belum terkirim." in page.said

    filed = browser.post("/", page.fields)

    assert filed.status == 201
    (stored,) = [
        each
        for each in region.in_collection("reports").values()
        if each["area"] == "51.03.01.1002" and each["location"]
    ]
    assert (stored["body"], stored["location"]["text"]) == (GOOD_BODY, "Pasar")


def test_what_is_wrong_is_said_on_the_form_and_not_on_the_summary(browser: Browser) -> None:
    page = reviewed(browser, body="x", village=KUTA)

    assert page.status == 422
    assert "Terlalu pendek" in page.fault("body")
    assert page.fields["village"] == KUTA


def test_from_the_summary_back_to_the_form_nothing_is_lost(browser: Browser) -> None:
    """Under the same key: what was sent meanwhile is not sent twice."""
    page = reviewed(browser, reporter__name="Sekar", about_official="true", village=KUTA)

    form = browser.post(EDIT, page.fields)

    kept = ("body", "reporter.name", "about_official", "village", "idempotency_key")
    assert form.status == 200
    assert {name: form.fields[name] for name in kept} == {name: page.fields[name] for name in kept}


@pytest.mark.parametrize("path", [SUMMARY, EDIT])
def test_words_of_another_site_are_shown_on_no_page_of_ours(browser: Browser, path: str) -> None:
    fields = browser.get("/").fields | {"body": GOOD_BODY}

    page = browser.post(path, fields, sec_fetch_site="cross-site")

    assert page.status == 403
    assert GOOD_BODY not in page.said


@pytest.mark.parametrize("path", [SUMMARY, EDIT, "/lapor/usul"])
def test_a_step_by_its_address_leads_to_the_form(browser: Browser, path: str) -> None:
    answer = browser.get(path).answer

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


# Who sees what


def test_three_cards_say_who_sees_what(browser: Browser) -> None:
    public, agency, office = cards(reviewed(browser))

    assert public.startswith("Umum melihat")
    assert "<b>Setelah diperiksa petugas:</b> judul dan isi" in public
    assert "nama dan kontak Anda" in public.split("Tidak pernah")[1]
    assert agency.startswith("Instansi melihat")
    assert office.startswith("Koordinator melihat")


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        ({}, (False, False)),
        ({"anonymous": "true"}, (True, False)),
        ({"secret": "true"}, (False, True)),
        ({"about_official": "true"}, (False, True)),
    ],
)
def test_the_cards_follow_the_choice_that_was_made(
    browser: Browser, typed: dict[str, str], ticked: tuple[bool, bool]
) -> None:
    """A report about an official begins as a secret one."""
    page = reviewed(browser, **typed)
    public, agency, _ = cards(page)

    assert ("anonymous" in page.fields, "secret" in page.fields) == ticked
    assert ("judul dan isi" in public.split("Tidak pernah")[1]) == ticked[1]
    assert ("nama dan kontak Anda" in agency.split("Tidak pernah")[-1]) == ticked[0] or not ticked[
        0
    ]


def test_a_report_about_an_official_may_be_made_public(region: Region, browser: Browser) -> None:
    """The tick taken away on the summary is a no, and not nothing."""
    page = reviewed(browser, about_official="true", body=f"{GOOD_BODY} Terbuka.")
    unticked = {name: value for name, value in page.fields.items() if name != "secret"}

    assert browser.post("/", unticked).status == 201
    (stored,) = [
        each
        for each in region.in_collection("reports").values()
        if each["body"].endswith("Terbuka.")
    ]
    assert (stored["supervisory"], stored["secret"]) == (True, False)


def test_a_report_about_an_official_is_said_to_go_to_an_oversight_unit(browser: Browser) -> None:
    """Named or not, the accused unit is no reader of it."""
    page = reviewed(browser, about_official="true")

    assert cards(page)[1].startswith("Unit pengawas melihat")
    assert "Unit yang Anda laporkan tidak melihat apa pun" in page.said


def test_the_accused_agency_is_named_as_shut_out(browser: Browser) -> None:
    page = reviewed(browser, about_official="true", agency="dinkes")

    assert "Dinas Kesehatan, yang Anda laporkan, tidak melihat apa pun" in page.said


def test_personal_data_in_the_text_is_warned_of_and_shown_as_the_public_reads_it(
    browser: Browser,
) -> None:
    page = reviewed(browser, body=f"{GOOD_BODY} Telepon {PHONE}.")

    assert "memuat data pribadi" in page.said
    assert "nomor telepon" in page.said
    assert f"{GOOD_BODY} Telepon [telepon]." in page.said
    assert "memuat data pribadi" not in reviewed(browser).said


def test_the_address_of_a_home_is_warned_of_for_nothing_masks_it(browser: Browser) -> None:
    page = reviewed(browser, body=f"{GOOD_BODY} Rumah saya di Jl. Melati No. 7.")

    assert "tampaknya memuat alamat rumah" in page.said.split("Siapa melihat apa")[0]
    assert "tampaknya memuat alamat rumah" not in reviewed(browser).said


# What it is about, and where


def test_a_category_that_the_words_propose_is_offered_and_not_taken(browser: Browser) -> None:
    page = reviewed(browser)

    assert f'name="category" value="{ROADS}"' in page.text
    assert page.fields["category"] == ""


def test_what_was_chosen_is_not_asked_again(browser: Browser) -> None:
    page = reviewed(browser, category="kesehatan", agency="dinkes")

    assert 'type="radio" name="category"' not in page.text
    assert "Kesehatan" in page.said
    assert page.fields["agency"] == "dinkes"


def test_where_something_is_quicker_than_a_report_it_has_to_be_read_first(
    browser: Browser,
) -> None:
    """A box that the browser wants ticked; without danger there is none."""
    page = reviewed(browser, body="Ada ular besar masuk rumah tetangga sejak pagi.")

    assert "jaga jarak dan hubungi 112" in page.said
    assert 'href="tel:112"' in page.text.split("<footer")[0]
    assert 'name="advised" value="true" required=""' in page.text
    assert "advised" not in reviewed(browser).text


def test_nothing_is_filed_before_that_was_read(region: Region, browser: Browser) -> None:
    """Whatever the browser lets through: the summary comes back, and is sent once it is ticked."""
    page = reviewed(browser, body="Ada ular besar masuk rumah tetangga sejak pagi.")
    before = len(region.in_collection("reports"))

    again = browser.post("/", page.fields)

    assert (again.status, len(region.in_collection("reports"))) == (422, before)
    assert "Baca anjuran itu" in again.fault("advised")
    assert browser.post("/", again.fields | {"advised": "true"}).status == 201


def test_a_village_that_may_be_several_is_asked_for(region: Region, browser: Browser) -> None:
    page = reviewed(browser, village="kuta")

    assert 'name="area" value="51.03.01.1002"' in page.text
    filed = browser.post("/", page.fields | {"area": "51.03.01.1002"})
    assert filed.status == 201


def test_near_a_village_that_may_be_several_reports_are_offered_of_each(
    region: Region, browser: Browser
) -> None:
    known = region.filed(title="Lubang di Kuta", category=ROADS, area="51.03.01.1002")
    region.order(known.code, "route", agency="dpupr")

    page = reviewed(browser, village="kuta", category=ROADS)

    assert f'<a href="/r/{known.code}">Lubang di Kuta</a>' in page.text


def test_a_village_that_nobody_knows_stays_in_the_words_about_the_place(
    region: Region, browser: Browser
) -> None:
    page = browser.send("/", body=f"{GOOD_BODY} Jauh.", location__text="Pasar", village="Antah")

    assert page.status == 201
    (stored,) = [
        each for each in region.in_collection("reports").values() if each["body"].endswith("Jauh.")
    ]
    assert (stored["area"], stored["location"]["text"]) == (None, "Pasar, Antah")


# Reports that are there already


def test_reports_near_by_are_offered_with_their_public_side(
    region: Region, browser: Browser
) -> None:
    """One that a verifier has read, with its title; a secret one never."""
    place = {"category": ROADS, "area": "51.03.01.1004"}
    known = region.filed(title="Lubang besar di Legian", **place)
    region.order(known.code, "route", agency="dpupr")
    hidden = region.filed(title="Lubang rahasia", secret=True, **place)

    page = reviewed(browser, village="Legian, Kec. Kuta", category=ROADS)

    assert f'<a href="/r/{known.code}">Lubang besar di Legian</a>' in page.text
    assert hidden.code not in page.text


def test_a_report_near_by_that_nobody_has_checked_is_offered_by_its_number(
    region: Region, browser: Browser
) -> None:
    """Its title is not public yet."""
    known = region.filed(title="Lubang di Tuban", category=ROADS, area="51.03.01.1001")

    page = reviewed(browser, village="Tuban, Kec. Kuta", category=ROADS)

    assert page.status == 200
    assert f'<a href="/r/{known.code}">{known.code}</a>' in page.text
    assert "Lubang di Tuban" not in page.text


def test_far_away_nothing_is_offered(region: Region, browser: Browser, a_report: Filed) -> None:
    page = reviewed(browser, village="Pecatu", category="agama")

    assert "Mungkin sudah ada" not in page.said


# What scripts ask


def test_scripts_ask_for_proposals_while_one_writes(browser: Browser) -> None:
    mark = browser.get("/").fields["mark"]

    answer = browser.post("/lapor/usul", {"mark": mark, "text": f"Jalan berlubang. {PHONE}"}).answer

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.json is not None
    assert answer.json["categories"][0]["id"] == ROADS
    assert answer.json["signs"] == ["phone"]


def test_scripts_ask_for_villages(browser: Browser) -> None:
    mark = browser.get("/").fields["mark"]

    answer = browser.post("/lapor/wilayah", {"mark": mark, "village": "legi"}).answer

    assert answer.json == {"villages": ["Legian, Kec. Kuta"]}


@pytest.mark.parametrize("path", ["/lapor/usul", "/lapor/wilayah"])
def test_scripts_of_others_are_told_nothing(browser: Browser, path: str) -> None:
    assert browser.post(path, {"text": GOOD_BODY}).status in (403, 422)


# Above a rate


@pytest.fixture
def crowded(region: Region) -> Iterator[Browser]:
    """Somebody of the same address has just filed as often as is free."""
    with living_in({**os.environ, "REPORTS_PER_MINUTE": "7"}):
        browser = Browser()
        assert browser.send("/", body=f"{GOOD_BODY} Bebas.").status == 201
        yield browser


def held(browser: Browser) -> Page:
    page = browser.send("/", body=GOOD_BODY)
    assert page.status == 429
    assert page.answer.headers["Retry-After"] == "60"
    return page


def solved(page: Page) -> str:
    """As a browser does it."""
    raw = page.text.split('data-challenge="')[1].split('"')[0].replace("&#34;", '"')
    challenge = altcha.Challenge.from_dict(json.loads(raw))
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


def test_above_a_rate_a_little_work_lets_a_report_in(crowded: Browser) -> None:
    """The page holds all that was typed; solved, it is sent once and for all."""
    page = held(crowded)

    filed = crowded.post("/", page.fields | {"altcha": solved(page)})
    again = crowded.post("/", page.fields | {"altcha": solved(page)})

    assert (filed.status, again.status) == (201, 201)
    assert receipt(filed) == receipt(again)


def test_without_javascript_a_wait_lets_it_in(region: Region, crowded: Browser) -> None:
    page = held(crowded)
    assert crowded.post("/", page.fields).status == 429

    region.outside.advance(seconds=filing_gate.SECONDS_TO_WAIT)
    for _ in range(2):
        Browser().send("/", body=f"{GOOD_BODY} Lainnya.")

    assert crowded.post("/", page.fields).status == 201


@pytest.mark.parametrize("spoilt", ["", "e30=", "x", "another report's", "grown old"])
def test_work_that_was_not_done_for_this_report_lets_nothing_in(
    region: Region, crowded: Browser, spoilt: str
) -> None:
    page = held(crowded)
    fields = page.fields | {"altcha": spoilt}
    if spoilt == "another report's":
        fields["altcha"] = solved(held(crowded))
    if spoilt == "grown old":
        fields |= {"altcha": solved(page), "waited": ""}
        region.outside.advance(minutes=16)
        Browser().send("/", body=f"{GOOD_BODY} Lainnya.")

    assert crowded.post("/", fields).status == 429


def test_a_report_that_was_taken_is_shown_again_whatever_the_pass(crowded: Browser) -> None:
    """Its answer was lost; meanwhile the network is crowded: no other report, no refusal."""
    fields: dict[str, Any] = held(crowded).fields
    pass_ = {"altcha": solved(held_again(crowded, fields))}
    first = crowded.post("/", fields | pass_)

    second = crowded.post("/", fields | {"altcha": solved(held_again(crowded, fields))})

    assert first.status == second.status == 201
    assert receipt(first) == receipt(second)


def held_again(browser: Browser, fields: dict[str, Any]) -> Page:
    page = browser.post("/", fields | {"altcha": ""})
    assert page.status == 429
    return page
