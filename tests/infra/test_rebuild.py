"""The scoreboard counted anew: it finds what is wrong, mends it, and proves what is right."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from infra.commands import rebuild as command
from infra.recounting import Found, Recount
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_scoreboard import FirestoreCells, FirestoreTallies
from shared.domain.scoreboard.cells import Counts, total
from shared.domain.scoreboard.contribution import contribution
from shared.usecases.counting import count_report
from shared.usecases.scoreboard_ports import Tally
from tests.builders import KEYS, a_code, commit_of, journey
from tests.domain.builders import RULES, day
from tests.functions.region import living_in, seed

if TYPE_CHECKING:
    from google.cloud.firestore import Client

REPORTS = 3
FIRST, LAST = day("Sun 2026-11-01"), day("Thu 2026-12-31")


@pytest.fixture
def town(store: "Client") -> "Client":
    """Reports with long stories, every one of them counted."""
    reports = FirestoreReports(store, KEYS)
    for number in range(REPORTS):
        for decision in journey(number):
            reports.commit(commit_of(decision))
        _count(store, number)
    return store


def _count(store: "Client", number: int) -> None:
    reports, tallies = FirestoreReports(store, KEYS), FirestoreTallies(store)
    count_report(a_code(number), rules=RULES, reports=reports, tallies=tallies)


def wrong(store: "Client", *, mend: bool = False, after: str = "") -> list[Found]:
    recount = Recount(store, RULES)
    reports = [found for found in recount.reports(after, mend=mend) if found.missing]
    return [*reports, *recount.cells(mend=mend)]


def counted(store: "Client") -> Counts:
    return FirestoreCells(store).between(FIRST, LAST)


def expected() -> Counts:
    last = (journey(number)[-1].report for number in range(REPORTS))
    return total(contribution(report, RULES) for report in last)


def test_what_was_counted_event_by_event_is_what_the_timelines_make(town: "Client") -> None:
    """Nothing to say, nothing to mend."""
    assert wrong(town) == []
    assert counted(town) == expected()


def test_a_scoreboard_that_was_lost_is_made_anew(town: "Client") -> None:
    """From nothing but the timelines."""
    for name in ("scoreboard", "tallies"):
        for document in town.collection(name).list_documents():
            document.delete()

    assert len(wrong(town, mend=True)) == REPORTS
    assert counted(town) == expected()
    assert wrong(town) == []


def test_a_check_writes_nothing(town: "Client") -> None:
    """It only says what it found, and finds it again."""
    town.document("tallies", a_code(0)).delete()

    first, second = wrong(town), wrong(town)

    assert first == second
    assert [found.of for found in first[:1]] == [a_code(0)]


def test_it_tells_what_was_not_counted_from_what_was_counted_wrong(town: "Client") -> None:
    """An event on its way is no error of counting."""
    tallies = FirestoreTallies(town)
    behind, off = (tallies.load(a_code(number)) for number in (0, 1))
    early = journey(0)[8].report
    tallies.replace(behind, Tally(early.code, early.seq, contribution(early, RULES)))
    tallies.replace(off, replace(off, counts={}))

    whys = {found.of: found.why for found in wrong(town)}

    last = len(journey(0))
    assert whys == {
        a_code(0): f"counted up to event {early.seq} of {last}",
        a_code(1): "counted otherwise",
    }


def test_cells_that_no_report_explains_are_put_right(town: "Client") -> None:
    """Whoever wrote there."""
    shard = next(iter(town.collection("scoreboard").list_documents()))
    cells = shard.get().to_dict()["cells"]
    shard.update({"cells": {"2026-11-09|dlhk||||": {"on_time": 100}} | cells})
    town.document("scoreboard", "2026-12-01.0").set(
        {"day": "2026-12-01", "cells": {"2026-12-01|dlhk|||complaint|": {"late": 1}}}
    )

    found = wrong(town, mend=True)

    assert {each.of for each in found} == {shard.id, "2026-12-01.0"}
    assert counted(town) == expected()


def test_it_goes_on_where_it_was_stopped(town: "Client") -> None:
    """Behind the last report that was looked at; once more is no harm."""
    for document in town.collection("tallies").list_documents():
        document.delete()
    codes = sorted(a_code(number) for number in range(REPORTS))
    halfway = Recount(town, RULES).reports("", mend=True)
    assert next(halfway).of == codes[0]

    rest = [found.of for found in Recount(town, RULES).reports(codes[0], mend=True)]
    list(Recount(town, RULES).cells(mend=True))

    assert rest == codes[1:]
    assert counted(town) == expected()
    assert wrong(town) == []


def test_what_changes_meanwhile_is_left_to_who_changed_it(town: "Client") -> None:
    """Cells that moved since they were read are no difference."""
    recount = Recount(town, RULES)
    stale = {each.id: each for each in town.collection("scoreboard").get()}
    for id_ in stale:
        town.document("scoreboard", id_).update({"touched": True})

    for id_, before in stale.items():
        recount._replace(id_, {}, before)

    assert counted(town) == expected()


def test_a_report_whose_words_were_erased_is_counted_as_it_is_stored(town: "Client") -> None:
    """The chain still stands; what changed is no longer told by it."""
    for entry in town.document("reports", a_code(0)).collection("timeline").list_documents():
        entry.update({"content": {}})

    assert wrong(town) == []


# The command


@pytest.fixture
def database(emulators: Mapping[str, str], store: "Client", project: str) -> Iterator["Client"]:
    with living_in({**emulators, "GOOGLE_CLOUD_PROJECT": project}):
        seed(store)
        yield store


def test_the_command_tells_by_its_exit_whether_all_is_right(
    database: "Client", capsys: pytest.CaptureFixture[str]
) -> None:
    """Checked, mended, checked."""
    stray = {"day": "2026-11-09", "cells": {"2026-11-09|dlhk|||complaint|": {"on_time": 2}}}
    database.document("scoreboard", "2026-11-09.0").set(stray)

    codes = [command.main(given) for given in (["badung", "--check"], ["badung"], ["--check"])]

    assert codes == [1, 0, 0]
    told = capsys.readouterr().out
    assert "on_time -2" in told
    assert "make the very same numbers" in told


def test_the_command_refuses_the_database_of_another_region(
    database: "Client", capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the hand must not mend the wrong scoreboard."""
    assert command.main(["sleman"]) == 1
    assert "belongs to badung" in capsys.readouterr().err


def test_who_stops_the_command_is_told_how_to_go_on(
    database: "Client", capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the last report that was looked at."""

    def stopped(*_: object, **__: object) -> Iterator[command.Outcome]:
        yield command.Outcome(1, "7K3M9QX2WDQ")
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "rebuild", stopped)

    assert command.main([]) == 130
    assert "--after 7K3M9QX2WDQ" in capsys.readouterr().out
