"""The reporter's own file for an oversight body: complete, dated, and checkable without us."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.attachment import Shelf
from shared.domain.refusals import UnableTo
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.statuses import Kind, Role
from shared.domain.visibility import Viewer
from shared.edge.replies.own import OversightFile
from shared.usecases.chain_check import PYTHON
from shared.usecases.oversight_file import composed, oversight_file_of
from shared.usecases.ports import Identity
from shared.usecases.views import Reading
from tests.builders import IDENTITY
from tests.domain.builders import COORDINATOR, RULES, VERIFIER, Case, filed, supervisory
from tests.fakes.memory_store import MemoryReports

NOTE = "Jangan sampai pelapor tahu."


def a_dispute(**fields: Any) -> Case:
    """Answered twice, objected to twice."""
    case = filed(**fields).routed("dlhk", VERIFIER).do(c.Note(text=NOTE), COORDINATOR)
    case = case.do(c.Reveal(text="Perlu menelepon."), COORDINATOR)
    for _ in range(2):
        case = case.later(days=1).answered().closed().do(c.Object(text="Belum."), REPORTER)
    return case


def reading(case: Case, language: str = "id") -> Reading:
    return Reading(Viewer.REPORTER, REPORTER, RULES, case.now, language)


def file_of(
    case: Case, *, identity: Identity | None = None, language: str = "id"
) -> dict[str, Any]:
    shelf = Shelf(case.report.code)
    return composed(case.report, case.events, shelf, reading(case, language), identity)


def checked(file: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """As the file itself says it is to be checked: on another machine, without us."""
    script, saved = folder / "periksa.py", folder / "berkas.json"
    script.write_text(file["chain"]["python"])
    saved.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-I", "-O", str(script), str(saved)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# Who gets it, and when


def test_the_file_is_there_once_it_was_offered() -> None:
    """Before that the answer says when it will be."""
    case = filed()

    with pytest.raises(UnableTo) as refusal:
        oversight_file_of(case.report, reading(case), MemoryReports(), with_identity=False)

    assert refusal.value.code == "oversight-not-offered"


def stored(case: Case) -> tuple[Report, MemoryReports]:
    store = MemoryReports()
    store.timelines = {(case.report.code, event.seq): event for event in case.events}
    return case.report, store


@pytest.mark.parametrize("named", [True, False])
def test_the_reporter_chooses_whether_it_names_them(named: bool) -> None:  # noqa: FBT001
    """As they gave it, and marked as such; not at all when they do not ask for it."""
    case = a_dispute()
    report, store = stored(case)
    store.identity = lambda _: IDENTITY  # type: ignore[method-assign]

    file = oversight_file_of(report, reading(case), store, with_identity=named)

    assert (str(IDENTITY.email) in json.dumps(file)) is named
    assert not named or file["reporter"]["verified"] is False


# What it holds


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "case",
    [
        a_dispute(),
        a_dispute(kind=Kind.INFORMATION_REQUEST, anonymous=True, title="Judul"),
        supervisory().routed("inspektorat", VERIFIER).answered(),
        filed().do(c.Hold(text="Di mana?"), VERIFIER),
    ],
    ids=["dispute", "information", "supervisory", "on hold"],
)
def test_the_model_of_the_file_covers_it(case: Case, language: str) -> None:
    """What the OpenAPI page promises is what is sent."""
    file = file_of(case, identity=IDENTITY, language=language)

    OversightFile.model_validate_json(json.dumps(file), strict=True)


def test_every_step_is_there_but_internal_notes() -> None:
    """Those who looked at the identity, too; a note has its header in the chain, nothing else."""
    case = a_dispute()

    file = file_of(case)

    happened = [event.type for event in case.events]
    assert [step["type"] for step in file["steps"]] == [t for t in happened if t != "noted"]
    assert [link["header"]["type"] for link in file["chain"]["links"]] == happened
    assert NOTE not in json.dumps(file)


def test_no_officer_is_named() -> None:
    """The reporter reads roles and agencies."""
    case = a_dispute()
    officers = {event.officer for event in case.events if event.officer}

    file = json.dumps(file_of(case) | {"chain": None})

    assert officers
    assert not [officer for officer in officers if f'"{officer}"' in file]


def test_the_dialogue_begins_with_what_was_filed() -> None:
    """Then everything that was said, in order, by whom."""
    case = a_dispute()

    said = [(each["by"], each["text"]) for each in file_of(case)["dialogue"]]

    assert said[0] == ("reporter", case.report.body)
    assert said.count(("agency", "Dianggarkan tahun depan.")) == 2
    assert said[-1] == ("reporter", "Belum.")


def test_every_clock_says_why_its_date() -> None:
    """Each run, the days counted one by one, and what it rests on."""
    case = a_dispute()

    clocks = file_of(case)["clocks"]

    assert [(each["kind"], each["run"]) for each in clocks] == [
        (run.kind, run.run) for run in case.report.clocks
    ]
    verification = clocks[0]
    assert verification["days"] == ["2026-11-03", "2026-11-04", "2026-11-05"]
    assert verification["because"].startswith("Jatuh tempo Kamis, 5 November 2026: 3 hari kerja")
    assert verification["basis"]
    assert verification["intervals"]


def test_it_says_how_long_each_agency_had_the_report() -> None:
    """Stretch by stretch, in working days; the last one may still go on."""
    case = filed().routed("dlhk", VERIFIER).later(days=2)
    case = case.do(c.Reassign(agency="dpupr", text="Jalan."), COORDINATOR).later(days=7)

    held = file_of(case)["held"]

    assert [(each["agency"]["id"], each["working_days"]) for each in held] == [
        *(("dlhk", 2), ("dpupr", 5)),
    ]
    assert held[0]["until"]
    assert held[1]["until"] is None


def test_it_says_where_else_to_go() -> None:
    """The Ombudsman first, as the region knows it, free of charge; others by the kind of report."""
    complaint, question = (
        file_of(a_dispute(kind=kind))["elsewhere"]
        for kind in (Kind.COMPLAINT, Kind.INFORMATION_REQUEST)
    )

    assert [office["id"] for office in complaint] == ["ombudsman", "dprd"]
    assert [office["id"] for office in question] == ["ombudsman", "komisi-informasi", "dprd"]
    assert complaint[0]["free_of_charge"]
    assert complaint[0]["contact"]


# How it is checked


@pytest.mark.parametrize("case", [a_dispute(), a_dispute(title="Jalan “rusak” – Kuta ½")])
def test_the_lines_in_the_file_check_the_file(case: Case, tmp_path: Path) -> None:
    """They end with the head that every message of ours names."""
    run = checked(file_of(case), tmp_path)

    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, case.report.head, "")


def tampered(file: dict[str, Any], what: str) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(file))
    links = changed["chain"]["links"]
    match what:
        case "a date":
            links[2]["header"]["at"] = "2026-11-01T00:00:00Z"
        case "a step left out":
            del links[3]
        case "the end left out":
            del links[-1]
        case "what was filed":
            changed["proof_of_filing"]["content"]["texts"]["body"] += "!"
        case "another report":
            changed["chain"]["start"] = "0000000000A"
    return changed


@pytest.mark.parametrize(
    "what", ["a date", "a step left out", "the end left out", "what was filed", "another report"]
)
def test_the_lines_in_the_file_find_what_was_changed(what: str, tmp_path: Path) -> None:
    """Whoever changed it, we or somebody else."""
    run = checked(tampered(file_of(a_dispute()), what), tmp_path)

    assert run.returncode == 1
    assert run.stderr.startswith(("Changed", "Steps are missing"))


def test_a_filing_that_an_officer_wrote_down_is_proved_by_its_digest(tmp_path: Path) -> None:
    """Its content names the officer. The same goes for content that was erased."""
    case = a_dispute()
    first = replace(case.events[0], officer="kadek", by=Role.INTAKE)
    erased = replace(case.events[0], texts={}, salt="")

    for event in (first, erased):
        events, shelf = (event, *case.events[1:]), Shelf(case.report.code)
        file = composed(case.report, events, shelf, reading(case), None)
        assert file["proof_of_filing"]["content"] is None
        assert file["proof_of_filing"]["digest"] == case.events[0].digest

    assert checked(file, tmp_path).returncode == 0


def test_the_script_is_short_enough_to_be_read() -> None:
    """Nobody should have to trust it."""
    assert len(PYTHON.splitlines()) <= 20
