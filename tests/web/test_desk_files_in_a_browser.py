"""Proof from the road, and what the public shall not see: by finger, by keyboard, script or not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.uploading import AFTER, PHOTO, uploaded
from tests.web.visited import OFFICER, World, signed_in

ANSWER = "form:has([name=action][value=respond])"
UPLOADS = re.compile(r"upload_id=")


def _with_agency(world: World, **fields: str) -> str:
    code = world.filed(**fields)["code"]
    world.ordered(code, "route", "verifier1", agency="dpupr")
    return code


def _photo(folder: Path, content: bytes = AFTER) -> Path:
    path = folder / "sesudah.jpg"
    path.write_bytes(content)
    return path


def _answered(page: Page) -> None:
    page.locator(f"{ANSWER} [name=outcome][value=solved]").check()
    page.fill("#f-respond-text", "Sudah kami tambal.")
    with page.expect_navigation():
        page.click(f"{ANSWER} > .button")


def _opened(page: Page) -> None:
    details = page.locator("details.command", has=page.locator(ANSWER))
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()


@pytest.mark.parametrize("width", [360, 1280])
def test_proof_is_sent_while_the_answer_is_written(
    browser_page: OpenPage, world: World, tmp_path: Path, screenshots: Path, width: int
) -> None:
    """Over a line that breaks once; its progress is told, and the answer names it."""
    code = _with_agency(world, title=f"Bukti {width}")
    page = browser_page(width)
    signed_in(page, OFFICER, f"/desk/r/{code}")
    _opened(page)
    broken: list[str] = []

    def break_once(route: object) -> None:
        broken.append("once")
        route.abort() if len(broken) == 1 else route.continue_()  # type: ignore[attr-defined]

    page.route(UPLOADS, break_once)
    page.set_input_files("#f-respond-files", _photo(tmp_path))
    line = page.locator(f"{ANSWER} [data-list] li")
    expect(line).to_contain_text("sesudah.jpg")
    again = line.locator("[data-again]")
    again.click()
    expect(line.locator("[data-said=sent]")).to_be_visible()
    page.screenshot(path=screenshots / f"desk-proof-sent-{width}.png", full_page=True)

    _answered(page)

    expect(page.locator(".note.good")).to_contain_text("Jawaban dikirim kepada pelapor.")
    assert len(broken) > 1
    expect(page.locator("ol.timeline li").first.locator("figure")).to_contain_text("Bukti")


def test_proof_goes_along_without_a_script(
    browser_page: OpenPage, world: World, tmp_path: Path
) -> None:
    """And when one of the files is refused, words and the others stay."""
    code = _with_agency(world, title="Tanpa skrip")
    drawing = tmp_path / "denah.svg"
    drawing.write_text("<svg/>")
    page = browser_page(390, javascript=False)
    signed_in(page, OFFICER, f"/desk/r/{code}")
    _opened(page)
    page.set_input_files("#f-respond-files", [_photo(tmp_path), drawing])
    _answered(page)
    expect(page.locator("#masalah")).to_contain_text("Jenis berkas ini tidak diterima")
    assert page.input_value("#f-respond-text") == "Sudah kami tambal."
    expect(page.locator(f"{ANSWER} .drafts input")).to_be_checked()

    with page.expect_navigation():
        page.click(f"{ANSWER} > .button")

    expect(page.locator(".note.good")).to_contain_text("Jawaban dikirim kepada pelapor.")


@pytest.fixture
def photo(world: World) -> str:
    """Where a fresh photo is covered."""
    filed = world.filed(title="Wajah di foto")
    held = {"Authorization": f"Receipt {filed['receipt']}"}
    id_ = uploaded(world.web, filed["code"], held, PHOTO, public=True)
    return f"/desk/r/{filed['code']}/lampiran/{id_}"


def _covered(page: Page) -> None:
    page.fill("#f-cover-text", "Wajah orang lain.")
    with page.expect_navigation():
        page.click("form.cover .button.danger")
    expect(page.locator(".note.good")).to_contain_text("Aslinya tetap tersegel.")


def _rectangle(page: Page, kind: str) -> list[int]:
    found = page.locator(f"rect.{kind}").first
    return [int(found.get_attribute(side) or 0) for side in ("x", "y", "width", "height")]


def _drag(page: Page, *points: tuple[float, float]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()


def _swipe(page: Page, *points: tuple[float, float]) -> None:
    """As a finger does it, which otherwise scrolls."""
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for number, (x, y) in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(("draw", "width"), [(_drag, 1280), (_swipe, 390)])
def test_a_rectangle_is_drawn(
    browser_page: OpenPage,
    world: World,
    photo: str,
    screenshots: Path,
    draw: Callable[..., None],
    width: int,
) -> None:
    """What one draws is what the numbers say, and no cell is ticked by it."""
    page = browser_page(width)
    signed_in(page, "verifier1", photo)
    page.locator("[data-stage]").scroll_into_view_if_needed()
    stage = page.locator("[data-stage]").bounding_box()
    assert stage

    def at(x: float, y: float) -> tuple[float, float]:
        return stage["x"] + stage["width"] * x, stage["y"] + stage["height"] * y

    draw(page, at(0.6, 0.5), at(0.3, 0.3), at(0.2, 0.25))

    numbers = [float(page.input_value(f"[name={side}]")) for side in ("left", "top", "right")]
    assert numbers == pytest.approx([20, 25, 60], abs=0.5)
    assert page.locator(".ninths :checked").count() == 0
    assert _rectangle(page, "new") == pytest.approx([200, 250, 400, 250], abs=5)
    page.screenshot(path=screenshots / f"desk-cover-drawn-{width}.png", full_page=True)
    _covered(page)
    assert _rectangle(page, "done") == pytest.approx([200, 250, 400, 250], abs=5)


def test_a_rectangle_is_chosen_by_keyboard(
    browser_page: OpenPage, world: World, photo: str
) -> None:
    """Two cells and the numbers follow; a number is then made more exact."""
    page = browser_page(360)
    signed_in(page, "coordinator", photo)
    page.focus("[name='cell.1']")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert _rectangle(page, "new") == [0, 0, 667, 333]

    page.fill("[name=bottom]", "20")

    assert _rectangle(page, "new") == [0, 0, 667, 200]
    _covered(page)
    assert _rectangle(page, "done") == [0, 0, 667, 200]


def test_a_rectangle_is_looked_at_without_a_script(
    browser_page: OpenPage, world: World, photo: str
) -> None:
    """Before it counts; afterwards the whole photo is hidden."""
    page = browser_page(390, javascript=False)
    signed_in(page, "verifier1", photo)
    page.check("[name='cell.9']")
    with page.expect_navigation():
        page.click("[name=look]")
    assert _rectangle(page, "new") == [667, 667, 333, 333]
    _covered(page)

    page.check("[value=whole]")
    _covered(page)

    expect(page.locator("#berkas")).to_contain_text("disembunyikan dari umum")
