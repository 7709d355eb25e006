"""Optimistic transactions, and the client's retries."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from google.api_core import exceptions
from google.cloud import firestore as api
from google.cloud.firestore import Client, FieldFilter

RACERS = 8


@api.transactional
def one_more(transaction: Any, document: Any) -> None:
    count = document.get(transaction=transaction).get("count")
    transaction.update(document, {"count": count + 1})


def test_all_racing_transactions_commit(firestore: Client) -> None:
    """Google's emulator lets two of them fail after eleven seconds."""
    document = firestore.document("c/x")
    document.set({"count": 0})

    with ThreadPoolExecutor(RACERS) as pool:
        list(pool.map(lambda _: one_more(firestore.transaction(), document), range(RACERS)))

    assert document.get().get("count") == RACERS


def begun(firestore: Client, **options: Any) -> Any:
    transaction = firestore.transaction(**options)
    transaction._begin()
    return transaction


def test_a_transaction_sees_one_state(firestore: Client) -> None:
    """That of its beginning, whatever is committed meanwhile."""
    document = firestore.document("c/x")
    document.set({"a": 1})
    transaction = begun(firestore, read_only=True)
    document.set({"a": 2})

    assert document.get(transaction=transaction).get("a") == 1
    transaction._rollback()


def test_a_changed_document_aborts(firestore: Client) -> None:
    """It was read, and somebody else wrote it."""
    document = firestore.document("c/x")
    transaction = begun(firestore)
    document.get(transaction=transaction)
    document.set({})
    transaction.set(firestore.document("c/y"), {})

    with pytest.raises(exceptions.Aborted):
        transaction._commit()

    assert not firestore.document("c/y").get().exists


def test_a_document_that_a_query_would_find_aborts(firestore: Client) -> None:
    """What was not there when it asked."""
    query = firestore.collection("c").where(filter=FieldFilter("a", "==", 1))
    transaction = begun(firestore)
    assert list(query.stream(transaction=transaction)) == []
    firestore.document("c/x").set({"a": 1})
    transaction.set(firestore.document("c/y"), {})

    with pytest.raises(exceptions.Aborted):
        transaction._commit()


def test_what_was_not_read_does_not_abort(firestore: Client) -> None:
    """Blind writes have no conflict."""
    transaction = begun(firestore)
    firestore.document("c/x").get(transaction=transaction)
    firestore.document("c/y").set({"a": 1})
    transaction.set(firestore.document("c/y"), {"a": 2})
    transaction._commit()

    assert firestore.document("c/y").get().get("a") == 2


def test_an_index_made_meanwhile_serves_a_transaction(firestore: Client) -> None:
    """Though its snapshot is older."""
    firestore.document("c/x").set({"fresh": 1})
    transaction = begun(firestore)
    firestore.document("c/x").get(transaction=transaction)
    query = firestore.collection("c").where(filter=FieldFilter("fresh", "==", 1))

    assert len(list(query.stream(transaction=transaction))) == 1
    transaction._commit()


@pytest.mark.parametrize("end", ["_rollback", "_commit"])
def test_an_ended_transaction_is_over(firestore: Client, end: str) -> None:
    """Another use of it is refused."""
    transaction = begun(firestore)
    id_ = transaction.id
    getattr(transaction, end)()
    transaction._id = id_

    with pytest.raises(exceptions.InvalidArgument):
        firestore.document("c/x").get(transaction=transaction)


def test_a_read_only_transaction_writes_nothing(firestore: Client) -> None:
    """Whatever the client lets pass."""
    transaction = begun(firestore, read_only=True)
    transaction._read_only = False
    transaction.set(firestore.document("c/x"), {})

    with pytest.raises(exceptions.InvalidArgument):
        transaction._commit()


def test_a_read_begins_a_transaction(firestore: Client) -> None:
    """new_transaction: its first answer says which."""
    request = {
        "database": firestore._database_string,
        "documents": [firestore.document("c/x")._document_path],
        "new_transaction": {"read_write": {}},
    }

    first, second = firestore._firestore_api.batch_get_documents(request)

    assert first.transaction
    assert second.missing
