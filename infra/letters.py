"""Events that stopped on their way: what may be shown of them, and how they are sent again."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from infra.manifest import Manifest
from shared.usecases.ports import WIRE_SCHEMA

# (topic, data, attributes): on its way when it returns.
Publish = Callable[[str, bytes, Mapping[str, str]], None]


class Stays(Exception):
    """Sending it again would only bring it back; why, in a few words."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`place`: where it lies. `handle`: by which its place takes it away.

    `attributes`: as it was published; empty where its place keeps none.
    """

    id: str
    place: str
    reason: str
    since: str
    data: bytes = field(repr=False)
    handle: Any = field(default=None, repr=False)
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> Mapping[str, Any]:
        """Of the event: ids only, as all that travels. Empty when it cannot be read."""
        try:
            found = json.loads(self.data)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def type(self) -> str:
        """Of a bucket's news only the attributes tell it."""
        return str(self.attributes.get("type") or self.said.get("type", ""))

    @property
    def about(self) -> str:
        told = (self.said.get(name) for name in ("code", "name", "id"))
        return str(next(filter(None, told), ""))


class Place(Protocol):
    def letters(self) -> Iterator[Letter]:
        """All that lie there, the oldest first as far as the place knows."""
        ...

    def take_away(self, letter: Letter) -> None:
        """After it was sent: killed before, it goes once more, which every consumer survives."""
        ...


def send_again(letter: Letter, manifest: Manifest, publish: Publish) -> str:
    """To all consumers of its topic; who is done with it knows. Returns the topic; raises Stays."""
    topic = _topic(letter.type, manifest)
    schema = letter.said.get("schema", WIRE_SCHEMA)
    if schema > WIRE_SCHEMA:
        raise Stays(f"schema {schema} is newer than this release")
    ours = {"type": letter.type, "schema": str(schema)}
    publish(topic, letter.data, letter.attributes or ours)
    return topic


def _topic(type_: str, manifest: Manifest) -> str:
    """The one whose consumers take it."""
    for function in manifest.functions.values():
        event = function.event
        if event and type_ and any(_takes(taken, type_) for taken in event.types):
            return event.topic
    raise Stays("nobody takes events of this type" if type_ else "it cannot be read")


def _takes(taken: str, type_: str) -> bool:
    return type_ == taken or (taken.endswith("*") and type_.startswith(taken[:-1]))
