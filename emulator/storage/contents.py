"""The bytes of objects and of unfinished uploads, piece by piece: never a whole one in memory."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from typing import NamedTuple

from emulator.storage.store import Store


class Digests(NamedTuple):
    """In base64, as the protocol writes them."""

    md5: str
    crc32c: str


class Contents:
    def __init__(self, store: Store) -> None:
        self._store = store

    def new(self) -> int:
        with self._store.writing():
            return self._store.next_id()

    def append(self, content: int, start: int, data: bytes) -> None:
        with self._store.writing() as connection:
            connection.execute("INSERT INTO pieces VALUES (?, ?, ?)", (content, start, data))

    def pieces(self, content: int, start: int, end: int) -> Iterator[bytes]:
        """From `start` to before `end`. Ends early when the content is dropped meanwhile."""
        at = start
        while at < end:
            row = self._store.row(
                "SELECT start, data FROM pieces WHERE content = ? AND start <= ?"
                " ORDER BY start DESC LIMIT 1",
                content,
                at,
            )
            piece = bytes(row["data"][at - row["start"] : end - row["start"]]) if row else b""
            if not piece:
                return
            yield piece
            at += len(piece)

    def drop(self, content: int) -> None:
        with self._store.writing() as connection:
            connection.execute("DELETE FROM pieces WHERE content = ?", (content,))

    def digests(self, content: int, size: int) -> Digests:
        from google_crc32c import Checksum  # noqa: PLC0415 with the first upload

        md5 = hashlib.md5(usedforsecurity=False)
        crc32c = Checksum()  # type: ignore[no-untyped-call]
        for piece in self.pieces(content, 0, size):
            md5.update(piece)
            crc32c.update(piece)  # type: ignore[no-untyped-call]
        both = md5.digest(), crc32c.digest()  # type: ignore[no-untyped-call]
        return Digests(*(b64encode(each).decode() for each in both))
