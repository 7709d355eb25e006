"""Decisions and commits, made of the same region and people as the tests of the rules."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from shared.domain import commands as c
from shared.domain.codes import make_code
from shared.domain.events import Stamp
from shared.domain.receipts import ReceiptMark
from shared.domain.report import Report
from shared.domain.scene import REPORTER, SYSTEM, Person
from shared.domain.statuses import Role
from shared.domain.workflow import Decision, decide, submit
from shared.usecases.ports import Commit, Consumed, Identity, Keys, Repeatable, Reporter
from tests.domain.builders import (
    COORDINATOR,
    EXPLAINED,
    NOW,
    RULES,
    SOLVED,
    VERIFIER,
    a_step,
    filing,
    officer_of,
)

KEYS = Keys("k2", {"k1": b"1" * 32, "k2": b"2" * 32})
IDENTITY = Identity("Ni Luh Sekarwangi", "sekarwangi@example.org", "+6281234567890")
REPORTER_ON_FILE = Reporter(IDENTITY, ReceiptMark("k2", "ab" * 32))


def a_code(number: int = 1) -> str:
    return make_code(_entropy("code", number))


def begun(number: int = 1, *, at: datetime = NOW, **fields: Any) -> Decision:
    """Report `number` is filed; the same arguments make the very same events."""
    code = a_code(number)
    stamp = Stamp(at, _entropy("submit", code))
    return submit(
        filing(**fields), code=code, person=REPORTER, role=Role.REPORTER, rules=RULES, stamp=stamp
    )


def then(
    report: Report, command: c.Command, by: Person = SYSTEM, *, at: datetime = NOW, nth: int = 0
) -> Decision:
    """`nth` tells attempts apart that decide the same at the same time."""
    stamp = Stamp(at, _entropy(report.code, report.seq, nth))
    return decide(report, command, person=by, rules=RULES, stamp=stamp)


def routed(report: Report, agency: str = "dlhk", *, nth: int = 0) -> Decision:
    return then(report, c.Route(agency=agency, text="Silakan."), VERIFIER, nth=nth)


def journey(number: int = 1) -> list[Decision]:
    """From filing to the second answer, with every kind of change on the way."""
    decisions = [begun(number, area="51.03.06", location=None, agency="dlhk")]
    for step, (command, by) in enumerate(_STEPS, start=1):
        at = NOW + timedelta(minutes=step)
        decisions.append(then(decisions[-1].report, command, by, at=at))
    return decisions


_DLHK = officer_of("dlhk")
_STEPS: tuple[tuple[c.Command, Person], ...] = (
    (c.Classify(category="sampah", title="Sampah Kerobokan", text="Lebih jelas."), VERIFIER),
    (c.Hold(text="Di depan nomor berapa?"), VERIFIER),
    (c.Supplement(text="Nomor 17.", public=True), REPORTER),
    (c.Route(agency="dlhk", text="Silakan."), VERIFIER),
    (c.Accept(), _DLHK),
    (c.Assign(officer="putu", officers=frozenset({"putu"})), _DLHK),
    (c.Plan(on=(NOW + timedelta(days=3)).date(), text="Diangkut."), _DLHK),
    (c.Direct(by=(NOW + timedelta(days=4)).date(), text="Segera."), COORDINATOR),
    (c.Hold(text="Jam berapa?"), _DLHK),
    (c.Resume(), _DLHK),
    (c.Remind(step=a_step("response-1")), SYSTEM),
    (c.Note(text="Truk rusak."), COORDINATOR),
    (c.Reveal(text="Perlu menelepon."), COORDINATOR),
    (EXPLAINED, _DLHK),
    (c.Redact(start=0, end=6, length=20, text="Nama."), COORDINATOR),
    (c.Reply(text="Belum bersih."), REPORTER),
    (SOLVED, _DLHK),
    (c.Confirm(solved=True, satisfaction=5), REPORTER),
    (c.Object(text="Menumpuk lagi."), REPORTER),
)


def commit_of(*decisions: Decision, **others: Any) -> Commit:
    return Commit(decisions, **others)


def repeatable(decision: Decision, *, expires_at: datetime, key: str = "key") -> Repeatable:
    report = decision.report
    id_ = sha256(key.encode()).hexdigest()
    return Repeatable(id_, "cd" * 32, report.code, report.seq, expires_at)


def consumed(event_id: str = "e1") -> Consumed:
    return Consumed("route_report", event_id)


def _entropy(*purpose: object) -> bytes:
    return sha256(repr(purpose).encode()).digest()
