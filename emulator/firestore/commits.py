"""Commit and BatchWrite: writes applied to the store, all of them or each for itself."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from emulator.firestore.changes import Changes
from emulator.firestore.limits import MOST_TRANSFORMS
from emulator.firestore.paths import Path
from emulator.firestore.protocol import Write, WriteResult
from emulator.firestore.store import Store
from emulator.firestore.transactions import Transactions
from emulator.firestore.writes import check, outcome, target, transform_count
from emulator.rpc.status import Refused, invalid


class Commits:
    def __init__(self, store: Store, transactions: Transactions) -> None:
        self._store = store
        self._transactions = transactions

    def commit(
        self, database: str, writes: list[Write], transaction: bytes = b""
    ) -> tuple[list[WriteResult], int]:
        """The results, and the time of the commit."""
        paths = _targets(database, writes)
        _check_transforms(writes, paths)
        _check_repeated(writes, paths)
        self._store.prepare(paths)
        if not transaction:
            with self._store.writing(self._store.database(database)) as changes:
                return _applied(writes, paths, changes), changes.time
        with self._transactions.using(transaction, database) as begun:
            try:
                if begun.read_only and writes:
                    invalid("Cannot modify entities in a read-only transaction.")
                with self._store.writing(self._store.database(database)) as changes:
                    self._transactions.validate(begun, changes.connection)
                    return _applied(writes, paths, changes), changes.time
            finally:
                self._transactions.end(begun)

    def batch_write(self, database: str, writes: list[Write]) -> list[WriteResult | Refused]:
        """Not atomic, and no document twice ("BatchWrite" in the reference of the RPC API)."""
        paths = _targets(database, writes)
        if len(set(paths)) < len(paths):
            invalid("Cannot write to the same document more than once in a batch.")
        self._store.prepare(paths)
        with self._store.writing(self._store.database(database)) as changes:
            changes.look_up(paths)
            return [_attempt(*each, changes) for each in zip(writes, paths, strict=True)]


def apply(write: Write, path: Path, changes: Changes) -> WriteResult:
    before = changes.find(path)
    made = outcome(write, path, before, changes.time)
    results = made.transform_results
    if made.document is None:
        if before:
            changes.delete(path)
        return WriteResult(transform_results=results)
    # "If the write did not actually change the document, this will be the previous update_time."
    if before and before.document.fields == made.document.fields:
        return WriteResult(transform_results=results, update_time=before.document.update_time)
    changes.put(path, made.document)
    return WriteResult(transform_results=results, update_time=made.document.update_time)


def _applied(writes: list[Write], paths: list[Path], changes: Changes) -> list[WriteResult]:
    """Of several writes to a document each has the last one's time; none if that is a delete."""
    changes.look_up(paths)
    results = [apply(*each, changes) for each in zip(writes, paths, strict=True)]
    last = dict(zip(paths, results, strict=True))
    for path, result in zip(paths, results, strict=True):
        if (end := last[path]) is not result:
            result.ClearField("update_time")
            if end.HasField("update_time"):
                result.update_time.CopyFrom(end.update_time)
    return results


def _attempt(write: Write, path: Path, changes: Changes) -> WriteResult | Refused:
    try:
        return apply(write, path, changes)
    except Refused as refused:
        return refused


def _targets(database: str, writes: Iterable[Write]) -> list[Path]:
    paths = [target(each) for each in writes]
    if any(path.database != database for path in paths):
        invalid("A document lies in another database than the one that was named.")
    for write, path in zip(writes, paths, strict=True):
        check(write, path)
    return paths


def _check_transforms(writes: list[Write], paths: list[Path]) -> None:
    counts: Counter[Path] = Counter()
    for write, path in zip(writes, paths, strict=True):
        if number := transform_count(write):
            counts[path] += number
    if counts and max(counts.values()) > MOST_TRANSFORMS:
        invalid(f"A document has more than {MOST_TRANSFORMS} field transforms.")


def _check_repeated(writes: list[Write], paths: list[Path]) -> None:
    """What can be seen to fail without looking is refused before anything is looked at."""
    exists: dict[Path, bool] = {}
    for write, path in zip(writes, paths, strict=True):
        wanted = write.current_document
        if wanted.HasField("exists") and exists.get(path, wanted.exists) != wanted.exists:
            kind = "update" if wanted.exists else "insert"
            invalid(f"Cannot {kind} an entity after another write of the same request.")
        exists[path] = write.WhichOneof("operation") != "delete"


def statuses(results: Iterable[WriteResult | Refused], response: Any) -> None:
    """Into a BatchWriteResponse: a result and a status for each write."""
    for each in results:
        refused = isinstance(each, Refused)
        response.write_results.append(WriteResult() if refused else each)
        status = response.status.add()
        if isinstance(each, Refused):
            status.code = each.number
            status.message = each.message
