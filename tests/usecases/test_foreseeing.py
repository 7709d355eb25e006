"""What a reporter is told beforehand is what the rules of visibility do afterwards."""

from typing import Any

import pytest

from shared.domain.acts.filing import Filing
from shared.domain.events import Stamp
from shared.usecases.foreseeing import (
    Card,
    Foresight,
    as_the_public_reads,
    foresights,
    shut_out,
)
from tests.domain.builders import NOW, RULES

BODY = "Lampu jalan mati; telepon saya 0812 3456 7890."
STAMP = Stamp(NOW, bytes(range(64)))


def foreseen(*, anonymous: bool = False, secret: bool = False, **fields: Any) -> Foresight:
    filing = Filing(body=BODY, **fields)
    (found,) = [
        each
        for each in foresights(filing, RULES, STAMP)
        if (each.anonymous, each.secret) == (anonymous, secret)
    ]
    return found


def card(viewer: str, **choice: Any) -> Card:
    return next(each for each in foreseen(**choice).cards if each.viewer == viewer)


def moment(thing: str, viewer: str, **choice: Any) -> str:
    (found,) = [when for when, names in card(viewer, **choice).when.items() if thing in names]
    return found


@pytest.mark.parametrize(
    ("thing", "viewer", "choice", "expected"),
    [
        ("body", "public", {}, "checked"),
        ("body", "public", {"secret": True}, "never"),
        ("kind", "public", {"secret": True}, "never"),
        ("status", "public", {"secret": True}, "at_once"),
        ("location", "public", {}, "never"),
        ("identity", "public", {}, "never"),
        ("body", "agency", {"secret": True}, "at_once"),
        ("identity", "agency", {}, "asked"),
        ("identity", "agency", {"anonymous": True}, "never"),
        ("identity", "office", {"anonymous": True}, "asked"),
        ("body", "office", {"secret": True}, "at_once"),
    ],
)
def test_each_card_says_when_its_viewer_sees_a_thing(
    thing: str, viewer: str, choice: dict[str, bool], expected: str
) -> None:
    assert moment(thing, viewer, **choice) == expected


@pytest.mark.parametrize(
    ("viewer", "choice", "masked"),
    [
        ("public", {}, True),
        ("agency", {}, False),
        ("agency", {"anonymous": True}, True),
        ("office", {"anonymous": True}, False),
    ],
)
def test_each_card_says_whether_numbers_are_masked(
    viewer: str, choice: dict[str, bool], *, masked: bool
) -> None:
    assert card(viewer, **choice).masked is masked


@pytest.mark.parametrize(
    ("fields", "chosen"),
    [
        ({}, (False, False)),
        ({"anonymous": True}, (True, False)),
        ({"secret": True}, (False, True)),
        ({"about_official": True}, (False, True)),
        ({"about_official": True, "secret": False}, (False, False)),
    ],
)
def test_one_of_the_four_is_what_was_chosen(
    fields: dict[str, bool], chosen: tuple[bool, bool]
) -> None:
    """About an official: secret, unless the reporter says otherwise."""
    found = foresights(Filing(body=BODY, **fields), RULES, STAMP)  # type: ignore[arg-type]

    assert len(found) == 4
    assert [(each.anonymous, each.secret) for each in found if each.chosen] == [chosen]


@pytest.mark.parametrize(("about_official", "expected"), [(True, "dlhk"), (False, None)])
def test_the_agency_that_is_accused_is_named_as_shut_out(
    expected: str | None, *, about_official: bool
) -> None:
    filing = Filing(body=BODY, agency="dlhk", about_official=about_official)

    assert shut_out(filing, RULES, STAMP) == expected


def test_the_public_reading_has_marks_in_the_place_of_numbers() -> None:
    read = as_the_public_reads(BODY, Filing(body=BODY), RULES, STAMP)

    assert read == "Lampu jalan mati; telepon saya [telepon]."
