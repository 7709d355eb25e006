"""Photos on their way from a phone: through breaks, closed tabs and slow lines, or not at all."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Request, Route, expect

from tests.corpus.pictures import LAT, LON, jpeg, telling_exif
from tests.web.conftest import OpenPage
from tests.web.visited import BODY, World, filed, opened, sent

BUCKET = re.compile(r"/incoming/")
PIECE = 512 * 1024
EXPIRY = 20_000


def photo(name: str = "depan pasar.jpg", **options: Any) -> FilePayload:
    return FilePayload(name=name, mimeType="image/jpeg", buffer=jpeg(**options))


def heavy(width: int, height: int) -> FilePayload:
    """Noise is hard to pack; taken where the phone says, and on its side."""
    image = Image.effect_noise((width, height), 90).convert("RGB")
    return photo("lubang.jpg", image=image, quality=92, exif=telling_exif(orientation=6))


@pytest.fixture(scope="module")
def in_pieces() -> FilePayload:
    """Three of them, and too small to be made smaller."""
    found = heavy(1200, 1200)
    assert 2 * PIECE < len(found["buffer"]) < 3 * PIECE
    return found


def written(page: Page, *files: FilePayload | Path, body: str = BODY) -> None:
    page.goto("/")
    page.fill("[name=body]", body)
    page.set_input_files("#f-files", files)
    expect(page.locator("#lampiran [data-word]")).to_have_count(len(files))


def word(page: Page, name: str) -> Locator:
    """Lines that say this of their file."""
    return page.locator(f"li[data-word={name}]")


def all_sent(page: Page, number: int = 1) -> None:
    expect(word(page, "sent")).to_have_count(number, timeout=EXPIRY)


def looked_at(page: Page, number: int = 1) -> None:
    """The holder's page, once the pictures were cleaned."""
    pictures = page.locator("#foto .picture.ready img")
    for _ in range(100):
        if pictures.count() == number:
            return
        page.reload()
    assert pictures.count() == number


def asked_of_the_bucket(page: Page) -> list[tuple[str, str]]:
    """Filled as it goes: method, and which bytes."""
    found: list[tuple[str, str]] = []

    def note(request: Request) -> None:
        if BUCKET.search(request.url):
            found.append((request.method, request.headers.get("content-range", "")))

    page.on("request", note)
    return found


def on_the_receipt(page: Page) -> str:
    """The number of the report."""
    return page.locator(".receipt dd").first.inner_text()


# From the form to the report


def test_photos_follow_the_report_by_themselves(browser_page: OpenPage, world: World) -> None:
    """Chosen before, seen on the summary, sent after; nothing goes elsewhere but to the bucket."""
    page, asked = browser_page(), []
    page.on("request", lambda request: asked.append(request.url))
    written(page, photo(), photo("lubang.jpg", quality=40))
    page.locator("[data-public]").nth(1).uncheck()
    sent(page)
    expect(page.locator("#lampiran li")).to_have_text(["depan pasar.jpg", "lubang.jpg"])

    with page.expect_navigation():
        page.click("#send")
    all_sent(page, 2)
    with page.expect_navigation():
        page.click("main a.button")

    looked_at(page, 2)
    said = page.locator("#foto .files").first
    expect(said).to_contain_text("boleh dilihat umum")
    expect(said).to_contain_text("tidak untuk umum")
    elsewhere = [url for url in asked if not url.startswith(world.url)]
    assert elsewhere
    assert all(BUCKET.search(url) for url in elsewhere)


def test_a_large_photo_is_made_smaller_first(browser_page: OpenPage) -> None:
    """And still says where it was taken; it is turned once, not twice."""
    page, large = browser_page(), heavy(3000, 2000)
    assert len(large["buffer"]) > 4 * 1024 * 1024
    written(page, large)
    kept = page.evaluate("""() => new Promise((resolve) => {
        indexedDB.open("tanggap").onsuccess = ({ target }) => {
            const store = target.result.transaction("files").objectStore("files");
            store.getAll().onsuccess = (found) => resolve(found.target.result[0].content.size);
        };
    })""")
    filed(page)
    all_sent(page)
    with page.expect_navigation():
        page.click("main a.button")

    looked_at(page)
    assert kept < len(large["buffer"])
    assert f"{LAT:.6f}, {LON:.6f}" in page.locator("#foto").inner_text()
    width, height = (page.get_attribute("#foto img", side) for side in ("width", "height"))
    assert int(width or 0) < int(height or 0)


