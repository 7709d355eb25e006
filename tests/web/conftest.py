"""A real browser on the whole local cloud: phones and desks, with and without JavaScript."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from emulator.children import free_port
from infra.manifest import ROOT
from tests.system.local_cloud import client_of, started
from tests.web.visited import World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
AXE = ROOT / ".venv" / "browser" / "axe.min.js"
SCREENSHOTS = ROOT / "build" / "screenshots"
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with started(tmp_path_factory.mktemp("cloud"), free_port()) as cloud:
        yield World(f"http://localhost:{cloud.port}", client_of(cloud.port))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: make browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, world: World) -> Iterator[OpenPage]:
    """A window of its own: `browser_page(width=390, scheme="dark", javascript=False)`."""
    with opening(chromium, world) as opened:
        yield opened


@contextmanager
def opening(chromium: Browser, world: World) -> Iterator[OpenPage]:
    """All the windows are closed when the block ends."""
    with ExitStack() as windows:

        def opened(
            width: int = 390,
            scheme: Any = "light",
            language: str = "id",
            *,
            javascript: bool = True,
        ) -> Page:
            context = chromium.new_context(
                base_url=world.url,
                viewport={"width": width, "height": 844},
                color_scheme=scheme,
                locale=language,
                java_script_enabled=javascript,
                reduced_motion="reduce",
            )
            windows.callback(context.close)
            return context.new_page()

        yield opened


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("no axe-core here: make browser")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """For people to look at; nothing compares them."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
