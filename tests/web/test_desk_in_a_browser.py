"""An officer's day: from the sign-in to an answered report, by keyboard, on a phone, in English."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.visited import BODY, OFFICER, World, signed_in


def _sent(page: Page, form: str) -> None:
    with page.expect_navigation():
        page.click(f"form:has([name=action][value={form}]) .button")


def _searched(page: Page, word: str) -> None:
    """The queue alone may have more pages than one."""
    page.fill("[name=q]", word)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize(
    ("width", "language", "told"),
    [(390, "id", "Laporan diteruskan ke instansi."), (1280, "en", "The report was routed")],
)
def test_a_report_is_signed_in_for_opened_and_routed(
    browser_page: OpenPage, world: World, width: int, language: str, told: str, *, javascript: bool
) -> None:
    """The whole way on foot: the desk, the issuer, the queue, the report, the agency."""
    code = world.filed(title=f"Rute {width} {javascript}")["code"]
    page = browser_page(width, language=language, javascript=javascript)
    page.goto("/desk")
    page.click("main a.button")
    page.click("#verifier1")
    _searched(page, code)
    expect(page.locator("h1")).to_have_text(f"Rute {width} {javascript}")

    page.select_option("#f-route-agency", "dinkes")
    _sent(page, "route")

    expect(page.locator(".note.good")).to_contain_text(told)
    expect(page.locator(".status")).to_contain_text("Dinas Kesehatan")


def test_words_to_begin_with_go_where_the_cursor_is(browser_page: OpenPage, world: World) -> None:
    """Beside what was typed, never over it."""
    page = browser_page(1280)
    signed_in(page, OFFICER, f"/desk/r/{world.with_agency}")
    page.click("details.command summary:text-is('Jawab pelapor')")
    page.fill("#f-respond-text", "Terima kasih.")
    form = page.locator("form:has(#f-respond-text)")
    form.locator("details.templates summary").click()

    form.locator(".templates button").first.click()

    text = page.input_value("#f-respond-text")
    assert text.startswith("Terima kasih. Sudah kami periksa")
    assert page.evaluate("document.activeElement.id") == "f-respond-text"


def test_all_of_a_page_are_picked_and_routed_at_once(browser_page: OpenPage, world: World) -> None:
    """One of them was taken by somebody else meanwhile: the others go."""
    codes = [world.filed(title=f"Sekaligus {number}")["code"] for number in (1, 2)]
    page = browser_page(1280)
    signed_in(page, "verifier1")
    _searched(page, "Sekaligus")
    for code in codes:
        page.check(f"[name='pick.{code}']")
    world.ordered(codes[0], "route", "verifier2", agency="dinkes")
    page.select_option("#f-agency", "dinkes")

    with page.expect_navigation():
        page.click("form.many section .button")

    expect(page.locator(".note.good")).to_contain_text(codes[1])
    expect(page.locator(".note.bad")).to_contain_text(codes[0])


def test_what_was_typed_while_the_report_changed_is_still_there(
    browser_page: OpenPage, world: World
) -> None:
    """And what changed stands above it."""
    code = world.filed(title="Berubah")["code"]
    page = browser_page(390)
    signed_in(page, "verifier1", f"/desk/r/{code}")
    page.click("details.command summary:text-is('Tanya pelapor')")
    page.fill("#f-hold-text", BODY)
    world.ordered(code, "classify", "verifier2", category="kesehatan", text="Salah bidang.")

    _sent(page, "hold")

    expect(page.locator(".note.warn")).to_contain_text("Salah bidang.")
    assert page.input_value("#f-hold-text") == BODY
    _sent(page, "hold")
    expect(page.locator(".status")).to_contain_text("Ditunda")


def test_the_keyboard_reaches_everything_in_order(browser_page: OpenPage, world: World) -> None:
    """Skip link, menu, queues, search, filters, picks, reports; none by a hidden key."""
    world.filed(title="Berurutan")
    page = browser_page(1280)
    signed_in(page, "verifier1")
    _searched(page, "Berurutan")
    stops = []
    for _ in range(16):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))

    order = ["skip", "wordmark", "/desk", "queue=verification", 'name="q"', "summary", "pick."]
    found = [next(n for n, stop in enumerate(stops) if wanted in stop) for wanted in order]
    assert found == sorted(found)
    assert page.locator("[accesskey]").count() == 0
