"""Which pushes are under way, to know when the local cloud has come to rest."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Longer than the Pub/Sub emulator takes from a publish to its push.
_QUIET_SECONDS = 0.4
_LOOK_EVERY = 0.05


class Traffic:
    def __init__(self) -> None:
        self._under_way = 0
        self._last = time.monotonic()
        self._counting = threading.Lock()

    @contextmanager
    def push(self) -> Iterator[None]:
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def rest(self, is_empty: Callable[[], bool], *, seconds: float = 15) -> bool:
        """Waits until no push has come for a while and the outbox is empty; False: gave up."""
        start = time.monotonic()
        while time.monotonic() < start + seconds:
            if self._is_quiet(start) and is_empty():
                return True
            time.sleep(_LOOK_EVERY)
        return False

    def _is_quiet(self, since: float) -> bool:
        with self._counting:
            last = max(self._last, since)
            return not self._under_way and time.monotonic() > last + _QUIET_SECONDS

    def _count(self, change: int) -> None:
        with self._counting:
            self._under_way += change
            self._last = time.monotonic()
