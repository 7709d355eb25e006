"""What lies in the documents, and what never does."""

from dataclasses import fields
from datetime import UTC
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_reports import FirestoreReports
from shared.adapters.report_documents import (
    DERIVED,
    FAR,
    SCHEMA,
    changed_fields,
    event_document,
    event_of,
    report_document,
)
from shared.domain import commands as c
from shared.domain.clocks import ClockKind
from shared.domain.events import verifies
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.workflow import Decision
from tests.builders import IDENTITY, REPORTER_ON_FILE, begun, commit_of, journey, routed, then
from tests.contract.conftest import everything_in
from tests.domain.builders import COORDINATOR, VERIFIER, Case, a_case_that_is

if TYPE_CHECKING:
    from google.cloud.firestore import Client

LONG = " ".join(f"kata{number}" for number in range(300))


def test_a_document_is_the_report_its_schema_and_what_is_derived() -> None:
    """No other field: a rebuild has nothing else to restore."""
    document = report_document(begun())

    assert document.keys() == {part.name for part in fields(Report)} | {"schema"} | DERIVED
    assert document["schema"] == SCHEMA


def test_the_due_time_is_that_of_the_nearest_running_clock() -> None:
    """As a native time."""
    verification = begun().report.clock(ClockKind.VERIFICATION)

    assert verification
    assert report_document(begun())["due_at"] == verification.due_at


def test_the_next_tick_is_that_of_the_nearest_rung() -> None:
    """The sweep asks for it; no rung ahead lies in the far future."""
    filed, closed = begun(), a_case_that_is("closed")

    assert report_document(filed)["next_tick_at"] == filed.next_tick_at
    assert report_document(_decided(closed))["next_tick_at"] == FAR


def test_a_decision_forgets_what_the_sweep_failed_on() -> None:
    """The report is another one now."""
    noted = then(begun().report, c.Note(text="Catatan."), COORDINATOR)

    assert changed_fields(noted)["tick_failures"] == 0


def test_a_finished_report_is_due_in_the_far_future() -> None:
    """A missing time would leave it out of every sorted search."""
    document = report_document(_decided(a_case_that_is("closed")))

    assert document["due_at"] == FAR
    assert document["holder"] is None


def test_an_appeal_is_marked_until_it_is_decided() -> None:
    """The queue of appeals asks for this one field."""
    appealed = a_case_that_is("archived").do(c.Appeal(text="Mohon ditinjau."), REPORTER)
    decided = appealed.do(c.Route(agency="dlhk"), COORDINATOR)

    assert report_document(_decided(appealed))["appealed"] is True
    assert report_document(_decided(decided))["appealed"] is False


def test_tokens_name_code_areas_and_words() -> None:
    """Words of three letters or more, in lower case and compatibility form."""
    filed = begun(area="51.03.06", title="Ｊalan RUSAK di", body="Jalan berlubang sekali")

    assert report_document(filed)["tokens"] == [
        f"c:{filed.report.code}",
        *("a:51.03.06", "a:51.03", "a:51"),
        *("w:jalan", "w:rusak", "w:berlubang", "w:sekali"),
    ]


def test_tokens_are_bounded() -> None:
    """Each is an index entry that is paid for."""
    tokens = report_document(begun(title=LONG[:150], body=LONG + "x" * 900))["tokens"]

    assert len([token for token in tokens if token.startswith("w:")]) == 100
    assert max(map(len, tokens)) <= 42


def test_no_list_lies_in_a_list() -> None:
    """Firestore refuses them."""
    documents: list[Any] = [report_document(step) for step in journey()]
    documents += [event_document(event) for step in journey() for event in step.events]

    assert not any(_lists_in_lists(document) for document in documents)


def test_an_update_names_only_what_the_events_moved() -> None:
    """And what is derived from it; the index of words only with the words."""
    filed = begun()
    noted = changed_fields(then(filed.report, c.Note(text="Catatan."), COORDINATOR))
    titled = changed_fields(then(filed.report, c.Classify(title="Sampah"), VERIFIER))

    always = {"seq", "head", "revision", "counts"} | DERIVED
    assert noted.keys() == always - {"tokens"}
    assert titled.keys() == always | {"title"}


def test_a_chain_verifies_without_its_contents() -> None:
    """Content can be erased; the headers are enough."""
    decisions = journey()
    documents = [event_document(event) for step in decisions for event in step.events]
    erased = [event_of({"header": each["header"], "hash": each["hash"]}) for each in documents]

    assert verifies(erased, decisions[-1].report.code, decisions[-1].report.head)


def test_fields_of_others_survive_a_decision(store: "Client", stored: FirestoreReports) -> None:
    """A newer deployment's field is not wiped out by an older one."""
    filed = begun()
    stored.commit(commit_of(filed))
    document = store.document("reports", filed.report.code)
    document.update({"of_tomorrow": {"kept": True}})

    stored.commit(commit_of(routed(filed.report)))

    assert document.get().get("of_tomorrow.kept") is True
    assert stored.load(filed.report.code) == routed(filed.report).report


def test_index_times_are_native(store: "Client", stored: FirestoreReports) -> None:
    """Text would sort by its writing."""
    filed = begun()
    stored.commit(commit_of(filed))

    found = store.document("reports", filed.report.code).get().get("due_at")

    assert found == filed.report.due_at
    assert found.tzinfo is UTC


def test_no_document_shows_who_reported(store: "Client", stored: FirestoreReports) -> None:
    """Sealed in one place, and nowhere else at all."""
    decisions = journey()
    stored.commit(commit_of(decisions[0], reporter=REPORTER_ON_FILE))
    for decision in decisions[1:]:
        stored.commit(commit_of(decision))

    everything = repr(everything_in(store)).lower()

    assert [IDENTITY.name, IDENTITY.email, IDENTITY.phone] == list(plain(IDENTITY).values())
    assert not [mark for mark in ("luh", "sekarwangi", "81234567890") if mark in everything]


def test_the_outbox_holds_ids_only(store: "Client", stored: FirestoreReports) -> None:
    """What travels is read by many; texts are loaded by who may."""
    for decision in journey():
        stored.commit(commit_of(decision))

    waiting = [doc.to_dict() for doc in store.collection("outbox").stream()]

    assert len(waiting) == len(journey())
    assert {name for doc in waiting for name in doc} == {
        "id",
        "type",
        "schema",
        "code",
        "seq",
        "at",
    }


def _decided(case: Case) -> Decision:
    return Decision(None, case.report, case.events)


def _lists_in_lists(value: Any, *, inside: bool = False) -> bool:
    if isinstance(value, dict):
        return any(_lists_in_lists(item) for item in value.values())
    if isinstance(value, list):
        return inside or any(_lists_in_lists(item, inside=True) for item in value)
    return False
