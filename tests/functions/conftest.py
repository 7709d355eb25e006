"""Functions as they are deployed: the framework's applications on Google's emulators."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from shared.edge import limits
from tests.functions.desk_pages import DeskBrowser
from tests.functions.outside import NOW, Outside, outside_world
from tests.functions.region import Filed, Region, a_region


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    with outside_world() as world:
        yield world


@pytest.fixture(scope="module")
def region_of_module(emulators: Mapping[str, str], outside: Outside) -> Iterator[Region]:
    with a_region(emulators, outside) as region:
        yield region


@pytest.fixture
def region(region_of_module: Region) -> Region:
    """One per module, each time as if the day had just begun."""
    region_of_module.outside.now = NOW
    limits._posts.clear()
    return region_of_module


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a module here share a region: one worker runs them."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture
def a_report(region: Region) -> Filed:
    """Filed a moment ago, still with the verifiers."""
    return region.filed()


@pytest.fixture
def verifier(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "verifier1")
    return browser


@pytest.fixture
def agency(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "dpupr1")
    return browser
