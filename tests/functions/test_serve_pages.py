"""Pages without JavaScript: file, mend what is wrong and lose nothing, follow, in two languages."""

import re

import pytest

from tests.functions.pages import Browser, Page
from tests.functions.region import GOOD_BODY, Filed, Region, living_in

HOSTILE = '</textarea><script>alert(\'x\')</script>" onfocus="x" {{ 7*7 }} %s & <b>tebal</b>'
NOWHERE = "/r/7K3M9QX2WD-Q"


@pytest.fixture
def browser(region: Region) -> Browser:
    return Browser()


@pytest.fixture
def a_public_report(region: Region) -> Filed:
    """A verifier has taken it on: everybody reads its text."""
    filed = region.filed(body=f"{HOSTILE} di jalan.", title=HOSTILE)
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def shown(page: Page) -> tuple[str, str]:
    """Number and key on the page of a report that was just filed."""
    number, key = re.findall(r"<dd>([^<]+)</dd>", page.text)
    return number, key


# Filing


def test_a_report_is_filed_with_its_text_alone(region: Region, browser: Browser) -> None:
    """The same use case as the API's: the key on the page is the reporter's receipt."""
    page = browser.send("/", body=GOOD_BODY)

    number, key = shown(page)
    assert page.status == 201
    assert region.read(number, key).json["body"] == GOOD_BODY


def test_everything_a_citizen_may_say_fits_the_form(region: Region, browser: Browser) -> None:
    """Kind, place, day, contact, privacy, subject and agency."""
    page = browser.send(
        "/",
        body=GOOD_BODY,
        kind="aspiration",
        location__text="Pasar Kuta",
        occurred_on="2026-11-20",
        reporter__name="Sekar",
        reporter__email="sekar@example.org",
        reporter__phone="0812 3456 7890",
        anonymous="true",
        secret="true",
        category="kesehatan",
        agency="dinkes",
        advised="true",
    )

    stored = region.report(shown(page)[0])
    assert (stored["kind"], stored["category"], stored["named_agency"]) == (
        "aspiration", "kesehatan", "dinkes",
    )  # fmt: skip
    assert (stored["anonymous"], stored["secret"], stored["supervisory"]) == (True, True, False)
    assert (stored["location"]["text"], stored["occurred_on"]) == ("Pasar Kuta", "2026-11-20")


@pytest.mark.parametrize(
    ("language", "contact", "told"),
    [
        ("id", "", "Buka halaman laporan Anda lagi setelah Rabu, 25 November 2026."),
        ("en", "", "Please come back to your report's page after Wednesday, 25 November 2026."),
        ("id", "a@b.example", "paling lambat Rabu, 25 November 2026 , lalu meneruskannya"),
        ("en", "a@b.example", "We check your report by Wednesday, 25 November 2026 , then pass"),
    ],
)
def test_the_receipt_page_says_what_happens_next_and_by_when(
    region: Region, language: str, contact: str, told: str
) -> None:
    """And that without a contact nobody can be told."""
    page = Browser(language).send("/", body=GOOD_BODY, reporter__email=contact)

    assert told in page.said
    assert ("setelah" in page.said or "come back" in page.said) == (not contact)


def test_a_form_that_is_sent_twice_files_one_report(region: Region, browser: Browser) -> None:
    """A reload, a double tap, a lost answer: the very same number and key."""
    fields = browser.get("/").fields | {"body": f"{GOOD_BODY} Dua kali."}
    first = browser.post("/", fields)
    events = len(region.topic.messages())

    second = browser.post("/", fields)

    assert shown(second) == shown(first)
    assert (events > 0, region.topic.messages()) == (True, [])


def test_another_report_under_the_same_key_is_asked_about(browser: Browser) -> None:
    """409 with what was typed and a new key: sent once more it is a report of its own."""
    fields = browser.get("/").fields
    browser.post("/", fields | {"body": GOOD_BODY})

    again = browser.post("/", fields | {"body": f"{GOOD_BODY} Lain."})
    sent = browser.post("/", again.fields)

    assert (again.status, sent.status) == (409, 201)
    assert again.fields["body"] == f"{GOOD_BODY} Lain."


