"""What may go wrong on purpose; whoever starts the server decides when, here nothing is random."""

from collections.abc import Callable
from dataclasses import dataclass


def _nothing() -> None:
    return


def _no() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Faults:
    """`request`: asked of each; it may raise Refused. `piece`: of each 256 KiB of an upload.

    `answer`: of an upload that is complete. True: the connection ends there, without a word.
    """

    request: Callable[[], None] = _nothing
    piece: Callable[[], bool] = _no
    answer: Callable[[], bool] = _no
