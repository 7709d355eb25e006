"""Pages without JavaScript: file, mend what is wrong and lose nothing, follow, in two languages."""

import re
from typing import Any

import pytest

from shared.edge.web.rendering import templates
from tests.functions.pages import Browser, Page
from tests.functions.region import GOOD_BODY, Filed, Region, living_in
from tests.functions.test_headers import SECURITY

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
        ("id", "", "Buka halaman ini lagi setelah Rabu, 25 November 2026."),
        ("en", "", "Please come back after Wednesday, 25 November 2026."),
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
    assert "<script" not in page.text
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


# The frame

PAGES = ["/", "/r", NOWHERE, "/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_private_hardened_and_alone(browser: Browser, path: str) -> None:
    """Nothing of it is kept, framed, guessed at, or brought from anywhere but here."""
    page = browser.get(path)

    policy = page.answer.headers["Content-Security-Policy"].split("; ")
    assert SECURITY.items() <= dict(page.answer.headers).items()
    assert page.answer.headers["Cache-Control"] == "private, no-store"
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
    assert "unsafe" not in str(policy)
    assert {"Cookie", "Accept-Language"} <= set(page.answer.vary)
    assert "geolocation=(self)" in page.answer.headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_speaks_the_readers_language(region: Region, path: str, language: str) -> None:
    """And offers the other one."""
    page = Browser(language).get(path)

    other = {"id": "en", "en": "id"}[language]
    assert page.text.startswith(f'<!doctype html>\n<html lang="{language}">')
    assert f'href="/bahasa?ke={other}&amp;kembali=' in page.text
    assert ("Lacak laporan" in page.said, "Track a report" in page.said) == (
        language == "id", language == "en",
    )  # fmt: skip


def test_the_other_language_is_kept_and_leads_back(browser: Browser) -> None:
    """Whatever the browser itself asks for."""
    moved = browser.get("/bahasa?ke=en&kembali=/r%3Fnomor%3Dx")

    assert (moved.status, moved.answer.headers["Location"]) == (303, "/r?nomor=x")
    assert '<html lang="en">' in browser.get("/r").text


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "/\\evil.example", "https://evil.example", "", "r", "/\t/evil.example",
     "/a\r\nX: y"],
)  # fmt: skip
def test_a_change_of_language_leads_nowhere_else(browser: Browser, back: str) -> None:
    answer = browser.client.get("/bahasa", query_string={"ke": "en", "kembali": back})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_language_that_we_do_not_speak_changes_nothing(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.get("/bahasa?ke=fr&kembali=/").answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status", "told"),
    [
        ("GET", "/nothing", 404, ("Halaman ini tidak ada", "This page does not exist")),
        ("GET", NOWHERE, 404, ("Laporan tidak ditemukan", "Report not found")),
        ("POST", NOWHERE, 405, ("Halaman ini tidak ada", "This page does not exist")),
    ],
)
def test_a_problem_is_a_page_that_says_what_to_do(
    region: Region, method: str, path: str, status: int, told: tuple[str, str]
) -> None:
    for language, sentence in zip(("id", "en"), told, strict=True):
        browser = Browser(language)
        page = browser.get(path) if method == "GET" else browser.post(path, {})
        assert (page.status, sentence in page.said) == (status, True)
        assert 'href="/r"' in page.text


def test_a_bug_is_a_page_without_its_words(
    region: Region, browser: Browser, a_report: Filed, capsys: pytest.CaptureFixture[str]
) -> None:
    """500: the log says where, the page that it was us."""
    region.store.document("reports", a_report.id).update({"status": "qxzwvk"})

    page = browser.get(f"/r/{a_report.code}")

    assert page.status == 500
    assert "Maaf, ada kesalahan di pihak kami" in page.said
    assert "qxzwvk" not in page.text + capsys.readouterr().out


def test_a_form_posted_to_the_api_is_answered_in_the_same_frame(region: Region) -> None:
    """One look and one way, whichever address a region's own site posts to."""
    filed = region.call(
        "submit_report", "/api/reports", method="POST", accept="text/html",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert filed.status_code == 422
    assert "/assets/style.css?v=" in filed.text
    assert "style-src 'self'" in filed.headers["Content-Security-Policy"]


# Files


def test_style_is_kept_for_a_year_under_its_hash(browser: Browser) -> None:
    """Asked for under another one it is kept for a minute: another version may be answering."""
    (path,) = re.findall(r'href="(/assets/style[^"]+)"', browser.get("/").text)

    named, other = browser.get(path).answer, browser.get("/assets/style.css?v=0").answer

    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert other.headers["Cache-Control"] == "public, max-age=60"
    assert (named.content_type, named.data) == ("text/css; charset=utf-8", other.data)
    assert "Set-Cookie" not in named.headers


def test_a_file_is_packed_for_who_unpacks_it_and_sent_once(browser: Browser) -> None:
    plain = browser.get("/assets/style.css").answer
    packed = browser.get("/assets/style.css", accept_encoding="gzip").answer
    tag = packed.headers["ETag"]

    again = browser.get("/assets/style.css", accept_encoding="gzip", if_none_match=tag)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert (again.status, again.answer.data) == (304, b"")


@pytest.mark.parametrize(
    "name", ["nothing.css", "../templates/base.html", "%2e%2e/web/__init__.py", "", "..%2fx"]
)
def test_nothing_but_the_files_of_the_pages_is_given_out(browser: Browser, name: str) -> None:
    assert browser.get(f"/assets/{name}").status == 404


def test_every_template_can_be_read_in_both_languages() -> None:
    for language in ("id", "en"):
        environment: Any = templates(language)
        for name in environment.list_templates(extensions=["html"]):
            environment.get_template(name)
