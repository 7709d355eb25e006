"""Changing what is attached to a report: read, change, put in its place, or once more."""

from collections.abc import Callable

from shared.domain.attachment import Shelf
from shared.usecases.failures import StillChanging
from shared.usecases.file_ports import Shelves

# A phone announces all its photos at once, and each of them is processed by itself.
_TRIES = 12


def reshelve(shelves: Shelves, code: str, change: Callable[[Shelf], Shelf]) -> Shelf:
    """The shelf after it. `change` may be asked again; what changes nothing is not written."""
    for _ in range(_TRIES):
        before = shelves.of(code)
        after = change(before)
        if after == before or shelves.put(after):
            return after
    raise StillChanging
