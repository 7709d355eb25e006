"""What holds of every page: readable by all, small, alone, and whole without JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.web.conftest import OpenPage, opening
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
  .filter(each => each.initiatorType !== "img")
  .reduce((bytes, each) => bytes + each.encodedBodySize, 0)"""
_WIDER_THAN_THE_WINDOW = "() => document.scrollingElement.scrollWidth - window.innerWidth"
_TEXT_SIZE = "size => document.documentElement.style.fontSize = size"


@dataclass(frozen=True, slots=True)
class Visited:
    """`asked`: every address it loaded from; `complaints`: what it said on the console."""

    name: str
    page: Page
    weight: int
    asked: tuple[str, ...]
    complaints: tuple[str, ...]

    def seen(self, width: int, scheme: Any = "light") -> Page:
        """The window as people turn and widen it."""
        self.page.set_viewport_size({"width": width, "height": 844})
        self.page.emulate_media(color_scheme=scheme)
        return self.page


@pytest.fixture(scope="module", params=VISITS)
def visited(request: pytest.FixtureRequest, chromium: Browser, world: World) -> Iterator[Visited]:
    """The way there once, on the smallest phone; whatever is then claimed of it changes nothing."""
    asked: list[str] = []
    complaints: list[str] = []
    with opening(chromium, world) as browser_page:
        page = browser_page(320)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        VISITS[request.param](page, world)
        page.wait_for_load_state("networkidle")
        weight = page.evaluate(_WEIGHT)
        yield Visited(request.param, page, weight, tuple(asked), tuple(complaints))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_everybody_can_use_it(
    visited: Visited, axe: str, screenshots: Path, width: int, scheme: str
) -> None:
    """No violation of WCAG 2.2 A and AA that a machine can find, on a phone and on a desk."""
    page = visited.seen(width, scheme)
    page.screenshot(path=screenshots / f"{visited.name}-{width}-{scheme}.png", full_page=True)

    page.evaluate(axe)
    found: Any = page.evaluate(_RUN_AXE, WCAG)

    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_it_fits_the_smallest_phone_and_text_twice_as_large(visited: Visited) -> None:
    """320 px wide, and 200 % text: never to be scrolled sideways."""
    page = visited.seen(320)

    wider = [page.evaluate(_WIDER_THAN_THE_WINDOW)]
    page.evaluate(_TEXT_SIZE, "200%")
    wider.append(page.evaluate(_WIDER_THAN_THE_WINDOW))
    page.evaluate(_TEXT_SIZE, "")

    assert max(wider) <= 0


def test_fingers_find_what_they_aim_at(visited: Visited) -> None:
    assert visited.seen(390).evaluate(_TOO_SMALL) == []


def test_it_is_small_and_brings_nothing_from_elsewhere(visited: Visited, world: World) -> None:
    """What travels of page, style and scripts; and nothing that its own policy had to stop."""
    assert [url for url in visited.asked if not url.startswith(f"{world.url}/")] == []
    assert 0 < visited.weight <= MOST_BYTES
    assert [said for said in visited.complaints if "Content Security Policy" in said] == []


@pytest.mark.parametrize("name", VISITS)
def test_it_needs_no_javascript(browser_page: OpenPage, world: World, name: str) -> None:
    """The way there on a desk; its heading is there and its frame leads on."""
    page = browser_page(1280, javascript=False)
    VISITS[name](page, world)

    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.locator("header nav a").count() >= 2
