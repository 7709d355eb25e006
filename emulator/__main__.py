"""python -m emulator: the cloud on this machine, with a seeded region. Ctrl-C ends all of it."""

import gc
import signal
import sys

from emulator.wishes import Unreadable, Wishes, wishes_of


def main(arguments: list[str]) -> int:
    _obey_signals()
    try:
        wishes = wishes_of(arguments, __doc__)
    except Unreadable as fault:
        sys.stderr.write(f"Not started: {fault}\n")
        return 1
    return _run(wishes)


def _run(wishes: Wishes) -> int:
    # Loading makes much and drops nothing: to collect meanwhile is a tenth of the start.
    gc.disable()
    from emulator import session  # noqa: PLC0415 who only asks for --help waits for nothing

    return session.run(wishes)


def _obey_signals() -> None:
    """Also where a shell started us in the background and told us to ignore Ctrl-C."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
