"""Firestore, Pub/Sub and Cloud Storage as the local cloud needs them, whoever plays them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from emulator.storage.server import Server as Files


class Services(Protocol):
    @property
    def hosts(self) -> Mapping[str, str]:
        """The variables by which Google's clients find them."""
        ...

    @property
    def files(self) -> Files: ...

    def is_drained(self) -> bool:
        """No push is under way and none is due."""
        ...

    def next_due(self) -> datetime | None:
        """When time alone makes the next push due, if it does."""
        ...

    def wake(self) -> None:
        """The clock was moved."""
        ...

    def sweep(self) -> None:
        """What has expired by the clock is removed."""
        ...
