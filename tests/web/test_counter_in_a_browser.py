"""At the counter and on the board, as people do it: a slip to take home, a decision in place."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage
from tests.web.visited import BODY, World, noted, signed_in


@pytest.mark.parametrize(
    ("width", "language", "javascript", "told"),
    [(360, "id", False, "Tanda terima laporan"), (1280, "en", True, "Slip for a report")],
)
def test_a_visitor_leaves_with_a_slip(
    browser_page: OpenPage, width: int, language: str, told: str, *, javascript: bool
) -> None:
    """In the visitor's language; printed by a button, or by the browser's own menu."""
    page = browser_page(width, language=language, javascript=javascript)
    signed_in(page, "intake", "/desk/intake")
    page.fill("[name=body]", BODY)
    page.check(f"[name=language][value={language}]")

    noted(page)

    expect(page.locator("h1")).to_have_text(told)
    expect(page.locator(".receipt dd").last).to_have_text(re.compile(r"\d{4} \d{4} \d{4} \d{4}"))
    expect(page.locator("[data-print]")).to_be_visible(visible=javascript)


def test_a_coordinator_decides_without_leaving_the_board(
    browser_page: OpenPage, world: World
) -> None:
    """Open, choose, write, done: and it is gone from the list."""
    code = world.filed(title="Trotoar siapa ini")["code"]
    world.ordered(code, "route", "verifier1", agency="dlhk")
    world.ordered(code, "forward", "dlhk1", text="Tidak tahu milik siapa.")
    page = browser_page(360, javascript=False)
    signed_in(page, "coordinator", "/desk/board")
    page.click(f"#r-{code} a.button")
    page.select_option("#f-route-agency", "dinkes")

    with page.expect_navigation():
        page.click("form:has([name=action][value=route]) .button")

    expect(page.locator(".note.good")).to_contain_text("Laporan diteruskan ke instansi.")
    expect(page.locator(f"#r-{code}")).to_have_count(0)
