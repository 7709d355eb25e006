"""Which photos are decoded row by row, however large they are, and what that saves."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from infra.manifest import ROOT
from shared.adapters.jpeg_scans import decodes_by_rows
from tests.corpus.pictures import TELLING, jpeg, png, quarters

_CLEAN = """
import sys
from pathlib import Path
from shared.adapters.pictures import pictures
print(pictures().clean(Path(sys.argv[1]).read_bytes()).dimensions["large"])
highest = next(l for l in open("/proc/self/status") if l.startswith("VmHWM"))
print(int(highest.split()[1]) // 1024)
"""


def in_scans_of_their_own(content: bytes) -> bytes:
    """As if the first scan held one colour of three."""
    at = content.index(b"\xff\xda")
    return content[: at + 4] + b"\1" + content[at + 5 :]


def led_in(content: bytes) -> bytes:
    """With bytes before a marker that may stand there."""
    at = content.index(b"\xff\xda")
    return content[:at] + b"\xff\xff\xff" + content[at:]


@pytest.mark.parametrize(
    ("content", "by_rows"),
    [
        (jpeg(), True),
        (jpeg(quarters().convert("L")), True),
        (TELLING["image/jpeg"](), True),
        (led_in(jpeg()), True),
        (jpeg(progressive=True), False),
        (in_scans_of_their_own(jpeg()), False),
        (b"\xff\xd8\xff\xe0\0\4\0\0rubbish" + jpeg(), False),
        (png(), False),
    ],
    ids=["usual", "grey", "of a phone", "led in", "progressive", "colours", "rubbish", "PNG"],
)
def test_the_head_says_whether_rows_can_be_forgotten(content: bytes, by_rows: bool) -> None:  # noqa: FBT001
    """A small picture inside of it, which has scans of its own, does not count."""
    assert decodes_by_rows(content) is by_rows


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads the memory of a process in /proc")
def test_a_photo_of_108_megapixels_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """Its pixels alone would be 430 MB."""
    file = tmp_path / "large.jpg"
    Image.new("L", (12_000, 9_000), 90).save(file, quality=50)

    done = subprocess.run(
        [sys.executable, "-c", _CLEAN, str(file)], cwd=ROOT, capture_output=True, check=True
    )

    extent, megabytes = done.stdout.decode().splitlines()
    assert extent == "(2048, 1536)"
    assert int(megabytes) < 150
