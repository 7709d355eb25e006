"""Reading and writing documents with the unmodified client."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import firestore as api
from google.cloud.firestore import Client
from google.cloud.firestore_v1.services.firestore import FirestoreClient
from google.cloud.firestore_v1.vector import Vector

from emulator.firestore import Running
from tests.emulator.firestore.conftest import Connect

EVERYTHING = {
    "null": None,
    "yes": True,
    "whole": 2**53 + 1,
    "real": 1.5,
    "text": "é\0",
    "data": b"\0\xff",
    "time": datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    "point": api.GeoPoint(-8.65, 115.2),
    "list": [1, {"a": [2]}],
    "map": {"a.b": {"`": 1}},
    "vector": Vector([1.0, 2.0]),
}


def stub(client: Client) -> FirestoreClient:
    """For the calls that the client's own classes do not use."""
    return client._firestore_api


def name(client: Client, path: str) -> str:
    return client.document(path)._document_path


def root(client: Client) -> str:
    return client._database_string + "/documents"


def test_every_type_comes_back(firestore: Client) -> None:
    """As it was written; a reference too."""
    document = firestore.document("c/x")
    document.set({**EVERYTHING, "reference": document})

    assert document.get().to_dict() == {**EVERYTHING, "reference": document}


def test_a_missing_document_is_an_answer(firestore: Client) -> None:
    """Those that are there come with it."""
    firestore.document("c/x").set({"a": 1})

    found = firestore.get_all([firestore.document("c/y"), firestore.document("c/x")])

    assert {each.id: each.exists for each in found} == {"x": True, "y": False}


def test_a_mask_leaves_the_other_fields_out(firestore: Client) -> None:
    """Nested ones by their path."""
    firestore.document("c/x").set({"a": 1, "m": {"b": 2, "c": 3}})

    assert firestore.document("c/x").get(["m.b", "z"]).to_dict() == {"m": {"b": 2}}


def test_an_update_changes_the_fields_it_names(firestore: Client) -> None:
    """And deletes those it is told to."""
    document = firestore.document("c/x")
    document.set({"a": 1, "m": {"b": 2, "c": 3}, "z": 1})
    document.update({"m.b": 5, "z": api.DELETE_FIELD, "n.o": 1})

    assert document.get().to_dict() == {"a": 1, "m": {"b": 5, "c": 3}, "n": {"o": 1}}


def test_a_merge_keeps_what_is_there(firestore: Client) -> None:
    """And creates what is not."""
    document = firestore.document("c/x")
    document.set({"m": {"a": 1}}, merge=True)
    document.set({"m": {"b": 2}}, merge=True)

    assert document.get().to_dict() == {"m": {"a": 1, "b": 2}}


@pytest.mark.parametrize(
    ("before", "transform", "after"),
    [
        ({}, api.Increment(2), 2),
        ({"a": 1}, api.Increment(2), 3),
        ({"a": 1}, api.Increment(0.5), 1.5),
        ({"a": 2**63 - 1}, api.Increment(1), 2**63 - 1),
        ({"a": "text"}, api.Increment(1), 1),
        ({"a": 3}, api.Maximum(2), 3),
        ({"a": 3}, api.Maximum(3.5), 3.5),
        ({"a": 3}, api.Minimum(2), 2),
        ({"a": [1]}, api.ArrayUnion([1.0, 2, 2]), [1, 2]),
        ({"a": 1}, api.ArrayUnion([2]), [2]),
        ({"a": [1, 2.0, 3]}, api.ArrayRemove([2, 3]), [1]),
        ({}, api.ArrayRemove([2]), []),
    ],
)
def test_a_transform_depends_on_what_is_stored(
    firestore: Client, before: dict[str, Any], transform: Any, after: Any
) -> None:
    """Its result is what is stored then."""
    document = firestore.document("c/x")
    document.set(before)
    document.set({"a": transform}, merge=True)

    assert document.get().to_dict() == {"a": after}


def test_what_a_transform_left_as_it_was_is_told_as_it_was(firestore: Client) -> None:
    """Also when a later one of the same write changes that field."""
    document = firestore.document("c/x")
    document.set({"a": 1})
    maxima = [{"field_path": "a", "maximum": {"integer_value": each}} for each in (0, 5)]
    write = {"update": {"name": document._document_path}, "update_mask": {}}

    answer = firestore._firestore_api.commit(
        {
            "database": firestore._database_string,
            "writes": [{**write, "update_transforms": maxima}],
        }
    )

    (result,) = answer.write_results
    assert [each.integer_value for each in result.transform_results] == [1, 5]
    assert document.get().to_dict() == {"a": 5}


def test_the_server_time_is_one_for_a_commit(firestore: Client) -> None:
    """To the millisecond, and not behind the commit."""
    batch = firestore.batch()
    batch.set(firestore.document("c/x"), {"a": api.SERVER_TIMESTAMP})
    batch.set(firestore.document("c/y"), {"a": {"b": api.SERVER_TIMESTAMP}})
    batch.commit()

    one, other = firestore.document("c/x").get(), firestore.document("c/y").get()

    assert one.get("a") == other.get("a.b")
    assert one.get("a").microsecond % 1000 == 0
    assert one.get("a") <= one.update_time == one.create_time == other.update_time


def test_commit_times_only_grow(firestore: Client) -> None:
    """However fast they follow each other."""
    document = firestore.document("c/x")

    times = [document.set({"a": number}).update_time for number in range(20)]

    assert sorted(set(times)) == times


