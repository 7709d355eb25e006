"""Seeding as an operator does it: shown, asked, done; and agencies that are gone."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from rich.console import Console

from infra import region_file
from infra.asking import Declined
from infra.commands.seed import Proposal, propose, seed, show_and_seed
from infra.manifest import ROOT
from infra.region_file import INFRA, RegionFault
from shared.adapters.firestore_region import FirestoreRegion
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.report_documents import report_of
from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.domain.workflow import decide, submit
from shared.usecases.ports import Commit
from tests.builders import KEYS, a_code
from tests.contract.conftest import everything_in
from tests.domain.builders import VERIFIER, filing, stamp

if TYPE_CHECKING:
    from google.cloud.firestore import Client

OLD, HEIR = "dlh", "dpu"
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def infra(tmp_path: Path) -> Path:
    """Files of one's own, to be changed."""
    folder = tmp_path / "infra"
    for part in ("regions", "schema"):
        shutil.copytree(INFRA / part, folder / part)
    for file in ("categories.yaml", "policy.yaml"):
        shutil.copy(INFRA / file, folder / file)
    return folder


def edited(infra: Path, edit: Edit, region: str = "contoh") -> None:
    path = infra / f"regions/{region}.yaml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(written)
    path.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")


def succeeded(day: str) -> Edit:
    def edit(written: dict[str, Any]) -> None:
        (old,) = [each for each in written["agencies"] if each["id"] == OLD]
        old["succeeded_by"] = {"agency": HEIR, "on": day}

    return edit


def with_the_agency(store: "Client", number: int, *, over: bool = False) -> None:
    """A report that it has, or one that it has answered for good."""
    rules, reports = FirestoreRegion(store).rules(), FirestoreReports(store, KEYS)
    filed = submit(
        filing(body="Mohon dibantu."),
        code=a_code(number),
        person=REPORTER,
        role=Role.REPORTER,
        rules=rules,
        stamp=stamp(number),
    )
    reports.commit(Commit((filed,)))
    orders = [(c.Route(agency=OLD), VERIFIER), *([(c.Withdraw(), REPORTER)] if over else [])]
    report = filed.report
    for step, (order, person) in enumerate(orders):
        decided = decide(
            report, order, person=person, rules=rules, stamp=stamp(100 * number + step)
        )
        reports.commit(Commit((decided,)))
        report = decided.report


@pytest.fixture
def region(store: "Client") -> "Client":
    """Two open reports with the agency, and one that is over."""
    seed(store, "contoh")
    for number in (1, 2):
        with_the_agency(store, number)
    with_the_agency(store, 3, over=True)
    return store


def run(
    store: "Client", infra: Path, ask: Callable[[str], None] = lambda _: None
) -> tuple[Proposal, str]:
    screen = io.StringIO()
    done = show_and_seed(store, "contoh", Console(file=screen, width=200), ask, infra)
    return done, screen.getvalue()


def report(store: "Client", number: int) -> Report:
    return report_of(store.document("reports", a_code(number)).get().to_dict() or {})


def agencies(store: "Client") -> list[str | None]:
    return [report(store, number).agency for number in (1, 2, 3)]


def test_open_reports_go_to_the_successor_by_one_event_each(region: "Client", infra: Path) -> None:
    """With their clocks as they were; what is over stays counted where it was."""
    edited(infra, succeeded("2026-01-01"))
    before = report(region, 1)

    done, said = run(region, infra)

    assert [(each.agency, each.open) for each in done.due] == [(OLD, 2)]
    assert f"{OLD} → {HEIR}: 2 open reports go over, one event each" in said
    assert "2 open reports went to a successor" in said
    assert agencies(region) == [HEIR, HEIR, OLD]
    after = report(region, 1)
    assert after.seq == before.seq + 1
    dues = [{run.kind: run.due_at for run in each.clocks} for each in (before, after)]
    assert dues[0] == dues[1]
    assert ClockKind.RESPONSE in dues[1]


def test_the_old_agency_stays_in_the_directory_under_its_id(region: "Client", infra: Path) -> None:
    """Numbers of years name it."""
    edited(infra, succeeded("2026-01-01"))
    run(region, infra)

    kept = FirestoreRegion(region).rules().directory.agencies[OLD]

    assert kept.succeeded_by
    assert kept.succeeded_by.agency == HEIR