def test_the_language_of_the_page_is_the_language_of_the_notices(region: Region) -> None:
    """Nobody is asked twice."""
    number, _ = shown(Browser("en").send("/", body=GOOD_BODY))

    assert region.report(number)["language"] == "en"


# What is wrong


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"body": ""}, {"body": "Wajib diisi."}),
        ({"body": "x"}, {"body": "Terlalu pendek; paling sedikit 10 karakter."}),
        ({"reporter.email": "a at b"}, {"reporter.email": "Tulis alamat surel yang lengkap."}),
        ({"occurred_on": "2026-11-22"}, {"occurred_on": "Tanggal tidak boleh di masa depan."}),
        ({"kind": "rant"}, {"kind": "Pilih salah satu nilai yang tersedia."}),
        (
            {"body": "x", "reporter.phone": "1"},
            {"body": "pendek", "reporter.phone": "0812"},
        ),
    ],
)
def test_a_fault_stands_beside_its_field_and_in_the_summary(
    browser: Browser, typed: dict[str, str], faults: dict[str, str]
) -> None:
    """422, with a link from the top to each."""
    page = browser.post("/", browser.get("/").fields | {"body": GOOD_BODY} | typed)

    assert page.status == 422
    for name, told in faults.items():
        assert told in page.fault(name)
        assert f'href="#f-{name}"' in page.text
        assert f'aria-describedby="e-{name}' in page.text


def test_what_was_typed_is_kept_to_the_letter(region: Region, browser: Browser) -> None:
    """However hostile: it is text in the field and nothing else on the page."""
    typed = {
        "body": f"\n  {HOSTILE}\nBaris kedua",
        "location.text": HOSTILE,
        "reporter.name": HOSTILE,
        "reporter.email": HOSTILE,
        "kind": "aspiration",
        "anonymous": "true",
        "category": "kesehatan",
    }

    page = browser.post("/", browser.get("/").fields | typed)

    assert page.status == 422
    assert typed.items() <= page.fields.items()
    assert "secret" not in page.fields
    assert "<script>" not in page.text
    assert "49" not in page.text.split("<main")[1].split("<section")[0].replace("{{ 7*7 }}", "")


def test_a_form_mended_is_taken(browser: Browser) -> None:
    """Under the key it began with."""
    wrong = browser.send("/", body="x")

    assert browser.post("/", wrong.fields | {"body": GOOD_BODY}).status == 201


def test_a_robot_that_fills_the_trap_files_nothing(region: Region, browser: Browser) -> None:
    before = len(region.in_collection("reports"))

    page = browser.send("/", body=GOOD_BODY, website="https://example.org")

    assert page.status == 422
    assert len(region.in_collection("reports")) == before


