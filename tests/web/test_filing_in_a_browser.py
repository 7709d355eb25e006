"""A citizen files and follows a report: with the keyboard, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.web.conftest import OpenPage
from tests.web.visited import BODY, sent


def _key(page: Page) -> tuple[str, ...]:
    return tuple(page.locator(".receipt dd").all_inner_texts())


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_form_to_the_reports_page(
    browser_page: OpenPage, language: str, *, javascript: bool
) -> None:
    """Four steps, none of which needs a script."""
    page = browser_page(390, language=language, javascript=javascript)
    page.goto("/")
    page.fill("[name=body]", BODY)
    page.check("[name=anonymous]")
    sent(page)
    number, key = _key(page)

    with page.expect_navigation():
        page.click("main a.button")

    assert page.url.endswith(f"/r/{number}")
    assert len(key) == len("4821 9034 7715 2206")
    assert BODY not in page.content()


def test_a_reload_of_the_receipt_is_the_same_receipt(browser_page: OpenPage) -> None:
    """Whoever draws the page down by mistake files nothing anew."""
    page = browser_page()
    page.goto("/")
    page.fill("[name=body]", BODY)
    sent(page)
    before = _key(page)

    page.reload()

    assert _key(page) == before


def test_a_faulty_form_leads_to_its_fields(browser_page: OpenPage) -> None:
    """A tap on a fault in the summary, and one types there; the rest is as it was."""
    page = browser_page()
    page.goto("/")
    page.fill("[name=body]", BODY)
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
    page.locator("form .button").focus()
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