def test_a_second_seeding_hands_nothing_over(region: "Client", infra: Path) -> None:
    """Nothing is asked, nothing is written."""
    edited(infra, succeeded("2026-01-01"))
    run(region, infra)
    before = everything_in(region)

    done, said = run(region, infra, _refuse)

    assert not done
    assert "Nothing to do" in said
    assert everything_in(region) == before


def test_a_handing_over_that_was_stopped_is_finished_by_the_next_seeding(
    region: "Client", infra: Path
) -> None:
    """The directory was written, and one report came over before the end."""
    edited(infra, succeeded("2026-01-01"))
    seed(region, "contoh", infra=infra)

    done, _ = run(region, infra)

    assert not done.difference
    assert agencies(region) == [HEIR, HEIR, OLD]


def test_before_its_day_the_preview_counts_and_nothing_goes(region: "Client", infra: Path) -> None:
    """It says when to come back."""
    edited(infra, succeeded("2099-01-01"))

    done, said = run(region, infra)

    assert done.due == ()
    assert f"{OLD} → {HEIR}: 2 open reports; seed again on 2099-01-01" in said
    assert agencies(region) == [OLD, OLD, OLD]


def test_an_agency_that_vanishes_from_the_files_is_refused(region: "Client", infra: Path) -> None:
    """Its reports would belong to nobody; the sentence says what to write instead."""

    def drop(written: dict[str, Any]) -> None:
        written["agencies"] = [each for each in written["agencies"] if each["id"] != OLD]
        for each in written["agencies"]:
            each |= {"succeeded_by": None}
            each.pop("parent", None)
        written["rules"] = [each for each in written["rules"] if each.get("agency") != OLD]

    edited(infra, drop)

    with pytest.raises(RegionFault, match=f"{OLD} has reports.*succeeded_by"):
        propose(region, "contoh", infra)


def test_the_difference_is_shown_before_the_question(region: "Client", infra: Path) -> None:
    """Whoever says no has seen what it was about, and nothing is written."""
    edited(infra, succeeded("2026-01-01"))
    before = everything_in(region)
    screen = io.StringIO()

    def ask(question: str) -> None:
        assert f"agencies/{OLD}" in screen.getvalue()
        assert "2 open reports go over" in screen.getvalue()
        raise Declined(question)

    with pytest.raises(Declined):
        show_and_seed(region, "contoh", Console(file=screen, width=200), ask, infra)
    assert everything_in(region) == before


@pytest.mark.parametrize(
    ("arguments", "variables", "code", "said"),
    [
        (("contoh", "--dry-run"), {}, 0, "Nothing was written"),
        (("contoh",), {}, 1, "repeat with YES=1"),
        (("contoh",), {"YES": "1"}, 0, "Seeded contoh"),
        (("nowhere",), {}, 1, "Not seeded: there is no region 'nowhere'"),
    ],
)
def test_the_command_asks_unless_it_is_told_yes(
    store: "Client",
    project: str,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    code: int,
    said: str,
) -> None:
    """A pipeline cannot write by accident."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.commands.seed", *arguments],
        env={**os.environ, "GOOGLE_CLOUD_PROJECT": project, **variables},
        cwd=ROOT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )

    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


# A region for training


def for_training(written: dict[str, Any], notices: str = "allowlist") -> None:
    written |= {"training": True, "notices": notices}


def test_a_region_for_training_is_never_written_live(infra: Path) -> None:
    """Real people would be told of invented reports."""
    edited(infra, lambda written: for_training(written, "live"))

    with pytest.raises(RegionFault, match="'live' is not one of"):
        region_file.read("contoh", infra)


def test_that_it_is_for_training_comes_with_the_rules(store: "Client", infra: Path) -> None:
    """Functions decide by what is seeded."""
    edited(infra, for_training)
    seed(store, "contoh", infra=infra)

    directory = FirestoreRegion(store).rules().directory

    assert directory.training
    assert not directory.writes_to_everybody


def _refuse(question: str) -> None:
    raise AssertionError(question)
