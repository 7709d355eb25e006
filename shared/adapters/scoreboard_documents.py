"""How tallies and cells lie in the store. Pure: no client, no clock.

The cells of a day lie in eight documents, by the report's code: none of them is written by every
report of the day, and a year takes three thousand reads, however many reports there were.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zlib import crc32

from shared.domain.scoreboard.cells import Counts, cell_of
from shared.usecases.scoreboard_ports import Tally

SHARDS = 8


def counts_document(counts: Counts) -> dict[str, dict[str, int]]:
    return {cell.key: dict(numbers) for cell, numbers in counts.items()}


def counts_of(document: Mapping[str, Mapping[str, int]]) -> Counts:
    """A number that others took back to nothing stays in the store as 0."""
    kept = {
        cell_of(key): {name: number for name, number in numbers.items() if number}
        for key, numbers in document.items()
    }
    return {cell: numbers for cell, numbers in kept.items() if numbers}


def tally_document(tally: Tally) -> dict[str, Any]:
    return {"seq": tally.seq, "cells": counts_document(tally.counts)}


def tally_of(code: str, document: Mapping[str, Any], version: Any) -> Tally:
    return Tally(code, document["seq"], counts_of(document["cells"]), version)


def shard_of(code: str) -> int:
    return crc32(code.encode()) % SHARDS


def shard_id(day: date, shard: int) -> str:
    return f"{day.isoformat()}.{shard}"


def by_document(counts: Counts, code: str) -> Iterator[tuple[str, date, Counts]]:
    """The documents that these numbers of one report lie in: id, day, numbers."""
    for day in sorted({cell.day for cell in counts}):
        of_day = {cell: numbers for cell, numbers in counts.items() if cell.day == day}
        yield shard_id(day, shard_of(code)), day, of_day


def increments(counts: Counts, increment: Any) -> Mapping[str, Mapping[str, Any]]:
    return {
        cell.key: {name: increment(number) for name, number in numbers.items()}
        for cell, numbers in counts.items()
    }


def cells_of(documents: Iterable[Mapping[str, Any]]) -> Iterator[Counts]:
    for document in documents:
        yield counts_of(document.get("cells", {}))
