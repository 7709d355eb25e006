"""What holds of every page: readable by all, small, alone, and whole without JavaScript."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import OpenPage
from tests.web.visited import VISITS, World

MOST_BYTES = 60_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN_AXE = "tags => axe.run({runOnly: {type: 'tag', values: tags}})"
_TOO_SMALL = """() => [...document.querySelectorAll(
    "button, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox], .trap *),"
    + "nav a, summary, label.option, a.button")]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map(each => each.outerHTML)"""
_WEIGHT = """() => ["navigation", "resource"]
  .flatMap(kind => performance.getEntriesByType(kind))
  .reduce((bytes, each) => bytes + each.decodedBodySize, 0)"""
_WIDER_THAN_THE_WINDOW = "() => document.scrollingElement.scrollWidth - window.innerWidth"

each_page = pytest.mark.parametrize("name", VISITS)


@each_page
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_everybody_can_use_it(
    browser_page: OpenPage, world: World, axe: str, screenshots: Path, name: str, width: int,
    scheme: str,
) -> None:  # fmt: skip
    """No violation of WCAG 2.2 A and AA that a machine can find, on a phone and on a desk."""
    page = browser_page(width, scheme)
    VISITS[name](page, world)
    page.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png", full_page=True)

    page.evaluate(axe)
    found: Any = page.evaluate(_RUN_AXE, WCAG)

    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@each_page
def test_it_fits_the_smallest_phone_and_text_twice_as_large(
    browser_page: OpenPage, world: World, name: str
) -> None:
    """320 px wide, and 200 % text: never to be scrolled sideways."""
    page = browser_page(320)
    VISITS[name](page, world)
    assert page.evaluate(_WIDER_THAN_THE_WINDOW) <= 0

    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(_WIDER_THAN_THE_WINDOW) <= 0


@each_page
def test_fingers_find_what_they_aim_at(browser_page: OpenPage, world: World, name: str) -> None:
    page = browser_page(390)
    VISITS[name](page, world)

    assert page.evaluate(_TOO_SMALL) == []


@each_page
def test_it_is_small_and_brings_nothing_from_elsewhere(
    browser_page: OpenPage, world: World, name: str
) -> None:
    """Every byte of page, style and pictures; and nothing that its own policy had to stop."""
    page = browser_page(390)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    VISITS[name](page, world)
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith(f"{world.url}/")] == []
    assert 0 < page.evaluate(_WEIGHT) <= MOST_BYTES
    assert [said for said in complaints if "Content Security Policy" in said] == []


@each_page
def test_it_needs_no_javascript(browser_page: OpenPage, world: World, name: str) -> None:
    """Its heading is there and its frame leads on."""
    page = browser_page(390, javascript=False)
    VISITS[name](page, world)

    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.locator("header nav a").count() >= 2
