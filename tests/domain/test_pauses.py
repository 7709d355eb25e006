"""Every pause there is, what is left after it, and that nothing else moves a due time.

Filed on Monday 2026-11-02: verification ends on Thursday the 5th, a response on Monday the 9th, the
legal time on Friday the 20th.
"""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import clocks
from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.events import fold
from shared.domain.scene import REPORTER, Person
from shared.domain.statuses import ArchiveReason
from tests.domain.builders import COORDINATOR, VERIFIER, Case, filed


def asked_by_verifier(case: Case) -> Case:
    return case.at("Wed 2026-11-04 10:00").do(c.Hold(), VERIFIER)


def asked_by_agency(case: Case) -> Case:
    return case.routed().at("Wed 2026-11-04 10:00").by_agency(c.Hold())


def answered(case: Case) -> Case:
    return case.routed().at("Wed 2026-11-04 10:00").answered()


def answered_late(case: Case) -> Case:
    return case.routed().at("Wed 2026-11-18 10:00").answered()


def told(case: Case) -> Case:
    return case.do(c.Supplement(), REPORTER)


def resumed(case: Case, by: Person) -> Case:
    return case.at("Fri 2026-11-06 10:00").do(c.Resume(), by)


V, R, L, A = ClockKind.VERIFICATION, ClockKind.RESPONSE, ClockKind.LEGAL, ClockKind.REPORTER
STOPPED = "stands"


@pytest.mark.parametrize(
    ("step", "clocks_after"),
    [
        (asked_by_verifier, {V: STOPPED, L: STOPPED, ClockKind.COMPLETION: "Fri 2026-12-04"}),
        (
            asked_by_agency,
            {R: STOPPED, L: "Fri 2026-11-20", ClockKind.COMPLETION: "Wed 2026-11-18"},
        ),
        (answered, {L: STOPPED, A: "Wed 2026-11-18"}),
        (lambda case: answered(case).at("Fri 2026-11-06 10:00").answered(), {L: STOPPED}),
        (lambda case: answered(case).do(c.Add(text="Terima kasih"), REPORTER), {L: STOPPED}),
    ],
    ids=["verifier's hold", "agency's hold", "answered", "answer added to", "thanks"],
)
def test_what_stands_while_the_reporter_is_asked(
    step: Callable[[Case], Case], clocks_after: dict[ClockKind, str]
) -> None:
    """A verifier's hold stops verification and legal, an agency's only its response."""
    case = step(filed())

    for kind, expected in clocks_after.items():
        found = STOPPED if case.run(kind).is_paused else case.due(kind)[:14]
        assert found == expected, kind


@pytest.mark.parametrize(
    ("step", "clocks_after"),
    [
        # One day of verification and twelve of the legal time were left on the 4th.
        (
            lambda case: told(asked_by_verifier(case).at("Wed 2026-11-04 16:00")),
            {V: "Thu 2026-11-05", L: "Fri 2026-11-20"},
        ),
        (
            lambda case: told(asked_by_verifier(case).at("Fri 2026-11-06 10:00")),
            {V: "Mon 2026-11-09", L: "Tue 2026-11-24"},
        ),
        (
            lambda case: told(asked_by_verifier(case).at("Sun 2026-11-08 10:00")),
            {V: "Mon 2026-11-09", L: "Tue 2026-11-24"},
        ),
        (
            lambda case: told(asked_by_verifier(case).at("Mon 2026-11-30 10:00")),
            {V: "Tue 2026-12-01", L: "Wed 2026-12-16"},
        ),
        (
            lambda case: resumed(asked_by_verifier(case), VERIFIER),
            {V: "Mon 2026-11-09", L: "Tue 2026-11-24"},
        ),
        # Three days of the response were left; the legal time went on.
        (
            lambda case: told(asked_by_agency(case).at("Fri 2026-11-06 10:00")),
            {R: "Wed 2026-11-11", L: "Fri 2026-11-20"},
        ),
        # The response ends by the legal day, however long the reporter took.
        (
            lambda case: asked_by_agency(case).at("Thu 2026-11-19 08:00").do(c.Expire()),
            {R: "Fri 2026-11-20", L: "Fri 2026-11-20"},
        ),
        (
            lambda case: resumed(asked_by_agency(case), COORDINATOR),
            {R: "Wed 2026-11-11", L: "Fri 2026-11-20"},
        ),
        # An answer stops the legal time; a reply brings it back with at least five days.
        (
            lambda case: answered(case).at("Fri 2026-11-06 10:00").replied(),
            {R: "Fri 2026-11-13", L: "Tue 2026-11-24"},
        ),
        (
            lambda case: answered_late(case).at("Fri 2026-11-27 10:00").replied(),
            {R: "Fri 2026-12-04", L: "Fri 2026-12-04"},
        ),
    ],
    ids=[
        "told within the day",
        "told on Friday",
        "told on Sunday",
        "told in the last week",
        "no longer needed",
        "agency told",
        "agency not told",
        "agency need not know",
        "replied",
        "replied late",
    ],
)  # fmt: skip
def test_what_is_left_after_a_pause(
    step: Callable[[Case], Case], clocks_after: dict[ClockKind, str]
) -> None:
    """Working days strictly after the day of the pause; at least the day it goes on."""
    case = step(filed())

    found = {kind: case.due(kind)[:14] for kind in clocks_after}

    assert found == clocks_after


