"""Every text of the pages stands in both languages, and every thing has a name people know."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from shared.domain.clocks import ClockKind, ClockState
from shared.domain.statuses import ArchiveReason, Kind, Role
from shared.edge.messages import BrowserForm
from shared.edge.web.languages import LOCALE, entries
from shared.edge.web.rendering import templates
from tests.system.sources import ROOT, literals, modules

TEMPLATES = sorted((ROOT / "shared/web/templates").glob("*.html"))
CATALOGUES = sorted((LOCALE / "en/LC_MESSAGES").glob("*.po"))
# What only robots and the page itself fill in.
UNSEEN = {"idempotency_key", "altcha", "website", "language", "area", "location", "reporter"}


def texts() -> Iterator[str]:
    """As the templates have them, in Bahasa Indonesia."""
    for path in TEMPLATES:
        found = templates("id").extract_translations(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
        yield from (text if isinstance(text, str) else text[0] for _, _, text in found)


def translated() -> list[tuple[str, str]]:
    return [entry for path in CATALOGUES for entry in entries(path.read_text(encoding="utf-8"))]


def word(table: str) -> dict[str, object]:
    found: dict[str, object] = getattr(templates("id").get_template("words.html").module, table)
    return found


def test_every_text_has_its_english() -> None:
    assert sorted(set(texts()) - dict(translated()).keys()) == []


def test_no_english_stands_there_for_nothing() -> None:
    """A text that is gone takes its translation along, and none is translated twice."""
    sources = Counter(source for source, _ in translated())

    assert sorted(sources.keys() - set(texts())) == []
    assert [source for source, times in sources.items() if times > 1] == []


@pytest.mark.parametrize(("source", "english"), translated())
def test_a_translation_fills_in_the_same_blanks(source: str, english: str) -> None:
    assert english.strip()
    assert sorted(re.findall(r"%\(\w+\)s|%%|</?\w+>", source)) == sorted(
        re.findall(r"%\(\w+\)s|%%|</?\w+>", english)
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_read_as_the_format_means_it(path: Path) -> None:
    """By the library that others edit it with: the same pairs, none of them doubtful."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)

    meant = [(message.id, message.string) for message in catalogue if message.id]
    assert list(entries(path.read_text(encoding="utf-8"))) == meant
    assert not [message for message in catalogue if message.id and message.fuzzy]


@pytest.mark.parametrize(
    ("table", "things"),
    [
        ("kinds", Kind),
        ("clocks", ClockKind),
        ("states", ClockState),
        ("roles", Role),
        ("archive_reasons", ArchiveReason),
    ],
)
def test_everything_with_a_name_in_the_rules_has_one_on_pages(
    table: str, things: type[Kind]
) -> None:
    assert word(table).keys() == {str(thing) for thing in things}


def test_everything_that_can_happen_to_a_report_can_be_told() -> None:
    happenings = {
        event for path in modules("shared/domain") for event in literals(path, {"Happening": 0})
    }

    assert happenings - word("events").keys() == set()


def test_every_field_of_the_filing_form_has_its_label() -> None:
    named = {name.split(".")[0] for name in word("fields")}

    assert BrowserForm.model_fields.keys() - UNSEEN <= named
