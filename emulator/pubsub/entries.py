"""The rows of what is still to be delivered. Whoever calls is inside `Store.writing`."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

# A message with an ordering key waits for those before it: pushed until they are acknowledged,
# pulled until they are no longer out, so that several come in one answer.
_DUE_ONE_PER_KEY = """
SELECT * FROM entries AS e WHERE subscription = ? AND state = 'waiting' AND due <= ?
    AND (key = '' OR NOT EXISTS (SELECT 1 FROM entries AS before
        WHERE before.subscription = e.subscription AND before.key = e.key AND before.key <> ''
        AND before.message < e.message AND before.state <> 'acked'))
    ORDER BY due, rank LIMIT ?
"""
_DUE = """
SELECT * FROM entries AS e WHERE subscription = ? AND state = 'waiting' AND due <= ?
    AND (key = '' OR NOT EXISTS (SELECT 1 FROM entries AS before
        WHERE before.subscription = e.subscription AND before.key = e.key AND before.key <> ''
        AND before.message < e.message AND before.state <> 'acked'
        AND (before.state = 'leased' OR before.due > e.due)))
    ORDER BY due, rank LIMIT ?
"""
# Those that no message before them holds any more.
_FREE_OF_KEY = """
DELETE FROM entries WHERE subscription = :subscription AND key = :key AND key <> ''
    AND state = 'acked' AND message < IFNULL((SELECT MIN(message) FROM entries
        WHERE subscription = :subscription AND key = :key AND key <> '' AND state <> 'acked'),
        9223372036854775807)
"""
_UNACKED_BEFORE = """
SELECT 1 FROM entries WHERE subscription = ? AND key = ? AND key <> '' AND message < ?
    AND state <> 'acked' LIMIT 1
"""


class Entry(NamedTuple):
    """As `_SCHEMA` in store.py has it."""

    subscription: int
    message: int
    published: int
    key: str
    state: str
    due: int
    rank: int
    failures: int
    lease: int
    copies: int


class Entries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._execute = connection.execute

    def add(self, rows: Iterable[tuple[int, int, str]], *, at: int) -> None:
        """(subscription, message, key) each."""
        self._connection.executemany(
            "INSERT INTO entries (subscription, message, key, published, state, due, rank)"
            " VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
            [(*row, at, at, row[1]) for row in rows],
        )

    def find(self, subscription: int, message: int) -> Entry | None:
        query = "SELECT * FROM entries WHERE subscription = ? AND message = ?"
        row = self._execute(query, (subscription, message)).fetchone()
        return Entry(*row) if row else None

    def due(self, subscription: int, now: int, limit: int, *, one_per_key: bool) -> list[Entry]:
        query = _DUE_ONE_PER_KEY if one_per_key else _DUE
        return [Entry(*row) for row in self._execute(query, (subscription, now, limit))]

    def overdue(self, now: int) -> list[Entry]:
        """Their ack deadline has passed."""
        query = "SELECT * FROM entries WHERE state = 'leased' AND due <= ? ORDER BY due, message"
        return [Entry(*row) for row in self._execute(query, (now,))]

    def next_due(self, subscription: int, now: int) -> int | None:
        """Or the next ack deadline."""
        query = "SELECT MIN(due) FROM entries WHERE subscription = ? AND state = ? AND due > ?"
        values = ((subscription, state, now) for state in ("waiting", "leased"))
        dues: list[int | None] = [self._execute(query, each).fetchone()[0] for each in values]
        return min(filter(None, dues), default=None)

    def depth(self, subscription: int) -> dict[str, int]:
        query = "SELECT state, COUNT(*) FROM entries WHERE subscription = ? GROUP BY state"
        return dict(self._execute(query, (subscription,)).fetchall())

    def lease(self, entry: Entry, until: int) -> int:
        """The number of this delivery."""
        query = (
            "UPDATE entries SET state = 'leased', due = ?, lease = lease + 1"
            " WHERE subscription = ? AND message = ?"
        )
        self._execute(query, (until, entry.subscription, entry.message))
        return entry.lease + 1

    def extend(self, entry: Entry, until: int) -> None:
        query = "UPDATE entries SET due = ? WHERE subscription = ? AND message = ?"
        self._execute(query, (until, entry.subscription, entry.message))

    def wait(self, entry: Entry, due: int, *, failures: int) -> None:
        """Also for those after it with the same key: they are sent again."""
        self._execute(
            "UPDATE entries SET state = 'waiting', due = ?, failures = ?"
            " WHERE subscription = ? AND message = ?",
            (due, failures, entry.subscription, entry.message),
        )
        if entry.key:
            self._execute(
                "UPDATE entries SET state = 'waiting', due = ?"
                " WHERE subscription = ? AND key = ? AND key <> '' AND message > ?",
                (due, entry.subscription, entry.key, entry.message),
            )

    def wait_last(self, entry: Entry, now: int) -> None:
        query = "SELECT MAX(rank) + 1 FROM entries WHERE subscription = ? AND state = 'waiting'"
        (rank,) = self._execute(query, (entry.subscription,)).fetchone()
        self._execute(
            "UPDATE entries SET due = ?, rank = ? WHERE subscription = ? AND message = ?",
            (now, rank, entry.subscription, entry.message),
        )

    def count_copy(self, entry: Entry) -> None:
        query = "UPDATE entries SET copies = copies + 1 WHERE subscription = ? AND message = ?"
        self._execute(query, (entry.subscription, entry.message))

    def acknowledge(self, entry: Entry, *, retained: bool) -> None:
        """One with a key is kept while one before it may still have to be sent again."""
        if retained or (entry.key and self._unacked_before(entry)):
            query = "UPDATE entries SET state = 'acked' WHERE subscription = ? AND message = ?"
            self._execute(query, (entry.subscription, entry.message))
        else:
            self.remove(entry, retained=retained)

    def remove(self, entry: Entry, *, retained: bool) -> None:
        query = "DELETE FROM entries WHERE subscription = ? AND message = ?"
        self._execute(query, (entry.subscription, entry.message))
        if entry.key and not retained:
            self._execute(_FREE_OF_KEY, {"subscription": entry.subscription, "key": entry.key})

    def expire(self, subscription: int, published_before: int) -> None:
        """Messages are numbered in the order of their publishing: the first is the oldest."""
        oldest = "SELECT published FROM entries WHERE subscription = ? ORDER BY message LIMIT 1"
        row = self._execute(oldest, (subscription,)).fetchone()
        if row and row[0] < published_before:
            query = "DELETE FROM entries WHERE subscription = ? AND published < ?"
            self._execute(query, (subscription, published_before))

    def seek(self, subscription: int, to: int, now: int, *, retained: bool) -> None:
        """Published before: acknowledged; the others: not yet."""
        self._execute(
            "UPDATE entries SET state = 'acked' WHERE subscription = ? AND published < ?"
            if retained
            else "DELETE FROM entries WHERE subscription = ? AND published < ?",
            (subscription, to),
        )
        self._execute(
            "UPDATE entries SET state = 'waiting', due = ?"
            " WHERE subscription = ? AND published >= ? AND state = 'acked'",
            (now, subscription, to),
        )

    def release(self, subscription: int, now: int) -> None:
        """Those whose delivery ended with the process before this one."""
        query = (
            "UPDATE entries SET state = 'waiting', due = ?"
            " WHERE subscription = ? AND state = 'leased'"
        )
        self._execute(query, (now, subscription))

    def _unacked_before(self, entry: Entry) -> bool:
        values = (entry.subscription, entry.key, entry.message)
        return self._execute(_UNACKED_BEFORE, values).fetchone() is not None
