"""What a bucket is told to do: which browsers it answers, whom it tells, what it forgets."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from emulator.storage.refusals import no_bucket
from emulator.storage.store import Store


@dataclass(frozen=True, slots=True)
class Cors:
    """`headers`: what a browser may send, and what its page may read of the answer."""

    origins: tuple[str, ...]
    methods: tuple[str, ...]
    headers: tuple[str, ...] = ()
    seconds: int = 3600


@dataclass(frozen=True, slots=True)
class Notification:
    """`topic`: projects/…/topics/…; `attributes`: given to every message besides the usual ones."""

    topic: str
    prefix: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Objects below `prefix` are deleted `days` after they were made."""

    prefix: str
    days: int


@dataclass(frozen=True, slots=True)
class Bucket:
    name: str
    cors: tuple[Cors, ...] = ()
    notifications: tuple[Notification, ...] = ()
    forgets: tuple[Forgetting, ...] = ()


class Buckets:
    def __init__(self, store: Store) -> None:
        self._store = store

    def declare(self, buckets: Iterable[Bucket]) -> None:
        """New, or changed to what is said here."""
        with self._store.writing() as connection:
            for bucket in buckets:
                values = (bucket.name, json.dumps(asdict(bucket)))
                connection.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?)", values)

    def get(self, name: str) -> Bucket:
        row = self._store.row("SELECT config FROM buckets WHERE name = ?", name)
        return _read(json.loads(row["config"])) if row else no_bucket(name)

    def all(self) -> list[Bucket]:
        return [_read(json.loads(row["config"])) for row in self._store.rows(_ALL)]


_ALL = "SELECT config FROM buckets ORDER BY name"


def _read(kept: dict[str, Any]) -> Bucket:
    return Bucket(
        kept["name"],
        tuple(Cors(**{**each, **_tuples(each)}) for each in kept["cors"]),
        tuple(Notification(**each) for each in kept["notifications"]),
        tuple(Forgetting(**each) for each in kept["forgets"]),
    )


def _tuples(kept: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(kept[name]) for name in ("origins", "methods", "headers")}
