"""Everything one decision changes, in one batch; and what to answer when the batch is refused.

`create` of timeline/{seq} is the lock. The client resends a commit whose answer was lost, so a
refusal may mean that this very commit stands: only reading back tells.
"""

from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.commit_documents import (
    look_document,
    mark_document,
    outbox_document,
    receipt_document,
    repeatable_document,
    reporter_document,
)
from shared.adapters.file_documents import shelf_document
from shared.adapters.firestore_client import bounded, mark_id, read, signs_of_absence
from shared.adapters.firestore_writes import create, update
from shared.adapters.report_documents import changed_fields, event_document, report_document
from shared.domain.attachment import Shelf
from shared.domain.receipts import ReceiptMark
from shared.domain.workflow import Decision
from shared.usecases.ports import Commit, Committed, Keys, Repeatable, StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch

    from shared.adapters.firestore_client import Snapshot


def save(store: "Client", commit: Commit, identity_keys: Keys) -> Committed:
    batch = _batch(store, commit, identity_keys)
    try:
        batch.commit(**bounded())
    except refusals():
        return _read_back(store, commit) or Committed.CHANGED_MEANWHILE
    except signs_of_absence() as error:
        # Perhaps only the answer was lost. If nothing of it is there, it may be sent again.
        answer = _read_back(store, commit)
        if answer is None:
            raise StoreAway from error
        return answer
    return Committed.NOW


def timeline_reference(store: "Client", code: str, seq: int) -> "DocumentReference":
    return store.document("reports", code, "timeline", f"{seq:06}")


@cache
def refusals() -> tuple[type[Exception], ...]:
    """NotFound too: what was to be changed or replaced is gone, so decide again."""
    from google.api_core import exceptions

    return (
        exceptions.AlreadyExists,
        exceptions.FailedPrecondition,
        exceptions.Aborted,
        exceptions.NotFound,
    )


def is_contention(refusal: Exception) -> bool:
    """Nothing was written, and nothing is wrong with it: the same may be tried at once."""
    from google.api_core import exceptions

    return isinstance(refusal, exceptions.Aborted)


def _batch(store: "Client", commit: Commit, identity_keys: Keys) -> "WriteBatch":
    batch = store.batch()
    for code, event in commit.events:
        create(batch, timeline_reference(store, code, event.seq), event_document(event))
        if event.type == "revealed":
            create(batch, store.document("looks", event.id), look_document(code, event))
    for decision in commit.decisions:
        _add_report(store, batch, decision)
    for wire in commit.wire_events:
        create(batch, store.document("outbox", wire.id), outbox_document(wire))
    if commit.reporter:
        code = commit.decisions[0].report.code
        sealed = reporter_document(commit.reporter, code=code, keys=identity_keys)
        create(batch, store.document("reporters", code), sealed)
    if commit.receipt:
        _add_receipt(store, batch, commit.decisions[0].report.code, commit.receipt)
    if commit.shelf:
        _add_shelf(store, batch, commit.shelf)
    _add_records(store, batch, commit)
    return batch


def _add_report(store: "Client", batch: "WriteBatch", decision: Decision) -> None:
    reference = store.document("reports", decision.report.code)
    if decision.before is None:
        create(batch, reference, report_document(decision))
    else:
        update(batch, reference, changed_fields(decision))


def _add_receipt(store: "Client", batch: "WriteBatch", code: str, mark: ReceiptMark) -> None:
    """Of two that came with the same one-time code, the second finds nothing to delete."""
    batch.update(store.document("reporters", code), {"receipt": receipt_document(mark)})
    batch.delete(store.document("renewals", code), option=store.write_option(exists=True))


def _add_shelf(store: "Client", batch: "WriteBatch", shelf: Shelf) -> None:
    unchanged = store.write_option(last_update_time=shelf.version)
    batch.update(store.document("attachments", shelf.code), shelf_document(shelf), option=unchanged)


def _add_records(store: "Client", batch: "WriteBatch", commit: Commit) -> None:
    if (mark := _mark(store, commit)) and commit.consumed:
        create(batch, mark, mark_document(commit.consumed))
    if (record := _record(store, commit)) is None or commit.repeatable is None:
        return
    document = repeatable_document(commit.repeatable)
    if commit.replaces is None:
        create(batch, record, document)
    else:
        # Of two requests that found the same expired record, one takes its place.
        unchanged = store.write_option(last_update_time=commit.replaces.version)
        batch.update(record, document, option=unchanged)


def _read_back(store: "Client", commit: Commit) -> Committed | None:
    """None: nothing of this commit is there, and nothing in its place."""
    event, mark, record = _found(store, commit)
    if event and event.get("header.id") == commit.events[0][1].id:
        return Committed.NOW
    if mark or (record and not _is_still(record, commit.replaces)):
        return Committed.SEEN_BEFORE
    return Committed.CHANGED_MEANWHILE if event else None


def _found(store: "Client", commit: Commit) -> list["Snapshot | None"]:
    """The first timeline entry, the mark and the idempotency record, where they exist."""
    asked = [_lock(store, commit), _mark(store, commit), _record(store, commit)]
    snapshots = iter(read(store, *(reference for reference in asked if reference)))
    found = [next(snapshots) if reference else None for reference in asked]
    return [snapshot if snapshot and snapshot.exists else None for snapshot in found]


def _is_still(record: "Snapshot", replaced: Repeatable | None) -> bool:
    return replaced is not None and record.update_time == replaced.version


def _lock(store: "Client", commit: Commit) -> "DocumentReference | None":
    if not commit.events:
        return None
    code, first = commit.events[0]
    return timeline_reference(store, code, first.seq)


def _mark(store: "Client", commit: Commit) -> "DocumentReference | None":
    if commit.consumed is None:
        return None
    return store.document("consumed", mark_id(commit.consumed.consumer, commit.consumed.event_id))


def _record(store: "Client", commit: Commit) -> "DocumentReference | None":
    return store.document("idempotency", commit.repeatable.id) if commit.repeatable else None
