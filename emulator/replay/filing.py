"""Every row of an export as a report posted at the front door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from emulator.bars import each
from emulator.connection import Answer, Unreachable
from emulator.desk_client import DeskClient
from emulator.replay import places
from emulator.replay.places import Places
from emulator.replay.rows import Row

_LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exactly one is set: the report's code (with its receipt), why it was refused, what failed."""

    code: str | None = None
    receipt: str | None = None
    refused: str | None = None
    failed: str | None = None
    unanswered: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a region's directory knows of the names in an export."""

    categories: Mapping[str, str]
    places: Places

    def message(self, row: Row) -> dict[str, Any]:
        """What is empty or unknown is left out: a citizen need not know it either."""
        said = {
            "body": row.text,
            "title": _title(row),
            "category": self.categories.get(row.topic),
            "area": self.places.area_of(row),
            "location": {"text": row.address} if row.address else None,
        }
        return {name: value for name, value in said.items() if value}


def known(directory: Mapping[str, Any]) -> Known:
    """From the answer of GET /api/directory."""
    areas = {each["code"]: each["name"] for each in directory["areas"]}
    categories = {each["name"]: each["id"] for each in directory["categories"]}
    return Known(categories, places.known(areas))


def file_all(
    client: DeskClient, rows: Sequence[Row], *, file: str, threads: int, console: Console
) -> list[Outcome]:
    """In the order of the rows."""
    names = known(client.directory())

    def filed(row: Row) -> Outcome:
        return file_one(client, names.message(row), row.key(file))

    return each("Filing", rows, filed, threads=threads, console=console)


def file_one(client: DeskClient, message: Mapping[str, Any], key: str) -> Outcome:
    try:
        return _outcome(client.file(message, key=key))
    except Unreachable as failure:
        return Outcome(unanswered=str(failure))


def _outcome(answer: Answer) -> Outcome:
    if answer.is_done:
        return Outcome(code=answer.body["code"], receipt=answer.body["receipt"])
    if answer.is_failure:
        return Outcome(failed=answer.reason)
    return Outcome(refused=answer.reason)


def _title(row: Row) -> str | None:
    """The topic and where; without a topic the desk takes the first words of the text."""
    if not row.topic:
        return None
    whole = f"{row.topic} – {row.village}" if row.village else row.topic
    return whole if len(whole) <= _LONGEST_TITLE else row.topic[:_LONGEST_TITLE]
