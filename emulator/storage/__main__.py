"""python -m emulator.storage: the server alone, on the real clock, until it is stopped."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from emulator.storage.server import serve
from emulator.storage.transport import PortTaken


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m emulator.storage", description=__doc__)
    arguments.add_argument("--port", type=int, default=9023)
    arguments.add_argument("--path", type=Path, help="the SQLite file; without it nothing is kept")
    arguments.add_argument("--key-file", type=Path, default=Path(".storage-key.json"))
    asked = arguments.parse_args()
    try:
        server = serve(
            asked.port, key_file=asked.key_file, path=asked.path, memory=asked.path is None
        )
    except PortTaken as error:
        sys.exit(str(error))
    sys.stdout.write(f"export STORAGE_EMULATOR_HOST={server.url}\n")
    sys.stdout.write(f"export GOOGLE_APPLICATION_CREDENTIALS={server.key_file.absolute()}\n")
    sys.stdout.flush()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    server.stop()


if __name__ == "__main__":
    main()
