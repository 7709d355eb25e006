"""Files that nobody can see are swept; files that somebody is owed the erasure of are erased."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from infra import attachments
from infra.attachments import Kept, orphans
from infra.commands import erase_files, sweep_files
from infra.manifest import ROOT
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.domain.attachment import Attachment, FileState, Shelf, incoming_name, kept_name
from shared.domain.statuses import Role
from tests.builders import begun
from tests.fakes.memory_shelves import MemoryShelves
from tests.fakes.memory_store import MemoryReports

if TYPE_CHECKING:
    from google.cloud.firestore import Client

CODE, OTHER = "7K3M9QX2WDQ", "8K3M9QX2WDQ"
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=2)
READY = Attachment(
    id="ready",
    owner=Role.REPORTER,
    name="jalan.jpg",
    type="image/jpeg",
    size=1000,
    sha256="0" * 64,
    announced_at=LONG_AGO,
    expires_at=LONG_AGO + timedelta(days=1),
    state=FileState.READY,
    covered=2,
)
PENDING = replace(READY, id="pending", state=FileState.PENDING)
VIDEO = replace(READY, id="video", type="video/mp4", covered=0)


@pytest.mark.parametrize(
    ("steps", "found_in"),
    [
        (("ready", "small"), [OTHER]),
        (("ready", "file"), [CODE, OTHER]),
        (("video", "file"), [OTHER]),
        (("video", "large"), [CODE, OTHER]),
        (("ready", "public2-large"), [OTHER]),
        (("ready", "public1-large"), [CODE, OTHER]),
        (("ready", "public3-large"), [CODE, OTHER]),
        (("pending", "small"), [CODE, OTHER]),
        (("unknown", "file"), [CODE, OTHER]),
    ],
)
def test_what_nobody_can_see_is_found(steps: tuple[str, str], found_in: list[str]) -> None:
    """Also a public copy from before the last cover, and one that no entry came to speak of."""
    shelves = MemoryShelves(MemoryReports())
    shelves.put(Shelf(CODE, (READY, PENDING, VIDEO)))
    kept = [Kept(kept_name(code, *steps), LONG_AGO, 1) for code in (CODE, OTHER)]

    found = [each.name.split("/")[1] for each in orphans(kept, shelves, NOW)]

    assert found == found_in


def test_what_came_within_a_day_stays() -> None:
    """It may be in the middle of being processed."""
    shelves = MemoryShelves(MemoryReports())
    young = Kept(kept_name(CODE, "pending", "small"), NOW - timedelta(hours=23), 1)

    assert list(orphans([young], shelves, NOW)) == []


@pytest.fixture
def files(emulators: Mapping[str, str], project: str) -> Any:
    """The region's bucket."""
    there = attachments.opened(project)
    there.create()
    return there


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days after everything that a test has put there."""
    monkeypatch.setattr(sweep_files, "now", lambda: datetime.now(UTC) + timedelta(days=2))


def put(files: Any, *names: str) -> None:
    for name in names:
        files.blob(name).upload_from_string(b"x", "image/webp")


def names(files: Any) -> list[str]:
    return [blob.name for blob in files.list_blobs()]


def test_a_dry_run_removes_nothing(store: "Client", files: Any, later: None) -> None:
    put(files, kept_name(CODE, "gone", "small"))

    found = [each.name for each in sweep_files.sweep(store, files, dry=True)]

    assert found == names(files) == [kept_name(CODE, "gone", "small")]


def test_the_sweep_leaves_what_is_shown(store: "Client", files: Any, later: None) -> None:
    """And what came in, which the bucket forgets by itself. Again it finds nothing."""
    FirestoreShelves(store).put(Shelf(CODE, (READY,)))
    stays = [incoming_name(CODE, "ready"), kept_name(CODE, "ready", "small")]
    put(files, *stays, kept_name(CODE, "gone", "small"), kept_name(CODE, "gone", "large"))

    swept = [each.name for each in sweep_files.sweep(store, files, dry=False)]

    assert len(swept) == 2
    assert names(files) == stays
    assert list(sweep_files.sweep(store, files, dry=False)) == []


def test_a_folder_made_by_hand_takes_nothing_with_it(
    store: "Client", files: Any, later: None
) -> None:
    """The console makes an empty object of its name: the beginning of all the others."""
    FirestoreShelves(store).put(Shelf(CODE, (READY,)))
    shown = kept_name(CODE, "ready", "small")
    put(files, "kept/", f"kept/{CODE}/", f"kept/{CODE}/ready/", shown)

    swept = [each.name for each in sweep_files.sweep(store, files, dry=False)]

    assert len(swept) == 3
    assert names(files) == [shown]


def test_what_is_written_anew_while_it_is_swept_stays(
    store: "Client", files: Any, later: None
) -> None:
    """A cover that failed for a day is made just now: what was looked at is not there any more."""
    put(files, kept_name(CODE, "gone", "large"), kept_name(CODE, "ready", "public1-large"))
    sweeping = sweep_files.sweep(store, files, dry=False)
    next(sweeping)

    put(files, kept_name(CODE, "ready", "public1-large"))

    assert list(sweeping) == []
    assert names(files) == [kept_name(CODE, "ready", "public1-large")]


@pytest.fixture
def command(
    store: "Client", files: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> Callable[..., tuple[int, str]]:
    monkeypatch.setattr(erase_files, "database", lambda _: store)
    monkeypatch.setattr(erase_files, "rules_of", lambda *_: None)
    monkeypatch.setattr(erase_files, "opened", lambda _: files)

    def run(*arguments: str) -> tuple[int, str]:
        done = erase_files.main(["badung", *arguments])
        said = capsys.readouterr()
        return done, said.out + said.err

    return run


def test_every_size_of_every_file_is_erased(
    store: "Client",
    files: Any,
    command: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of this report; again it finds nothing and is content."""
    monkeypatch.setenv("YES", "1")
    code = begun().report.code
    FirestoreShelves(store).put(Shelf(code, (READY, PENDING)))
    others = kept_name(OTHER, "ready", "small")
    put(files, others, *(kept_name(code, "ready", leaf) for leaf in ("small", "public2-small")))
    put(files, incoming_name(code, "pending"))

    (done, said), (again, nothing) = command(code), command(code)

    assert (done, again) == (0, 0)
    assert "2 files of" in said
    assert "0 files of" in nothing
    assert names(files) == [others]
    assert FirestoreShelves(store).of(code).files == ()


def test_nothing_is_erased_without_a_yes(
    files: Any, command: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor for what is no number of a report."""
    monkeypatch.delenv("YES", raising=False)
    code = begun().report.code
    put(files, kept_name(code, "ready", "small"))

    for wrong in (command(code), command("not-a-code")):
        assert wrong[0] == 1
        assert "Not erased" in wrong[1]
    assert names(files) == [kept_name(code, "ready", "small")]


@pytest.mark.parametrize("name", ["sweep_files", "erase_files"])
def test_the_command_explains_itself(name: str) -> None:
    said = subprocess.run(
        [sys.executable, "-m", f"infra.commands.{name}", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "one of: badung" in said.stdout