def test_chosen_photos_outlive_their_tab(browser_page: OpenPage) -> None:
    """With the draft; and go when it goes."""
    page = browser_page()
    written(page, photo())
    page.close()
    page = page.context.new_page()
    page.goto("/")
    expect(word(page, "kept")).to_have_count(1)

    with page.expect_navigation():
        page.click("#draft button")

    expect(word(page, "kept")).to_have_count(0)
    page.goto("/")
    expect(word(page, "kept")).to_have_count(0)


@pytest.mark.parametrize("tick", ["about_official", "shared_device"])
def test_what_nobody_may_find_stays_on_no_device(browser_page: OpenPage, tick: str) -> None:
    page = browser_page()
    written(page, photo())

    page.check(f"[name={tick}]")

    expect(page.locator("#lampiran")).to_be_hidden()
    expect(page.locator("#lampiran-nanti")).to_be_visible()
    page.uncheck(f"[name={tick}]")
    expect(word(page, "kept")).to_have_count(0)


def test_a_file_that_would_be_refused_is_told_at_once(
    browser_page: OpenPage, tmp_path: Path
) -> None:
    """Before the line is spent on it; it can be taken away."""
    page = browser_page()
    text, video = tmp_path / "catatan.txt", tmp_path / "a.mp4"
    text.write_bytes(b"x")
    with video.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    written(page, text, video)

    expect(word(page, "type-not-accepted")).to_have_count(1)
    expect(word(page, "too-large")).to_have_count(1)
    page.click("[data-remove] >> nth=0")
    expect(word(page, "type-not-accepted")).to_have_count(0)


# Breaks


def test_after_a_break_it_goes_on_where_it_was(
    browser_page: OpenPage, in_pieces: FilePayload
) -> None:
    """The bucket is asked what it has; no byte that arrived is sent again."""
    page = browser_page()
    written(page, in_pieces)
    pieces = asked_of_the_bucket(page)
    cut = iter([False, True])
    page.route(BUCKET, lambda route: _cut(route, cut))
    filed(page)
    expect(word(page, "waiting")).to_have_count(1)
    assert 0 < page.locator("progress").evaluate("each => each.value") < 1

    page.click("[data-again]")

    all_sent(page)
    size = len(in_pieces["buffer"])
    first, second, third = (
        f"bytes {at}-{min(at + PIECE, size) - 1}/{size}" for at in (0, PIECE, 2 * PIECE)
    )
    assert [said for method, said in pieces if method == "PUT"] == [
        first, second, f"bytes */{size}", second, third,
    ]  # fmt: skip


def _cut(route: Route, cut: Any) -> None:
    """A piece on its way is lost when the next one of `cut` says so."""
    if route.request.method == "PUT" and next(cut, False):
        route.abort("connectionreset")
    else:
        route.continue_()


def _nothing_gets_through(page: Page) -> Callable[[], None]:
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


def _the_bucket_is_away(page: Page) -> Callable[[], None]:
    page.context.route(BUCKET, lambda route: route.fulfill(status=503))

    def back() -> None:
        page.context.unroute(BUCKET)
        page.evaluate("dispatchEvent(new Event('online'))")

    return back


@pytest.mark.parametrize("trouble", [_nothing_gets_through, _the_bucket_is_away])
def test_a_file_waits_for_its_connection(
    browser_page: OpenPage, world: World, trouble: Callable[[Page], Callable[[], None]]
) -> None:
    """Said so; then it goes on without a tap."""
    page = browser_page()
    opened(page, world.filed())
    page.wait_for_load_state("networkidle")
    page.set_input_files("#lampiran [type=file]", photo("sekali.jpg"))
    all_sent(page)
    mended = trouble(page)
    page.set_input_files("#lampiran [type=file]", photo())
    expect(word(page, "waiting")).to_have_count(1)

    mended()

    all_sent(page, 2)


