"""The rows of a complaints export, under our own names for its columns."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from itertools import islice
from pathlib import Path


class UnreadableFile(Exception):
    """One sentence: what is wrong with the file or the mapping, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    text: str
    address: str = ""
    topic: str = ""
    agency: str = ""
    district: str = ""
    village: str = ""
    submitted_at: str = ""
    answered_at: str = ""

    def key(self, file: str) -> str:
        """The same row of the same file is the same request, whenever it is sent."""
        return sha256(f"{file}\n{self.id}".encode("utf-8", "surrogatepass")).hexdigest()


NAMES = tuple(each.name for each in fields(Row))


def mapping(written: str | None) -> dict[str, str]:
    """`text=complaint,topic=category` → which column of the export holds what we call text."""
    pairs = [pair.partition("=") for pair in written.split(",")] if written else []
    chosen = {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown or not all(chosen.values()):
        raise UnreadableFile(
            f"--map is ours=theirs,…; ours is one of: {', '.join(NAMES)}"
            + (f", not {', '.join(unknown)}" if unknown else "")
        )
    return {**{name: name for name in NAMES}, **chosen}


def read(path: Path, columns: Mapping[str, str], limit: int | None = None) -> list[Row]:
    """A column that is not there is empty in every row; only the text has to be there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_rows(file, columns, limit, path.name))
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path} is not UTF-8; save it as CSV UTF-8") from None
    except OSError as failure:
        raise UnreadableFile(f"{path}: {failure.strerror}") from None
    except csv.Error as failure:
        raise UnreadableFile(f"{path} is no readable CSV: {failure}") from None


def _rows(
    file: Iterable[str], columns: Mapping[str, str], limit: int | None, name: str
) -> Iterator[Row]:
    table = iter(file)
    header = next(table, "")
    written = csv.DictReader(_again(header, table), delimiter=_delimiter(header))
    there = tuple(written.fieldnames or ())
    if columns["text"] not in there:
        raise UnreadableFile(
            f"{name} has no column {columns['text']!r} but {', '.join(there) or 'none at all'}; "
            "say which one holds the text: --map text=…"
        )
    for number, record in enumerate(islice(written, limit), 1):
        values = {ours: (record.get(theirs) or "").strip() for ours, theirs in columns.items()}
        yield _row(values, number)


def _row(values: dict[str, str], number: int) -> Row:
    """A name of one letter is none: no directory would have it."""
    named = {name: value if len(value) > 1 else "" for name, value in values.items()}
    return Row(**{**named, "id": values["id"] or f"row-{number}", "text": values["text"]})


def _again(header: str, table: Iterator[str]) -> Iterator[str]:
    yield header
    yield from table


def _delimiter(header: str) -> str:
    """Spreadsheets set to Indonesian write semicolons."""
    return ";" if header.count(";") > header.count(",") else ","
