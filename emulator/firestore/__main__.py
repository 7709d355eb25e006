"""python -m emulator.firestore --port 8080 (--memory | --path FILE) [--manifest functions.yaml]"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from emulator.firestore.manifest import Section, read_section
from emulator.firestore.server import serve


def main() -> None:
    asked = _arguments()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    section = _section(asked.manifest)._asdict()
    with serve(asked.port, path=asked.path, memory=asked.path is None, **section) as running:
        sys.stdout.write(f"FIRESTORE_EMULATOR_HOST={running.host}\n")
        sys.stdout.flush()
        ended.wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m emulator.firestore")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    kept = parser.add_mutually_exclusive_group(required=True)
    kept.add_argument("--path", type=Path, help="the file that everything is kept in")
    kept.add_argument("--memory", action="store_true", help="nothing is kept")
    parser.add_argument("--manifest", type=Path, help="YAML with a firestore: section")
    return parser.parse_args()


def _section(manifest: Path | None) -> Section:
    if manifest is None:
        return Section((), (), ())
    import yaml  # noqa: PLC0415 only needed for this option

    return read_section(yaml.safe_load(manifest.read_text())["firestore"])


if __name__ == "__main__":
    main()
