"""A region as its files say: what is seeded, and the calendar of its working days."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from infra import calendars, region_file, seeding
from infra.seeding import Documents
from shared.domain.calendar import Calendar
from shared.domain.directory import Directory


@dataclass(frozen=True, slots=True)
class Region:
    directory: Directory
    documents: Documents
    calendar: Calendar


def read(name: str, infra: Path) -> Region:
    """Raises RegionFault."""
    written = region_file.read(name, infra)
    # What is sent here goes to nobody.
    files = replace(written, directory=replace(written.directory, notices="live"))
    directory = files.directory
    # In real time: holidays are known until the end of next year, wherever the clock is.
    today = datetime.now(ZoneInfo(directory.zone)).date()
    return Region(directory, seeding.documents(files, today), calendars.of(files, today))
