"""python -m infra.commands.package [--to FILE]: the archive that is deployed, and its digest."""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rich.console import Console

from infra.manifest import ROOT

_TO = Path("build/tanggap.zip")
_FILES = ("main.py", "requirements.txt")
_FOLDERS = ("functions", "shared")
# The oldest time a zip can hold: the same files make the same archive on any day.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


class UnableToPackage(Exception):
    """One sentence: what is missing and where."""


def package(root: Path, to: Path) -> str:
    """Writes the archive and returns its SHA-256. Only what runs: no tests, no infra."""
    paths = sorted(_contents(root))
    to.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(to, "w") as archive:
        for path in paths:
            entry = ZipInfo(path.relative_to(root).as_posix(), _ALWAYS)
            entry.external_attr, entry.compress_type = _PLAIN_FILE, ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return hashlib.sha256(to.read_bytes()).hexdigest()


def _contents(root: Path) -> Iterator[Path]:
    for name in _FILES:
        if not (root / name).is_file():
            raise UnableToPackage(f"{root / name} is missing; the buildpack needs it")
        yield root / name
    for folder in _FOLDERS:
        for path in (root / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.package", description=__doc__)
    parser.add_argument("--to", type=Path, default=_TO, help=f"default: {_TO}")
    to: Path = parser.parse_args(arguments).to
    try:
        digest = package(ROOT, to)
    except (UnableToPackage, OSError) as fault:
        Console(stderr=True).print(f"[red]Not packaged:[/] {fault}", soft_wrap=True)
        return 1
    console = Console()
    console.print(f"{to}: {to.stat().st_size / 1024:.0f} KiB, sha256 {digest}", soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
