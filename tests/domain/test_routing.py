from dataclasses import replace

import pytest

from shared.domain.routing import Candidate, candidates, only_agency
from tests.domain.builders import DIRECTORY

DPUPR = DIRECTORY.agency_name("dpupr")


def found(
    category: str | None = None, area: str | None = None, text: str = ""
) -> tuple[Candidate, ...]:
    return candidates(DIRECTORY, category=category, area=area, text=text)


def targets(found_: tuple[Candidate, ...]) -> list[tuple[str | None, int]]:
    return [(one.agency or one.body, one.rule) for one in found_]


@pytest.mark.parametrize(
    ("category", "area", "expected"),
    [
        ("jalan", None, [("dpupr", 1)]),
        ("jalan", "51.03.06.2003", [("dpupr", 1)]),
        ("sampah", None, [("dinkes", 2)]),
        ("sampah", "51.03.05", [("dinkes", 2)]),
        ("sampah", "51.03.06", [("dlhk", 12)]),
        ("sampah", "51.03.06.2001", [("dlhk", 12)]),
        ("sampah", "51.03.06.2003", [("satpolpp", 13)]),
        ("pasar", "51.03.06", [("disperindag", 20), ("satpolpp", 21)]),
        ("listrik", "51.03.06", [("pln", 30)]),
        ("lain", "51.03.06", []),
        ("jalan", "32.01", []),
        ("unknown", None, []),
    ],
)
def test_the_rule_with_the_smallest_area_around_the_report_decides(
    category: str, area: str | None, expected: list[tuple[str, int]]
) -> None:
    """Without an area the whole region counts; a tie gives two, no rule none."""
    assert targets(found(category, area)) == expected


@pytest.mark.parametrize(
    ("category", "confidence"), [("jalan", [1.0]), ("pasar", [0.5, 0.5]), ("lain", [])]
)
def test_a_tie_halves_the_confidence(category: str, confidence: list[float]) -> None:
    """One rule is certain."""
    assert [one.confidence for one in found(category)] == confidence


@pytest.mark.parametrize(
    ("category", "text", "agency"),
    [
        ("jalan", "", "dpupr"),
        ("pasar", "", None),
        ("listrik", "", None),
        ("lain", "", None),
        (None, "lubang di jalan", None),
    ],
)
def test_the_system_routes_only_to_the_one_agency_that_a_rule_names(
    category: str | None, text: str, agency: str | None
) -> None:
    """Not in a tie, not to an outside body, and never because of words."""
    only = only_agency(found(category, text=text))

    assert (only and only.agency) == agency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada lubang besar di jalan, JALAN rusak", ["jalan"]),
        ("Sampah di pasar", ["sampah", "pasar", "pasar"]),
        ("Pedagang kaki lima di trotoar", ["pasar", "pasar"]),
        ("Pedagang, kaki: lima!", ["pasar", "pasar"]),
        ("Gorong-gorong mampet", ["jalan"]),
        ("gorong gorong mampet", ["jalan"]),
        ("gorong", []),
        ("Sudah lewat pln.co.id", ["listrik"]),
        ("Persampahan", []),
        ("", []),
    ],
)
def test_without_a_category_whole_words_propose_some(text: str, expected: list[str]) -> None:
    """Case and punctuation do not matter; part of a word is no word."""
    assert [one.category for one in found(text=text)] == expected


def test_words_are_ranked_by_their_number_and_never_certain() -> None:
    """The most often hit category first; at most three are proposed."""
    text = "jalan lubang sampah pasar listrik padam listrik"

    proposed = found(text=text)

    assert proposed[0].category in {"jalan", "listrik"}
    assert len({one.category for one in proposed}) == 3
    assert sum(one.confidence for one in proposed) <= 0.8 + 0.01
    assert [one.confidence for one in proposed] == sorted(
        (one.confidence for one in proposed), reverse=True
    )


@pytest.mark.parametrize(
    ("category", "area", "indonesian", "english"),
    [
        (
            "sampah",
            "51.03.06",
            "Lingkungan Hidup di Kuta Utara → Dinas Lingkungan Hidup dan Kebersihan, aturan 12",
            "Environment in Kuta Utara → Dinas Lingkungan Hidup dan Kebersihan, rule 12",
        ),
        (
            "jalan",
            None,
            f"Jalan dan Jembatan di Kabupaten Badung → {DPUPR}, aturan 1",
            f"Roads and bridges in Kabupaten Badung → {DPUPR}, rule 1",
        ),
        (
            "listrik",
            "51.03.06.2003",
            "Listrik di Tibubeneng → PT PLN (Persero), aturan 30",
            "Electricity in Tibubeneng → PT PLN (Persero), rule 30",
        ),
    ],
)
def test_a_candidate_says_why(
    category: str, area: str | None, indonesian: str, english: str
) -> None:
    """Category, place, who, and the number of the rule, in both languages."""
    because = found(category, area)[0].because

    assert because == {"id": indonesian, "en": english}


def test_a_place_without_a_name_is_called_the_region() -> None:
    """A village that the directory does not list lies in it all the same."""
    nameless = replace(DIRECTORY, areas={})

    because = candidates(nameless, category="jalan", area="51.03.99", text="")[0].because

    assert because["id"].startswith("Jalan dan Jembatan di Kabupaten Badung →")
