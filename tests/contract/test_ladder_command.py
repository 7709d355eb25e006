"""The dry run says what a sweep would do, and leaves everything as it is."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra.commands.ladder import Outlook, look, rules_of
from infra.commands.seed import seed
from infra.manifest import ROOT
from infra.region_file import INFRA, RegionFault
from shared.adapters.firestore_region import FirestoreRegion
from shared.adapters.firestore_reports import FirestoreReports
from shared.domain import commands as c
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.domain.workflow import decide, submit
from shared.usecases.ports import Commit
from tests.builders import KEYS, a_code
from tests.contract.conftest import everything_in
from tests.domain.builders import NOW, VERIFIER, filing, local, stamp

if TYPE_CHECKING:
    from google.cloud.firestore import Client

BEFORE = local("Tue 2026-11-03 09:00")
LATE = local("Mon 2026-11-16 09:00")


@pytest.fixture
def region(store: "Client") -> "Client":
    """Kota Contoh with two reports of a Monday: one nobody looked at, one an agency has."""
    seed(store, "contoh")
    filed(store, 1)
    report = filed(store, 2)
    rules = FirestoreRegion(store).rules()
    routing = decide(report, c.Route(agency="dlh"), person=VERIFIER, rules=rules, stamp=stamp(3))
    FirestoreReports(store, KEYS).commit(Commit((routing,)))
    return store


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """The shared policy, with the agency reminded four days before."""
    text = (INFRA / "policy.yaml").read_text(encoding="utf-8")
    row = "{id: response-1, clock: response, kind: any, offset: -1,"
    assert row in text
    changed = tmp_path / "policy.yaml"
    changed.write_text(
        text.replace(row, row.replace("offset: -1,", "offset: -4,")), encoding="utf-8"
    )
    return changed


def filed(store: "Client", number: int) -> Report:
    decision = submit(
        filing(body="Mohon dibantu."),
        code=a_code(number),
        person=REPORTER,
        role=Role.REPORTER,
        rules=FirestoreRegion(store).rules(),
        stamp=stamp(number, NOW),
    )
    FirestoreReports(store, KEYS).commit(Commit((decision,)))
    return decision.report


def looked(store: "Client", at: datetime, policy: Path | None = None) -> Outlook:
    rules = rules_of(store, "contoh", policy)
    return look(store, rules, at, everywhere=bool(policy), shown=iter)


def told_of(outlook: Outlook) -> dict[str, set[tuple[str, str]]]:
    codes = {line.code for line in outlook.lines}
    return {
        code: {(line.what, line.whom) for line in outlook.lines if line.code == code}
        for code in codes
    }


def test_it_names_each_rung_and_whom_it_reaches(region: "Client") -> None:
    """With how many lower ones would pass unsaid."""
    found = looked(region, LATE)

    assert told_of(found) == {
        a_code(1): {("verification+2", "inspectorate")},
        a_code(2): {("response+2", "inspectorate")},
    }
    assert sorted(line.passed for line in found.lines) == [2, 2]
    assert found.looked_at == 2


def test_only_what_is_due_is_looked_at(region: "Client") -> None:
    """A large region costs no more than a small one."""
    assert looked(region, BEFORE) == Outlook()


def test_nothing_is_written(region: "Client") -> None:
    """Not a field, not a document."""
    before = everything_in(region)

    looked(region, LATE)

    assert everything_in(region) == before


def test_another_policy_is_tried_on_every_open_report(region: "Client", stricter: Path) -> None:
    """Whoever thinks of changing a rung sees first what that would do."""
    at = local("Tue 2026-11-03 09:00")

    found = looked(region, at, stricter)

    assert told_of(found) == {a_code(2): {("response-1", "agency")}}
    assert found.looked_at == 2


def test_a_report_that_cannot_be_read_is_named(region: "Client") -> None:
    """As the sweep would stumble over it."""
    region.document("reports", a_code(1)).update({"status": "nonsense"})

    found = looked(region, LATE)

    assert found.failing == (a_code(1),)
    assert told_of(found).keys() == {a_code(2)}


def test_another_region_is_refused(region: "Client") -> None:
    """A slip of the keyboard is no dry run of somebody else's desk."""
    with pytest.raises(RegionFault, match="belongs to contoh, not badung"):
        rules_of(region, "badung", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rows: [", "not readable as YAML"),
        ("rows: []", "policy.json"),
        (None, "No such file"),
    ],
)
def test_a_wrong_policy_is_named_by_its_file(
    region: "Client", tmp_path: Path, text: str | None, said: str
) -> None:
    """One line that can be acted on."""
    file = tmp_path / "policy.yaml"
    if text:
        file.write_text(text)

    with pytest.raises(RegionFault) as fault:
        rules_of(region, None, file)

    assert str(fault.value).startswith(f"{file}: ")
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("contoh", "--dry-run"), 0, "Nothing was written"),
        (("--dry-run",), 0, "Nothing was written"),
        (("contoh",), 1, "Not decided: add --dry-run"),
        (("badung", "--dry-run"), 1, "Not decided: this database belongs to contoh, not badung"),
        (("--dry-run", "--policy", "none.yaml"), 1, "Not decided: none.yaml: No such file"),
    ],
)
def test_the_command_tells_an_operator_in_a_sentence(
    region: "Client", project: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """With the exit code that a script needs."""
    command = [sys.executable, "-m", "infra.commands.ladder", *arguments]
    environment = {**os.environ, "GOOGLE_CLOUD_PROJECT": project}

    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert done.stderr.count("\n") == (1 if code else 0)


def test_a_regions_own_rungs_take_part(region: "Client", stricter: Path, tmp_path: Path) -> None:
    """Written into its file, they replace the shared ones of the clock from their day on."""
    infra = tmp_path / "infra"
    for part in ("regions", "schema"):
        shutil.copytree(INFRA / part, infra / part)
    for file in ("categories.yaml", "policy.yaml"):
        shutil.copy(INFRA / file, infra / file)
    own = "{id: response+1-contoh, clock: response, kind: any, offset: 1, does: escalate, to: [coordinator], from: 2026-01-01}"  # noqa: E501 a row is one line
    text = (infra / "regions/contoh.yaml").read_text(encoding="utf-8")
    (infra / "regions/contoh.yaml").write_text(f"{text}\nladder:\n  - {own}\n", encoding="utf-8")

    seed(region, "contoh", infra=infra)

    assert told_of(looked(region, LATE))[a_code(2)] == {("response+1-contoh", "coordinator")}
