"""A citizen files a report: with the keyboard, on a phone, without JavaScript, off the line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import OpenPage
from tests.web.visited import BODY, World, crowded, filed, sent


def _key(page: Page) -> tuple[str, ...]:
    return tuple(page.locator(".receipt dd:not(.address)").all_inner_texts())


def _written(page: Page, body: str = BODY) -> None:
    page.goto("/")
    page.fill("[name=body]", body)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_form_to_the_reports_page(
    browser_page: OpenPage, language: str, *, javascript: bool
) -> None:
    """Write, look it over, keep the key, follow: none of it needs a script.

    Whoever filed reads it at once; nobody else does before it was checked.
    """
    page = browser_page(390, language=language, javascript=javascript)
    _written(page)
    page.check("[name=anonymous]")
    filed(page)
    number, key = _key(page)

    with page.expect_navigation():
        page.click("main a.button")

    assert page.url.endswith(f"/r/{number}")
    assert len(key) == len("4821 9034 7715 2206")
    assert BODY in page.content()
    stranger = browser_page(390)
    stranger.goto(page.url)
    assert BODY not in stranger.content()


def test_a_reload_of_the_receipt_is_the_same_receipt(browser_page: OpenPage) -> None:
    """Whoever draws the page down by mistake files nothing anew."""
    page = browser_page()
    _written(page)
    filed(page)
    before = _key(page)

    page.reload()

    assert _key(page) == before


def test_a_faulty_form_leads_to_its_fields(browser_page: OpenPage) -> None:
    """A tap on a fault in the summary, and one types there; the rest is as it was."""
    page = browser_page()
    _written(page)
    page.fill("[name='reporter.email']", "a at b")
    page.check("[value=aspiration]")
    sent(page)

    page.click("#masalah a")

    assert page.evaluate("document.activeElement.name") == "reporter.email"
    assert page.input_value("[name=body]") == BODY
    assert page.is_checked("[value=aspiration]")


def test_the_keyboard_alone_is_enough(browser_page: OpenPage) -> None:
    """The first stop skips the head of the page; what has the focus is seen to have it."""
    page = browser_page(1280)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "body"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.type(BODY)
    for button in ("[data-draft] > .button", "#send"):
        page.locator(button).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    assert page.locator(".receipt").count() == 1


def test_another_language_is_one_tap_away(browser_page: OpenPage) -> None:
    """On the page one is on, and on all that follow."""
    page = browser_page(javascript=False)
    page.goto("/r?nomor=x")
    with page.expect_navigation():
        page.click(".language")

    assert page.url.endswith("/r?nomor=x")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/")
    assert page.locator("h1").inner_text() == "File your report"


# The summary


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_a_tick_shows_at_once_what_it_changes(browser_page: OpenPage, *, javascript: bool) -> None:
    """Three cards, always three, for the choice as it stands; then back, and all is there."""
    page = browser_page(javascript=javascript)
    _written(page)
    sent(page)
    cards = page.locator(".sees section:visible")
    public, agency, _ = (cards.nth(number).locator(".never") for number in range(3))
    expect(public).not_to_contain_text("judul dan isi")
    expect(agency).to_have_count(0)

    page.check("[name=secret]")
    page.check("[name=anonymous]")

    expect(cards).to_have_count(3)
    expect(public).to_contain_text("judul dan isi")
    expect(agency).to_contain_text("nama dan kontak Anda")
    with page.expect_navigation():
        page.click("[data-back]")
    assert page.input_value("[name=body]") == BODY
    assert page.is_checked("[name=secret]")


def test_what_is_quicker_than_a_report_has_to_be_read_first(browser_page: OpenPage) -> None:
    """Sent only once the box is ticked."""
    page = browser_page()
    _written(page, "Ada ular besar masuk rumah tetangga sejak pagi.")
    sent(page)
    page.click("#send")
    assert page.locator("#f-advised:invalid").count() == 1

    page.check("#f-advised")
    with page.expect_navigation():
        page.click("#send")

    assert page.locator(".receipt").count() == 1


def test_what_one_writes_brings_proposals(browser_page: OpenPage) -> None:
    """A subject to tap on, a warning of one's own number, villages by their names."""
    page = browser_page()
    _written(page, f"{BODY} 0812 3456 7890")

    page.click("[data-part=categories] button >> nth=0")

    expect(page.locator("[data-sign=phone]")).to_be_visible()
    expect(page.locator("[aria-pressed=true]")).to_have_count(1)
    assert page.input_value("[name=category]")
    page.fill("[name=village]", "legi")
    expect(page.locator("#villages option")).to_have_attribute("value", "Legian, Kec. Kuta")