def test_too_many_posts_are_asked_to_wait_and_lose_nothing(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429 with Retry-After, and the form as it was."""
    monkeypatch.setenv("REPORTS_PER_MINUTE", "0")

    page = Browser().send("/", body=GOOD_BODY)

    assert (page.status, page.answer.headers["Retry-After"]) == (429, "60")
    assert page.fields["body"] == GOOD_BODY


def test_without_the_store_a_text_is_given_back(browser: Browser) -> None:
    """503: not even the form can be made, so that the text stands there to be copied."""
    fields = browser.get("/").fields | {"body": GOOD_BODY}

    with living_in({"FIRESTORE_EMULATOR_HOST": "127.0.0.1:1"}):
        page = browser.post("/", fields)

    assert (page.status, page.answer.headers["Retry-After"]) == (503, "5")
    assert GOOD_BODY in page.said


# Whose form it is


@pytest.mark.parametrize("mark", ["", "made.up", None])
def test_a_form_that_is_not_ours_files_nothing_and_may_be_sent_again(
    region: Region, browser: Browser, mark: str | None
) -> None:
    """No mark, a made-up one, one without its cookie: 403 with all that was typed, then 201."""
    fields = browser.get("/").fields | {"body": GOOD_BODY}
    before = len(region.in_collection("reports"))
    sender = Browser() if mark is None else browser

    page = sender.post("/", fields if mark is None else fields | {"mark": mark})

    assert page.status == 403
    assert len(region.in_collection("reports")) == before
    assert sender.post("/", page.fields).status == 201


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_of_another_site_is_refused_with_nothing_of_it(browser: Browser, site: str) -> None:
    """Its words would stand on our page."""
    fields = browser.get("/").fields | {"body": GOOD_BODY}

    page = browser.post("/", fields, sec_fetch_site=site)

    assert page.status == 403
    assert GOOD_BODY not in page.said


def test_the_cookie_of_a_visitor_is_read_by_us_alone(browser: Browser) -> None:
    """No script, no plain connection, no other host; gone with the browser."""
    (cookie,) = browser.get("/").answer.headers.getlist("Set-Cookie")

    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-tanggap-visitor=")
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert "Set-Cookie" not in browser.get("/").answer.headers


# Following


def test_a_report_is_followed_by_its_number(browser: Browser, a_report: Filed) -> None:
    """Status, whose turn, until when and why; its text only once somebody has read it."""
    said = browser.get(f"/r/{a_report.code}").said

    assert "Belum Terverifikasi" in said
    assert "Giliran: petugas pemeriksa." in said
    assert "Rabu, 25 November 2026 hari kerja tersisa: 3" in said
    assert "Mengapa tanggal ini? Jatuh tempo Rabu, 25 November 2026: 3 hari kerja sejak" in said
    assert "Laporan diterima Sabtu, 21 November 2026 pukul 09.12 WITA · Pelapor" in said
    assert GOOD_BODY not in said


def test_a_published_text_is_text_and_nothing_else(
    browser: Browser, a_public_report: Filed
) -> None:
    """Title and body of a stranger, on our page."""
    page = browser.get(f"/r/{a_public_report.code}")

    assert "<b>tebal</b>" in page.said.replace("< b>", "<b>")
    assert "<script>" not in page.text
    assert "<b>tebal" not in page.text
    assert "Dinas Pekerjaan Umum dan Penataan Ruang" in page.said


def test_an_overdue_report_says_so(region: Region, browser: Browser, a_report: Filed) -> None:
    region.outside.advance(days=6)

    assert "Rabu, 25 November 2026 terlambat" in browser.get(f"/r/{a_report.code}").said


def test_of_a_secret_report_the_page_shows_status_and_clocks(
    region: Region, browser: Browser
) -> None:
    filed = region.filed(body=f"{GOOD_BODY} Rahasia.", secret=True, category="kesehatan")
    region.order(filed.code, "route", agency="dinkes")

    said = browser.get(f"/r/{filed.code}").said

    assert "Terdisposisi ke instansi yang berwenang" in said
    assert "Isi laporan ini dirahasiakan." in said
    assert not [word for word in ("Rahasia.", "Kesehatan", "Pengaduan", "Riwayat") if word in said]


@pytest.mark.parametrize("typed", ["7K3M9QX2WD-Q", " 7k3m9qx2wdq ", "7K3M 9QX2 WD-Q"])
def test_a_number_is_looked_up_as_people_type_it(browser: Browser, typed: str) -> None:
    answer = browser.client.get("/r", query_string={"nomor": typed})

    assert (answer.status_code, answer.headers["Location"]) == (303, NOWHERE)


def test_a_number_that_is_none_is_asked_for_again(browser: Browser) -> None:
    page = browser.get("/r?nomor=%3Cscript%3E")

    assert "Ini bukan nomor laporan." in page.said
    assert page.fields["nomor"] == "<script>"
