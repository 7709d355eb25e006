"""Google's own Firestore and Pub/Sub emulators, on free ports, for as long as the block runs."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.children import ChildFailed, Command, free_port, running
from emulator.traffic import Traffic

if TYPE_CHECKING:
    from emulator.storage.server import Server as Files


@dataclass(frozen=True, slots=True)
class _Program:
    """`jar` below gcloud's platform folder, and how Java starts what is in it."""

    name: str
    variable: str
    jar: str
    main: tuple[str, ...]


_PROGRAMS = (
    _Program(
        "Firestore emulator",
        "FIRESTORE_EMULATOR_HOST",
        "cloud-firestore-emulator/cloud-firestore-emulator.jar",
        ("com.google.cloud.datastore.emulator.firestore.CloudFirestore", "start"),
    ),
    _Program(
        "Pub/Sub emulator",
        "PUBSUB_EMULATOR_HOST",
        "pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar",
        ("com.google.cloud.pubsub.testing.v1.Main",),
    ),
)
_USUAL_PLACES = (
    "~/google-cloud-sdk",
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/opt/homebrew/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
)
# Quick to start matters more here than quick after an hour: 1.0 s instead of 1.8 s, and 6.6 s
# through the gcloud wrapper.
_JAVA_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en")
# Java takes a second to listen on a port that was free; somebody else may be quicker.
_TRIES = 3
_NO_EMULATORS = (
    "Google's emulators are not installed. Run: gcloud components install "
    "cloud-firestore-emulator pubsub-emulator   (Debian, Ubuntu: apt-get install "
    "google-cloud-cli-firestore-emulator google-cloud-cli-pubsub-emulator)"
)
_NO_JAVA = (
    "Google's emulators need Java 17 or newer. Install it (Debian, Ubuntu: apt-get install "
    "default-jre-headless), or set JAVA_HOME"
)


@dataclass(frozen=True, slots=True)
class Google:
    """See emulator/services.py. Two know real time only, and say nothing of what they do.

    Google has no emulator of Cloud Storage: `files` is the embedded one.
    """

    hosts: Mapping[str, str]
    traffic: Traffic
    files: "Files"

    def is_drained(self) -> bool:
        return self.traffic.is_quiet()

    def next_due(self) -> None:
        return None

    def wake(self) -> None:
        self.traffic.expect()

    def sweep(self) -> None:
        """Its Firestore has no TTL."""
        self.files.sweep()


@contextmanager
def google_emulators() -> Iterator[dict[str, str]]:
    """Yields the variables by which Google's clients find them. Raises ChildFailed."""
    java, platform = _java(), _platform()
    with ExitStack() as stack:
        for tries_left in reversed(range(_TRIES)):
            try:
                variables = stack.enter_context(_started(java, platform))
                break
            except ChildFailed:
                if not tries_left:
                    raise
        yield variables


@contextmanager
def _started(java: str, platform: Path) -> Iterator[dict[str, str]]:
    hosts = {program.name: f"127.0.0.1:{free_port()}" for program in _PROGRAMS}
    commands = {
        program.name: Command(_command(java, platform, program, hosts[program.name]))
        for program in _PROGRAMS
    }
    with running(commands) as children:
        for name, child in children.items():
            child.wait_until_it_answers(f"http://{hosts[name]}/")
        yield {program.variable: hosts[program.name] for program in _PROGRAMS}


def _command(java: str, platform: Path, program: _Program, address: str) -> list[str]:
    host, port = address.split(":")
    jar = str(next(platform.glob(program.jar)))
    return [java, *_JAVA_FLAGS, "-cp", jar, *program.main, f"--host={host}", f"--port={port}"]


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    if found is None:
        raise ChildFailed(_NO_JAVA)
    return found


def _platform() -> Path:
    """The platform folder of the gcloud installation that has both."""
    for root in _roots():
        platform = root / "platform"
        if all(any(platform.glob(program.jar)) for program in _PROGRAMS):
            return platform
    raise ChildFailed(_NO_EMULATORS)


def _roots() -> Iterator[Path]:
    gcloud = shutil.which("gcloud")
    if gcloud:
        yield Path(gcloud).resolve().parents[1]
    for place in _USUAL_PLACES:
        yield Path(place).expanduser()


def is_installed() -> bool:
    try:
        return bool(_java() and _platform())
    except ChildFailed:
        return False


if __name__ == "__main__":
    # For .ci/run: whether the tests can be repeated on them.
    sys.exit(not is_installed())
