"""What is seeded from the files is what the functions decide by, and nothing else moves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from google.api_core.exceptions import ServiceUnavailable

from infra import region_file, seeding
from infra.commands.seed import seed
from infra.region_file import RegionFault, RegionFile
from infra.seeding import Difference
from shared.adapters.firestore_officers import officer_document
from shared.adapters.firestore_region import LOOK_AGAIN_SECONDS, FirestoreRegion
from shared.domain.directory import Officer
from shared.domain.scene import Rules
from shared.domain.statuses import Role
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client

TODAY = date(2026, 11, 21)


class Watched:
    """The store, counting what is asked of it; on request it is away."""

    def __init__(self, store: "Client") -> None:
        self._store = store
        self.asked: list[str] = []
        self.away = False

    def document(self, path: str) -> Any:
        self._note(path)
        return self._store.document(path)

    def collection(self, path: str) -> Any:
        self._note(path)
        return self._store.collection(path)

    def _note(self, path: str) -> None:
        self.asked.append(path)
        if self.away:
            raise ServiceUnavailable("away")  # type: ignore[no-untyped-call]


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def badung() -> RegionFile:
    return region_file.read("badung")


@pytest.fixture
def watched(store: "Client") -> Watched:
    seed(store, "badung")
    return Watched(store)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def region(watched: Watched, seconds: Seconds) -> FirestoreRegion:
    return FirestoreRegion(watched, seconds)  # type: ignore[arg-type]


def _bring(store: "Client", file: RegionFile) -> Difference:
    wanted = seeding.documents(file, TODAY)
    difference = seeding.compare(store, wanted)
    seeding.write(store, wanted, difference)
    return difference


def _by_id(rules: Rules | RegionFile) -> Mapping[str, Any]:
    return {row.id: row for row in rules.policy.rows}


@pytest.mark.parametrize("name", region_file.names())
def test_the_rules_read_back_are_those_of_the_files(store: "Client", name: str) -> None:
    """Nothing is lost or changed on the way through the store, in any region."""
    seed(store, name)

    rules = FirestoreRegion(store).rules()

    file = region_file.read(name)
    assert rules.directory == file.directory
    assert _by_id(rules) == _by_id(file)
    assert set(rules.ladder.rows) == set(file.ladder.rows)


def test_the_calendar_in_force_knows_the_years_that_are_decreed(store: "Client") -> None:
    """Next year's estimates do not count as known."""
    seed(store, "badung")

    rules = FirestoreRegion(store).rules()

    assert rules.calendar.holidays[date(2026, 12, 24)] == "Cuti Bersama Hari Raya Natal"
    assert {2025, 2026} <= rules.calendar.known_years
    assert rules.calendars == {rules.calendar.version: rules.calendar}


def test_a_second_seeding_finds_nothing_to_do(store: "Client") -> None:
    """The same files leave the database as it is."""
    first = seed(store, "badung")

    assert "agencies/dlhk" in first.added
    assert not seed(store, "badung")


def test_a_dry_run_shows_the_difference_and_writes_nothing(store: "Client") -> None:
    """Looking is free."""
    assert seed(store, "badung", dry_run=True)
    assert not list(store.collection("settings").stream())


def test_officers_survive_a_seeding(store: "Client") -> None:
    """People are edited in the desk; the files do not know them."""
    officer = Officer("wayan", "wayan@badung.example", "Wayan", frozenset({Role.VERIFIER}))
    store.document("officers/wayan").set(officer_document(officer))

    seed(store, "badung")

    assert store.document("officers/wayan").get().to_dict() == officer_document(officer)


def test_what_changed_in_the_files_is_told_apart(store: "Client", badung: RegionFile) -> None:
    """A renamed agency is changed, a dropped category removed; the version moves with them."""
    seed(store, "badung")
    agencies = dict(badung.directory.agencies)
    agencies["dlhk"] = replace(agencies["dlhk"], name="Dinas Lingkungan")
    categories = dict(badung.directory.categories)
    del categories["srgi"]
    directory = replace(badung.directory, agencies=agencies, categories=categories)

    difference = _bring(store, replace(badung, directory=directory))

    assert difference == Difference((), ("agencies/dlhk", "settings/region"), ("categories/srgi",))


