"""Many things done side by side, with a progress bar; what demo and replay share."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_One = TypeVar("_One")
_Done = TypeVar("_Done")


def each(
    about: str,
    of: Sequence[_One],
    do: Callable[[_One], _Done],
    *,
    threads: int,
    console: Console,
) -> list[_Done]:
    """In the order given. After a failure or Ctrl-C nothing more is begun."""
    with _progress_bar(console) as progress, ThreadPoolExecutor(threads) as pool:
        try:
            return list(progress.track(pool.map(do, of), total=len(of), description=about))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _progress_bar(console: Console) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console)
