"""An upload on its way, as the store keeps it."""

import json
from dataclasses import dataclass
from datetime import timedelta
from sqlite3 import Connection, Row

from emulator.storage.objects import Made

# It ends then, finished or not.
LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes; x-goog-content-length-range."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    made: Made
    content: int
    received: int
    total: int | None
    limits: Limits
    started: int
    generation: int | None

    @property
    def is_done(self) -> bool:
        return self.generation is not None


def written(connection: Connection, session: Session) -> None:
    """A new one."""
    made, limits = session.made, session.limits
    what = (session.id, made.bucket, made.name, made.type, session.content, session.received)
    rules = (limits.least, limits.most, json.dumps(dict(made.conditions)), made.is_new)
    ends = (session.started, session.generation)
    connection.execute(_NEW, (*what, session.total, *rules, *ends))


def read(row: Row) -> Session:
    conditions = json.loads(row["conditions"])
    made = Made(row["bucket"], row["name"], row["type"], conditions, bool(row["is_new"]))
    limits = Limits(row["least"], row["most"])
    kept = (row["content"], row["received"], row["total"], limits, row["started"])
    return Session(row["id"], made, *kept, row["generation"])


_NEW = "INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
