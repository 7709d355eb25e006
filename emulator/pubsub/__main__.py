"""python -m emulator.pubsub: the server alone, on the real clock, until it is stopped."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from emulator.pubsub.server import PortTaken, serve


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m emulator.pubsub", description=__doc__)
    arguments.add_argument("--port", type=int, default=8085)
    arguments.add_argument("--path", type=Path, help="the SQLite file; without it nothing is kept")
    asked = arguments.parse_args()
    try:
        server = serve(asked.port, path=asked.path, memory=asked.path is None)
    except PortTaken as error:
        sys.exit(str(error))
    sys.stdout.write(f"export PUBSUB_EMULATOR_HOST={server.host}\n")
    sys.stdout.flush()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    server.stop()


if __name__ == "__main__":
    main()
