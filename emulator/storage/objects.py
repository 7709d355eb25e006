"""What lies in a bucket. Every change is one commit, with what Pub/Sub is to be told of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from emulator.storage.announcing import Announcements
from emulator.storage.buckets import Buckets
from emulator.storage.contents import Contents, Digests
from emulator.storage.refusals import forbidden, invalid, no_object, unmet
from emulator.storage.store import Store
from emulator.storage.stored import Stored
from emulator.storage.times import microseconds

Conditions = Mapping[str, int]  # ifGenerationMatch and the like, as in the protocol


@dataclass(frozen=True, slots=True)
class Made:
    """What is to become an object. `conditions`: of what is there now.

    `is_new`: whoever sends it may create objects, and not take away what has their name.
    """

    bucket: str
    name: str
    type: str
    conditions: Conditions
    is_new: bool = False


class Objects:
    def __init__(self, store: Store, buckets: Buckets, now: Callable[[], datetime]) -> None:
        self._store = store
        self._buckets = buckets
        self._now = now
        self._announcements = Announcements(store)
        self.contents = Contents(store)

    def get(self, bucket: str, name: str) -> Stored:
        return self.find(bucket, name) or no_object(bucket, name)

    def read(self, found: Stored, start: int, end: int) -> Iterator[bytes]:
        return self.contents.pieces(found.content, start, end)

    def finish(
        self, made: Made, content: int, size: int, wanted: Mapping[str, str] | None = None
    ) -> Stored:
        """`wanted`: the digests that its sender says it has."""
        digests = self.contents.digests(content, size)
        _check_digests(digests, wanted or {})
        with self._store.writing() as connection:
            bucket, before = self._buckets.get(made.bucket), self.find(made.bucket, made.name)
            if made.is_new and before:
                forbidden("AccessDenied", "No storage.objects.delete access to the object.")
            check(made.conditions, before)
            new = self._new(made, content, size, digests, before)
            if before:
                self.contents.drop(before.content)
            connection.execute(_PUT, _values(new))
            self._announcements.note(bucket, new, before.generation if before else None)
        return new

    def delete(self, bucket: str, name: str, conditions: Conditions) -> None:
        with self._store.writing() as connection:
            found = self.get(bucket, name)
            check(conditions, found)
            self.contents.drop(found.content)
            connection.execute(_DELETE, (bucket, name))

    def below(self, bucket: str, prefix: str, after: str, most: int) -> list[Stored]:
        """In the order of their names."""
        rows = self._store.rows(_BELOW, bucket, after, len(prefix), prefix, most)
        return [_stored(row) for row in rows]

    def forget(self) -> None:
        """What has lain as long as its bucket keeps it."""
        for bucket in self._buckets.all():
            for rule in bucket.forgets:
                before = microseconds(self._now() - timedelta(days=rule.days))
                values = (bucket.name, len(rule.prefix), rule.prefix, before)
                for row in self._store.rows(_OLD, *values):
                    self.delete(bucket.name, row["name"], {})

    def find(self, bucket: str, name: str) -> Stored | None:
        self._buckets.get(bucket)
        row = self._store.row(f"{_SELECT} WHERE bucket = ? AND name = ?", bucket, name)
        return _stored(row) if row else None

    def _new(
        self, made: Made, content: int, size: int, digests: Digests, before: Stored | None
    ) -> Stored:
        """A generation is the time in microseconds, in production too; each is a later one."""
        at = microseconds(self._now())
        generation = max(at, before.generation + 1 if before else 0)
        return Stored(
            made.bucket, made.name, generation, content, size, made.type, *digests, created=at
        )


_SELECT = "SELECT * FROM objects"
_PUT = "INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE = "DELETE FROM objects WHERE bucket = ? AND name = ?"
_BELOW = f"{_SELECT} WHERE bucket = ? AND name > ? AND substr(name, 1, ?) = ? ORDER BY name LIMIT ?"
_OLD = f"{_SELECT} WHERE bucket = ? AND substr(name, 1, ?) = ? AND created <= ?"


def check(conditions: Conditions, found: Stored | None) -> None:
    """A generation of 0 is that of an object that is not there. Raises Refused."""
    generation = found.generation if found else 0
    metageneration = 1 if found else 0
    for name, wanted in conditions.items():
        there = metageneration if "Metageneration" in name else generation
        if (there == wanted) == ("NotMatch" in name):
            unmet(name)


def _check_digests(found: Digests, wanted: Mapping[str, str]) -> None:
    for name, digest in (("md5Hash", found.md5), ("crc32c", found.crc32c)):
        if wanted.get(name, digest) != digest:
            invalid(f"Provided {name} {wanted[name]} doesn't match calculated {digest}.")


def _stored(row: Row) -> Stored:
    return Stored(**{name: row[name] for name in row.keys()})  # noqa: SIM118 a Row has no others


def _values(stored: Stored) -> tuple[object, ...]:
    return tuple(getattr(stored, name) for name in Stored.__slots__)
