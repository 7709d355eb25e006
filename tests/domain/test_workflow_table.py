from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from shared.domain import commands as c
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import ArchiveReason, Kind, Status
from shared.domain.workflow import TABLE, allowed
from tests.domain.builders import (
    ADMIN,
    COORDINATOR,
    DIRECTORY,
    EXPLAINED,
    INTAKE,
    OTHER,
    OVERSIGHT,
    SITUATIONS,
    VERIFIER_2,
    Case,
    a_case_that_is,
    a_step,
    answer_to,
    officer_of,
    with_late_holiday,
)

HOLDS = "hold_verifier hold_agency"
WITH_AGENCY = "routed in_progress replied"
OPEN = f"submitted contested {HOLDS} answered {WITH_AGENCY}"
FINAL = "closed archived merged referred"
ANY = f"{OPEN} {FINAL}"

# The table of commands, written a second time: command → role → where it may. The coordinator
# archives because an appeal is the coordinator's, or another verifier's, to decide.
ALLOWED = {
    "add": {"reporter": OPEN},
    "classify": {"verifier": "submitted hold_verifier", "coordinator": OPEN},
    "route": {"verifier": "submitted", "coordinator": "submitted contested", "system": "submitted"},
    "refer": dict.fromkeys(("verifier", "coordinator"), "submitted contested routed"),
    "hold": {"verifier": "submitted", "agency": WITH_AGENCY},
    "supplement": {"reporter": HOLDS},
    "resume": {"verifier": "hold_verifier", "agency": "hold_agency", "coordinator": HOLDS},
    "forward": {"agency": WITH_AGENCY},
    "recall": {"verifier": "routed"},
    "accept": {"agency": "routed"},
    "assign": {"agency": WITH_AGENCY},
    "plan": {"agency": WITH_AGENCY},
    "respond": {"agency": f"{WITH_AGENCY} answered"},
    "extend": {"coordinator": WITH_AGENCY},
    "reply": {"reporter": "answered"},
    "confirm": {"reporter": "answered"},
    "object": {"reporter": "closed"},
    "archive": dict.fromkeys(("verifier", "coordinator"), "submitted hold_verifier"),
    "review": dict.fromkeys(("verifier", "coordinator"), ""),
    "appeal": {"reporter": "archived"},
    "merge": {"verifier": "submitted routed in_progress"},
    "split": {"reporter": "merged"},
    "withdraw": {"reporter": OPEN},
    "direct": dict.fromkeys(("coordinator", "oversight"), WITH_AGENCY),
    "reassign": {"coordinator": f"contested hold_agency answered {WITH_AGENCY}"},
    "reopen": {"coordinator": FINAL},
    "transfer": {"system": f"contested hold_agency answered {WITH_AGENCY}"},
    "reschedule": {"system": OPEN},
    "redact": dict.fromkeys(("verifier", "coordinator"), ANY),
    "reveal": dict.fromkeys(("verifier", "coordinator", "oversight", "agency"), ANY),
    "note": dict.fromkeys(("verifier", "coordinator", "oversight", "agency"), ANY),
    "remind": {"system": OPEN},
    "escalate": {"system": OPEN},
    "expire": {"system": f"answered {HOLDS}"},
    "renew": {"system": ANY},
}
# Where the role and the status fit and only the report does not, the answer says so.
MORE_PRECISE = {
    ("resume", "verifier", "hold_agency"): "not-your-hold",
    ("review", "verifier", "archived"): "nothing-to-review",
    ("review", "coordinator", "archived"): "nothing-to-review",
    ("reassign", "coordinator", "hold_verifier"): "no-agency-yet",
    ("transfer", "system", "submitted"): "unknown-agency",
    ("transfer", "system", "hold_verifier"): "unknown-agency",
}

HOLDER, ELSEWHERE = "disperindag", "dlhk"
WITHOUT_AGENCY = ("submitted", "hold_verifier", "archived")
PEOPLE = {
    "reporter": REPORTER,
    "intake": INTAKE,
    "verifier": VERIFIER_2,
    "agency": officer_of(HOLDER),
    "other agency": officer_of(ELSEWHERE),
    "coordinator": COORDINATOR,
    "oversight": OVERSIGHT,
    "admin": ADMIN,
    "system": SYSTEM,
}
COMMANDS: dict[str, c.Command] = {
    "classify": c.Classify(category="jalan"),
    "route": c.Route(agency=ELSEWHERE),
    "refer": c.Refer(body="pln"),
    "forward": c.Forward(agency=ELSEWHERE),
    "assign": c.Assign(officer="putu", officers=frozenset({"putu"})),
    "plan": c.Plan(on=OTHER.submitted_at.date()),
    "respond": EXPLAINED,
    "confirm": c.Confirm(solved=True),
    "archive": c.Archive(reason=ArchiveReason.TEST),
    "merge": c.Merge(into=OTHER.code, target=OTHER),
    "reassign": c.Reassign(agency=ELSEWHERE),
    "redact": c.Redact(start=0, end=6, length=50),
    "remind": c.Remind(step=a_step()),
    "escalate": c.Escalate(step=a_step()),
}
PLAIN = {c.name_of(row.command): row.command for row in TABLE}
TRIPLES = list(product(ALLOWED, PEOPLE, SITUATIONS))


@cache
def case_that_is(situation: str) -> Case:
    """A request for information: the only kind whose time can be extended."""
    return a_case_that_is(situation, kind=Kind.INFORMATION_REQUEST)


def outcome(command: str, by: Person, situation: str) -> str:
    """`done`, or the code of the refusal; what expires does so after two months.

    A clock is moved where the calendar was.
    """
    case = case_that_is(situation).later(days=60 if command == "expire" else 0)
    if command == "reschedule":
        case = replace(case, rules=with_late_holiday("Thu 2026-11-05"))
    return answer_to(case, COMMANDS.get(command) or PLAIN[command](), by)


def expected(command: str, who: str, situation: str) -> str:
    if who not in ALLOWED[command] or (who == "agency" and situation in WITHOUT_AGENCY):
        return "not-yours"
    if situation in ALLOWED[command][who].split():
        return "done"
    return MORE_PRECISE.get((command, who, situation), "wrong-status")


def test_the_table_has_every_command_of_the_design_and_no_other() -> None:
    """One row for each command, and the names of the HTTP contract."""
    assert list(PLAIN) == list(ALLOWED)


@pytest.mark.parametrize(("command", "who", "situation"), TRIPLES)
def test_a_command_is_done_exactly_where_the_design_allows_it(
    command: str, who: str, situation: str
) -> None:
    """Every command, by everybody, in every status; a refusal says whether it is who or when."""
    assert outcome(command, PEOPLE[who], situation) == expected(command, who, situation)


@pytest.mark.parametrize(("who", "situation"), list(product(PEOPLE, SITUATIONS)))
def test_what_is_offered_is_what_the_table_allows(who: str, situation: str) -> None:
    """No button leads to a refusal for role or status; only a rule of its own may still say no."""
    report = case_that_is(situation).report

    offered = {c.name_of(command) for command in allowed(report, PEOPLE[who], DIRECTORY)}

    refusals = {"not-yours", "wrong-status"}
    may = {name for name in ALLOWED if expected(name, who, situation) not in refusals}
    assert offered - {"archive", "classify"} == may - {"archive", "classify"}
    assert offered >= may


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_situation_is_the_status_it_is_named_after(situation: str) -> None:
    """The table above speaks of the statuses it says it speaks of."""
    status = case_that_is(situation).report.status

    assert status == (Status.ON_HOLD if situation in HOLDS.split() else situation)
