"""The Firestore client of this process, and how long any call to it may take.

Google's packages double a cold start: they load with the first call, not with this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from shared.adapters.settings import setting
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot

    Snapshot = DocumentSnapshot[DocumentReference]

# A person is waiting: the client's own defaults go on for one to five minutes.
_SECONDS_PER_CALL = 5.0
_SECONDS_OF_RESENDING = 2.0
# Firestore allows 1500 bytes; an id that comes from outside may be of any length.
_LONGEST_ID = 700


@cache
def client() -> "Client":
    from google.cloud import firestore

    return firestore.Client(
        project=setting("GOOGLE_CLOUD_PROJECT"),
        database=setting("FIRESTORE_DATABASE", "(default)"),
    )


@cache
def bounded() -> dict[str, Any]:
    """`retry` and `timeout` of every call. A commit is resent too: see `firestore_commit`."""
    from google.api_core.exceptions import InternalServerError, ServiceUnavailable
    from google.api_core.retry import Retry, if_exception_type

    resend = Retry(
        predicate=if_exception_type(ServiceUnavailable, InternalServerError),
        initial=0.05,
        maximum=0.5,
        timeout=_SECONDS_OF_RESENDING,
    )
    return {"retry": resend, "timeout": _SECONDS_PER_CALL}


@cache
def signs_of_absence() -> tuple[type[Exception], ...]:
    from google.api_core import exceptions

    return (
        exceptions.ServiceUnavailable,
        exceptions.GatewayTimeout,  # DeadlineExceeded is one
        exceptions.InternalServerError,
        exceptions.TooManyRequests,  # ResourceExhausted is one
        exceptions.Aborted,  # others write the same document just now
        exceptions.Cancelled,
        exceptions.RetryError,
    )


@contextmanager
def reaching_the_store() -> Iterator[None]:
    try:
        yield
    except signs_of_absence() as error:
        raise StoreAway from error


def read(store: "Client", *references: "DocumentReference") -> list["Snapshot"]:
    """One BatchGet; it answers in any order, this list is in the order asked."""
    if not references:
        return []
    with reaching_the_store():
        found = {
            snapshot.reference.path: snapshot
            for snapshot in store.get_all(list(references), **bounded())
        }
    return [found[reference.path] for reference in references]


def mark_id(consumer: str, event_id: str) -> str:
    """A slash in an id from outside would name another collection."""
    return f"{consumer}:{quote(event_id, safe='')}"[:_LONGEST_ID]
