"""Faults come when they are asked for, as often as asked, and the same ones for the same seed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from google.api_core.exceptions import Aborted, GoogleAPICallError, ServiceUnavailable
from google.cloud.firestore import Client

from emulator.dice import Dice
from emulator.fault_plans import FaultPlan, UnreadableFaults, parsed, read
from emulator.faults import Faults
from emulator.firestore.protocol import message_class
from emulator.pubsub.protocol import PubsubMessage
from emulator.rpc.status import Refused
from emulator.storage import refusals as storage_refusals
from infra.manifest import ROOT
from tests.emulator.rooms import Furnished

ALWAYS = {"probability": 1}


def on(**plan: Any) -> Faults:
    faults = Faults(sleep=lambda _: None)
    faults.set(parsed(plan))
    return faults


def request(method: str = "Commit") -> Any:
    return message_class(f"{method}Request")()


def refusals(faults: Faults, method: str, times: int) -> list[str]:
    """The codes in the order they came; "OK" where nothing went wrong."""
    codes = []
    for _ in range(times):
        try:
            faults.called(method, request(method))
            codes.append("OK")
        except Refused as refused:
            codes.append(refused.code)
    return codes


def deliveries(faults: Faults, times: int) -> list[Any]:
    return [faults.delivery("projects/p/subscriptions/s", PubsubMessage(), 1) for _ in range(times)]


# One seed, one run


def test_without_a_plan_nothing_goes_wrong() -> None:
    """Off by default."""
    faults = Faults()

    assert set(refusals(faults, "Commit", 100)) == {"OK"}
    assert set(deliveries(faults, 100)) == {None}


def test_the_same_seed_gives_the_same_run() -> None:
    """Another seed gives another one."""
    plan = {"store": {"unavailable": 0.2, "aborted": 0.2}}

    first, second, other = (refusals(on(seed=seed, **plan), "Commit", 200) for seed in (7, 7, 8))

    assert first == second != other


def test_one_kind_does_not_disturb_another() -> None:
    """How often documents are read meanwhile is up to time; commits fail as before."""
    alone, busy = on(seed=3, store={"unavailable": 0.3}), on(seed=3, store={"unavailable": 0.3})

    expected = refusals(alone, "Commit", 50)
    found = [refusals(busy, "Commit", 1)[0] for _ in range(50) if refusals(busy, "RunQuery", 3)]

    assert found == expected


def test_switched_on_again_it_begins_again() -> None:
    """A test that failed is run once more with the same faults."""
    faults = on(seed=5, messages={"drop": 0.5})
    first = deliveries(faults, 40)

    faults.set(faults.plan)

    assert deliveries(faults, 40) == first


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.95])
def test_as_often_as_asked(probability: float) -> None:
    dice = Dice(1)

    fallen = sum(dice.falls("x", probability) for _ in range(4000))

    assert abs(fallen / 4000 - probability) < 0.03


# What goes wrong


def test_an_upload_breaks_as_often_as_asked() -> None:
    """The bucket's own answers, too; and not while nothing is asked for."""
    faults = on(uploads={"broken": 1, "answer_lost": 1, "unavailable": 1}).of_uploads()
    quiet = Faults().of_uploads()

    assert (faults.piece(), faults.answer()) == (True, True)
    with pytest.raises(storage_refusals.Refused, match="503"):
        faults.request()
    assert (quiet.piece(), quiet.answer(), quiet.request()) == (False, False, None)


def test_a_slow_connection_is_slow() -> None:
    """For each quarter of a mebibyte."""
    slept: list[float] = []
    faults = Faults(sleep=slept.append)
    faults.set(parsed({"uploads": {"slow": {**ALWAYS, "milliseconds": 500}}}))

    assert [faults.of_uploads().piece() for _ in range(2)] == [False, False]
    assert slept == [0.5, 0.5]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("aborted", "ABORTED"),
        ("unavailable", "UNAVAILABLE"),
        ("deadline_exceeded", "DEADLINE_EXCEEDED"),
    ],
)
def test_the_store_refuses_by_name(kind: str, code: str) -> None:
    assert refusals(on(store={kind: 1}), "Commit", 1) == [code]


def test_a_commit_can_stand_without_an_answer() -> None:
    """What the store has done it cannot take back; only the answer fails."""
    faults = on(store={"answer_lost": 1})

    assert refusals(faults, "Commit", 1) == ["OK"]
    with pytest.raises(Refused, match="is done, its answer was lost"):
        faults.done("Commit", request())


