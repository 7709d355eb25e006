"""Topics, subscriptions and what is still to be delivered, in one SQLite file."""

from pathlib import Path

from emulator.kept_file import KeptFile
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
"""


class Store(KeptFile):
    def __init__(self, path: Path | None) -> None:
        super().__init__(path, _SCHEMA)

    def message(self, id_: int) -> PubsubMessage | None:
        query = "SELECT data FROM messages WHERE id = ?"
        row = self.connection.execute(query, (id_,)).fetchone()
        return PubsubMessage.FromString(row[0]) if row else None

    def keep(self, id_: int, message: PubsubMessage) -> None:
        data = message.SerializeToString()
        self.connection.execute("INSERT INTO messages VALUES (?, ?)", (id_, data))
