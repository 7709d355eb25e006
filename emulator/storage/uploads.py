"""Resumable uploads ("Perform resumable uploads"): a session takes the bytes in as many requests
as it needs, and tells after a break how far it came.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from emulator.storage.objects import Made, Objects
from emulator.storage.ranges import Sent
from emulator.storage.refusals import (
    ended_session,
    invalid,
    no_session,
    too_large,
    too_small,
    unavailable,
)
from emulator.storage.store import Store
from emulator.storage.stored import Stored
from emulator.storage.times import instant, microseconds
from emulator.storage.unfinished import LIFETIME, Limits, Session, read, written

# What is kept of an upload that goes on is a multiple of this.
PIECE = 256 * 1024

Receive = Callable[[int], bytes]  # at most so many bytes of what is sent; empty: no more come


class Uploads:
    def __init__(self, store: Store, objects: Objects, now: Callable[[], datetime]) -> None:
        self._store = store
        self._objects = objects
        self._now = now

    def start(self, made: Made, total: int | None = None, limits: Limits | None = None) -> str:
        """Its id, by which whoever knows it sends the bytes: nobody signs them."""
        bounds = limits or Limits()
        if total is not None:
            _check(total, bounds)
        id_ = secrets.token_urlsafe(48)
        with self._store.writing() as connection:
            content, at = self._objects.contents.new(), microseconds(self._now())
            written(connection, Session(id_, made, content, 0, total, bounds, at, None))
        return id_

    def receive(self, id_: str, sent: Sent, receive: Receive) -> Stored | int | None:
        """The object when it is complete; else how many bytes of it are here.

        None: it was complete and is gone since; who asks late need not send it again.
        Bytes that are here already are passed over; of a break what came before it stays.
        """
        session = self._session(id_)
        if session.is_done:
            return self._objects.find(session.made.bucket, session.made.name)
        session = self._sized(session, sent.total)
        if sent.start is not None:
            session = self._taken(session, sent.start, receive)
        return self._finished(session) if session.received == session.total else session.received

    def cancel(self, id_: str) -> None:
        self._end(self._session(id_))

    def forget(self) -> None:
        """A session ends after a week, finished or not."""
        before = microseconds(self._now() - LIFETIME)
        for row in self._store.rows("SELECT * FROM uploads WHERE started <= ?", before):
            self._end(read(row))

    def _session(self, id_: str) -> Session:
        row = self._store.row("SELECT * FROM uploads WHERE id = ?", id_)
        if row is None:
            no_session()
        session = read(row)
        if instant(session.started) + LIFETIME <= self._now():
            ended_session()
        return session

    def _sized(self, session: Session, total: int | None) -> Session:
        if total is None:
            return session
        if session.total not in (None, total):
            invalid(f"The upload is {session.total} bytes, not {total}.")
        _check(total, session.limits)
        return self._change(session, total=total)

    def _taken(self, session: Session, start: int, receive: Receive) -> Session:
        if start > session.received:
            unavailable(f"Only {session.received} bytes are here; these begin at {start}.")
        _skip(receive, session.received - start)
        while piece := _filled(receive, _room(session)):
            at = session.received + len(piece)
            if len(piece) < PIECE and at != session.total:
                break
            with self._store.writing():
                if self._session(session.id).received != session.received:
                    unavailable("Another request goes on with this upload.")
                self._objects.contents.append(session.content, session.received, piece)
                session = self._change(session, received=at)
        if receive(1):
            too_large()
        return session

    def _finished(self, session: Session) -> Stored:
        with self._store.writing() as connection:
            stored = self._objects.finish(session.made, session.content, session.received)
            query = "UPDATE uploads SET generation = ? WHERE id = ?"
            connection.execute(query, (stored.generation, session.id))
        return stored

    def _change(self, session: Session, **changes: int) -> Session:
        with self._store.writing() as connection:
            for column, value in changes.items():
                query = f"UPDATE uploads SET {column} = ? WHERE id = ?"  # noqa: S608 our own names
                connection.execute(query, (value, session.id))
        return self._session(session.id)

    def _end(self, session: Session) -> None:
        with self._store.writing() as connection:
            if not session.is_done:
                self._objects.contents.drop(session.content)
            connection.execute("DELETE FROM uploads WHERE id = ?", (session.id,))


def _room(session: Session) -> int:
    """Of the next piece."""
    most = [PIECE]
    if session.total is not None:
        most.append(session.total - session.received)
    if session.limits.most is not None:
        most.append(session.limits.most - session.received)
    return min(most)


def _filled(receive: Receive, size: int) -> bytes:
    piece = b""
    while len(piece) < size and (more := receive(size - len(piece))):
        piece += more
    return piece


def _skip(receive: Receive, size: int) -> None:
    while size and (passed := len(receive(min(size, PIECE)))):
        size -= passed


def _check(total: int, limits: Limits) -> None:
    if limits.most is not None and total > limits.most:
        too_large()
    if total < limits.least:
        too_small()
