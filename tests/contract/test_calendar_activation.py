"""A holiday declared late, from the region's file to the clocks, in the store itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infra import activation
from infra.commands.calendar import activate, preview, read
from infra.commands.seed import seed
from infra.manifest import ROOT
from infra.region_file import INFRA, RegionFault
from infra.rescheduling import Preview, Progress
from shared.adapters.firestore_region import FirestoreRegion
from shared.adapters.firestore_reports import FirestoreReports
from shared.domain.clocks import ClockKind
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.domain.workflow import submit
from shared.usecases.ports import Commit, StoreAway
from tests.builders import KEYS, REPORTER_ON_FILE, a_code
from tests.domain.builders import filing, stamp, written

if TYPE_CHECKING:
    from google.cloud.firestore import Client

LATE = '{date: 2026-11-05, name: "Pilkada", decree: "Keppres 1/2026"}'


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """The infra folder after a holiday was declared late."""
    infra = tmp_path / "infra"
    for part in ("regions", "schema"):
        shutil.copytree(INFRA / part, infra / part)
    for file in ("categories.yaml", "policy.yaml"):
        shutil.copy(INFRA / file, infra / file)
    region = infra / "regions" / "contoh.yaml"
    text = region.read_text(encoding="utf-8")
    assert "holidays: []" in text
    region.write_text(text.replace("holidays: []", f"holidays: [{LATE}]"), encoding="utf-8")
    return infra


@pytest.fixture
def region(store: "Client") -> "Client":
    """Seeded, with three reports of Monday 2026-11-02."""
    seed(store, "contoh")
    for number in range(1, 4):
        file(store, number)
    return store


def file(store: "Client", number: int) -> None:
    decision = submit(
        filing(),
        code=a_code(number),
        person=REPORTER,
        role=Role.REPORTER,
        rules=FirestoreRegion(store).rules(),
        stamp=stamp(number),
    )
    FirestoreReports(store, KEYS).commit(Commit((decision,), reporter=REPORTER_ON_FILE))


def legal_days(store: "Client") -> list[str]:
    runs = [report.clock(ClockKind.LEGAL) for report in activation.open_reports(store)]
    return [written(run.due_at, "Asia/Jakarta")[:14] for run in runs if run and run.due_at]


def at_once(_seconds: float) -> None:
    """Nobody files here meanwhile."""


def stopped_after(number: int) -> Any:
    """The terminal is closed after so many reports."""

    def shown(steps: Iterable[Progress]) -> Iterator[Progress]:
        yield from islice(steps, number)
        raise KeyboardInterrupt

    return shown


def test_a_calendar_that_is_seeded_is_not_in_force_yet(region: "Client", late: Path) -> None:
    """Nobody's deadline depends on when somebody seeded."""
    before = FirestoreRegion(region).rules()

    difference = seed(region, "contoh", infra=late)

    after = FirestoreRegion(region).rules()
    assert after.calendar == before.calendar
    assert len(after.calendars) == 2
    assert [path.split("/")[0] for path in difference.added] == ["calendars"]
    assert not seed(region, "contoh", infra=late)


def test_the_preview_counts_and_writes_nothing(region: "Client", late: Path) -> None:
    """Three open reports, with two clocks each."""
    found = preview(region, read(region, "contoh", late))

    assert found == Preview(3, 3, 3, {("verification", 1): 3, ("legal", 3): 3})
    assert legal_days(region) == ["Fri 2026-11-20"] * 3
    assert len(FirestoreRegion(region).rules().calendars) == 1


