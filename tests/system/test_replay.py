"""A replay through a real local cloud: every row is filed once, or refused with a reason."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from emulator.desk_client import DeskClient
from emulator.own_cloud import own_cloud
from emulator.replay import fitting_region, rows
from emulator.replay.__main__ import main
from emulator.replay.filing import Outcome, file_all
from emulator.replay.routing import Routed, routed
from infra.manifest import ROOT
from tests.emulators import CLOUD_OPTIONS

pytestmark = pytest.mark.xdist_group("replay")

COMPLAINTS = ROOT / "tests" / "data" / "complaints.csv"
REAL = ROOT.parent / "shared" / "data" / "surabaya_complaints_2022.csv"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A local cloud with a directory that fits the bundled complaints."""
    folder = tmp_path_factory.mktemp("infra")
    fitting = fitting_region.built(rows.read(COMPLAINTS, rows.mapping(None)))
    assert fitting
    fitting_region.write(fitting, folder)
    options = ("--region", fitting_region.MODEL, "--infra", str(folder))
    with own_cloud(*CLOUD_OPTIONS, *options) as running:
        yield running


@pytest.fixture(scope="module")
def client(url: str) -> DeskClient:
    return DeskClient(url, connections=8)


@pytest.fixture(scope="module")
def outcomes(client: DeskClient) -> list[Outcome]:
    return replayed(client, COMPLAINTS)


def replayed(client: DeskClient, file: Path, limit: int | None = None) -> list[Outcome]:
    found = rows.read(file, rows.mapping(None), limit)
    return file_all(client, found, file=file.name, threads=8, console=Console(quiet=True))


def codes(outcomes: list[Outcome]) -> set[str]:
    return {outcome.code for outcome in outcomes if outcome.code}


def test_every_row_is_filed_or_refused_with_a_reason(outcomes: list[Outcome]) -> None:
    """Three are too short, one address too long, one id stands for two different texts."""
    refused = Counter(outcome.refused for outcome in outcomes if outcome.refused)

    assert refused == {
        "422 body too-short": 3,
        "422 location.text too-long": 1,
        "409 idempotency-mismatch": 1,
    }
    assert sum(outcome.code is not None for outcome in outcomes) == len(outcomes) - 5


def test_the_same_row_twice_is_one_report_and_the_same_text_twice_is_two(
    outcomes: list[Outcome],
) -> None:
    first, again, similar, other = (outcomes[number].code for number in (0, 39, 20, 21))

    assert first == again
    assert similar != other


def test_a_second_run_files_nothing_twice(client: DeskClient, outcomes: list[Outcome]) -> None:
    again = replayed(client, COMPLAINTS)

    assert again == outcomes
    assert routed(client, codes(outcomes)) == Routed(by_rule=24, for_verifiers=11, missing=0)


def test_routing_follows_topic_and_place(client: DeskClient, outcomes: list[Outcome]) -> None:
    """The village's own office, the topic's agency, and nobody where two share the topic."""
    routed(client, codes(outcomes))

    found = client.search_as("verifier1@contoh.example", queue="all")

    agencies = {each["code"]: each["agency"] and each["agency"]["id"] for each in found}
    assert [agencies[outcomes[number].code or ""] for number in (11, 5, 16)] == [
        "kelurahan-gunung-pandan", "dinas-perhubungan", None,
    ]  # fmt: skip


def test_a_code_that_is_no_report_counts_as_lost(client: DeskClient) -> None:
    counted = routed(client, {"0000000000-0"})

    assert counted == Routed(by_rule=0, for_verifiers=0, missing=1)


def test_the_command_says_what_became_of_the_rows(
    url: str, outcomes: list[Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(COMPLAINTS), "--url", url, "--threads", "4"]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert f"rows {len(outcomes)} became reports {len(outcomes) - 5}" in said
    assert "422 body too-short 3" in said
    assert "lost 0 5xx 0 routed by rule 24 68.57% for verifiers 11 31.43%" in said


def test_the_command_starts_a_cloud_that_fits_and_ends_it(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`url` only so that this is skipped where no cloud can run."""
    file = tmp_path / "texts.csv"
    file.write_text("isi\nJalan di depan rumah rusak.\nya\n", encoding="utf-8")

    assert main([str(file), "--map", "text=isi"]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "rows 2 became reports 1 50.00% refused 1 50.00% 422 body too-short 1" in said


def test_a_file_without_texts_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(COMPLAINTS), "--map", "text=isi"]) == 1

    assert "say which one holds the text: --map text=…" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--threads", "0"], ["--limit", "-1"], ["--limit", "x"]])
def test_a_number_that_is_none_is_refused_in_a_sentence(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(COMPLAINTS), *option])

    assert "a number from 1" in capsys.readouterr().err


@pytest.mark.skipif(not REAL.exists(), reason="no ../shared/data: real complaints stay outside")
def test_what_people_really_write_is_filed(client: DeskClient) -> None:
    found = replayed(client, REAL, limit=150)

    assert [outcome for outcome in found if outcome.failed or outcome.unanswered] == []
    assert len(codes(found)) >= 148
