"""A village is found by what people call it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra import region_file
from shared.usecases.villages import MOST, area_named, found, full_name

BADUNG = region_file.read("badung").directory
BALI = region_file.read("bali").directory


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("51.03.01.1002", "Kuta, Kec. Kuta"),
        ("51.03.01", "Kec. Kuta"),
        ("51.03", "Kabupaten Badung"),
        ("99.99", ""),
    ],
)
def test_a_full_name_says_in_what_it_lies(area: str, name: str) -> None:
    assert full_name(area, BADUNG) == name


def test_in_a_province_the_regency_is_named_too() -> None:
    assert full_name("51.03.01.1002", BALI) == "Kuta, Kec. Kuta, Kabupaten Badung"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kuta", "Kuta, Kec. Kuta"),
        ("Desa  KEROBOKAN kelod", "Kerobokan Kelod, Kec. Kuta Utara"),
        ("kapal mengwi", "Kapal, Kec. Mengwi"),
        ("Kec. Mengwi, kapal", "Kapal, Kec. Mengwi"),
        ("jimb", "Jimbaran, Kec. Kuta Selatan"),
    ],
)
def test_the_likeliest_comes_first_however_it_is_typed(typed: str, first: str) -> None:
    assert found(typed, BADUNG)[0][1] == first


@pytest.mark.parametrize("typed", ["", "  ", "desa", "Denpasar", "x" * 150])
def test_what_is_not_ours_is_not_found(typed: str) -> None:
    assert found(typed, BADUNG) == []


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("Kuta, Kec. Kuta", "51.03.01.1002"),
        ("kuta kec kuta", "51.03.01.1002"),
        ("jimbaran", "51.03.05.1006"),
        ("Kec. Kuta", "51.03.01"),
        ("kuta", None),
        ("nowhere", None),
    ],
)
def test_one_is_meant_or_nobody_guesses(typed: str, area: str | None) -> None:
    assert area_named(typed, BADUNG) == area


def test_every_area_is_found_by_its_full_name() -> None:
    """Where two share theirs, neither is taken for the other."""
    names = [full_name(code, BADUNG) for code in BADUNG.areas]
    unique = [code for code in BADUNG.areas if names.count(full_name(code, BADUNG)) == 1]

    assert len(unique) > 60
    assert [code for code in unique if area_named(full_name(code, BADUNG), BADUNG) != code] == []


@given(st.text(max_size=40))
def test_whatever_is_typed_finds_at_most_a_handful(typed: str) -> None:
    assert len(found(typed, BADUNG)) <= MOST