def test_only_writes_are_contended() -> None:
    """A read outside of a transaction is never ABORTED."""
    assert refusals(on(store={"aborted": 1}), "RunQuery", 1) == ["OK"]


def test_a_slow_store_answers_late() -> None:
    slept: list[float] = []
    faults = Faults(sleep=slept.append)
    faults.set(parsed({"store": {"slow": {**ALWAYS, "milliseconds": 300}}}))

    faults.called("RunQuery", request("RunQuery"))

    assert slept == [0.3]


def test_the_local_clouds_own_questions_use_up_no_throw() -> None:
    """They name the field they want; how often they are asked is up to time."""
    own = request("RunQuery")
    own.structured_query.select.fields.add(field_path="at")
    faults = on(store={"unavailable": 1})

    faults.called("RunQuery", own)
    for method in ("ListDocuments", "GetDocument", "ListCollectionIds"):
        assert refusals(faults, method, 1) == ["OK"]


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ({"duplicate": 1}, "duplicate"),
        ({"reorder": 1}, "reorder"),
        ({"drop": 1, "duplicate": 1}, "drop"),
        ({"delay": {**ALWAYS, "seconds": 30}}, timedelta(seconds=30)),
    ],
)
def test_a_message_meets_its_fault(messages: Any, fault: Any) -> None:
    """A dropped one cannot also come twice."""
    assert deliveries(on(messages=messages), 1) == [fault]


def test_a_client_meets_them(furnished_room: Furnished) -> None:
    """As Google's own exceptions; what was refused had no effect."""
    faults = furnished_room.room.faults
    assert faults
    faults.set(parsed({"store": {"aborted": 1}}))

    with pytest.raises(Aborted):
        furnished_room.store.document("reports/x").set({"a": 1})
    faults.set(parsed({"store": {"unavailable": 1}}))
    with pytest.raises(ServiceUnavailable):
        read_once(furnished_room.store)

    faults.set(None)
    assert not furnished_room.store.document("reports/x").get().exists


def read_once(store: Client) -> None:
    """The client would go on for minutes."""
    try:
        store.document("reports/x").get(retry=None)
    except GoogleAPICallError as error:
        raise error from None


# The plan, and what is said about a wrong one


def test_the_example_shows_everything_there_is() -> None:
    """Whoever copies it finds every key."""
    written = read(ROOT / "emulator/faults.example.yaml").model_dump()

    assert written == read(ROOT / "emulator/faults.example.yaml").model_dump(exclude_unset=True)
    assert written["messages"]["delay"] is not None


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"messages": {"drop": 1.5}}, "messages.drop: input should be less than or equal to 1"),
        ({"messages": {"lose": 0.5}}, "messages.lose: extra inputs are not permitted"),
        ({"store": {"slow": {"probability": 1}}}, "store.slow.milliseconds: field required"),
        ({"seed": "x"}, "seed: input should be a valid integer"),
        (None, "the whole: input should be"),
        ([], "the whole: input should be"),
    ],
)
def test_a_wrong_plan_is_one_helpful_line(plan: Any, said: str) -> None:
    with pytest.raises(UnreadableFaults) as refused:
        parsed(plan)

    assert str(refused.value).startswith(said)
    assert "faults.example.yaml" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"a: [", b"\xff", b"messages: 3"])
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    """Missing, no YAML, no text, or another YAML."""
    path = tmp_path / "faults.yaml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UnreadableFaults) as refused:
        read(path)

    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


# Over HTTP


def test_they_are_set_and_switched_off_while_it_runs(furnished_room: Furnished) -> None:
    web = furnished_room.web
    plan = {"seed": 4, "messages": {"drop": 0.5}}

    posted = web.post("/_emulator/faults", json=plan)

    assert posted.status_code == 200
    assert FaultPlan.model_validate(posted.json) == parsed(plan)
    assert web.get("/_emulator/faults").json == posted.json
    assert web.delete("/_emulator/faults").json == {} == web.get("/_emulator/faults").json


def test_a_wrong_one_changes_nothing(furnished_room: Furnished) -> None:
    """422, and where it is wrong."""
    web = furnished_room.web
    before = web.post("/_emulator/faults", json={"seed": 4}).json

    refused = web.post("/_emulator/faults", json={"store": {"aborted": -1}})

    assert (refused.status_code, refused.json["code"]) == (422, "unreadable-faults")
    assert "store.aborted" in refused.json["detail"]
    assert web.get("/_emulator/faults").json == before
