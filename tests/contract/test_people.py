"""The directory as edited at the desk, and who looked at whom: the fake keeps to the store."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from infra.commands.seed import seed
from shared.adapters.firestore_looks import FirestoreLooks
from shared.adapters.firestore_officers import officer_document
from shared.adapters.firestore_people import FirestorePeople
from shared.adapters.firestore_region import LOOK_AGAIN_SECONDS, FirestoreRegion
from shared.adapters.firestore_reports import FirestoreReports
from shared.domain import commands as c
from shared.domain.directory import Deputy, Officer
from shared.domain.people import Amendment, Edit
from shared.domain.statuses import Role
from shared.usecases.people_ports import Looks, People
from shared.usecases.ports import Commit, Reports
from tests.builders import KEYS, begun, then
from tests.domain.builders import COORDINATOR, NOW, VERIFIER, officer_of
from tests.fakes.memory_people import MemoryLooks, MemoryPeople
from tests.fakes.memory_store import MemoryReports

if TYPE_CHECKING:
    from google.cloud.firestore import Client

WAYAN = Officer("wayan", "Wayan@badung.example", "Wayan", frozenset({Role.VERIFIER}))
PUTU = Officer("putu", "putu@dlhk.example", "Putu", frozenset({Role.AGENCY}), "dlhk", head=True)
AWAY = Deputy("made", date(2026, 11, 23), date(2026, 11, 27))
BEFORE = Amendment("dlhk", {"email": "lama@dlhk.example"}, paper=False)
AFTER = Amendment("dlhk", {"email": "baru@dlhk.example"}, paper=True)

_ROUTED_AND_LOOKED_AT = (
    (c.Route(agency="dlhk"), VERIFIER),
    (c.Reveal(text="Perlu menelepon."), officer_of("dlhk")),
    (c.Reveal(text="Ada keberatan."), COORDINATOR),
)


def edit(id_: str = "a" * 32, hours: int = 0) -> Edit:
    at = NOW + timedelta(hours=hours)
    return Edit(
        id_, at, "gede", "officers/wayan", {"name": ("Wayan", "I Wayan"), "head": (None, True)}
    )


@pytest.fixture(params=["memory", "firestore"])
def people(request: pytest.FixtureRequest) -> People:
    if request.param == "memory":
        return MemoryPeople(WAYAN, PUTU)
    store = request.getfixturevalue("store")
    seed(store, "badung")
    for officer in (WAYAN, PUTU):
        store.document("officers", officer.id).set(officer_document(officer))
    return FirestorePeople(store)


@pytest.fixture(params=["memory", "firestore"])
def log(request: pytest.FixtureRequest) -> tuple[Reports, Looks]:
    if request.param == "memory":
        reports = MemoryReports()
        return reports, MemoryLooks(reports)
    store = request.getfixturevalue("store")
    return FirestoreReports(store, KEYS), FirestoreLooks(store)


def test_who_is_added_is_found_and_recorded(people: People) -> None:
    """With every field that can be edited."""
    made = replace(WAYAN, id="made", email="made@x.example", until=date(2027, 1, 1), deputy=AWAY)

    assert people.add(made, edit())

    assert people.by_id("made") == made
    assert people.edits(None, 9) == (edit(),)


def test_an_id_is_given_once(people: People) -> None:
    """Of two who add the same person, one is told so; nothing is recorded of the other."""
    assert not people.add(replace(WAYAN, name="Lain"), edit())

    assert people.by_id("wayan") == WAYAN
    assert people.edits(None, 9) == ()


def test_a_record_is_changed_as_it_was_found(people: People) -> None:
    """Whoever comes second decides again."""
    after = replace(WAYAN, roles=frozenset({Role.INTAKE}), agency="dlhk")

    assert people.change(WAYAN, after, edit())
    assert not people.change(WAYAN, replace(WAYAN, name="Lain"), edit("b" * 32))

    assert people.by_id("wayan") == after
    assert [each.id for each in people.edits(None, 9)] == ["a" * 32]


def test_those_of_the_region_have_no_agency(people: People) -> None:
    """They are listed apart from the agencies' people."""
    assert people.without_agency() == (WAYAN,)


def test_an_agency_is_amended_as_it_was_found(people: People) -> None:
    """The first time nothing stands there."""
    assert people.amendment("dlhk") is None
    assert people.amend(None, BEFORE, edit())
    assert not people.amend(None, AFTER, edit("b" * 32))
    assert people.amend(BEFORE, AFTER, edit("c" * 32))
    assert people.amend(None, replace(AFTER, agency="bkpsdm-2"), edit("d" * 32))

    assert people.amendment("dlhk") == AFTER


def test_edits_are_read_backwards_page_by_page(people: People) -> None:
    """Two of the same moment stand on two pages, none on both."""
    for number, id_ in enumerate("abcd"):
        people.amend(
            people.amendment("dlhk"), replace(AFTER, contact={"phone": id_}), edit(id_, number // 2)
        )

    first = people.edits(None, 3)
    rest = people.edits((first[-1].at, first[-1].id), 3)

    assert [each.id for each in (*first, *rest)] == ["d", "c", "b", "a"]


def test_an_amendment_is_in_force_within_a_minute_and_outlives_a_seeding(store: "Client") -> None:
    """What is edited at the desk is never overwritten by the files."""
    seconds = [0.0]
    seed(store, "badung")
    region, people = FirestoreRegion(store, lambda: seconds[0]), FirestorePeople(store)
    assert not region.rules().directory.is_on_paper("dlhk")

    people.amend(None, AFTER, edit())
    assert not seed(store, "badung")
    seconds[0] += LOOK_AGAIN_SECONDS

    agency = region.rules().directory.agencies["dlhk"]
    assert (agency.contact, agency.paper) == ({"email": "baru@dlhk.example"}, True)


def test_every_look_at_an_identity_is_found_by_whose_officer_it_was(
    log: tuple[Reports, Looks],
) -> None:
    """The newest first; a coordinator's belongs to no agency."""
    reports, looks = log
    report = begun().report
    reports.commit(Commit((begun(),)))
    for minute, (command, by) in enumerate(_ROUTED_AND_LOOKED_AT):
        decision = then(report, command, by, at=NOW + timedelta(minutes=minute))
        reports.commit(Commit((decision,)))
        report = decision.report

    everything, own = looks.of(None, None, 9), looks.of("dlhk", None, 9)

    assert [event.texts["text"] for _, event in everything] == [
        "Ada keberatan.",
        "Perlu menelepon.",
    ]
    assert [(found.code, event.officer) for found, event in own] == [(report.code, "putu@dlhk")]
    assert looks.of("dpupr", None, 9) == ()
