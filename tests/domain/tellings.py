"""Everything that anybody is told of, each brought about by real commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from shared.domain import commands as c
from shared.domain.answer_links import Links
from shared.domain.climbing import steps
from shared.domain.events import Event
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import Message, compose
from shared.domain.notices import notices_for
from shared.domain.report import Report
from shared.domain.scene import REPORTER, SYSTEM
from shared.domain.statuses import ArchiveReason, Kind
from shared.domain.workflow import echo
from tests.domain.builders import (
    COORDINATOR,
    EXPLAINED,
    INTAKE,
    OTHER_CODE,
    OVERSIGHT,
    SOLVED,
    VERIFIER,
    VERIFIER_2,
    Case,
    filed,
    stamp,
    with_late_holiday,
)

LINKS = Links("https://tanggap.badungkab.go.id", "a.bcde.ZmYwMTIzNDU2Nzg5")
ABUSIVE = c.Archive(reason=ArchiveReason.ABUSIVE, text="Berisi ancaman.")
ARCHIVE = c.Archive(reason=ArchiveReason.NOT_PUBLIC_SERVICE, text="Ini urusan pribadi.")


def routed(**fields: Any) -> Case:
    return filed(**fields).routed("dlhk", VERIFIER)


def answered(**fields: Any) -> Case:
    return routed(**fields).answered()


def appealed() -> Case:
    return filed().do(ARCHIVE, VERIFIER).do(c.Appeal(text="Ini jalan umum."), REPORTER)


def objected(times: int) -> Case:
    case = answered()
    for _ in range(times):
        case = case.closed().do(c.Object(text="Menumpuk lagi."), REPORTER)
        case = case.routed("dlhk", COORDINATOR) if case.report.status == "contested" else case
        case = case.by_agency(SOLVED)
    return case


def contested() -> Case:
    return routed().by_agency(c.Forward(text="Tidak tahu milik siapa."))


def climbed(case: Case, written: str, rung: str) -> Case:
    """To that rung on that morning, all mornings before it missed."""
    case = case.at(written)
    climbs = steps(case.report, case.rules, case.now)
    return case.do(
        next(each for each in climbs if isinstance(each, c.Climb) and each.step.rung.id == rung)
    )


def expired(case: Case) -> Case:
    return case.later(days=60).do(c.Expire())


def asked_by_verifier(case: Case) -> Case:
    return case.do(c.Hold(text="Di depan nomor berapa?"), VERIFIER)


def asked_by_agency() -> Case:
    return routed().by_agency(c.Hold(text="Jam berapa?"))


def rescheduled(holiday: str) -> Case:
    case = routed()
    return replace(case, rules=with_late_holiday(holiday, case.rules)).do(c.Reschedule())


def broken_promise() -> Case:
    case = routed()
    plan = c.Plan(on=case.rules.today(case.later(days=1).now), text="Truk baru.")
    return climbed(case.by_agency(plan), "Wed 2026-11-04 08:00", "promise+0#1")


def absorbing() -> Case:
    """The other report, with the first one merged into it."""
    source, target = filed(), filed(code=OTHER_CODE).routed("dlhk", VERIFIER)
    merge = c.Merge(into=OTHER_CODE, target=target.report, text="Sama.")
    decided = source.decided(merge, VERIFIER)
    return target.having(
        echo(target.report, merge, decided=decided, rules=target.rules, stamp=stamp(99))
    )


_TO_DPUPR = {"agency": "dpupr", "text": "Ini jalan, bukan sampah."}
_WORDS = {"text": "Sejak subuh."}

# What happened last is what is told.
STORIES: Mapping[str, Callable[[], Case]] = {
    "filed": filed,
    "filed by intake": lambda: filed(by=INTAKE, channel="walk_in"),
    "classified": lambda: filed().do(c.Classify(category="sampah", text="Lebih tepat."), VERIFIER),
    "routed": routed,
    "praise routed": lambda: routed(kind=Kind.APPRECIATION),
    "review decided: routed": lambda: appealed().routed("dlhk", VERIFIER_2),
    "review overdue: routed": lambda: (
        appealed()
        .do(c.Classify(category="sampah", text="Sampah."), VERIFIER_2)
        .later(days=6)
        .climbed()
    ),
    "review decided: archived": lambda: appealed().do(ARCHIVE, VERIFIER_2),
    "referred": lambda: filed().do(c.Refer(body="pln", text="Listrik."), VERIFIER),
    "held by the verifier": lambda: asked_by_verifier(filed()),
    "held by the agency": asked_by_agency,
    "supplemented to the verifier": lambda: asked_by_verifier(filed()).do(
        c.Supplement(**_WORDS), REPORTER
    ),
    "supplemented to the agency": lambda: asked_by_agency().do(c.Supplement(**_WORDS), REPORTER),
    "resumed by the coordinator": lambda: asked_by_agency().do(c.Resume(), COORDINATOR),
    "resumed by the agency": lambda: asked_by_agency().by_agency(c.Resume()),
    "forwarded": lambda: routed().by_agency(c.Forward(**_TO_DPUPR)),
    "reassigned": lambda: routed().do(c.Reassign(**_TO_DPUPR), COORDINATOR),
    "transferred": lambda: filed().routed("disperindag").do(c.Transfer(), SYSTEM),
    "contested": contested,
    "recalled": lambda: filed().routed("dlhk").do(c.Recall(text="Salah alamat."), VERIFIER),
    "accepted": lambda: routed().accepted(),
    "planned": lambda: routed().by_agency(
        c.Plan(on=routed().rules.today(routed().later(days=4).now), text="Truk baru.")
    ),
    "extended": lambda: routed(kind=Kind.INFORMATION_REQUEST).do(
        c.Extend(text="Arsip lama."), COORDINATOR
    ),
    "assigned": lambda: routed().by_agency(
        c.Assign(officer="putu", officers=frozenset({"putu"}), text="Tolong.")
    ),
    "rescheduled": lambda: rescheduled("Thu 2026-11-05"),
    "rescheduled without a day moved": lambda: rescheduled("Wed 2026-12-09"),
    "directed": lambda: routed().do(c.Direct(text="Segera."), OVERSIGHT),
    "answered": answered,
    "answered on behalf": lambda: (
        filed().routed("satpolpp", VERIFIER).do(replace(EXPLAINED, on_behalf_of="satpolpp"), INTAKE)
    ),
    "replied": lambda: answered().replied(),
    "confirmed": lambda: answered().closed(),
    "confirmed after two objections": lambda: objected(2).closed(),
    "objected": lambda: answered().closed().do(c.Object(text="Menumpuk lagi."), REPORTER),
    "objected without an agency": lambda: (
        filed().do(c.Withdraw(), REPORTER).do(c.Object(text="Ternyata belum."), REPORTER)
    ),
    "objected twice": lambda: objected(1).closed().do(c.Object(text="Lagi."), REPORTER),
    "withdrawn": lambda: routed().do(c.Withdraw(text="Sudah beres."), REPORTER),
    "withdrawn after two objections": lambda: objected(2).do(c.Withdraw(), REPORTER),
    "silence after two objections": lambda: expired(objected(2)),
    "silence after an answer": lambda: expired(answered()),
    "silence after a verifier's question": lambda: expired(asked_by_verifier(filed())),
    "silence after a review's question": lambda: expired(
        appealed().do(c.Hold(text="Yang mana?"), VERIFIER_2)
    ),
    "silence after an agency's question": lambda: expired(asked_by_agency()),
    "archived": lambda: filed().do(ARCHIVE, VERIFIER),
    "reviewed": lambda: filed().do(ABUSIVE, VERIFIER).do(c.Review(), VERIFIER_2),
    "appealed": appealed,
    "merged": lambda: filed().do(
        c.Merge(into=OTHER_CODE, target=filed(code=OTHER_CODE).report, text="Sama."), VERIFIER
    ),
    "absorbing": absorbing,
    "split": lambda: STORIES["merged"]().do(c.Split(text="Bukan."), REPORTER),
    "answered with a merged one": lambda: absorbing().answered(),
    "ended with a merged one": lambda: absorbing().answered().closed(),
    "reopened": lambda: answered().closed().do(c.Reopen(text="Ada bukti baru."), COORDINATOR),
    "reopened without an agency": lambda: (
        filed().do(ARCHIVE, VERIFIER).do(c.Reopen(text="Salah paham."), COORDINATOR)
    ),
    "revealed": lambda: routed().do(c.Reveal(text="Perlu menelepon."), COORDINATOR),
    "revealed to the agency": lambda: routed().by_agency(c.Reveal(text="Perlu menelepon.")),
    "noted": lambda: routed().do(c.Note(text="Truk rusak."), COORDINATOR),
    "redacted": lambda: routed().do(c.Redact(start=0, end=3, length=9, text="Nama."), VERIFIER),
    "receipt renewed": lambda: routed().do(c.Renew(), SYSTEM),
    "added at the verifiers": lambda: filed().do(c.Add(**_WORDS), REPORTER),
    "added at the agency": lambda: routed().do(c.Add(**_WORDS), REPORTER),
    "added after an answer": lambda: answered().do(c.Add(text="Terima kasih."), REPORTER),
    "added at the coordinator": lambda: contested().do(c.Add(**_WORDS), REPORTER),
    "reminded: verification": lambda: climbed(filed(), "Wed 2026-11-04 08:00", "verification-1#1"),
    "late: verification": lambda: climbed(filed(), "Fri 2026-11-06 08:00", "verification+0#1"),
    "reminded: response": lambda: climbed(routed(), "Fri 2026-11-06 08:00", "response-1#1"),
    "late: verification, routed": lambda: (
        filed(category="sampah").at("Fri 2026-11-06 08:00").climbed()
    ),
    "late: response": lambda: climbed(routed(), "Tue 2026-11-10 08:00", "response+0#1"),
    "late: promise": broken_promise,
    "late: response, last": lambda: climbed(routed(), "Tue 2026-11-17 08:00", "response+5#1"),
    "reminded: contested": lambda: climbed(contested(), "Fri 2026-11-06 08:00", "response-1#1"),
    "late: decision": lambda: climbed(contested(), "Thu 2026-11-05 08:00", "decision+0#1"),
    "reminded: legal": lambda: climbed(routed(), "Tue 2026-11-17 08:00", "legal-3-complaint#1"),
    "legal time over": lambda: climbed(routed(), "Mon 2026-11-23 08:00", "legal+0#1"),
    "reminded: reporter": lambda: climbed(answered(), "Wed 2026-11-11 08:00", "reporter-3#1"),
    "reminded: completion": lambda: climbed(
        asked_by_verifier(filed()), "Fri 2026-11-27 08:00", "completion-3#1"
    ),
}


@dataclass(frozen=True)
class Told:
    """One notice of a story, with all it is composed of."""

    story: str
    notice: Notice
    report: Report
    event: Event
    case: Case

    def __repr__(self) -> str:
        return f"<{self.story} → {self.notice.audience}: {self.notice.kind}>"

    def message(self, language: str = "id", links: Links = LINKS, **changes: Any) -> Message:
        report = replace(self.report, **changes)
        case = self.case
        return compose(self.notice, report, self.event, case.rules, links, case.now, language)


def told_in(story: str, case: Case | None = None) -> tuple[Told, ...]:
    case = case or STORIES[story]()
    found = notices_for(case.events, case.report, case.rules, case.now)
    return tuple(Told(story, each, case.report, case.events[-1], case) for each in found)


@cache
def everything_told() -> tuple[Told, ...]:
    return tuple(told for story in STORIES for told in told_in(story))


def audiences_of(told: tuple[Told, ...]) -> dict[Audience, str]:
    """Merged reporters apart: they stand under their own kinds."""
    return {
        each.notice.audience: each.notice.kind
        for each in told
        if not each.notice.kind.startswith("merged_")
    }