@pytest.mark.parametrize(
    "end",
    [
        lambda case: case.closed(),
        lambda case: case.do(c.Withdraw(), REPORTER),
        lambda case: case.at("Tue 2026-12-01 10:00").do(c.Expire()),
    ],
    ids=["confirmed", "withdrawn", "no reply"],
)
def test_a_final_status_ends_a_clock_that_stands(end: Callable[[Case], Case]) -> None:
    """Nothing goes on behind a closed report."""
    case = end(answered(filed()))

    assert all(run.ended_at for run in case.report.clocks)


def test_a_question_that_is_not_answered_ends_them_too() -> None:
    """An archived report waits for nothing."""
    case = asked_by_verifier(filed()).do(c.Archive(reason=ArchiveReason.TEST), VERIFIER)

    assert all(run.ended_at for run in case.report.clocks)


# Properties


TALK: tuple[Callable[[Case], Case], ...] = (
    lambda case: case.do(c.Add(text="Masih."), REPORTER),
    lambda case: case.do(c.Note(text="."), VERIFIER),
    lambda case: case.do(c.Reveal(text="."), VERIFIER),
    lambda case: case.do(c.Redact(start=0, end=2, length=9), VERIFIER),
)
JOURNEY: tuple[Callable[[Case], Case], ...] = (
    lambda case: case.do(c.Hold(), VERIFIER),
    told,
    lambda case: case.routed(),
    lambda case: case.by_agency(c.Hold()),
    told,
    lambda case: case.answered(),
    lambda case: case.replied(),
)


def due_times(case: Case) -> list[tuple[ClockKind, int, object]]:
    return [(run.kind, run.run, run.due_at) for run in case.report.clocks]


def gone(hours: list[int], chatter: list[int]) -> Case:
    """The journey at these times; after step n somebody also talks as often as `chatter` says."""
    case = filed()
    for step, later, words in zip(JOURNEY, hours, chatter, strict=True):
        case = step(case.later(hours=later))
        for number in range(words):
            case = TALK[number % len(TALK)](case)
    return case


hours = st.lists(st.integers(0, 100), min_size=len(JOURNEY), max_size=len(JOURNEY))
words = st.lists(st.integers(0, 4), min_size=len(JOURNEY), max_size=len(JOURNEY))


@given(hours=hours, chatter=words)
def test_talk_at_any_point_moves_no_due_time(hours: list[int], chatter: list[int]) -> None:
    """Whatever is said between the steps, the clocks are those of the steps alone."""
    silent, spoken = gone(hours, [0] * len(JOURNEY)), gone(hours, chatter)

    assert due_times(spoken) == due_times(silent)


@given(hours=hours, order=st.randoms(use_true_random=False))
def test_shuffled_and_repeated_events_give_the_same_due_times(
    hours: list[int], order: Random
) -> None:
    """However they arrive: by their numbers, each once, they lead to the same clocks."""
    case = gone(hours, [1] * len(JOURNEY))
    arriving = [*case.events, *order.choices(case.events, k=5)]
    order.shuffle(arriving)

    known = {event.seq: event for event in arriving}
    again = fold(known[seq] for seq in sorted(known))

    assert again == case.report
    for run in again.clocks:
        assert run.is_paused or run.due_at == clocks.due_time(run, case.rules.calendar, case.now)
