"""A notice leaves only while what it says is so."""

from collections.abc import Callable, Mapping

import pytest

from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.notice import Audience
from shared.domain.notice_table import TABLE
from shared.domain.notice_truth import TRUE_WHILE, Claim, is_still_true
from shared.domain.scene import REPORTER
from shared.domain.statuses import ArchiveReason
from tests.domain.builders import COORDINATOR, VERIFIER, Case, filed
from tests.domain.test_sending import a_notice

Then = Callable[[Case], Case]


def asked() -> Case:
    return filed().do(c.Hold(text="Di mana?"), VERIFIER)


def supplemented(case: Case) -> Case:
    return case.do(c.Supplement(text="Di pasar."), REPORTER)


def asked_again(case: Case) -> Case:
    return supplemented(case).do(c.Hold(text="Pasar mana?"), VERIFIER)


def routed() -> Case:
    return filed().routed()


def answered() -> Case:
    return routed().accepted().answered()


def added(case: Case) -> Case:
    return case.do(c.Add(text="Masih."), REPORTER)


def answered_again(case: Case) -> Case:
    return case.replied().answered()


def forwarded(case: Case) -> Case:
    return case.by_agency(c.Forward(agency="dpupr", text="Jalan."))


def withdrawn(case: Case) -> Case:
    return case.do(c.Withdraw(text="Sudah."), REPORTER)


def archived() -> Case:
    return filed().do(c.Archive(reason=ArchiveReason.TEST, text="Uji coba."), VERIFIER)


def appealed(case: Case) -> Case:
    """Before the mail that tells how to left: the report has no reason to be archived any more."""
    return case.do(c.Appeal(text="Bukan uji coba."), REPORTER)


def contested() -> Case:
    return routed().by_agency(c.Forward(agency=None, text="Bukan kami."))


def decided(case: Case) -> Case:
    return case.routed(by=COORDINATOR)


def closed(case: Case) -> Case:
    return case.answered().closed()


def late() -> Case:
    """The agency was silent: its head, and then the inspectorate, were told."""
    case = routed()
    while case.events[-1].type != "escalated":
        case = case.later(days=1).climbed()
    return case


def nothing(case: Case) -> Case:
    return case


STORIES: Mapping[str, tuple[Callable[[], Case], Then, Then]] = {
    # kind: what it tells of, what leaves it true, what makes it untrue
    "question": (asked, nothing, supplemented),
    "agency_question": (asked, nothing, asked_again),
    "question_waiting": (asked, nothing, withdrawn),
    "answered": (answered, added, Case.replied),
    "answered_on_behalf": (answered, added, Case.replied),
    "merged_answered": (answered, nothing, Case.closed),
    "about_to_close": (answered, added, answered_again),
    "new_report": (routed, Case.accepted, forwarded),
    "returned": (routed, added, withdrawn),
    "hold_ended": (routed, added, forwarded),
    "directed": (routed, Case.accepted, closed),
    "reporter_wrote": (routed, added, Case.answered),
    "archived": (archived, nothing, appealed),
    "to_decide": (contested, added, decided),
    "appeal": (filed, added, Case.routed),
    "reminder": (late, added, Case.answered),
    "late": (late, added, Case.answered),
    "escalated": (late, added, Case.answered),
    "escalated_last": (late, added, Case.answered),
}


def is_true(kind: str, begun: Case, later: Case) -> bool:
    """About the last event of the beginning, asked for later."""
    seq = begun.report.seq
    notice = a_notice(kind=kind, seq=seq, audience=Audience.AGENCY, unit="dlhk")
    return is_still_true(Claim(notice, later.events[seq - 1], later.events[seq:], later.report))


@pytest.mark.parametrize("kind", STORIES)
def test_what_is_still_so_is_told(kind: str) -> None:
    """Other things may have happened."""
    tells_of, unchanged, _ = STORIES[kind]
    begun = tells_of()

    assert is_true(kind, begun, begun)
    assert is_true(kind, begun, unchanged(begun))


@pytest.mark.parametrize("kind", STORIES)
def test_what_is_no_longer_so_is_not_told(kind: str) -> None:
    """Somebody did meanwhile what it asks for, or it is another's turn."""
    tells_of, _, undone = STORIES[kind]
    begun = tells_of()
    assert not is_true(kind, begun, undone(begun))


def test_a_warning_about_an_older_run_is_not_told() -> None:
    """The clock began anew: this one is not late."""
    begun = late()
    later = begun.answered().replied()

    assert later.report.clock(ClockKind.RESPONSE)
    assert not is_true("late", begun, later)


def test_every_condition_is_of_a_kind_that_is_told() -> None:
    """A misspelt kind would be sent whatever became of it."""
    told = {line.kind for line in TABLE} | {"merged_answered"}

    assert set(TRUE_WHILE) <= told
    assert set(TRUE_WHILE) == set(STORIES)