def test_an_older_calendar_stays_for_the_clocks_that_name_it(
    store: "Client", badung: RegionFile
) -> None:
    """A holiday declared late is a new version beside the old one."""
    seed(store, "badung")
    late = {date(2026, 12, 28): region_file.Holiday("Hari Tambahan", "Kepbup 1/2026")}

    _bring(store, replace(badung, holidays=late))

    rules = FirestoreRegion(store).rules()
    assert len(rules.calendars) == 2
    assert rules.calendar.holidays[date(2026, 12, 28)] == "Hari Tambahan"


def test_a_policy_row_is_never_removed(store: "Client", badung: RegionFile) -> None:
    """A running clock keeps its row; a changed regulation is a new one."""
    seed(store, "badung")
    fewer = replace(badung.policy, rows=badung.policy.rows[1:])

    with pytest.raises(RegionFault, match=r"policy\.yaml: row verification-2018"):
        _bring(store, replace(badung, policy=fewer))


def test_a_rung_is_never_removed(store: "Client", badung: RegionFile) -> None:
    """Clocks that began under it go by it to their end."""
    seed(store, "badung")
    fewer = replace(badung.ladder, rows=badung.ladder.rows[1:])

    with pytest.raises(RegionFault, match=r"policy\.yaml: row verification-1 "):
        _bring(store, replace(badung, ladder=fewer))


def test_an_agency_with_reports_is_never_removed(store: "Client", badung: RegionFile) -> None:
    """Its reports would belong to nobody; a successor takes them."""
    seed(store, "badung")
    store.document("reports/7K3M9QX2WDQ").set({"agency": "diskan"})
    agencies = {id_: each for id_, each in badung.directory.agencies.items() if id_ != "diskan"}

    with pytest.raises(RegionFault, match="succeeded_by"):
        _bring(store, replace(badung, directory=replace(badung.directory, agencies=agencies)))


def test_a_database_belongs_to_one_region(store: "Client") -> None:
    """A slip of the keyboard does not overwrite another region's desk."""
    seed(store, "badung")

    with pytest.raises(RegionFault, match="belongs to badung, not sleman"):
        seed(store, "sleman")


def test_an_unknown_region_names_those_that_exist(store: "Client") -> None:
    """The message says what to type instead."""
    with pytest.raises(RegionFault, match="choose one of: badung"):
        seed(store, "nowhere")


def test_within_a_minute_the_store_is_not_asked_again(
    region: FirestoreRegion, watched: Watched, seconds: Seconds
) -> None:
    """Every request reads the rules; only a look a minute may cost a call."""
    region.rules()
    watched.asked.clear()
    seconds.now += LOOK_AGAIN_SECONDS - 1

    region.rules()

    assert watched.asked == []


def test_after_a_minute_only_the_version_is_read(
    region: FirestoreRegion, watched: Watched, seconds: Seconds
) -> None:
    """The directory itself is read again when its version moved, not before."""
    before = region.rules()
    watched.asked.clear()
    seconds.now += LOOK_AGAIN_SECONDS

    assert region.rules() is before
    assert watched.asked == ["settings/region"]


def test_a_new_seeding_is_seen_after_a_minute(
    region: FirestoreRegion, store: "Client", badung: RegionFile, seconds: Seconds
) -> None:
    """Running functions take a change over without a deployment."""
    region.rules()
    _bring(store, replace(badung, directory=replace(badung.directory, auto_route=False)))
    assert region.rules().directory.auto_route

    seconds.now += LOOK_AGAIN_SECONDS

    assert not region.rules().directory.auto_route


def test_while_the_store_is_away_the_copy_serves(
    region: FirestoreRegion, watched: Watched, seconds: Seconds
) -> None:
    """An outage of the store alone does not make the rules unknown."""
    before = region.rules()
    watched.away = True
    seconds.now += LOOK_AGAIN_SECONDS

    assert region.rules() is before


def test_without_a_copy_an_absent_store_is_said(region: FirestoreRegion, watched: Watched) -> None:
    """Nothing is decided without rules."""
    watched.away = True

    with pytest.raises(StoreAway):
        region.rules()


def test_an_unseeded_database_says_what_to_do(store: "Client") -> None:
    """The first thing a new region's operator may meet."""
    with pytest.raises(StoreAway, match=r"infra\.commands\.seed"):
        FirestoreRegion(store).rules()


def test_many_threads_load_the_rules_once(region: FirestoreRegion, watched: Watched) -> None:
    """A cold start under load reads the directory one time, not once per request."""
    together = Barrier(8)

    def ask() -> None:
        together.wait()
        region.rules()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert watched.asked.count("agencies") == 1
