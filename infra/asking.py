"""Asking an operator, and taking silence for a no."""

import sys
from collections.abc import Callable

from rich.console import Console


class Declined(Exception):
    """A sentence about what was not done."""


def asked(console: Console, *, yes: bool) -> Callable[[str], None]:
    """What asks; it returns on a yes and raises Declined otherwise."""

    def ask(question: str) -> None:
        if yes:
            return
        if not sys.stdin.isatty():
            raise Declined(f"{question} Nobody is here to answer: repeat with YES=1.")
        if console.input(f"{question} (yes/no) ").strip().lower() not in ("y", "yes", "ya"):
            raise Declined("Stopped; nothing more was changed.")

    return ask
