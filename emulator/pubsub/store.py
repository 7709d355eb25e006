"""Topics, subscriptions and what is still to be delivered, in one SQLite file.

WAL with synchronous=NORMAL: what was acknowledged survives the death of the process (kill -9),
as the pages are with the operating system. Only a power cut may lose the last of it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.pubsub.protocol import PubsubMessage

# One entry per message and subscription. `due`: a waiting one may be delivered from then on, a
# leased one's ack deadline passes then. `rank` settles the order of equally due ones.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS topics (name TEXT PRIMARY KEY, config BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, config BLOB);
CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS entries (
    subscription INTEGER, message INTEGER, published INTEGER, key TEXT, state TEXT, due INTEGER,
    rank INTEGER, failures INTEGER DEFAULT 0, lease INTEGER DEFAULT 0, copies INTEGER DEFAULT 0,
    PRIMARY KEY (subscription, message)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_due ON entries (subscription, state, due, rank);
CREATE INDEX IF NOT EXISTS by_deadline ON entries (due) WHERE state = 'leased';
CREATE INDEX IF NOT EXISTS by_key ON entries (subscription, key, message) WHERE key <> '';
CREATE INDEX IF NOT EXISTS by_message ON entries (message);
CREATE TABLE IF NOT EXISTS dead_letters (
    message INTEGER PRIMARY KEY, topic TEXT, source TEXT, subscription TEXT, attempts INTEGER);
CREATE TRIGGER IF NOT EXISTS delivered_everywhere AFTER DELETE ON entries BEGIN
    DELETE FROM messages WHERE id = OLD.message
        AND NOT EXISTS (SELECT 1 FROM entries WHERE message = OLD.message)
        AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE message = OLD.message);
END;
CREATE TABLE IF NOT EXISTS ids (last INTEGER);
INSERT INTO ids SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM ids);
"""
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY")


class Store:
    """One connection, one thread at a time; whoever reads or writes holds the lock."""

    def __init__(self, path: Path | None) -> None:
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(_SCHEMA)
        self._depth = 0

    def close(self) -> None:
        with self.lock:
            self.connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, together with the block that this one stands in."""
        with self.lock:
            if not self._depth:
                self.connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self.connection
            except BaseException:
                self._end("ROLLBACK")
                raise
            self._end("COMMIT")

    def next_id(self) -> int:
        query = "UPDATE ids SET last = last + 1 RETURNING last"
        return int(self.connection.execute(query).fetchone()[0])

    def message(self, id_: int) -> PubsubMessage | None:
        query = "SELECT data FROM messages WHERE id = ?"
        row = self.connection.execute(query, (id_,)).fetchone()
        return PubsubMessage.FromString(row[0]) if row else None

    def keep(self, id_: int, message: PubsubMessage) -> None:
        data = message.SerializeToString()
        self.connection.execute("INSERT INTO messages VALUES (?, ?)", (id_, data))

    def _end(self, how: str) -> None:
        self._depth -= 1
        if not self._depth:
            self.connection.execute(how)
