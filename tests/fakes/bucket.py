"""A bucket in memory: what was saved, by name; uploads come in by `receive`."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, NamedTuple

from shared.usecases.file_ports import Invitation, NoSuchObject
from shared.usecases.ports import StoreAway


class Stored(NamedTuple):
    content: bytes
    type: str


class Invited(NamedTuple):
    size: int
    until: datetime


class MemoryBucket:
    def __init__(self, *, away: bool = False) -> None:
        self.away = away
        self.objects: dict[str, Stored] = {}
        self.invited: dict[str, Invited] = {}

    @property
    def names(self) -> list[str]:
        return sorted(self.objects)

    def receive(self, invitation: Invitation, content: bytes) -> None:
        """As a client that was invited uploads it."""
        name = invitation.url.removeprefix("memory:")
        assert len(content) <= self.invited[name].size, "more than was announced"
        self.objects[name] = Stored(content, invitation.headers["Content-Type"])

    def invite(self, name: str, *, type_: str, size: int, until: datetime) -> Invitation:
        self._reach()
        self.invited[name] = Invited(size, until)
        headers: Mapping[str, str] = {
            "Content-Type": type_,
            "x-goog-resumable": "start",
            "x-goog-content-length-range": f"0,{size}",
        }
        return Invitation(f"memory:{name}", "POST", headers)

    def open(self, name: str) -> BinaryIO:
        return BytesIO(self._existing(name).content)

    def size(self, name: str) -> int | None:
        self._reach()
        return len(self.objects[name].content) if name in self.objects else None

    def save(self, name: str, content: BinaryIO | bytes, type_: str) -> None:
        self._reach()
        whole = content if isinstance(content, bytes) else _whole(content)
        self.objects[name] = Stored(whole, type_)

    def bring(self, name: str, content: BinaryIO, type_: str) -> None:
        self._reach()
        if name not in self.objects:
            self.save(name, content, type_)

    def remove(self, prefix: str) -> None:
        self._reach()
        for name in self.names:
            if name.startswith(prefix):
                del self.objects[name]

    def _existing(self, name: str) -> Stored:
        self._reach()
        if name not in self.objects:
            raise NoSuchObject
        return self.objects[name]

    def _reach(self) -> None:
        if self.away:
            raise StoreAway


def _whole(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read()
