"""A replay at the file's own times: what the scoreboard adds up to is what the file says."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emulator.replay import rows
from emulator.replay.__main__ import main
from emulator.replay.filing import Outcome
from emulator.replay.rows import Row, UnreadableFile
from emulator.replay.timeline import history, reckoning
from emulator.replay.timeline.history import Did
from infra.manifest import ROOT
from shared.domain.calendar import Calendar
from tests.emulators import ON_GOOGLE

pytestmark = pytest.mark.xdist_group("replay")

COMPLAINTS = ROOT / "tests" / "data" / "complaints.csv"
# Filed on Monday, 5 January 2026: due on Monday the 12th.
ON_THE_DUE_DAY, LATE = "2026-01-12 16:30:00", "2026-01-13 03:00:00"
CALENDAR = Calendar("test", "Asia/Jakarta")


def a_row(**fields: str) -> Row:
    usual = {
        "id": "1",
        "text": "Jalan rusak.",
        "agency": "Dinas",
        "submitted_at": "2026-01-05 08:00:00",
    }
    return Row(**{**usual, **fields})


def kept(answered_at: str, **fields: str) -> dict[str, int]:
    found = history.pasts([a_row(answered_at=answered_at, **fields)])
    return dict(reckoning.per_file(found, {0: Outcome(code="A")}, CALENDAR))


@pytest.mark.parametrize(
    ("answered_at", "expected"),
    [
        ("2026-01-05 08:20:00", "answered in time"),
        (ON_THE_DUE_DAY, "answered in time"),
        # Half past midnight in Jakarta.
        ("2026-01-12 17:30:00", "answered late"),
        ("2026-03-01T10:00:00+07:00", "answered late"),
        ("", "never answered"),
        # A slip of the export's: before there was a report.
        ("2025-12-01 08:00:00", "never answered"),
    ],
)
def test_what_the_file_says_of_a_row_follows_from_its_dates(
    answered_at: str, expected: str
) -> None:
    """By the local day; times without an offset are UTC."""
    assert kept(answered_at) == {expected: 1}


def test_nobody_is_said_to_have_answered_without_a_name() -> None:
    assert kept(ON_THE_DUE_DAY, agency="") == {"never answered": 1}


def test_within_an_hour_a_report_is_filed_before_it_is_answered() -> None:
    """All at the beginning of the hour: on the same day as it was."""
    found = history.pasts([a_row(answered_at="2026-01-05 08:40:00")])

    first, second = history.hours(found)

    assert [deed.did for deed in first.deeds] == [Did.FILE, Did.ANSWER]
    assert first.at == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert [deed.did for deed in second.deeds] == [Did.CONFIRM]


@pytest.mark.parametrize(
    ("fields", "hint"),
    [({"submitted_at": ""}, "--map submitted_at"), ({"answered_at": "soon"}, "is no time")],
)
def test_times_that_are_none_are_refused_in_a_sentence(fields: dict[str, str], hint: str) -> None:
    with pytest.raises(UnreadableFile, match=hint):
        history.pasts([a_row(**fields)])


def test_a_timeline_has_a_cloud_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Another one's clock may stand anywhere, and goes only forward."""
    assert main([str(COMPLAINTS), "--timeline", "--url", "http://localhost:1"]) == 1

    assert "leave out --url" in capsys.readouterr().err


def with_late_and_silent_agencies(folder: Path) -> Path:
    """Of the first rows three were answered on the last day, two too late and two never."""
    with COMPLAINTS.open(encoding="utf-8", newline="") as file:
        found: list[dict[str, Any]] = list(csv.DictReader(file))[:16]
    for number, at in enumerate([ON_THE_DUE_DAY] * 3 + [LATE] * 2 + [""] * 2):
        found[number]["answered_at"] = at
    copy = folder / "complaints.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(found)
    return copy


@pytest.mark.skipif(ON_GOOGLE, reason="Google's emulators wait in real time")
def test_the_scoreboard_adds_up_to_what_the_file_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every row is accounted for, and each rung of the ladder did what silence means."""
    file = with_late_and_silent_agencies(tmp_path)
    assert len(rows.read(file, rows.mapping(None))) == 16

    assert main([str(file), "--timeline"]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "rows 16 16 equal reports 16 16 equal answered in time 12 12 equal" in said
    assert "answered late 2 2 equal never answered 2 2 equal" in said
    # Four were silent when their time was over, two of them beyond the legal time.
    assert "legal+0 2" in said
    assert "response+0 4" in said
