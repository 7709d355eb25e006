"""The frame of the pages: what each carries, its two languages, its problems, its files."""

import re
from typing import Any

import pytest

from shared.edge.web.rendering import templates
from tests.functions.pages import Browser
from tests.functions.region import Filed, Region
from tests.functions.test_headers import SECURITY

NOWHERE = "/r/7K3M9QX2WD-Q"
PAGES = ["/", "/r", NOWHERE, "/nothing"]


@pytest.fixture
def browser(region: Region) -> Browser:
    return Browser()


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
