"""State in one SQLite file, for a server that lets one thread at a time read or write it.

WAL with synchronous=NORMAL: what was acknowledged survives the death of the process (kill -9),
as the pages are with the operating system. Only a power cut may lose the last of it.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "temp_store=MEMORY")
_IDS = """
CREATE TABLE IF NOT EXISTS ids (last INTEGER);
INSERT INTO ids SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM ids);
"""


class KeptFile:
    """One connection; whoever reads or writes holds the lock. Without a path, in memory."""

    def __init__(self, path: Path | None, schema: str) -> None:
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(schema + _IDS)
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

    def _end(self, how: str) -> None:
        self._depth -= 1
        if not self._depth:
            self.connection.execute(how)
