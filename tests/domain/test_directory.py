from dataclasses import replace
from datetime import date

import pytest

from shared.domain.areas import and_wider, lies_in
from shared.domain.directory import Successor
from tests.domain.builders import DIRECTORY, with_successor


@pytest.mark.parametrize(
    ("area", "wider", "inside"),
    [
        ("51.03.06.2003", "51.03.06", True),
        ("51.03.06.2003", "51.03", True),
        ("51.03", "51.03", True),
        ("51.03", "51.03.06", False),
        ("51.031", "51.03", False),
        ("51.04", "51.03", False),
    ],
)
def test_an_area_lies_in_every_wider_one(*, area: str, wider: str, inside: bool) -> None:
    """By whole parts of its code, not by its letters."""
    assert lies_in(area, wider) is inside


def test_an_area_knows_the_wider_ones() -> None:
    """Itself first, the province last."""
    assert list(and_wider("51.03.06.2003")) == ["51.03.06.2003", "51.03.06", "51.03", "51"]


@pytest.mark.parametrize(
    ("agency", "units", "below"),
    [
        ("dinkes", {"dinkes"}, True),
        ("rsud", {"dinkes"}, True),
        ("igd", {"dinkes"}, True),
        ("dinkes", {"rsud"}, False),
        ("dlhk", {"dinkes"}, False),
        ("dlhk", set(), False),
        ("diskumperindag", {"disperindag"}, True),
        ("dkupp", {"disperindag"}, True),
        ("uptd-pasar", {"disperindag"}, True),
        ("disperindag", {"dkupp"}, False),
        ("inspektorat", {"setda", "dlhk"}, True),
        ("nowhere", {"dinkes"}, False),
    ],
)
def test_an_accused_unit_takes_its_heirs_and_all_below_with_it(
    *, agency: str, units: set[str], below: bool
) -> None:
    """A reorganisation gives nobody an official's report into the same hands."""
    assert DIRECTORY.is_below(agency, frozenset(units)) is below


@pytest.mark.parametrize(
    ("units", "all_of_them"),
    [
        (set(), ()),
        ({"dinkes"}, ("dinkes", "rsud", "igd")),
        ({"igd", "dlhk"}, ("dlhk", "igd")),
        ({"diskumperindag"}, ("diskumperindag", "dkupp", "uptd-pasar")),
        ({"nowhere"}, ()),
    ],
)
def test_the_units_below_are_named_one_by_one(
    units: set[str], all_of_them: tuple[str, ...]
) -> None:
    """In the order of the directory."""
    assert DIRECTORY.and_below(frozenset(units)) == all_of_them


@pytest.mark.parametrize(
    ("excluded", "handlers"),
    [
        (set(), ("inspektorat", "bkpsdm")),
        ({"dlhk"}, ("inspektorat", "bkpsdm")),
        ({"inspektorat"}, ("bkpsdm",)),
        ({"setda"}, ("bkpsdm",)),
        ({"setda", "bkpsdm"}, ()),
    ],
)
def test_a_handler_that_is_accused_handles_nothing(
    excluded: set[str], handlers: tuple[str, ...]
) -> None:
    """When all are, the report goes to a body outside the region."""
    assert DIRECTORY.handlers_for(frozenset(excluded)) == handlers


def test_a_circle_of_units_ends() -> None:
    """A mistake in a region's file stops no report."""
    agencies = dict(DIRECTORY.agencies)
    agencies["dinkes"] = replace(agencies["dinkes"], parent="igd")
    agencies["dkupp"] = replace(
        agencies["dkupp"], succeeded_by=Successor("disperindag", date(2026, 1, 1))
    )
    circular = replace(DIRECTORY, agencies=agencies)

    assert circular.is_below("dinkes", frozenset({"rsud"}))
    assert circular.is_below("disperindag", frozenset({"dkupp"}))
    assert not circular.is_below("dlhk", frozenset({"dinkes", "dkupp"}))


def test_a_successor_outside_the_directory_is_no_error() -> None:
    """It may be seeded later."""
    assert with_successor("dlhk", "nowhere").is_below("nowhere", frozenset({"dlhk"}))


@pytest.mark.parametrize(
    ("agency", "name"),
    [("dlhk", "Dinas Lingkungan Hidup dan Kebersihan"), ("nowhere", ""), (None, "")],
)
def test_an_unknown_agency_has_no_name(agency: str | None, name: str) -> None:
    """A page shows nothing rather than failing."""
    assert DIRECTORY.agency_name(agency) == name


@pytest.mark.parametrize(("area", "name"), [("51.03.06", "Kuta Utara"), ("32.01", ""), (None, "")])
def test_an_unknown_area_has_no_name(area: str | None, name: str) -> None:
    """It may lie outside the region."""
    assert DIRECTORY.area_name(area) == name


@pytest.mark.parametrize(
    ("category", "language", "name"),
    [("jalan", "id", "Jalan dan Jembatan"), ("jalan", "en", "Roads and bridges")],
)
def test_a_name_is_said_in_the_readers_language(category: str, language: str, name: str) -> None:
    """Without an English name the Indonesian one stands."""
    found = DIRECTORY.categories[category]

    assert found.in_language(language) == name
    assert replace(found, name_en="").in_language("en") == "Jalan dan Jembatan"
