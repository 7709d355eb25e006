"""What outlives a process: documents, messages, files, and how far the clock is ahead."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

_DOCUMENTS, _MESSAGES, _OBJECTS = "documents.sqlite", "messages.sqlite", "objects.sqlite"
_CLOCK, _LOCK = "clock.json", "lock"
# SQLite keeps two more files beside each of its own.
_BESIDE = ("", "-wal", "-shm")


class StateInUse(Exception):
    """One sentence for the person who started us."""


@dataclass(frozen=True, slots=True)
class State:
    folder: Path

    @property
    def documents(self) -> Path:
        return self.folder / _DOCUMENTS

    @property
    def messages(self) -> Path:
        return self.folder / _MESSAGES

    @property
    def objects(self) -> Path:
        return self.folder / _OBJECTS

    def clock_ahead(self) -> timedelta | None:
        """None: nothing has been kept yet."""
        kept = self.folder / _CLOCK
        if not kept.exists():
            return None
        return timedelta(seconds=json.loads(kept.read_text(encoding="utf-8"))["ahead_seconds"])

    def keep_clock(self, ahead: timedelta) -> None:
        """Whole or not at all, whenever we are killed."""
        new = self.folder / f"{_CLOCK}.new"
        new.write_text(json.dumps({"ahead_seconds": ahead.total_seconds()}), encoding="utf-8")
        new.replace(self.folder / _CLOCK)

    def forget(self) -> None:
        """Our own files only: somebody may have named a folder that holds others."""
        for name in (_DOCUMENTS, _MESSAGES, _OBJECTS):
            for ending in _BESIDE:
                (self.folder / f"{name}{ending}").unlink(missing_ok=True)
        (self.folder / _CLOCK).unlink(missing_ok=True)


@contextmanager
def kept_in(folder: Path, *, fresh: bool = False) -> Iterator[State]:
    """Ours alone while the block runs; the lock ends with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StateInUse(
                f"{folder} is in use by another local cloud; end that one, or take --state DIR "
                "or --memory"
            ) from None
        state = State(folder)
        if fresh:
            state.forget()
        yield state
