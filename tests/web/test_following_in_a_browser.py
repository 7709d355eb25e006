"""A reporter follows and answers; anybody checks the record with nothing but the page."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from shared.domain.events import Event, sealed
from shared.domain.statuses import Role
from tests.web.conftest import OpenPage
from tests.web.visited import World, opened

CODE = "7K3M9QX2WDQ"
_SAID = "[data-said]:visible"
_BROKEN = """async ([steps, start, head]) =>
  (await import("/assets/chain.js")).broken(steps, start, head)"""


def _checked(page: Page, typed: str = "") -> list[str]:
    """What is said of the record."""
    page.fill("#sidik", typed)
    page.click("#periksa button")
    page.wait_for_selector("#periksa[aria-busy=false]")
    return [str(each.get_attribute("data-said")) for each in page.locator(_SAID).all()]


@pytest.mark.parametrize(
    ("width", "language", "javascript"), [(360, "id", False), (360, "en", True), (1280, "id", True)]
)
def test_from_the_key_to_the_end_and_back(
    browser_page: OpenPage, world: World, width: int, language: str, *, javascript: bool
) -> None:
    """The key once; "not solved" needs a word, asked for beside its field; then it is forgotten."""
    filed = world.filed()
    world.ordered(filed["code"], "route", "verifier1", agency="dpupr")
    world.ordered(
        filed["code"], "respond", "dpupr1", text="Selesai.", outcome="solved", proof="Foto."
    )
    page = browser_page(width, language=language, javascript=javascript)
    opened(page, filed)
    with page.expect_navigation():
        page.click("[value=unsolved]")
    assert page.locator(".fault").inner_text() in {"Wajib diisi.", "This is required."}
    page.fill("#confirm [name=text]", "Masih gelap.")
    with page.expect_navigation():
        page.click("[value=unsolved]")
    assert page.locator("[role=status].note").count() == 1
    assert page.locator("#confirm").count() == 0

    with page.expect_navigation():
        page.click("#milik-anda > form .button")

    assert page.locator("#milik-anda").count() == 0
    assert "Masih gelap." not in page.content()


def test_a_number_is_found_from_the_head_of_any_page(browser_page: OpenPage, world: World) -> None:
    """As people type it."""
    page = browser_page(360)
    page.goto("/")
    page.fill(".find input", world.new.lower().replace("-", " "))
    with page.expect_navigation():
        page.click(".find button")

    assert page.url.endswith(f"/r/{world.new}")


# The record


def test_a_real_record_fits_and_so_does_the_mail_about_it(
    browser_page: OpenPage, world: World
) -> None:
    """The latest fingerprint, an earlier one, and one that is no step of this report."""
    steps = world.web.get(f"/api/reports/{world.answered}").json()["timeline"]
    page = browser_page()
    page.goto(f"/r/{world.answered}")
    page.click("#periksa summary")

    told = [_checked(page, typed) for typed in ("", steps[1]["hash"].upper(), "f" * 64)]

    assert told == [["whole"], ["whole", "known"], ["whole", "unknown"]]


@pytest.mark.parametrize(
    ("tampered", "step"),
    [
        ("""li => li(1).querySelector("time").dateTime = "2026-01-01T00:00:00+08:00" """, "1"),
        ("""li => li(3).querySelector("time").dateTime = "tomorrow" """, "3"),
        ("""li => li(2).dataset.by = "system" """, "2"),
        ("""li => li(2).dataset.digest = "0".repeat(64)""", "2"),
        ("""li => li(3).dataset.hash = "0".repeat(64)""", "3"),
        ("""li => li(2).remove()""", "3"),
        ("""li => li(4).remove()""", "4"),
    ],
    ids=[
        *("another time", "no time", "another actor", "another text"),
        *("another hash", "one left out", "the end"),
    ],
)
def test_a_tampered_record_is_found_out_at_its_step(
    browser_page: OpenPage, world: World, tampered: str, step: str
) -> None:
    """Whatever was changed before the page came."""
    page = browser_page()
    page.goto(f"/r/{world.answered}")
    page.click("#periksa summary")
    page.evaluate(f"({tampered})(seq => document.getElementById(`t-${{seq}}`))")

    assert _checked(page) == ["broken"]
    assert page.locator("[data-said=broken] [data-step]").inner_text() == step


def test_the_page_hashes_as_the_rules_do(browser_page: OpenPage, world: World) -> None:
    """Letters that JSON may write in several ways are written in the one that the house writes."""
    odd = ["a", 'ü"\\', "\u2028 \u007f", "\t\n\x01", "😀é", "</script>", ""]
    events, previous = [], CODE
    for seq, text in enumerate(odd, 1):
        at = datetime(2026, 11, 21, 1, 12, seq, tzinfo=UTC)
        event = sealed(Event(text, seq, text, at, Role.SYSTEM, "salt"), previous)
        events.append(event)
        previous = event.hash
    page = browser_page()
    page.goto("/r")

    steps = [_step(event) for event in events]

    assert page.evaluate(_BROKEN, [steps, CODE, previous]) is None
    assert page.evaluate(_BROKEN, [steps, CODE, "0" * 64]) == len(steps) + 1
    assert page.evaluate(_BROKEN, [steps[1:], CODE, previous]) == 2


def _step(event: Event) -> Mapping[str, Any]:
    at = event.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**event.header, "at": at, "by": str(event.by), "hash": event.hash}