def test_a_phone_knows_where_it_is(browser_page: OpenPage) -> None:
    """Only when asked; and what it said can be taken back."""
    page = browser_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -8.72301, "longitude": 115.17102})
    _written(page)
    assert page.input_value("[name='location.lat']") == ""

    page.click("#locate")

    expect(page.locator("[name='location.lat']")).to_have_value("-8.72301")
    page.click("#unlocate")
    assert page.input_value("[name='location.lat']") == ""


# Drafts and lost connections


def test_a_draft_outlives_its_tab_until_it_is_sent(browser_page: OpenPage) -> None:
    page = browser_page()
    _written(page)
    page.check("[value=aspiration]")
    page.fill("[name='reporter.name']", "Ni Luh Putu Sekarwangi")
    page.close()

    page = page.context.new_page()
    page.goto("/")
    assert page.input_value("[name=body]") == BODY
    assert page.is_checked("[value=aspiration]")
    assert page.input_value("[name='reporter.name']") == "Ni Luh Putu Sekarwangi"
    expect(page.locator("#draft")).to_be_visible()

    filed(page)
    page.goto("/")
    assert page.input_value("[name=body]") == ""


def test_what_one_writes_about_an_official_stays_on_no_device(browser_page: OpenPage) -> None:
    """Also what was kept before that was ticked."""
    page = browser_page()
    _written(page)
    page.check("[name=about_official]")

    page.goto("/")

    assert page.input_value("[name=body]") == ""
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("once", ["shared", "deleted"])
def test_a_device_that_is_shared_keeps_nothing(browser_page: OpenPage, once: str) -> None:
    """And what was kept can be thrown away."""
    page = browser_page()
    _written(page)
    if once == "shared":
        page.check("[name=shared_device]")
        page.goto("/")
    else:
        page.goto("/")
        with page.expect_navigation():
            page.click("#draft button")

    assert page.input_value("[name=body]") == ""
    assert page.evaluate("localStorage.length") == 0


def test_off_the_line_nobody_leaves_what_they_wrote(browser_page: OpenPage) -> None:
    """The form stays until there is a line; then one goes on."""
    page = browser_page()
    _written(page)
    page.context.set_offline(True)
    page.locator("[data-draft] > .button").click()
    expect(page.locator("#offline")).to_be_visible()

    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    filed(page)

    assert page.locator(".receipt").count() == 1


def _off_the_line(page: Page) -> Callable[[], None]:
    """Nothing gets through, until the line is back."""
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


def _answer_lost(page: Page) -> Callable[[], None]:
    """The report arrives, and its answer does not."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/", lose, times=1)
    return lambda: page.evaluate("dispatchEvent(new Event('online'))")


@pytest.mark.parametrize("trouble", [_off_the_line, _answer_lost])
def test_a_report_arrives_once_whatever_the_connection_does(
    browser_page: OpenPage, world: World, trouble: Callable[[Page], Callable[[], None]]
) -> None:
    """The person is told; sent again under the same key it is the same report."""
    page, word = browser_page(), trouble.__name__.strip("_").replace("_", "")
    _written(page, f"{BODY} {word}")
    sent(page)
    mended = trouble(page)
    page.click("#send")
    expect(page.locator("#waiting")).to_be_visible()

    with page.expect_navigation():
        mended()

    number, _ = _key(page)
    assert world.found(word) == [number]


def test_in_a_crowd_the_browser_does_a_little_work(browser_page: OpenPage) -> None:
    """Above the rate: the sum is solved and the report sent, without a tap."""
    page = browser_page()
    crowded(page)
    _written(page)
    sent(page)
    page.click("#send")

    expect(page.locator(".receipt")).to_be_visible(timeout=30_000)


def test_number_key_and_address_are_copied_with_one_tap(browser_page: OpenPage) -> None:
    page = browser_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _written(page)
    filed(page)
    number, key = _key(page)

    page.click("#copy")

    expect(page.locator("#copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"Nomor laporan: {number}\nKunci laporan: {key}\n")
    assert copied.endswith(f"/r/{number}")
