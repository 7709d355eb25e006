"""Which calls of functions are under way, to know when the local cloud is at rest."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Longer than Google's Pub/Sub emulator takes from a publish to its push.
_QUIET_SECONDS = 0.4


class Traffic:
    def __init__(self) -> None:
        self._under_way = 0
        self._requests: set[object] = set()
        self._last = time.monotonic()
        self._counting = threading.Lock()

    @contextmanager
    def request(self) -> Iterator[None]:
        """Somebody's, of a public function: what it commits it publishes before it ends."""
        one = object()
        with self._counting:
            self._requests.add(one)
        try:
            yield
        finally:
            with self._counting:
                self._requests.remove(one)

    def requests(self) -> frozenset[object]:
        with self._counting:
            return frozenset(self._requests)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Of a private function."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def expect(self) -> None:
        """Something may have been set off just now: quiet is counted from here."""
        self._count(0)

    def is_quiet(self) -> bool:
        """Nothing is under way, and nothing has come for a while."""
        with self._counting:
            return not self._under_way and time.monotonic() > self._last + _QUIET_SECONDS

    def _count(self, change: int) -> None:
        with self._counting:
            self._under_way += change
            self._last = time.monotonic()
