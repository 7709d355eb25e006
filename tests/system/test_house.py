"""The rules of the house that no single test of behaviour would notice being broken."""

import importlib
import json
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

import main
import shared.domain
from infra import manifest
from shared.domain import visibility
from shared.domain.refusals import SENTENCES
from shared.domain.scene import REPORTER, Person
from shared.domain.visibility import Viewer
from shared.edge import problems
from shared.edge.openapi import document
from shared.edge.replies import reports, service
from shared.edge.sentences import DETAILS, FAULTS, TITLES
from shared.usecases import report_views
from shared.usecases.directory import officers_directory, public_directory
from shared.usecases.report_views import report_view, summary
from shared.usecases.views import Reading
from tests.domain.builders import (
    COORDINATOR,
    DIRECTORY,
    RULES,
    SITUATIONS,
    a_case_that_is,
    officer_of,
    supervisory,
)
from tests.system.sources import (
    ROOT,
    called,
    called_on_types,
    defined,
    imports,
    literals,
    modules,
    own_dataclasses,
    parsed,
    statuses,
    walked,
)

BIN = Path(sys.executable).parent
CORE = sorted([*(ROOT / "shared/domain").rglob("*.py"), *(ROOT / "shared/usecases").rglob("*.py")])
EDGE = sorted([*(ROOT / "shared/edge").glob("*.py"), *(ROOT / "functions").glob("*.py")])
FUNCTIONS = sorted(path for path in (ROOT / "functions").glob("*.py") if path.stem != "__init__")


# What loads when


SLOW_TO_LOAD = (
    "google.cloud.firestore", "google.cloud.pubsub_v1", "google.pubsub_v1", "google.api_core",
    "google.auth", "google.protobuf", "grpc", "boto3", "botocore", "jwt", "cryptography",
)  # fmt: skip


@pytest.mark.parametrize("name", ["submit_report", "track_report", "handle_report"])
def test_an_entry_point_loads_no_client_and_no_other_function(name: str) -> None:
    """A cold start pays for Google's packages with the first call that needs them, if any."""
    script = f"import json, sys, main; main.{name}; print(json.dumps(sorted(sys.modules)))"

    loaded = set(re.findall(r'"([^"]+)"', _output(sys.executable, "-c", script)))

    assert {each for each in loaded if each.startswith("functions.")} == {f"functions.{name}"}
    assert not [each for each in loaded if each.startswith(SLOW_TO_LOAD)]


def test_filing_loads_nothing_of_files_before_one_comes() -> None:
    """Most reports bring none: their cold start does not pay for them."""
    script = "import json, sys, main; main.submit_report; print(json.dumps(sorted(sys.modules)))"

    loaded = set(re.findall(r'"([^"]+)"', _output(sys.executable, "-c", script)))

    assert "shared.usecases.filing" in loaded
    assert not loaded & {
        "shared.adapters.bucket", "shared.edge.uploads", "shared.usecases.attaching",
        "shared.usecases.taking_in", "google.cloud.storage", "PIL",
    }  # fmt: skip


# Who may import whom


FORBIDDEN_IMPORTS = {
    "the rules use a web framework": ("shared/domain/dates.py", "import flask"),
    "the rules log": ("shared/domain/calendar.py", "import logging"),
    "the rules read the environment": ("shared/usecases/relaying.py", "import os"),
    "a use case checks with pydantic": ("shared/usecases/reading.py", "import pydantic"),
    "a use case knows Firestore": ("shared/usecases/acting.py", "import google.cloud.firestore"),
    "a use case names an adapter": ("shared/usecases/saving.py", "import shared.adapters.desk"),
    "a rule calls a use case": ("shared/domain/areas.py", "import shared.usecases.ports"),
    "the edge names an adapter": ("shared/edge/callers.py", "import shared.adapters.settings"),
    "an adapter names the edge": ("shared/adapters/settings.py", "import shared.edge.log"),
    "a function imports another": ("functions/track_report.py", "import functions.submit_report"),
    "the archive imports infra": ("functions/relay_outbox.py", "import infra.manifest"),
    "the archive imports the emulator": ("shared/edge/clock.py", "import emulator.clock"),
}  # fmt: skip


def test_the_house_keeps_its_dependency_directions() -> None:
    """The contracts of pyproject.toml hold for the tree as it stands."""
    checked = _lint_imports(ROOT)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("offence", FORBIDDEN_IMPORTS)
def test_a_forbidden_import_breaks_a_contract(offence: str, tree: Path) -> None:
    """The contracts are no decoration: each kind of wrong import is refused, with its line."""
    path, line = FORBIDDEN_IMPORTS[offence]
    with (tree / path).open("a") as module:
        module.write(f"\n{line}\n")

    checked = _lint_imports(tree)

    assert checked.returncode == 1
    assert path.removesuffix(".py").replace("/", ".") in checked.stdout


