"""Work done in a second process while this one still loads its packages."""

import os
import pickle
import signal
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

_T = TypeVar("_T")


def begun(work: Callable[[], _T]) -> Callable[[], _T]:
    """What is returned waits for the work: its answer, or what it raised.

    To be called before there are threads: only the calling one lives on in a fork.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(work, writing)
    os.close(writing)
    return lambda: _answer(reading, child)


def _answer(reading: int, child: int) -> Any:
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    # From our own child, through a pipe that nobody else knows.
    value, failure = pickle.loads(content)  # noqa: S301
    if failure:
        raise failure
    return value


def _work(work: Callable[[], Any], writing: int) -> NoReturn:
    """Nothing of the parent's ending is done here: no handlers, no buffers."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        outcome: tuple[Any, BaseException | None] = (work(), None)
    except Exception as failure:  # noqa: BLE001 - raised again where the answer is asked for
        outcome = (None, failure)
    with os.fdopen(writing, "wb") as pipe:
        pickle.dump(outcome, pipe)
    os._exit(0)
