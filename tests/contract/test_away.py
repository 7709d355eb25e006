"""When the store cannot be reached, or its answer gets lost: in seconds, and never twice."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from shared.adapters.firestore_officers import FirestoreOfficers
from shared.adapters.firestore_outbox import FirestoreOutbox
from shared.adapters.firestore_parked import FirestoreParked
from shared.adapters.firestore_renewals import FirestoreRenewals
from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.firestore_supporters import FirestoreSupporters
from shared.adapters.firestore_tries import FirestoreTries
from shared.domain.renewal import asked, nothing_asked
from shared.usecases.ports import Committed, Query, StoreAway
from tests.builders import KEYS, begun, commit_of, routed
from tests.contract.lossy import LossyLine
from tests.contract.test_renewals import a_notice
from tests.domain.builders import NOW
from tests.emulators import silence

if TYPE_CHECKING:
    from google.cloud.firestore import Client

CALLS: Mapping[str, Callable[["Client"], object]] = {
    "load": lambda store: FirestoreReports(store, KEYS).load("A"),
    "load_with_receipt": lambda store: FirestoreReports(store, KEYS).load_with_receipt("A"),
    "timeline": lambda store: FirestoreReports(store, KEYS).timeline("A", 2),
    "commit": lambda store: FirestoreReports(store, KEYS).commit(commit_of(begun())),
    "repeatable": lambda store: FirestoreReports(store, KEYS).repeatable("A"),
    "search": lambda store: FirestoreReports(store, KEYS).search(Query()),
    "before": lambda store: next(FirestoreOutbox(store).before(NOW, 1)),
    "oldest": lambda store: FirestoreOutbox(store).oldest(),
    "forget": lambda store: FirestoreOutbox(store).forget(["e"]),
    "count": lambda store: FirestoreSupporters(store).count("A"),
    "add": lambda store: FirestoreSupporters(store).add("A", "x"),
    "wrong": lambda store: FirestoreTries(store, KEYS).wrong("::1", NOW),
    "asked": lambda store: FirestoreTries(store, KEYS).asked("::1", NOW),
    "renewal": lambda store: FirestoreRenewals(store).load("A"),
    "change": lambda store: FirestoreRenewals(store).change("A", nothing_asked(NOW)),
    "ask": lambda store: FirestoreRenewals(store).ask("A", nothing_asked(NOW), a_notice()),
    "park": lambda store: FirestoreParked(store).park("c", "e", "r", {}),
    "by_email": lambda store: FirestoreOfficers(store).by_email("a@b"),
}


def client_at(address: str, monkeypatch: pytest.MonkeyPatch, project: str = "away") -> "Client":
    from google.cloud.firestore import Client  # noqa: PLC0415

    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", address)
    return Client(project=project)


def failure_of(call: Callable[["Client"], object], store: "Client") -> type[Exception] | None:
    try:
        call(store)
    except Exception as error:  # noqa: BLE001 whatever it is, it is what is compared
        return type(error)
    return None


def test_no_store_is_said_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens, for no call; a commit tries, and then looks whether it stands."""
    store = client_at("127.0.0.1:1", monkeypatch)
    started = monotonic()

    with ThreadPoolExecutor(len(CALLS)) as pool:
        failures = pool.map(lambda call: failure_of(call, store), CALLS.values())

    assert dict(zip(CALLS, failures, strict=True)) == dict.fromkeys(CALLS, StoreAway)
    assert monotonic() - started < 10


@pytest.mark.parametrize("call", ["load", "search"])
def test_a_silent_store_is_given_up(call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and never answers."""
    started = monotonic()

    with silence() as address, pytest.raises(StoreAway):
        CALLS[call](client_at(address, monkeypatch))

    assert monotonic() - started < 10


@pytest.fixture
def line(emulators: Mapping[str, str]) -> Iterator[LossyLine]:
    line = LossyLine(emulators["FIRESTORE_EMULATOR_HOST"])
    yield line
    line.close()


def test_a_commit_whose_answer_was_lost_stands_once(
    line: LossyLine, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client sends it again by itself; reading back tells that it stood already."""
    reports = FirestoreReports(client_at(line.address, monkeypatch, project), KEYS)
    filed = begun()
    reports.commit(commit_of(filed))
    line.lose_the_next_answer()

    answer = reports.commit(commit_of(routed(filed.report)))

    assert (answer, line.cuts) == (Committed.NOW, 1)
    assert reports.load(filed.report.code) == routed(filed.report).report


def test_a_supporter_whose_answer_was_lost_counts_once(
    line: LossyLine, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number shown is the one that is stored."""
    supporters = FirestoreSupporters(client_at(line.address, monkeypatch, project))
    supporters.add("A", "x")
    line.lose_the_next_answer()

    assert (supporters.add("A", "y"), line.cuts) == (2, 1)
    assert supporters.count("A") == 2


def test_a_code_whose_answer_was_lost_is_asked_for_once(
    line: LossyLine, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice under its own id tells that it stood already."""
    store = client_at(line.address, monkeypatch, project)
    renewals, renewal = FirestoreRenewals(store), asked(nothing_asked(NOW), "00ff", NOW)
    assert renewals.load("A") is None
    line.lose_the_next_answer()

    assert (renewals.ask("A", renewal, a_notice()), line.cuts) == (True, 1)
    assert renewals.load("A") == renewal
