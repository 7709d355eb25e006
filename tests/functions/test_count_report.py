"""Events arrive in any way; the scoreboard's numbers are those of the reports."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from google.cloud.firestore import WriteBatch

from infra import manifest
from shared.adapters import firestore_region, firestore_reports
from shared.domain.scoreboard.cells import total
from shared.domain.scoreboard.contribution import contribution
from shared.usecases.counting import COUNTED
from tests.functions.region import Filed, Region

AGENCY, OTHER = "dpupr", "dinkes"
DUE = "2026-11-27"


@pytest.fixture(autouse=True)
def empty_board(region: Region) -> None:
    for name in ("scoreboard", "tallies", "parked"):
        for document in region.store.collection(name).list_documents():
            document.delete()
    region.topic.messages()


def numbers(region: Region) -> dict[str, dict[str, int]]:
    """By the keys of the cells, without what came to nothing."""
    found: dict[str, dict[str, int]] = {}
    for document in region.in_collection("scoreboard").values():
        for key, of in document["cells"].items():
            if kept := {name: number for name, number in of.items() if number}:
                found[key] = kept
    return found


def routed(region: Region, **fields: Any) -> Filed:
    filed = region.filed(**fields)
    assert region.order(filed.code, "route", agency=AGENCY).status_code == 200
    return filed


def answered(region: Region, filed: Filed, agency: str = AGENCY) -> None:
    done = region.order(
        filed.code, "respond", by=f"{agency}1", outcome="explained", cause="anggaran", text="Nanti."
    )
    assert done.status_code == 200, done.text


def delivered(region: Region, wires: Iterable[dict[str, Any]]) -> None:
    for wire in wires:
        assert region.deliver("count_report", wire).status_code == 200


def test_what_was_published_is_counted(region: Region) -> None:
    """The messages of the topic, as Pub/Sub pushes them."""
    filed = routed(region, area="51.03.06.2003")
    region.outside.advance(days=3)
    answered(region, filed)

    delivered(region, region.topic.messages())

    assert numbers(region) == {
        f"{DUE}|{AGENCY}||51.03.06|complaint|": {
            "on_time": 1, "days:2": 1, "held_days": 2, "reports": 1,
        }
    }  # fmt: skip


def test_a_report_leaves_the_cell_it_counted_in(region: Region) -> None:
    """What it was before goes down to nothing."""
    filed = routed(region)
    delivered(region, region.topic.messages())
    before = numbers(region)

    region.order(filed.code, "classify", by="coordinator", kind="aspiration", text="Usulan.")
    delivered(region, region.topic.messages())

    assert before.keys() == {f"{DUE}|{AGENCY}|||complaint|"}
    assert numbers(region) == {f"{DUE}|{AGENCY}|||aspiration|": next(iter(before.values()))}


ORDERS: dict[str, Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = {
    "once": lambda wires: wires,
    "twice": lambda wires: [each for wire in wires for each in (wire, wire)],
    "backwards": lambda wires: wires[::-1],
    "shuffled and repeated": lambda wires: random.Random(7).sample(wires * 3, len(wires) * 3),
    "the last only": lambda wires: wires[-1:],
}


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_events_does_not_matter(region: Region, order: str) -> None:
    """Each delivery counts the report as it is now."""
    filed = routed(region)
    region.outside.advance(days=2)
    region.order(filed.code, "forward", by=f"{AGENCY}1", agency=OTHER, text="Bukan kami.")
    region.outside.advance(days=8)
    answered(region, filed, OTHER)
    region.act(filed, "confirm", solved=True, satisfaction=5)

    delivered(region, ORDERS[order](region.topic.messages()))

    assert {key.split("|")[1]: of for key, of in numbers(region).items()} == {
        AGENCY: {"held_days": 1, "forwarded_out": 1},
        OTHER: {
            "late": 1, "days:7": 1, "held_days": 6, "reports": 1,
            "confirmed_solved": 1, "satisfaction_sum": 5, "satisfaction_n": 1,
        },
    }  # fmt: skip


@pytest.mark.parametrize("killed_at", ["before the commit", "after the commit"])
def test_who_is_killed_on_the_way_leaves_nothing_half_counted(
    region: Region, killed_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event comes again and finds the report counted, or not counted."""
    filed = routed(region)
    (wire,) = [each for each in region.topic.messages() if each["type"] == "report.routed"]
    commit = WriteBatch.commit

    def killed(batch: WriteBatch, *given: Any, **named: Any) -> Any:
        if killed_at == "after the commit":
            commit(batch, *given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WriteBatch, "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            region.deliver("count_report", wire)
    half = numbers(region), len(region.in_collection("tallies"))
    delivered(region, [wire])

    assert half in (({}, 0), (numbers(region), 1))
    assert _is_what_reports_say(region, filed)


def _is_what_reports_say(region: Region, *filed: Filed) -> bool:
    rules, reports = firestore_region.region().rules(), firestore_reports.without_identities()
    found = (reports.load(each.id) for each in filed)
    counted = total(contribution(report, rules) for report in found if report)
    return numbers(region) == {cell.key: dict(of) for cell, of in counted.items()}


def test_events_that_change_no_count_are_left_alone(region: Region) -> None:
    """They are acknowledged without a look at the report."""
    filed = region.filed()

    delivered(region, region.topic.messages())
    delivered(region, [_wire(filed.id, type="report.noted"), _wire("7K3M9QX2WDQ", type="notice.x")])

    assert region.in_collection("tallies") == {}


def test_a_report_that_never_appears_is_parked(region: Region) -> None:
    """It is tried again for five minutes first."""
    region.outside.advance(minutes=4)
    early = region.deliver("count_report", _wire("7K3M9QX2WDQ"))
    region.outside.advance(minutes=2)
    late = region.deliver("count_report", _wire("7K3M9QX2WDQ"))

    assert (early.status_code, late.status_code) == (500, 200)
    assert [each["reason"] for each in region.in_collection("parked").values()] == [
        "no-such-report"
    ]


def test_all_that_counts_reaches_it() -> None:
    """The subscription lets the whole family through; a filter has no room for so many types."""
    event = manifest.load().functions["count_report"].event

    assert event
    assert event.types == ("report.*",)
    assert all(type_.startswith("report.") for type_ in COUNTED)


def test_it_holds_no_key_to_who_reported() -> None:
    """Numbers need none."""
    assert manifest.load().functions["count_report"].secrets == ()


def _wire(code: str, **fields: Any) -> dict[str, Any]:
    wire = {"id": "e1", "type": "report.answered", "schema": 1, "seq": 2, "code": code}
    return wire | {"at": "2026-11-21T01:12:44Z"} | fields
