"""The manifest as values: every function, path, topic and schedule there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from infra.yaml_text import values_of

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "infra" / "functions.yaml"
_BELOW = "/*"

Signature = Literal["http", "cloudevent"]
Touch = Literal["invite", "read", "remove", "write"]


@dataclass(frozen=True, slots=True)
class Http:
    """Either `public` or `officers` says who may come in, and why."""

    paths: tuple[str, ...]
    public: str | None = None
    officers: str | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """Seconds between tries; tries before the dead letter."""

    min: int
    max: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Event:
    topic: str
    types: tuple[str, ...]
    retry: Retry


@dataclass(frozen=True, slots=True)
class Due:
    """A run has something to do `after` seconds after the earliest of these times."""

    collection: str
    field: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Without `due` every run may have something to do."""

    cron: str
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """What sets it off: `http`, `event` or `schedule`; an event function also its own schedule."""

    name: str
    about: str
    memory: str
    threads: int
    timeout: int
    max_instances: int
    publishes: tuple[str, ...]
    secrets: tuple[str, ...]
    files: tuple[Touch, ...] = ()
    http: Http | None = None
    event: Event | None = None
    schedule: Schedule | None = None

    @property
    def signature(self) -> Signature:
        return "cloudevent" if self.event else "http"

    @property
    def tick(self) -> str | None:
        """The type of the message by which its schedule reaches an event function."""
        if self.event is None or self.schedule is None:
            return None
        return f"{self.event.types[0].split('.')[0]}.due"


@dataclass(frozen=True, slots=True)
class Topic:
    about: str
    dead_letter: str | None = None


@dataclass(frozen=True, slots=True)
class Notifying:
    """Of each object below `prefix`, as an event of that type."""

    topic: str
    prefix: str
    type: str


@dataclass(frozen=True, slots=True)
class Forgetting:
    prefix: str
    days: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """`uploads_from`: whose browsers may upload, "pages" or the region's "origins"."""

    about: str
    notifies: Notifying
    keeps: str
    forgets: tuple[Forgetting, ...]
    uploads_from: tuple[Literal["pages", "origins"], ...]


@dataclass(frozen=True, slots=True)
class Secret:
    about: str
    variable: str


@dataclass(frozen=True, slots=True)
class IndexField:
    path: str
    order: str | None = None
    contains: bool | None = None


@dataclass(frozen=True, slots=True)
class Index:
    collection: str
    fields: tuple[IndexField, ...]
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    collection: str
    field: str


@dataclass(frozen=True, slots=True)
class Firestore:
    indexes: tuple[Index, ...]
    ttl: tuple[Field, ...]
    exemptions: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    environment: Mapping[str, str]
    secrets: Mapping[str, Secret]
    topics: Mapping[str, Topic]
    buckets: Mapping[str, Bucket]
    functions: Mapping[str, Function]
    firestore: Firestore

    def paths(self) -> Iterator[tuple[str, Function]]:
        for function in self.functions.values():
            for path in function.http.paths if function.http else ():
                yield path, function

    def function_at(self, path: str) -> str | None:
        """The longest path that fits; a path in full goes before everything below a shorter one."""
        fitting = [(at, to.name) for at, to in self.paths() if _fits(path, at)]
        return max(fitting, key=lambda found: len(found[0]), default=(None, None))[1]

    def dead_letters(self) -> frozenset[str]:
        return frozenset(topic.dead_letter for topic in self.topics.values() if topic.dead_letter)


def load(path: Path = MANIFEST) -> Manifest:
    written: dict[str, Any] = values_of(path.read_text(encoding="utf-8"))
    named = {name: {"name": name, **body} for name, body in written["functions"].items()}
    return TypeAdapter(Manifest).validate_python({**written, "functions": named})


def _fits(path: str, at: str) -> bool:
    if at.endswith(_BELOW):
        return path.startswith(at.removesuffix("*"))
    return path == at
