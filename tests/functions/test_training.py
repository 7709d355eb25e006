"""A region for training says so on every page, and counts nothing."""

from collections.abc import Iterator

import pytest

from shared.adapters import firestore_region
from tests.functions.region import ENVIRONMENT, Region
from tests.functions.test_count_report import numbers

BANNER = "Desk ini hanya untuk latihan"
PAGES = [("serve_pages", "/"), ("serve_pages", "/r"), ("serve_desk", "/desk/signin")]


@pytest.fixture
def training(region: Region) -> Iterator[Region]:
    settings = region.store.document("settings/region")
    before = settings.get().to_dict() or {}
    settings.update({"training": True, "version": "training"})
    firestore_region.region.cache_clear()
    yield region
    settings.set(before)
    firestore_region.region.cache_clear()


@pytest.mark.parametrize(("function", "path"), PAGES)
def test_every_page_says_that_it_is_for_training(
    training: Region, function: str, path: str
) -> None:
    """In both languages; a page that could not be found, too."""
    assert BANNER in training.call(function, path).text
    assert BANNER in training.call(function, "/desk/nowhere").text
    english = training.call(function, path, accept_language="en").text
    assert "for training only" in english


@pytest.mark.parametrize(("function", "path"), PAGES)
def test_no_other_region_says_so(region: Region, function: str, path: str) -> None:
    """Real people would believe it."""
    assert BANNER not in region.call(function, path).text


def test_what_is_filed_for_training_is_counted_nowhere(training: Region) -> None:
    """The event is done with all the same."""
    filed = training.filed(category=ENVIRONMENT)
    training.order(filed.code, "route", agency="dlhk")
    for message in training.topic.messages():
        assert training.deliver("count_report", message).status_code == 200

    assert numbers(training) == {}
