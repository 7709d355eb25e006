"""The rows of what is still to be delivered. Whoever calls is inside `Store.writing`."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

_COLUMNS = "subscription, message, key, state, due, rank, failures, lease, copies"
# A message with an ordering key waits for those before it: pushed until they are acknowledged,
# pulled until they are no longer out, so that several come in one answer.
_UNACKED_BEFORE = """EXISTS (SELECT 1 FROM entries AS before
    WHERE before.subscription = entries.subscription AND before.key = entries.key
    AND before.message < entries.message AND before.state {states})"""
_FREE = {
    True: f"(key = '' OR NOT {_UNACKED_BEFORE.format(states="<> 'acked'")})",
    False: f"(key = '' OR NOT {_UNACKED_BEFORE.format(states="= 'leased'")})",
}


class Entry(NamedTuple):
    subscription: int
    message: int
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

    def add(self, rows: Iterable[tuple[int, int, str]], *, at: int) -> None:
        """(subscription, message, key) each."""
        self._connection.executemany(
            "INSERT INTO entries (subscription, message, key, published, state, due, rank)"
            " VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
            [(*row, at, at, row[1]) for row in rows],
        )

    def find(self, subscription: int, message: int) -> Entry | None:
        query = f"SELECT {_COLUMNS} FROM entries WHERE subscription = ? AND message = ?"
        row = self._connection.execute(query, (subscription, message)).fetchone()
        return Entry(*row) if row else None

    def due(self, subscription: int, now: int, limit: int, *, one_per_key: bool) -> list[Entry]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM entries WHERE subscription = ? AND state = 'waiting'"
            f" AND due <= ? AND {_FREE[one_per_key]} ORDER BY due, rank LIMIT ?",
            (subscription, now, limit),
        )
        return [Entry(*row) for row in rows]

    def overdue(self, now: int) -> list[Entry]:
        """Their ack deadline has passed."""
        query = f"SELECT {_COLUMNS} FROM entries WHERE state = 'leased' AND due <= ? ORDER BY due"
        return [Entry(*row) for row in self._connection.execute(query, (now,))]

    def next_due(self, subscription: int, now: int) -> int | None:
        dues: list[int | None] = [
            self._connection.execute(
                "SELECT MIN(due) FROM entries WHERE subscription = ? AND state = ? AND due > ?",
                (subscription, state, now),
            ).fetchone()[0]
            for state in ("waiting", "leased")
        ]
        return min(filter(None, dues), default=None)

    def depth(self, subscription: int) -> dict[str, int]:
        rows = self._connection.execute(
            "SELECT state, COUNT(*) FROM entries WHERE subscription = ? GROUP BY state",
            (subscription,),
        )
        return dict(rows.fetchall())

    def lease(self, entry: Entry, until: int) -> int:
        """The number of this delivery."""
        self._set(entry, state="leased", due=until, lease=entry.lease + 1)
        return entry.lease + 1

    def extend(self, entry: Entry, until: int) -> None:
        self._set(entry, due=until)

    def wait(self, entry: Entry, due: int, *, failures: int | None = None) -> None:
        """Also for those after it with the same key: they are sent again."""
        failures = entry.failures if failures is None else failures
        self._set(entry, state="waiting", due=due, failures=failures)
        if entry.key:
            self._connection.execute(
                "UPDATE entries SET state = 'waiting', due = ?"
                " WHERE subscription = ? AND key = ? AND message > ?",
                (due, entry.subscription, entry.key, entry.message),
            )

    def wait_last(self, entry: Entry, now: int) -> None:
        query = "SELECT MAX(rank) + 1 FROM entries WHERE subscription = ? AND state = 'waiting'"
        (rank,) = self._connection.execute(query, (entry.subscription,)).fetchone()
        self._set(entry, due=now, rank=rank)

    def copy(self, entry: Entry, copies: int) -> None:
        self._set(entry, copies=copies)

    def acknowledge(self, entry: Entry, *, retained: bool) -> None:
        """One with a key is kept while one before it may still have to be sent again."""
        if retained or (entry.key and self._unacked_before(entry)):
            self._set(entry, state="acked")
        else:
            self.remove(entry)

    def remove(self, entry: Entry) -> None:
        self._connection.execute(
            "DELETE FROM entries WHERE subscription = ? AND message = ?",
            (entry.subscription, entry.message),
        )

    def remove_acknowledged(self, subscription: int, key: str) -> None:
        """Those that no message before them holds any more."""
        self._connection.execute(
            "DELETE FROM entries WHERE subscription = :subscription AND key = :key"
            " AND state = 'acked' AND message < IFNULL((SELECT MIN(message) FROM entries"
            " WHERE subscription = :subscription AND key = :key AND state <> 'acked'), 1 << 62)",
            {"subscription": subscription, "key": key},
        )

    def expire(self, subscription: int, published_before: int) -> None:
        """Messages are numbered in the order of their publishing: the first is the oldest."""
        oldest = "SELECT published FROM entries WHERE subscription = ? ORDER BY message LIMIT 1"
        row = self._connection.execute(oldest, (subscription,)).fetchone()
        if row and row[0] < published_before:
            self._connection.execute(
                "DELETE FROM entries WHERE subscription = ? AND published < ?",
                (subscription, published_before),
            )

    def seek(self, subscription: int, to: int, now: int, *, retained: bool) -> None:
        """Published before: acknowledged; the others: not yet."""
        before = "WHERE subscription = ? AND published < ?"
        change = "UPDATE entries SET state = 'acked'" if retained else "DELETE FROM entries"
        self._connection.execute(f"{change} {before}", (subscription, to))
        self._connection.execute(
            "UPDATE entries SET state = 'waiting', due = ?"
            " WHERE subscription = ? AND published >= ? AND state = 'acked'",
            (now, subscription, to),
        )

    def release(self, subscription: int, now: int) -> None:
        """Those whose delivery ended with the process before this one."""
        self._connection.execute(
            "UPDATE entries SET state = 'waiting', due = ?"
            " WHERE subscription = ? AND state = 'leased'",
            (now, subscription),
        )

    def _unacked_before(self, entry: Entry) -> bool:
        query = (
            "SELECT 1 FROM entries WHERE subscription = ? AND key = ? AND message < ?"
            " AND state <> 'acked' LIMIT 1"
        )
        values = (entry.subscription, entry.key, entry.message)
        return self._connection.execute(query, values).fetchone() is not None

    def _set(self, entry: Entry, **values: int | str) -> None:
        changes = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(
            f"UPDATE entries SET {changes} WHERE subscription = ? AND message = ?",
            (*values.values(), entry.subscription, entry.message),
        )
