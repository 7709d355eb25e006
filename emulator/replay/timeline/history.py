"""What the export says happened, and when: deeds in the order of their hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import groupby

from emulator.replay.rows import Row, UnreadableFile

# What the export does not say: every second reporter confirms, the others leave it to the clock.
_CONFIRMS_AFTER = timedelta(days=2)
_ONE_IN = 2


class Did(IntEnum):
    """Within one hour in this order."""

    FILE = 0
    ANSWER = 1
    CONFIRM = 2


@dataclass(frozen=True, slots=True)
class Past:
    """A row with its times. `answered`: None where nobody did, or before there was a report."""

    number: int
    row: Row
    submitted: datetime
    answered: datetime | None

    @property
    def confirmed(self) -> datetime | None:
        """By its row, so that it is the same every time."""
        if self.answered is None or self.number % _ONE_IN:
            return None
        return self.answered + _CONFIRMS_AFTER


@dataclass(frozen=True, slots=True)
class Deed:
    at: datetime
    did: Did
    past: Past


@dataclass(frozen=True, slots=True)
class Hour:
    """All deeds of one hour happen at its beginning: on the same day as they did."""

    at: datetime
    deeds: tuple[Deed, ...]

    def of(self, did: Did) -> tuple[Past, ...]:
        return tuple(deed.past for deed in self.deeds if deed.did is did)


def pasts(rows: Sequence[Row]) -> tuple[Past, ...]:
    """Raises UnreadableFile: without the time of filing there is no timeline."""
    return tuple(_past(number, row) for number, row in enumerate(rows))


def hours(found: Iterable[Past]) -> tuple[Hour, ...]:
    deeds = sorted(_deeds(found), key=lambda deed: (_hour(deed.at), deed.did, deed.at))
    grouped = groupby(deeds, key=lambda deed: _hour(deed.at))
    return tuple(Hour(at, tuple(together)) for at, together in grouped)


def _past(number: int, row: Row) -> Past:
    submitted = _moment(row, "submitted_at")
    if submitted is None:
        raise UnreadableFile(
            f"row {row.id} does not say when it was submitted; say which column does: "
            "--map submitted_at=…"
        )
    # An answer from before the report is a slip of the export's; without an agency nobody gave it.
    answered = _moment(row, "answered_at") if row.agency else None
    is_answer = answered is not None and _hour(answered) >= _hour(submitted)
    return Past(number, row, submitted, answered if is_answer else None)


def _moment(row: Row, column: str) -> datetime | None:
    written: str = getattr(row, column)
    if not written:
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        raise UnreadableFile(
            f"row {row.id}: {column} is no time; write 2026-01-05 08:00:00 (UTC), or an offset"
        ) from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _deeds(found: Iterable[Past]) -> Iterator[Deed]:
    for past in found:
        times = {
            Did.FILE: past.submitted,
            Did.ANSWER: past.answered,
            Did.CONFIRM: past.confirmed,
        }
        yield from (Deed(at, did, past) for did, at in times.items() if at)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