def test_the_edge_alone_knows_flask_and_the_adapters_alone_know_google() -> None:
    """No third place translates requests or calls the cloud."""
    web = {"flask", "werkzeug", "pydantic", "jinja2", "cloudevents"}
    of_google = {"google", "grpc", "boto3", "botocore", "jwt", "cryptography"}

    assert not [path for path in modules("shared/edge", "functions") if imports(path) & of_google]
    assert not [path for path in modules("shared/adapters") if imports(path) & (web - {"pydantic"})]


# What the rules may do


IMPURE_IMPORTS = frozenset({
    "boto3", "flask", "functions_framework", "google", "grpc", "io", "jinja2", "logging", "os",
    "pydantic", "random", "requests", "secrets", "socket", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib", "werkzeug",
})  # fmt: skip
IMPURE_CALLS = frozenset({"print", "open", "input", "eval", "exec"})
CLOCKS = frozenset({"now", "utcnow", "today", "fromtimestamp", "time", "monotonic"})


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_neither_asks_the_clock_nor_speaks_to_the_world(path: Path) -> None:
    """Time and randomness are arguments; nothing is printed, logged, opened or drawn."""
    tree = parsed(path)

    assert not imports(path) & IMPURE_IMPORTS
    assert not {name for name in called(tree) if name in {"print", "open", "input", "eval", "exec"}}
    assert not {name for name in called_on_types(tree) if name in CLOCKS}


def test_only_the_edge_asks_the_machine_for_the_time() -> None:
    """One file knows what time it is for a decision; adapters name their exceptions."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in modules("shared", "functions")
        if called_on_types(parsed(path)) & {"now", "utcnow", "today"}
    }

    # Marks expire by the store's broom, signatures by Google's clock: both by the machine's time.
    by_real_time = {"shared/adapters/bucket.py", "shared/adapters/commit_documents.py"}
    assert asking <= {"shared/edge/clock.py"} | by_real_time


def test_every_dataclass_of_the_rules_is_frozen() -> None:
    """A value that a decision looked at cannot change under it."""
    found = [kind for module in walked(shared.domain) for kind in own_dataclasses(module)]

    assert len(found) > 30
    assert not [kind.__name__ for kind in found if not kind.__dataclass_params__.frozen]  # type: ignore[attr-defined]


# What a function is


@pytest.mark.parametrize("path", FUNCTIONS, ids=lambda path: path.stem)
def test_a_function_file_has_one_entry_point_of_its_own_name(path: Path) -> None:
    """One file is one deployed function; all else in it is private."""
    module = importlib.import_module(f"functions.{path.stem}")

    public = [name for name in defined(module) if not name.startswith("_")]

    assert public == [path.stem]
    assert getattr(main, path.stem) is getattr(module, path.stem)
    assert module.__doc__


@pytest.mark.parametrize("path", FUNCTIONS, ids=lambda path: path.stem)
def test_a_function_file_stays_a_translation(path: Path) -> None:
    """What no longer fits on two screens has a rule in it that belongs elsewhere."""
    assert len(path.read_text().splitlines()) <= 120


def test_files_manifest_and_deploy_root_name_the_same_functions() -> None:
    """A function exists in all three places or in none."""
    files = {path.stem for path in FUNCTIONS}

    assert files == set(manifest.load().functions) == set(main.ENTRY_POINTS)


# What the README promises


def test_what_the_readme_tells_people_to_make_can_be_made() -> None:
    """Its two commands first; and no other that the Makefile does not know."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    told = re.findall(r"\bmake ([a-z]+)", _code_of((ROOT / "README.md").read_text()))

    assert {"run", "test"} <= set(told) <= targets


def test_every_path_that_the_readme_names_exists() -> None:
    """A map that shows what is not there is worse than none."""
    told = _code_of((ROOT / "README.md").read_text())
    named = re.findall(r"`(\w[\w.-]*/[\w./-]*)`", told)

    assert {"functions/", "infra/functions.yaml", "shared/domain/workflow.py"} <= set(named)
    assert not [path for path in named if not (ROOT / path).exists()]


# What programs outside rely on


CONTRACT = """
    POST /api/reports
    GET  /api/reports/{code}
    POST /api/reports/{code}/actions
    POST /api/reports/{code}/support
    POST /api/reports/{code}/receipt
    GET  /api/reports/{code}/oversight-file
    POST /api/reports/{code}/attachments
    GET  /api/reports/{code}/attachments
    DELETE /api/reports/{code}/attachments/{id}
    POST /api/desk/search
    GET  /api/desk/reports/{code}
    POST /api/desk/reports/{code}/actions
    POST /api/desk/reports
    GET  /api/desk/agencies
    POST /api/desk/agencies/{id}
    GET  /api/desk/officers
    POST /api/desk/officers
    POST /api/desk/officers/{id}
    GET  /api/desk/edits
    GET  /api/desk/looks
    GET  /api/directory
    GET  /api/calendar/due
    GET  /api/scoreboard
    GET  /api/scoreboard.csv
    GET  /api/scoreboard/roots
    GET  /api/openapi.json
    GET  /health
"""


def test_the_openapi_page_describes_what_the_contract_promises() -> None:
    """Every operation that is built, and none that is not."""
    described = {
        (method.upper(), path) for path, of in document()["paths"].items() for method in of
    }

    assert described == _operations(CONTRACT)


