"""What one commit changes, gathered and then written with as few statements as there are tables.

Every step of SQLite lets go of Python's interpreter lock, and under load waits to get it back.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from emulator.firestore.catalogue import Catalogue
from emulator.firestore.documents import find_all
from emulator.firestore.paths import Path
from emulator.firestore.protocol import Document, timestamp
from emulator.firestore.writes import Stored

_NEW_ROWS = (
    "INSERT INTO documents (id, database, collection, depth, path, created, updated, data) VALUES "
)
_NEW_ENTRIES = "INSERT INTO entries (ix, key, document) VALUES "
_ROWS_AT_ONCE = 100

Change = tuple[Path, Stored | None, Stored | None]  # before and after


class Changes:
    """A document's second write sees what the first one left."""

    def __init__(self, connection: sqlite3.Connection, database: int, time: int) -> None:
        self.connection = connection
        self.time = time
        self._timestamp = timestamp(time)
        self.database = database
        self._before: dict[Path, Stored | None] = {}
        self._after: dict[Path, Stored | None] = {}
        self._last_row = 0

    def look_up(self, paths: Iterable[Path]) -> None:
        """All at once, before they are found one by one."""
        unknown = [path for path in paths if path not in self._before]
        found = find_all(self.connection, self.database, unknown)
        self._before.update((path, found.get(path)) for path in unknown)

    def find(self, path: Path) -> Stored | None:
        if path in self._after:
            return self._after[path]
        if path not in self._before:
            self.look_up([path])
        return self._before[path]

    def put(self, path: Path, document: Document) -> None:
        before = self._before[path]
        created = before.created if before and self.find(path) else self.time
        document.name = path.name
        document.create_time.CopyFrom(timestamp(created))
        document.update_time.CopyFrom(self._timestamp)
        row = before.row if before else self._new_row()
        self._after[path] = Stored(document, created, self.time, row)

    def _new_row(self) -> int:
        if not self._last_row:
            (last,) = self.connection.execute("SELECT max(id) FROM documents").fetchone()
            self._last_row = last or 0
        self._last_row += 1
        return self._last_row

    def delete(self, path: Path) -> None:
        self._after[path] = None

    def made(self) -> Iterable[tuple[Path, Stored | None]]:
        return self._after.items()

    def save(self, catalogue: Catalogue) -> None:
        changed = [(path, self._before[path], after) for path, after in self._after.items()]
        gone = [(before.row,) for _, before, after in changed if before and not after]
        self.connection.executemany("DELETE FROM documents WHERE id = ?", gone)
        self._save_rows(changed)
        self._save_entries(changed, catalogue)

    def _save_rows(self, changed: list[Change]) -> None:
        replaced, added = [], []
        for path, before, after in changed:
            if after is None:
                continue
            data = after.document.SerializeToString()
            if before:
                replaced.append((after.created, self.time, data, after.row))
            else:
                place = (self.database, path.collection, len(path.segments), path.key)
                added.append((after.row, *place, after.created, self.time, data))
        self.connection.executemany(
            "UPDATE documents SET created = ?, updated = ?, data = ? WHERE id = ?", replaced
        )
        _insert(self.connection, _NEW_ROWS, added)

    def _save_entries(self, changed: list[Change], catalogue: Catalogue) -> None:
        gone: list[tuple[int, bytes]] = []
        added: list[tuple[int, bytes, int]] = []
        for path, before, after in changed:
            old, new = before and before.document, after and after.document
            removed, new_keys = catalogue.changes(self.database, path, old, new)
            gone.extend(removed)
            added.extend((*each, after.row) for each in new_keys if after)
        self.connection.executemany("DELETE FROM entries WHERE ix = ? AND key = ?", gone)
        _insert(self.connection, _NEW_ENTRIES, added)


def _insert(connection: sqlite3.Connection, statement: str, rows: Sequence[Any]) -> None:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        marks = f"({', '.join('?' * len(some[0]))})"
        values = [value for row in some for value in row]
        connection.execute(statement + ", ".join([marks] * len(some)), values)
