"""The last commit, as long as its documents and index entries are not in their tables.

A commit is answered as soon as it stands here: one page, instead of one for every index it
touches. The store does the rest between two calls, and first of all whenever somebody reads or
writes. Of a process that was killed meanwhile the next one finds it here.
"""

import sqlite3

from emulator.firestore.changes import Changes
from emulator.firestore.paths import document_path
from emulator.firestore.protocol import Document

SCHEMA = """
CREATE TABLE IF NOT EXISTS journal (database INTEGER, time INTEGER, name TEXT, data BLOB);
"""


def note(changes: Changes) -> None:
    """A document that is gone has no data."""
    rows = [
        (changes.database, changes.time, path.name, after and after.document.SerializeToString())
        for path, after in changes.made()
    ]
    changes.connection.executemany("INSERT INTO journal VALUES (?, ?, ?, ?)", rows)


def left_over(connection: sqlite3.Connection) -> Changes | None:
    rows = connection.execute("SELECT * FROM journal ORDER BY rowid").fetchall()
    if not rows:
        return None
    changes = Changes(connection, *rows[0][:2])
    for _, _, name, data in rows:
        path = document_path(name)
        changes.look_up([path])
        if data is None:
            changes.delete(path)
        else:
            changes.put(path, Document.FromString(data))
    return changes


def clear(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM journal")
