from dataclasses import replace
from datetime import timedelta
from functools import reduce
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.events import Event, evolve, fold, sealed, verifies
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind, Role
from tests.domain.builders import (
    CODE,
    COORDINATOR,
    NOW,
    OTHER_CODE,
    SITUATIONS,
    VERIFIER,
    a_case_that_is,
    filed,
    stamp,
)

CASE = a_case_that_is("replied").do(c.Note(text="Sudah ditelepon"), VERIFIER)
EVENTS, HEAD = CASE.events, CASE.report.head
PLACES = range(len(EVENTS))


def with_event(place: int, **changes: Any) -> tuple[Event, ...]:
    return (*EVENTS[:place], replace(EVENTS[place], **changes), *EVENTS[place + 1 :])


# Folding


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_events_of_a_report_give_the_report(situation: str) -> None:
    """Nothing is stored that did not happen."""
    case = a_case_that_is(situation)

    assert fold(case.events) == case.report
    assert case.report.seq == len(case.events)


@pytest.mark.parametrize("length", range(1, len(EVENTS) + 1))
def test_the_first_events_give_the_report_as_it_was(length: int) -> None:
    """So a repeated request is answered with what the first one saw."""
    earlier = fold(EVENTS[:length])

    assert (earlier.seq, earlier.head) == (length, EVENTS[length - 1].hash)
    assert reduce(evolve, EVENTS[length:], earlier) == CASE.report


def test_a_report_has_at_least_one_event() -> None:
    """Out of nothing comes nothing."""
    with pytest.raises(ValueError, match="at least one event"):
        fold(())


def test_a_new_title_is_a_text_of_the_event_and_of_the_report() -> None:
    """Texts are kept in one place, where they can be withheld."""
    case = filed(title="Sampah").do(c.Classify(title="Sampah pasar"), VERIFIER)

    assert "title" not in case.events[-1].changes
    assert case.report.title == "Sampah pasar"


def test_how_often_something_happened_is_counted() -> None:
    """What may be done once or twice is known without reading the timeline."""
    counts = a_case_that_is("replied").report.counts

    assert counts == {"submitted": 1, "routed": 1, "answered": 1, "replied": 1}


# Headers and content


def test_an_event_says_who_did_it() -> None:
    """The role in public, the officer inside."""
    routed = filed().routed(by=VERIFIER).events[-1]

    assert (routed.type, routed.by, routed.officer) == ("routed", Role.VERIFIER, "wayan")
    assert set(routed.header) == {"id", "seq", "type", "at", "by", "digest"}
    assert routed.at == NOW


def test_a_header_tells_nothing_of_the_content() -> None:
    """The same words under another salt have another digest."""
    event = EVENTS[0]

    again = sealed(replace(event, salt="other"), CODE)

    assert again.digest != event.digest
    assert again.content["texts"] == event.content["texts"]


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": {"text": "Lain"}},
        {"facts": {"agency": "dpupr"}},
        {"changes": {"status": "closed"}},
        {"officer": "made"},
        {"agency": "dlhk"},
        {"public": True},
        {"salt": "other"},
    ],
)
def test_the_digest_is_of_the_whole_content(changed: dict[str, Any]) -> None:
    """Who has the content can prove that it is the one of the time."""
    event = EVENTS[1]

    assert sealed(event, CODE).digest == event.digest
    assert sealed(replace(event, **changed), CODE).digest != event.digest


def test_two_events_of_one_decision_have_ids_of_their_own() -> None:
    """Made once, before the first attempt: the same stamp gives the same ids."""
    case = filed().routed()
    command = c.Classify(supervisory=True)

    first, second = (case.decided(command, COORDINATOR) for _ in range(2))

    assert len({event.id for event in first.events}) == 2
    assert [event.id for event in first.events] == [event.id for event in second.events]
    assert first == second


@pytest.mark.parametrize(
    ("purpose", "index", "entropy", "same"),
    [("event", 0, 1, True), ("event", 1, 1, False), ("salt", 0, 1, False), ("event", 0, 2, False)],
)
def test_randomness_is_one_piece_for_each_purpose(
    *, purpose: str, index: int, entropy: int, same: bool
) -> None:
    """128 bits of hex, the same for the same entropy, purpose and index only."""
    made = stamp(entropy).random_hex(purpose, index)

    assert (made == stamp(1).random_hex("event", 0)) is same
    assert len(made) == 32
    assert int(made, 16)


# The chain


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_headers_lead_from_the_code_to_the_head(situation: str) -> None:
    """Anybody who kept a head can check the timeline."""
    case = a_case_that_is(situation)

    assert verifies(case.events, CODE, case.report.head)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "changed",
    [
        {"id": "0" * 32},
        {"seq": 99},
        {"type": "noted?"},
        {"at": NOW + timedelta(seconds=1)},
        {"by": Role.ADMIN},
        {"digest": "0" * 64},
        {"hash": "0" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_header_breaks_the_chain(place: int, changed: dict[str, Any]) -> None:
    """Every field of every event."""
    assert not verifies(with_event(place, **changed), CODE, HEAD)


@pytest.mark.parametrize("place", PLACES)
def test_a_dropped_event_breaks_the_chain(place: int) -> None:
    """The first, the last, or one in between."""
    assert not verifies((*EVENTS[:place], *EVENTS[place + 1 :]), CODE, HEAD)


@pytest.mark.parametrize("place", PLACES[1:])
def test_swapped_events_break_the_chain(place: int) -> None:
    """The order is part of what happened."""
    swapped = list(EVENTS)
    swapped[place - 1 : place + 1] = reversed(swapped[place - 1 : place + 1])

    assert not verifies(swapped, CODE, HEAD)


@pytest.mark.parametrize("place", PLACES)
def test_a_repeated_event_breaks_the_chain(place: int) -> None:
    """Nothing happened twice."""
    assert not verifies((*EVENTS[:place], EVENTS[place], *EVENTS[place:]), CODE, HEAD)


def test_a_rewritten_end_needs_another_head() -> None:
    """Whoever has the head of a mail sees that the end is not the one of the time."""
    forged = sealed(replace(EVENTS[-1], type="withdrawn"), EVENTS[-2].hash)

    assert verifies((*EVENTS[:-1], forged), CODE, forged.hash)
    assert not verifies((*EVENTS[:-1], forged), CODE, HEAD)


def test_a_chain_belongs_to_its_tracking_code() -> None:
    """The timeline of one report does not pass for another's."""
    assert not verifies(EVENTS, OTHER_CODE, HEAD)


@pytest.mark.parametrize("place", PLACES)
def test_content_can_be_withheld_and_the_chain_still_verifies(place: int) -> None:
    """Erased for ever, or only not for this reader."""
    withheld = with_event(
        place, salt="", officer=None, agency=None, changes={}, texts={}, facts={}, public=False
    )

    assert verifies(withheld, CODE, HEAD)


def test_the_same_time_in_another_zone_is_the_same_header() -> None:
    """A store that returns other zones breaks nothing."""
    elsewhere = tuple(replace(event, at=event.at.astimezone()) for event in EVENTS)

    assert verifies(elsewhere, CODE, HEAD)


def test_empty_texts_are_not_kept() -> None:
    """A command without words leaves no text behind."""
    case = filed(kind=Kind.COMPLAINT).routed().answered().do(c.Confirm(solved=True), REPORTER)

    assert case.events[-1].texts == {}
