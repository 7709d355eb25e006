"""What files need of the world: their shelf, the bucket, and somebody who knows pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from shared.domain.attachment import Place, SealedPlace, Shelf
from shared.domain.report import Region


class NoSuchObject(Exception):
    """There is no object of this name in the bucket."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """How a client starts its upload: whoever has the address may write that one object."""

    url: str = field(repr=False)
    method: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A cleaned picture: `copies` are webp by size, `dimensions` their width and height."""

    type: str
    copies: Mapping[str, bytes] = field(repr=False)
    dimensions: Mapping[str, tuple[int, int]]
    place: Place | None = field(default=None, repr=False)


class Shelves(Protocol):
    def of(self, code: str) -> Shelf:
        """Empty when there is none."""
        ...

    def put(self, shelf: Shelf) -> bool:
        """In the place of what was read; False: changed meanwhile. Raises StoreAway."""
        ...


class Seals(Protocol):
    """Places at rest, under the key of identities and bound to the tracking code."""

    def seal(self, place: Place, *, code: str) -> SealedPlace: ...

    def unseal(self, sealed: SealedPlace, *, code: str) -> Place | None:
        """None: the key is gone, or it was sealed for another report."""
        ...


class Bucket(Protocol):
    """Raises StoreAway when the storage does not answer."""

    def invite(self, name: str, *, type_: str, size: int, until: datetime) -> Invitation:
        """A signed start of a resumable upload of that type and at most `size` bytes."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A stream. Raises NoSuchObject."""
        ...

    def size(self, name: str) -> int | None:
        """In bytes; None: no such object."""
        ...

    def save(self, name: str, content: BinaryIO | bytes, type_: str) -> None: ...

    def bring(self, name: str, content: BinaryIO, type_: str) -> None:
        """As a client's upload would: what is there already stays."""
        ...

    def remove(self, prefix: str) -> None:
        """Every object whose name begins so; none is fine."""
        ...


class Pictures(Protocol):
    def clean(self, content: bytes) -> Picture:
        """Raises Unacceptable."""
        ...

    def cover(self, large: bytes, regions: Sequence[Region]) -> Mapping[str, bytes]:
        """The copies by size, the regions made unrecognisable for good."""
        ...