def test_a_closed_tab_loses_neither_report_nor_photo(
    browser_page: OpenPage, in_pieces: FilePayload
) -> None:
    """The report is there without it; opened again, the rest of the photo follows."""
    page = browser_page()
    written(page, in_pieces)
    cut = iter([False, True, True, True])
    page.route(BUCKET, lambda route: _cut(route, cut))
    filed(page)
    code = on_the_receipt(page)
    expect(word(page, "waiting")).to_have_count(1)
    page.close()

    page = page.context.new_page()
    pieces = asked_of_the_bucket(page)
    page.goto(f"/r/{code}")

    all_sent(page)
    assert [said.split("-")[0] for _, said in pieces] == [
        f"bytes */{len(in_pieces['buffer'])}",
        f"bytes {PIECE}",
        f"bytes {2 * PIECE}",
    ]
    looked_at(page)


def test_what_is_taken_away_is_not_sent(browser_page: OpenPage, world: World) -> None:
    """Also while it waits; and counts no more."""
    page = browser_page()
    opened(page, world.filed())
    page.route(BUCKET, lambda route: route.abort())
    page.set_input_files("#lampiran [type=file]", photo())
    expect(word(page, "waiting")).to_have_count(1)

    with page.expect_response(re.compile("/lampiran/hapus$")) as told:
        page.click("[data-remove]")
    page.unroute(BUCKET)
    asked = asked_of_the_bucket(page)
    page.reload()
    page.wait_for_load_state("networkidle")

    assert (told.value.status, asked) == (204, [])
    expect(page.locator(".chosen li")).to_have_count(0)
    expect(page.locator("#foto .pending")).to_have_count(0)


def test_a_photo_that_was_sent_is_taken_back_with_two_taps(
    browser_page: OpenPage, world: World
) -> None:
    """It shows somebody's own door; the same works without a script."""
    page = browser_page()
    opened(page, world.filed())
    page.set_input_files("#lampiran [type=file]", photo())
    all_sent(page)
    looked_at(page)

    page.click("#foto .picture summary")
    with page.expect_navigation():
        page.click("#foto .picture .danger")

    expect(page.get_by_text("Berkas sudah dihapus.")).to_be_visible()
    expect(page.locator("#foto .picture")).to_have_count(0)


def test_whoever_gives_up_the_key_leaves_no_photo(browser_page: OpenPage, world: World) -> None:
    page, report = browser_page(), world.filed()
    opened(page, report)
    page.route(BUCKET, lambda route: route.abort())
    page.set_input_files("#lampiran [type=file]", photo())
    expect(word(page, "waiting")).to_have_count(1)

    with page.expect_navigation():
        page.click("[action$='/lupakan'] .button")
    opened(page, report)
    page.wait_for_load_state("networkidle")

    expect(page.locator(".chosen li")).to_have_count(0)


# On the report's page


def test_words_name_the_photo_that_was_chosen_with_them(
    browser_page: OpenPage, world: World
) -> None:
    page = browser_page()
    opened(page, world.filed())
    page.click("#milik-anda summary >> nth=0")
    page.fill("#add [name=text]", "Ini fotonya.")
    page.click("#add summary")
    page.set_input_files("#add [type=file]", photo())
    expect(page.locator("#add [name^='attachments.']")).to_have_count(1)
    all_sent(page)

    with page.expect_navigation():
        page.click("[value=add]")

    expect(page.locator(".timeline a")).to_have_text(["Foto 1 dari pelapor"])
    looked_at(page)


def test_without_a_script_a_form_brings_them(browser_page: OpenPage, world: World) -> None:
    """The page answers with what became of each."""
    page = browser_page(javascript=False)
    opened(page, world.filed())
    text = FilePayload(name="catatan.txt", mimeType="text/plain", buffer=b"x")
    page.set_input_files("#lampiran [type=file]", [photo(), text])

    with page.expect_navigation():
        page.click("[value=files]")

    told = page.locator("#diterima li")
    expect(told.nth(0)).to_contain_text("depan pasar.jpg: diterima")
    expect(told.nth(1)).to_contain_text("catatan.txt: Jenis berkas ini tidak diterima")
    page.goto(page.url.removesuffix("/lampiran"))
    looked_at(page)


def test_without_a_script_the_receipt_stays_where_it_is(browser_page: OpenPage) -> None:
    """The key is shown once: the answer opens beside it."""
    page = browser_page(javascript=False)
    page.goto("/")
    page.fill("[name=body]", BODY)
    filed(page)
    page.set_input_files("#lampiran [type=file]", photo())

    with page.context.expect_page() as opening:
        page.click("[value=files]")

    expect(opening.value.locator("#diterima")).to_contain_text("depan pasar.jpg: diterima")
    assert page.locator(".receipt").count() == 1
