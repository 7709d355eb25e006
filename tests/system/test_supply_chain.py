"""What is installed is what was looked at: by its hash, in a list that goes with the archive."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from infra.manifest import ROOT

BIN = Path(sys.executable).parent
PIN = re.compile(r"^([a-z0-9][\w.-]*)==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(file: str) -> dict[str, tuple[str, str]]:
    """Version and hashes by name."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {name: (version, hashes) for name, version, hashes in PIN.findall(text)}


@pytest.mark.parametrize("file", FILES)
def test_every_package_is_pinned_with_its_hash(file: str) -> None:
    """Pip then refuses whatever else comes under that name."""
    found = pins(file)

    assert len(found) > 30
    assert [name for name, (_, hashes) in found.items() if "--hash=sha256:" not in hashes] == []


def test_what_is_tested_is_what_is_deployed() -> None:
    """The same versions; development only adds to them."""
    deployed, tested = (
        {name: version for name, (version, _) in pins(file).items()} for file in FILES
    )

    assert deployed.items() <= tested.items()


def test_the_list_of_parts_names_each_and_is_the_same_every_time(tmp_path: Path) -> None:
    """CycloneDX, without a time or a serial number of its own."""
    lists = [tmp_path / "1.json", tmp_path / "2.json"]
    command = re.search(
        r"\$\(BIN\)/cyclonedx-py (.+) -o \S+ (\S+)", (ROOT / "Makefile").read_text()
    )
    assert command
    for to in lists:
        arguments = [*command[1].split(), "-o", str(to), command[2]]
        subprocess.run([str(BIN / "cyclonedx-py"), *arguments], cwd=ROOT, check=True)

    written = json.loads(lists[0].read_text())
    assert {each["name"] for each in written["components"]} == set(pins("requirements.txt"))
    assert lists[0].read_bytes() == lists[1].read_bytes()
