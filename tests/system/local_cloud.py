"""The local cloud in a process of its own, as people start it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from infra.manifest import ROOT
from tests.emulators import CLOUD_OPTIONS

READY = "Ctrl-C stops everything."
PATIENCE = 60.0

REPORT = {
    "body": "Sampah di depan pasar sudah seminggu tidak diangkut dan baunya sampai ke sekolah.",
    "category": "lingkungan-hidup-dan-kehutanan",
    "area": "51.03.06.2005",
}


@dataclass(frozen=True)
class Emulator:
    process: subprocess.Popen[bytes]
    port: int
    log: Path
    mark: str

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while READY not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)

    def left_behind(self) -> list[str]:
        """Commands of living processes that inherited this emulator's environment."""
        return [
            (found / "cmdline").read_text().replace("\0", " ")
            for found in Path("/proc").glob("[0-9]*")
            if self.mark.encode() in _environment_of(found)
        ]


def _environment_of(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""


@contextmanager
def started(
    folder: Path,
    port: int,
    *options: str,
    on: tuple[str, ...] = CLOUD_OPTIONS,
    clock: str = "",
) -> Iterator[Emulator]:
    mark, log = uuid4().hex, folder / "emulator.log"
    # Without the variables of other tests: as on a machine where nothing was set.
    ours = ("FIRESTORE_", "PUBSUB_", "GOOGLE_", "PORT", "REGION", "CLOCK")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "emulator", "--port", str(port), *on, *options],
            cwd=ROOT,
            # What is killed hard cannot tidy up: its logs go where pytest tidies.
            env={
                **clean,
                "TANGGAP_TEST": mark,
                "COLUMNS": "200",
                "TMPDIR": str(folder),
                "CLOCK": clock,
            },
            stdout=output,
            stderr=output,
        )
    emulator = Emulator(process, port, log, mark)
    try:
        emulator.wait_until_ready()
        yield emulator
    finally:
        if process.poll() is None:
            emulator.end(signal.SIGTERM)


def client_of(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)


def status_once_routed(web: httpx.Client, code: str) -> str:
    """Pub/Sub takes a moment; ten seconds are the most we wait."""
    for _ in range(50):
        status: str = web.get(f"/api/reports/{code}").json()["status"]
        if status != "submitted":
            break
        time.sleep(0.2)
    return status