def test_a_write_without_effect_keeps_the_update_time(firestore: Client) -> None:
    """ "If the write did not actually change the document" - WriteResult in the reference."""
    document = firestore.document("c/x")
    first = document.set({"a": [1.5], "m": {"b": 1}})

    assert document.set({"a": [1.5], "m": {"b": 1}}).update_time == first.update_time
    assert document.set({"a": [1.5], "m": {"b": 1.0}}).update_time > first.update_time


@pytest.mark.parametrize(
    ("write", "refusal"),
    [
        (lambda there, _: there.create({}), exceptions.AlreadyExists),
        (lambda _, missing: missing.update({"a": 1}), exceptions.NotFound),
    ],
)
def test_a_precondition_refuses(firestore: Client, write: Any, refusal: type[Exception]) -> None:
    """By its own status."""
    there, missing = firestore.document("c/x"), firestore.document("c/y")
    there.set({"a": 1})

    with pytest.raises(refusal):
        write(there, missing)


def test_a_stale_version_changes_nothing(firestore: Client) -> None:
    """Nor do the writes that came with it."""
    document = firestore.document("c/x")
    stale = document.set({"a": 1}).update_time
    document.set({"a": 2})
    batch = firestore.batch()
    batch.set(firestore.document("c/y"), {})
    batch.delete(document, option=firestore.write_option(last_update_time=stale))

    with pytest.raises(exceptions.FailedPrecondition):
        batch.commit()

    assert document.get().get("a") == 2
    assert not firestore.document("c/y").get().exists


def test_a_batch_write_is_each_for_itself(firestore: Client) -> None:
    """One refusal does not undo the others."""
    writes = [
        {"update": {"name": name(firestore, "c/x")}},
        {"delete": name(firestore, "c/y"), "current_document": {"exists": True}},
    ]

    answer = stub(firestore).batch_write({"database": firestore._database_string, "writes": writes})

    assert [status.code for status in answer.status] == [0, 5]
    assert firestore.document("c/x").get().exists


def test_a_bulk_writer_writes(firestore: Client) -> None:
    """It uses batches of that kind."""
    writer = firestore.bulk_writer()
    for number in range(45):
        writer.set(firestore.document(f"c/{number}"), {"n": number})
    writer.close()

    assert firestore.collection("c").count().get()[0][0].value == 45


def test_single_documents_have_calls_of_their_own(firestore: Client) -> None:
    """CreateDocument, UpdateDocument, GetDocument, DeleteDocument."""
    api_, parent = stub(firestore), root(firestore)
    made = api_.create_document({"parent": parent, "collection_id": "c", "document": {}})
    fields = {"a": {"integer_value": 1}, "b": {"integer_value": 2}}
    changed = {"name": made.name, "fields": fields}

    updated = api_.update_document({"document": changed, "update_mask": {"field_paths": ["a"]}})
    found = api_.get_document({"name": made.name, "mask": {"field_paths": ["a"]}})
    api_.delete_document({"name": made.name})

    assert len(made.name.rpartition("/")[2]) == 20
    assert updated.fields["a"].integer_value == found.fields["a"].integer_value == 1
    assert "b" not in updated.fields
    with pytest.raises(exceptions.NotFound):
        api_.get_document({"name": made.name})


def test_collections_are_found_below_missing_documents(firestore: Client) -> None:
    """And these documents are listed on request, in the order of their names."""
    for path in ("c/x", "c/y/d/z", "e/x/c/x", "c/x/b/1"):
        firestore.document(path).set({})

    assert [each.id for each in firestore.collections()] == ["c", "e"]
    assert [each.id for each in firestore.document("c/x").collections()] == ["b"]
    assert [each.id for each in firestore.collection("c").list_documents()] == ["x", "y"]


def test_pages_of_a_listing_follow_each_other(firestore: Client) -> None:
    """Without gaps or doubles."""
    for number in range(7):
        firestore.document(f"c/{number}").set({})

    listed = firestore.collection("c").list_documents(page_size=3)

    assert [each.id for each in listed] == list("0123456")


def test_a_tree_is_deleted(firestore: Client) -> None:
    """recursive_delete of the client."""
    for path in ("c/x", "c/x/d/y", "c/x/d/y/e/z", "other/x"):
        firestore.document(path).set({})

    firestore.recursive_delete(firestore.collection("c"))

    assert [each.id for each in firestore.collections()] == ["other"]


def test_projects_and_databases_do_not_see_each_other(
    firestore: Client, served: Running, connect: Connect
) -> None:
    """Named databases too."""
    firestore.document("c/x").set({})
    others = [connect(served, "another"), connect(served, firestore.project, database="named")]

    assert not any(each.document("c/x").get().exists for each in others)


@pytest.mark.parametrize("method", ["listen", "write"])
def test_what_is_not_there_says_so_by_name(firestore: Client, method: str) -> None:
    """UNIMPLEMENTED, not silence."""
    with pytest.raises(exceptions.MethodNotImplemented, match=method.title()):
        list(getattr(stub(firestore), method)(iter([])))


def test_a_read_of_the_past_is_not_there(firestore: Client) -> None:
    """Only the newest state is kept."""
    with pytest.raises(exceptions.MethodNotImplemented, match="read_time"):
        firestore.document("c/x").get(read_time=datetime(2026, 1, 1, tzinfo=UTC))