@pytest.mark.parametrize(
    ("method", "path"), sorted({*map(tuple, map(str.split, CONTRACT.strip().splitlines()))})
)
def test_every_operation_lies_under_a_path_of_the_manifest(method: str, path: str) -> None:
    """The front door leads to it: a path that no function serves would be a promise unkept."""
    served = [pattern for pattern, _ in manifest.load().paths()]

    assert [pattern for pattern in served if _leads_to(pattern, path)], method


# What people read


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal() -> None:
    """A code without words is a crash, words without a code are forgotten ones."""
    raised = {code for path in CORE for code in literals(path, {"require": 1, "UnableTo": 0})}

    assert raised | {"not-yours"} == set(SENTENCES)


def test_every_problem_has_a_title_and_a_detail() -> None:
    """The codes of the edge, too, are explained to people."""
    problems_py = ROOT / "shared/edge/problems.py"

    assert literals(problems_py, {"Problem": 1}) == set(DETAILS)
    assert statuses(problems_py) == set(TITLES)


def test_every_field_fault_has_a_sentence() -> None:
    """Whichever check found it: pydantic's, the edge's own, or the directory's."""
    of_pydantic = {*problems._CODES.values(), "invalid"}
    of_rules = {"not-in-directory", "in-the-future", "before-from", "over-a-year"}
    of_edge = {code for path in EDGE for code in literals(path, {"Fault": 1})}

    assert of_pydantic | of_rules | of_edge == set(FAULTS)


@pytest.mark.parametrize(
    "table", [SENTENCES, DETAILS, FAULTS, TITLES], ids=["refusals", "details", "faults", "titles"]
)
def test_every_sentence_stands_in_both_languages(table: dict[str, tuple[str, str]]) -> None:
    """Two different texts, finished ones, with the same blanks to fill in."""
    for code, (indonesian, english) in table.items():
        assert "" != indonesian.strip() != english.strip() != "", code
        assert re.findall(r"{\w+}", indonesian) == re.findall(r"{\w+}", english), code


# What answers are made of


READERS: dict[Viewer, tuple[Person, type[reports.ReportView]]] = {
    Viewer.PUBLIC: (REPORTER, reports.ReportView),
    Viewer.REPORTER: (REPORTER, reports.ReportView),
    Viewer.AGENCY: (officer_of("disperindag"), reports.DeskView),
    Viewer.OFFICE: (COORDINATOR, reports.DeskView),
}
CASES = {
    **{name: a_case_that_is(name) for name in SITUATIONS},
    "secret": a_case_that_is("answered", secret=True),
    "supervisory": supervisory().routed("inspektorat", by=COORDINATOR),
}


@pytest.mark.parametrize("viewer", Viewer)
def test_every_field_somebody_may_read_can_be_made(viewer: Viewer) -> None:
    """A name in the table of visibility that nothing produces would be a silent hole."""
    works = viewer in report_views._WORKING
    table, makers = (
        (visibility._WORK, report_views._FIELDS)
        if works
        else (visibility._OWN, report_views._CITIZENS_FIELDS)
    )

    assert table == makers.keys() | {"supporters", "timeline", "attachments"}


@pytest.mark.parametrize(("viewer", "situation"), list(product(Viewer, CASES)))
def test_the_model_of_an_answer_covers_every_view(viewer: Viewer, situation: str) -> None:
    """What the OpenAPI page promises is what is sent: no field more, none of another type."""
    case = CASES[situation].later(days=1)
    person, model = READERS[viewer]
    reading = Reading(viewer, person, RULES, case.now, "id")

    view = report_view(case.report, case.events, reading, supporters=3)

    model.model_validate_json(json.dumps(view), strict=True)


@pytest.mark.parametrize("situation", CASES)
def test_the_model_of_a_queue_covers_every_line(situation: str) -> None:
    """Queues are lists of these."""
    case = CASES[situation]
    reading = Reading(Viewer.OFFICE, COORDINATOR, RULES, case.now + timedelta(days=1), "en")

    line = summary(case.report, reading)

    reports.Row.model_validate_json(json.dumps(line), strict=True)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_models_of_the_directory_cover_it(language: str) -> None:
    """For everybody, and for officers."""
    public, inside = public_directory(DIRECTORY, language), officers_directory(DIRECTORY, language)

    service.DirectoryView.model_validate_json(json.dumps(public), strict=True)
    service.Agencies.model_validate_json(json.dumps(inside), strict=True)


# How all this is found out


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("functions", "shared", "infra", "emulator"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def _output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _code_of(markdown: str) -> str:
    """What stands in code blocks and between backticks."""
    return "\n".join(re.findall(r"```.*?```|`[^`]+`", markdown, re.DOTALL))


def _operations(table: str) -> set[tuple[str, str]]:
    return {(method, path) for method, path in map(str.split, table.strip().splitlines())}


def _leads_to(pattern: str, path: str) -> bool:
    return path == pattern or (pattern.endswith("/*") and path.startswith(pattern[:-1]))
