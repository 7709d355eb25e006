"""A small region, its people, and reports brought to where a test begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from infra import file_rows, ladder_rows
from shared.domain import commands as c
from shared.domain.acts.filing import Filing
from shared.domain.attachment import FileLimits
from shared.domain.calendar import Calendar
from shared.domain.climbing import climb
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.directory import Agency, Body, Category, Directory, Named, Rule, Successor
from shared.domain.events import Event, Stamp
from shared.domain.ladder import Ladder, Rung, Step
from shared.domain.policy import Allowance, Policy, PolicyRow
from shared.domain.refusals import Refusal
from shared.domain.report import Report
from shared.domain.scene import REPORTER, SYSTEM, Person, Rules
from shared.domain.statuses import AnswerKind, ArchiveReason, Kind, Role
from shared.domain.workflow import Decision, decide, submit

CODE, OTHER_CODE = "7K3M9QX2WDQ", "0000000000A"
ZONE = "Asia/Makassar"

# SKB 3 Menteri: national holidays and cuti bersama of 2026, and those around it.
HOLIDAYS = {
    date(2025, 12, 25): "Hari Raya Natal",
    date(2025, 12, 26): "Cuti Bersama Hari Raya Natal",
    date(2026, 1, 1): "Tahun Baru Masehi",
    date(2026, 1, 16): "Isra Mikraj Nabi Muhammad",
    date(2026, 2, 16): "Cuti Bersama Tahun Baru Imlek",
    date(2026, 2, 17): "Tahun Baru Imlek",
    date(2026, 3, 18): "Cuti Bersama Hari Suci Nyepi",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 21): "Hari Raya Idul Fitri",
    date(2026, 3, 22): "Hari kedua Idul Fitri",
    date(2026, 3, 23): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 3, 24): "Cuti Bersama Hari Raya Idul Fitri",
    date(2026, 4, 3): "Wafat Yesus Kristus",
    date(2026, 5, 1): "Hari Buruh Internasional",
    date(2026, 5, 14): "Kenaikan Yesus Kristus",
    date(2026, 5, 15): "Cuti Bersama Kenaikan Yesus Kristus",
    date(2026, 5, 27): "Hari Raya Idul Adha",
    date(2026, 5, 28): "Cuti Bersama Hari Raya Idul Adha",
    date(2026, 6, 1): "Hari Lahir Pancasila",
    date(2026, 6, 16): "Tahun Baru Islam",
    date(2026, 8, 17): "Hari Kemerdekaan Republik Indonesia",
    date(2026, 8, 25): "Maulid Nabi Muhammad",
    date(2026, 12, 24): "Cuti Bersama Hari Raya Natal",
    date(2026, 12, 25): "Hari Raya Natal",
    date(2027, 1, 1): "Tahun Baru Masehi",
}


def local(written: str, zone: str = ZONE) -> datetime:
    """`Fri 2026-11-20 16:00`; a wrong weekday is an error in the test."""
    weekday, _, rest = written.partition(" ")
    at = datetime.fromisoformat(rest).replace(tzinfo=ZoneInfo(zone))
    assert at.strftime("%a") == weekday, f"{written} is a {at:%a}"
    return at


def day(written: str) -> date:
    return local(f"{written} 00:00").date()


def written(at: datetime, zone: str = ZONE) -> str:
    """The way back, to the second, so that a failing test can be read."""
    return at.astimezone(ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M:%S")


NOW = local("Mon 2026-11-02 10:00").astimezone(UTC)


def calendar(zone: str = ZONE, version: str = "2026a", **extra: Any) -> Calendar:
    return Calendar(version, zone, HOLIDAYS | extra.get("holidays", {}), frozenset({2026}))


def _agency(id_: str, name: str, **fields: Any) -> Agency:
    return Agency(id=id_, name=name, short_name=id_.upper(), kind="dinas", head="Kepala", **fields)


# disperindag became diskumperindag, which became dkupp; uptd-pasar stands below the latter.
_AGENCIES = (
    _agency("dlhk", "Dinas Lingkungan Hidup dan Kebersihan"),
    _agency("dpupr", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    _agency("satpolpp", "Satuan Polisi Pamong Praja", paper=True),
    _agency("dinkes", "Dinas Kesehatan"),
    _agency("rsud", "RSUD Mangusada", parent="dinkes"),
    _agency("igd", "Instalasi Gawat Darurat", parent="rsud"),
    _agency(
        "disperindag",
        "Dinas Perindustrian dan Perdagangan",
        succeeded_by=Successor("diskumperindag", date(2026, 7, 1)),
    ),
    _agency(
        "diskumperindag",
        "Dinas Koperasi, UKM dan Perdagangan",
        succeeded_by=Successor("dkupp", date(2026, 10, 1)),
    ),
    _agency("dkupp", "Dinas Koperasi, Usaha Kecil, Perindustrian dan Perdagangan"),
    _agency("uptd-pasar", "UPTD Pasar", parent="dkupp"),
    _agency("setda", "Sekretariat Daerah"),
    _agency("inspektorat", "Inspektorat Daerah", parent="setda"),
    _agency("bkpsdm", "Badan Kepegawaian dan Pengembangan SDM"),
)
_CATEGORIES = (
    Category("sampah", "Lingkungan Hidup", "Environment", keywords=("sampah", "limbah")),
    Category(
        "jalan",
        "Jalan dan Jembatan",
        "Roads and bridges",
        keywords=("jalan", "lubang", "gorong-gorong"),
    ),
    Category("pasar", "Pasar", "Markets", keywords=("pasar", "pedagang kaki lima")),
    Category("listrik", "Listrik", "Electricity", keywords=("listrik", "padam", "pln.co.id")),
    Category("lain", "Lainnya", "Other"),
)
_RULES = (
    Rule(1, "jalan", "51.03", agency="dpupr"),
    Rule(2, "sampah", "51.03", agency="dinkes"),
    Rule(12, "sampah", "51.03.06", agency="dlhk"),
    Rule(13, "sampah", "51.03.06.2003", agency="satpolpp"),
    Rule(20, "pasar", "51.03", agency="disperindag"),
    Rule(21, "pasar", "51.03", agency="satpolpp"),
    Rule(30, "listrik", "51", body="pln"),
)
DIRECTORY = Directory(
    region="badung",
    name="Kabupaten Badung",
    name_en="Badung Regency",
    code="51.03",
    zone=ZONE,
    agencies={agency.id: agency for agency in _AGENCIES},
    bodies={
        "pln": Body("pln", "PT PLN (Persero)", "Listrik", contact={"phone": "123"}),
        "ombudsman": Body(
            "ombudsman", "Ombudsman RI Bali", "Maladministrasi", contact={"phone": "137"}
        ),
    },
    categories={category.id: category for category in _CATEGORIES},
    rules=_RULES,
    areas={
        "51.03": "Kabupaten Badung",
        "51.03.06": "Kuta Utara",
        "51.03.06.2003": "Tibubeneng",
    },
    handlers=("inspektorat", "bkpsdm"),
    causes={"anggaran": Named("anggaran", "Anggaran belum tersedia", "No budget for it yet")},
)


def with_successor(agency: str, heir: str) -> Directory:
    """The region after a reorganisation."""
    replaced = replace(DIRECTORY.agencies[agency], succeeded_by=Successor(heir, date(2026, 11, 1)))
    return replace(DIRECTORY, agencies={**DIRECTORY.agencies, agency: replaced})


@cache
def policy() -> Policy:
    """The rows that regions are deployed with."""
    return Policy(tuple(map(_policy_row, _written()["rows"])))


@cache
def ladder() -> Ladder:
    """The rungs that regions are deployed with."""
    rows = ({**row, "from": str(row["from"])} for row in _written()["ladder"])
    return Ladder(tuple(map(ladder_rows.row, rows)))


@cache
def file_limits() -> tuple[FileLimits, ...]:
    """The rows that regions are deployed with."""
    rows = ({**row, "from": str(row["from"])} for row in _written()["files"])
    return tuple(map(file_rows.row, rows))


@cache
def _written() -> Mapping[str, Any]:
    path = Path(__file__).resolve().parents[2] / "infra" / "policy.yaml"
    written: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return written


def _policy_row(row: Mapping[str, Any]) -> PolicyRow:
    extension = row.get("extension", {})
    return PolicyRow(
        id=row["id"],
        clock=row["clock"],
        kind=row["kind"],
        allowances=tuple(
            Allowance(part["number"], part["unit"])
            for part in (row, row.get("and"))
            if part and part["number"] is not None
        ),
        since=row["from"],
        basis=row["basis"],
        minimum_left=row.get("minimum_left", 0),
        extension=Allowance(extension["number"], extension["unit"]) if extension else None,
        extension_basis=extension.get("basis"),
    )


def rules(directory: Directory = DIRECTORY, days: Calendar | None = None) -> Rules:
    days = days or calendar()
    return Rules(directory, policy(), days, {days.version: days}, ladder(), file_limits())


RULES = rules()


def with_late_holiday(day_: str, before: Rules = RULES) -> Rules:
    """A decree came late: its day is in a new version, which is in force from now on."""
    late = replace(
        before.calendar,
        version=f"{before.calendar.version}+{day(day_):%m%d}",
        holidays={**before.calendar.holidays, day(day_): "Pilkada"},
    )
    calendars = {**before.calendars, late.version: late}
    return replace(before, calendar=late, calendars=calendars)


def person(role: Role, officer: str | None = None, agency: str | None = None) -> Person:
    return Person(frozenset({role}), officer, agency)


VERIFIER = person(Role.VERIFIER, "wayan")
VERIFIER_2 = person(Role.VERIFIER, "made")
COORDINATOR = person(Role.COORDINATOR, "nyoman")
OVERSIGHT = person(Role.OVERSIGHT, "ketut")
INTAKE = person(Role.INTAKE, "komang")
ADMIN = person(Role.ADMIN, "gede")


def officer_of(agency: str) -> Person:
    return person(Role.AGENCY, f"putu@{agency}", agency)


def stamp(number: int, at: datetime = NOW) -> Stamp:
    return Stamp(at, number.to_bytes(32, "big"))


def filing(**fields: Any) -> Filing:
    return Filing(**{"body": "Sampah menumpuk tiga hari di Jalan Raya Kerobokan."} | fields)


@dataclass(frozen=True)
class Case:
    """A report, what happened to it, and what time it is."""

    report: Report
    events: tuple[Event, ...]
    now: datetime = NOW
    rules: Rules = RULES

    def __repr__(self) -> str:
        types = " ".join(event.type for event in self.events)
        return f"<{self.report.code} {self.report.status} after {types}, {written(self.now)}>"

    def do(self, command: c.Command, by: Person = SYSTEM) -> "Case":
        return self.having(self.decided(command, by))

    def decided(self, command: c.Command, by: Person = SYSTEM) -> Decision:
        entropy = stamp(self.report.seq, self.now)
        return decide(self.report, command, person=by, rules=self.rules, stamp=entropy)

    def climbed(self) -> "Case":
        """What a sweep would do now."""
        decision = climb(self.report, rules=self.rules, stamp=stamp(self.report.seq, self.now))
        return self.having(decision) if decision else self

    def having(self, decision: Decision) -> "Case":
        return replace(self, report=decision.report, events=(*self.events, *decision.events))

    def at(self, written_: str) -> "Case":
        return replace(self, now=local(written_))

    def later(self, **span: float) -> "Case":
        return replace(self, now=self.now + timedelta(**span))

    def run(self, kind: ClockKind) -> ClockRun:
        """The newest run of this kind, ended or not."""
        return max((r for r in self.report.clocks if r.kind is kind), key=lambda r: r.run)

    def due(self, kind: ClockKind) -> str:
        due_at = self.run(kind).due_at
        assert due_at, f"{kind} stands"
        return written(due_at)

    # Where reports usually go

    def routed(self, agency: str = "dlhk", by: Person = SYSTEM) -> "Case":
        return self.do(c.Route(agency=agency), by)

    def by_agency(self, command: c.Command) -> "Case":
        return self.do(command, officer_of(self.report.agency or ""))

    def accepted(self) -> "Case":
        return self.by_agency(c.Accept())

    def answered(self) -> "Case":
        return self.by_agency(EXPLAINED)

    def replied(self) -> "Case":
        return self.do(c.Reply(text="Belum beres."), REPORTER)

    def closed(self) -> "Case":
        return self.do(c.Confirm(solved=True), REPORTER)

    def archived(self, by: Person = VERIFIER) -> "Case":
        return self.do(c.Archive(reason=ArchiveReason.TEST), by)

    def merged(self, target: Report) -> "Case":
        return self.do(c.Merge(into=target.code, target=target), VERIFIER)


@cache
def a_step(row: str = "response+0", run: int = 1) -> Step:
    """To this rung, as if it had been reached."""
    found = next(each for each in ladder().rows if each.id == row)
    started = filed().routed().run(ClockKind.RESPONSE)
    return Step(Rung(found, replace(started, kind=found.clock, run=run), NOW))


def answer_to(case: Case, command: c.Command, by: Person = SYSTEM) -> str:
    """`done`, or the code of the refusal."""
    try:
        case.do(command, by)
    except Refusal as refusal:
        return refusal.code
    return "done"


EXPLAINED = c.Respond(
    outcome=AnswerKind.EXPLAINED, cause="anggaran", text="Dianggarkan tahun depan."
)
SOLVED = c.Respond(outcome=AnswerKind.SOLVED, proof="Foto", text="Sudah diangkut.")


def filed(
    at: datetime = NOW,
    *,
    code: str = CODE,
    by: Person = REPORTER,
    days: Rules = RULES,
    **fields: Any,
) -> Case:
    role = next(iter(by.roles))
    decision = submit(
        filing(**fields), code=code, person=by, role=role, rules=days, stamp=stamp(0, at)
    )
    return Case(decision.report, decision.events, at, days)


def supervisory(named: str | None = "dlhk", **fields: Any) -> Case:
    return filed(about_official=True, agency=named, **fields)


OTHER = filed(code=OTHER_CODE, kind=Kind.INFORMATION_REQUEST).report

# Every status, reached by real commands; a hold counts twice, for it matters who asked.
SITUATIONS: Mapping[str, Callable[[Case], Case]] = {
    "submitted": lambda case: case,
    "contested": lambda case: case.routed("disperindag").by_agency(c.Forward()),
    "hold_verifier": lambda case: case.do(c.Hold(text="Di mana?"), VERIFIER),
    "hold_agency": lambda case: case.routed("disperindag").by_agency(c.Hold(text="Kapan?")),
    "routed": lambda case: case.routed("disperindag"),
    "in_progress": lambda case: case.routed("disperindag").accepted(),
    "answered": lambda case: case.routed("disperindag").answered(),
    "replied": lambda case: case.routed("disperindag").answered().replied(),
    "referred": lambda case: case.routed("disperindag").do(c.Refer(body="pln"), VERIFIER),
    "closed": lambda case: case.routed("disperindag").answered().closed(),
    "archived": lambda case: case.archived(),
    "merged": lambda case: case.routed("disperindag").merged(OTHER),
}


def a_case_that_is(situation: str, **fields: Any) -> Case:
    return SITUATIONS[situation](filed(**fields))