def test_activating_moves_what_is_open(region: "Client", late: Path) -> None:
    """The version is in force, every clock goes by it, and one event each waits for the relay."""
    change = read(region, "contoh", late)

    done = activate(region, change, wait=at_once)

    assert done == Progress(seen=3, moved=3, left=0)
    assert legal_days(region) == ["Mon 2026-11-23"] * 3
    assert FirestoreRegion(region).rules().calendar == change.calendar
    waiting = [found.to_dict() or {} for found in region.collection("outbox").stream()]
    assert sum(entry["type"] == "report.rescheduled" for entry in waiting) == 3


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_activation_that_was_stopped_is_finished_by_the_next(
    region: "Client", late: Path, number: int
) -> None:
    """What is filed in between goes by the new version; nobody is moved twice."""
    with pytest.raises(KeyboardInterrupt):
        activate(region, read(region, "contoh", late), wait=at_once, shown=stopped_after(number))
    file(region, 4)

    done = activate(region, read(region, "contoh", late), wait=at_once)

    found = list(activation.open_reports(region))
    assert done.moved == 3 - number
    assert sorted(report.times("rescheduled") for report in found) == [0, 1, 1, 1]
    assert legal_days(region) == ["Mon 2026-11-23"] * 4


def test_a_second_activation_finds_nothing_to_do(region: "Client", late: Path) -> None:
    """It may be repeated for peace of mind."""
    activate(region, read(region, "contoh", late), wait=at_once)

    change = read(region, "contoh", late)

    assert change.is_in_force
    assert activate(region, change, wait=at_once) == Progress(seen=3, moved=0, left=0)


def test_clocks_move_only_when_every_function_has_seen_the_version(
    region: "Client", late: Path
) -> None:
    """A report that is filed under the old one meanwhile is moved with the others."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        assert legal_days(region) == ["Fri 2026-11-20"] * 3

    activate(region, read(region, "contoh", late), wait=wait)

    assert [100 < seconds <= 120 for seconds in waited] == [True]


def test_functions_read_the_rules_anew_after_an_activation(region: "Client", late: Path) -> None:
    """The version of the region moves with its calendar, and once more with the next seeding."""
    versions = [_version(region)]

    activate(region, read(region, "contoh", late), wait=at_once)
    versions.append(_version(region))
    seed(region, "contoh", infra=late)
    versions.append(_version(region))

    assert len(set(versions)) == 3


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_open_reports_come_page_by_page(region: "Client", size: int) -> None:
    """Each once, in the order of their codes, whatever the size of a page."""
    codes = [report.code for report in activation.open_reports(region, size)]

    assert codes == sorted(a_code(number) for number in range(1, 4))
    assert activation.count_open(region) == 3


def test_another_regions_calendar_is_refused(region: "Client") -> None:
    """A slip of the keyboard moves nobody's deadline."""
    with pytest.raises(RegionFault, match="belongs to contoh, not badung"):
        read(region, "badung")


def test_an_unseeded_database_has_nothing_to_move(store: "Client") -> None:
    """It says what to do first."""
    with pytest.raises(StoreAway, match=r"infra\.commands\.seed"):
        read(store, "contoh")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("contoh", "preview"), 0, "is in force already"),
        (("contoh", "preview"), 0, "3 open reports: 0 would go by"),
        (("badung", "preview"), 1, "Stopped: this database belongs to contoh, not badung"),
        (("nowhere", "activate"), 1, "Stopped: there is no region 'nowhere'"),
    ],
)
def test_the_command_tells_an_operator_in_a_sentence(
    region: "Client", project: str, arguments: tuple[str, str], code: int, said: str
) -> None:
    """With the exit code that a script needs."""
    done = _typed(project, *arguments)

    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


def test_the_command_takes_its_regions_from_another_folder(
    region: "Client", project: str, late: Path
) -> None:
    """As the local cloud does that was started on it."""
    done = _typed(project, "contoh", "preview", "--infra", str(late))

    assert done.returncode == 0, done.stderr
    assert "is in force already" not in done.stdout


def _typed(project: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.commands.calendar", *arguments],
        env={**os.environ, "GOOGLE_CLOUD_PROJECT": project},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _version(store: "Client") -> str:
    settings = store.document("settings/region").get().to_dict() or {}
    return str(settings["version"])
